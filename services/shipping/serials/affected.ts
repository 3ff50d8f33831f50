import { isRecalled, type Recall } from '../shipment/recalled.ts'
import type { RequestedShipment } from '../shipment/state.ts'
import type { RecalledUnit } from './tables.ts'

/** What came back of an order: when a serial number was scanned last, and how many units of a line came in all. */
export type CameBack = { serials: Map<string, string>; lines: Map<string, number> }
type Out = RecalledUnit & { isBack: boolean }

/** Nobody has what was lost, or is with the seller again. */
const isGone = ({ status }: RequestedShipment) =>
  status === 'lost' || status === 'returned' || status === 'uncollected' || status === 'refused'

/**
 * The units of an order that a recall is of and that left, each with whether it came back: its number was scanned since it left, or as
 * many units of its line came as had left. A unit without a number may be one of them and is taken for one. What came without a
 * number is taken off the units that have none, if all units of the line are recalled; else nobody knows which it was.
 */
export function affectedOf(recall: Recall, shipments: readonly RequestedShipment[], back: CameBack): Out[] {
  const parcels = shipments.filter((each) => each.dispatched && !isGone(each))
  const lines = parcels.flatMap((state) =>
    state
      .dispatched!.lines.filter(({ sku }) => sku === recall.sku)
      .map((line) => ({ ...line, left: state.dispatched!.handedOverAt, units: unitsOf(state, line) })),
  )
  return [...Map.groupBy(lines, ({ lineId }) => lineId)].flatMap(([lineId, parts]) => {
    const sent = parts.reduce((sum, { quantity }) => sum + quantity, 0)
    const came = back.lines.get(lineId) ?? 0
    const candidates = parts.flatMap(({ sku, name, left, units }) =>
      units
        .filter((unit) => isUnnumbered(unit) || isRecalled(recall, unit))
        .map((unit) => ({
          ...{ lineId, sku, name },
          ...unit,
          isBack: came >= sent || cameBackAt(back, unit, left) !== undefined,
        })),
    )
    const isAll = candidates.reduce((sum, { quantity }) => sum + quantity, 0) === sent
    const known = candidates.filter(({ isBack }) => isBack).reduce((sum, { quantity }) => sum + quantity, 0)
    return isAll && came < sent ? takenOff(candidates, came - known) : candidates
  })
}

type Unit = Pick<RecalledUnit, 'quantity' | 'serialNumber' | 'lotNumber'>
const isUnnumbered = ({ serialNumber, lotNumber }: Unit) => serialNumber === undefined && lotNumber === undefined

/** The units of a line in a shipment: those with numbers, and how many have none. */
function unitsOf({ units = [] }: RequestedShipment, line: { lineId: string; quantity: number }): Unit[] {
  const own = units.filter(({ lineId }) => lineId === line.lineId).map(({ lineId: _, ...unit }) => unit)
  const rest = line.quantity - own.reduce((sum, { quantity }) => sum + quantity, 0)
  return rest > 0 ? [...own, { quantity: rest }] : own
}

/** When a unit's serial number was scanned last, if that was since it left. */
export const cameBackAt = ({ serials }: CameBack, { serialNumber }: Pick<Unit, 'serialNumber'>, left: string) => {
  const scanned = serialNumber === undefined ? undefined : serials.get(serialNumber)
  return scanned !== undefined && Temporal.Instant.compare(scanned, left) >= 0 ? scanned : undefined
}

/** So many units came back and have no number that says which: of those without a serial number they are taken off. */
function takenOff(units: Out[], count: number): Out[] {
  let toTake = count
  return units.flatMap((unit) => {
    if (unit.isBack || unit.serialNumber !== undefined || toTake <= 0) return [unit]
    const taken = Math.min(toTake, unit.quantity)
    toTake -= taken
    const parts = [
      { ...unit, quantity: taken, isBack: true },
      { ...unit, quantity: unit.quantity - taken },
    ]
    return parts.filter(({ quantity }) => quantity > 0)
  })
}
