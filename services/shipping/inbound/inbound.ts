import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ReturnUnitsReceived } from '@vilkar/contracts/shipping-returns.ts'
import type { Content, UnitFacts } from './tables.ts'

/** A parcel that came in, with what was found in it. `returnId` is whose it is as a whole, once that is known. */
export type Inbound = {
  id: string
  orderId?: string
  returnId?: string
  status: 'open' | 'closed'
  content?: Content
  receivedAt: string
  by: string
  note?: string
  units: Unit[]
}
/** One unit; of whom it is not known it has no return. `receiptId`: returns was told of it. */
export type Unit = {
  unitId: string
  returnId?: string
  orderId?: string
  lineId?: string
  receiptId?: string
  serialNumber?: string
  note?: string
  facts: UnitFacts
}

/**
 * What returns is told of a parcel that is closed: the units of each return that it was not told of, and that a parcel of a return was
 * empty or held other goods, once. `newId` names the receipts. Called again without anything new it is nothing.
 */
export function receiptsOf(parcel: Inbound, newId: () => string, isFirst: boolean): ReturnUnitsReceived[] {
  if (parcel.status !== 'closed') return []
  const untold = parcel.units.filter(({ returnId, lineId, receiptId }) => returnId && lineId && !receiptId)
  const groups = [...Map.groupBy(untold, ({ returnId }) => returnId!)]
  const isBare = isFirst && parcel.returnId && parcel.orderId && parcel.content !== 'units'
  if (isBare && !groups.some(([returnId]) => returnId === parcel.returnId)) groups.push([parcel.returnId!, []])
  return groups.map(([returnId, units]) => receiptOf(parcel, newId(), returnId, units))
}

function receiptOf(parcel: Inbound, receiptId: string, returnId: string, units: Unit[]): ReturnUnitsReceived {
  const serialNumbers = units.flatMap(({ serialNumber }) => serialNumber ?? [])
  const notes = [parcel.note, ...units.map(({ note }) => note)].filter((note) => note !== undefined)
  return {
    type: 'ReturnUnitsReceived',
    data: {
      ...{ receiptId, parcelId: parcel.id, returnId, orderId: units[0]?.orderId ?? parcel.orderId! },
      ...{ receivedAt: parcel.receivedAt, content: units.length > 0 ? 'units' : parcel.content! },
      units: units.map(({ unitId, lineId, facts: { sku: _, neverSent: __, ...found } }) => ({
        ...{ unitId, lineId: lineId!, quantity: 1, ...found },
      })),
      personal: {
        by: parcel.by,
        ...(serialNumbers.length > 0 && { serialNumbers }),
        ...(notes.length > 0 && { note: notes.join('\n') }),
      },
    },
  }
}

/** The parcel once returns was told of units of it. */
export const evolve = (parcel: Inbound, { type, data }: ReturnUnitsReceived): Inbound =>
  type === 'ReturnUnitsReceived'
    ? {
        ...parcel,
        units: parcel.units.map((unit) =>
          data.units.some(({ unitId }) => unitId === unit.unitId) ? { ...unit, receiptId: data.receiptId } : unit,
        ),
      }
    : parcel

/** Whether something of it is left to a person: nobody knows whose it is, or a unit is in no order. */
export const isUnsettled = ({ status, returnId, content, units }: Inbound) =>
  status === 'closed' &&
  (units.some(({ receiptId }) => receiptId === undefined) || (units.length === 0 && (!returnId || content === 'units')))

/** The line of a return on which a unit still has room: the one that is named, or the first of its product. */
export function lineFor(
  { lineId, sku }: { lineId?: string; sku?: string },
  expected: LinePart[],
  { skuOf, scanned }: { skuOf: (lineId: string) => string | undefined; scanned: (lineId: string) => number },
): string | undefined {
  return expected.find(
    (line) =>
      (lineId === undefined ? sku !== undefined && skuOf(line.lineId) === sku : line.lineId === lineId) &&
      (lineId === undefined || sku === undefined || skuOf(line.lineId) === sku) &&
      scanned(line.lineId) < line.quantity,
  )?.lineId
}
