import { httpError } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import { returnOfNumber } from '../return-freight/store.ts'
import { handleUnderOrder } from '../shipment/handle.ts'
import { asNumber } from '../shipment/numbers.ts'
import { tellWriting } from '../shipment/tell-writing.ts'
import {
  expectedOf,
  lockExpected,
  orderOfNumber,
  orderOfShipment,
  readExpected,
  serialsSent,
  shipmentsOfNumber,
  skusOf,
} from './expected.ts'
import { evolve, isUnsettled, lineFor, receiptsOf } from './inbound.ts'
import { notBeforeItLeft, receiptMoment } from './receipt-moment.ts'
import {
  inboundOf,
  insertParcel,
  isSerialTaken,
  lockParcel,
  matchUnit,
  type ParcelRow,
  readUnit,
  saveUnit,
  scannedOf,
  tellReceipts,
  updateParcel,
} from './store.ts'
import type { Content, UnitFacts } from './tables.ts'

type Trx = Transaction<Database>

/** People have so many days to settle what nobody announced. */
const SETTLED_WITHIN_DAYS = 7

/** By what a warehouse knows a parcel or a unit; all of it may be left out. */
export type Known = { trackingNumber?: string; orderNumber?: string; returnId?: string }

/** Whose a parcel or a unit is, as far as that can be said: of an order with several open returns, nobody knows of which. */
async function whoseIs(
  trx: Trx,
  { trackingNumber, orderNumber, returnId }: Known,
): Promise<{ orderId?: string; returnId?: string }> {
  if (returnId !== undefined) {
    const named = await readExpected(trx, returnId)
    if (named === undefined) throw httpError(404, 'return-unknown', 'There is no such return.')
    return { orderId: named.order_id, returnId }
  }
  const back = trackingNumber === undefined ? undefined : await returnOfNumber(trx, trackingNumber)
  if (back && (await readExpected(trx, back.return_id))) return { orderId: back.order_id, returnId: back.return_id }
  const orderId =
    back?.order_id ??
    (orderNumber === undefined ? undefined : await orderOfNumber(trx, orderNumber)) ??
    (trackingNumber === undefined ? undefined : await orderOfShipment(trx, trackingNumber))
  if (orderId === undefined) return {}
  const [one, ...more] = await expectedOf(trx, orderId)
  return { orderId, ...(one && more.length === 0 && { returnId: one.return_id }) }
}

/** A parcel is here. The same one again, by its id or its number, is the one that there is. */
export async function takeIn(
  trx: Trx,
  id: string,
  known: Known,
  said: { receivedAt: string; by: string; note?: string },
  now: Temporal.Instant,
) {
  const { orderId = null, returnId = null } = await whoseIs(trx, known)
  const { by, note } = said
  const whose = { orderId: orderId ?? undefined, trackingNumber: known.trackingNumber }
  const receivedAt = await receiptMoment(trx, said.receivedAt, whose, now.toString())
  if (orderId !== null) await tellWriting(trx, orderId, now)
  if (known.trackingNumber !== undefined) await tellReturned(trx, known.trackingNumber, receivedAt, now)
  return insertParcel(trx, {
    ...{ id, order_id: orderId, return_id: returnId, tracking_number: known.trackingNumber ?? null },
    ...{ order_number: known.orderNumber ?? null, status: 'open', content: null, received_at: receivedAt },
    ...{ closed_at: null, due_on: null, settled_at: null, assignee: null },
    personal: JSON.stringify({ by, ...(note && { note }) }),
  })
}

/** What comes in under the number under which it left was not delivered: it is back. Of what the customer had it says nothing. */
async function tellReturned(trx: Trx, trackingNumber: string, occurredAt: string, now: Temporal.Instant) {
  for (const shipmentId of await shipmentsOfNumber(trx, trackingNumber)) {
    const data = { shipmentId, at: now.toString(), report: 'returned', occurredAt, personal: {} } as const
    await handleUnderOrder(trx, { type: 'ReportParcel', data })
  }
}

export type Found = UnitFacts & Known & { lineId?: string; serialNumber?: string; note?: string }

/** One unit of an open parcel, as it was found. It is a return's where that has room for it; else nobody's yet. */
export async function scanUnit(trx: Trx, parcelId: string, unitId: string, found: Found, by: string, at: string) {
  const parcel = await openParcel(trx, parcelId)
  const { lineId, serialNumber, note, orderNumber, returnId: named, trackingNumber: _, ...facts } = found
  const before = await readUnit(trx, unitId)
  if (before && before.parcel_id !== parcelId)
    throw httpError(409, 'unit-scanned', 'This unit was scanned in another parcel.')
  const own = (named ?? orderNumber) ? await whoseIs(trx, { returnId: named, orderNumber }) : undefined
  if (own) await notBeforeItLeft(trx, receivedOf(parcel), { orderId: own.orderId }, at)
  const returnId = own ? own.returnId : (parcel.return_id ?? undefined)
  const free = returnId && (await roomIn(trx, returnId, { lineId, sku: facts.sku }, unitId))
  const neverSent = free && serialNumber ? await isNeverSent(trx, returnId, free, serialNumber) : false
  const line = neverSent ? undefined : free
  const whose = line ? { returnId } : {}
  if (serialNumber && (await isSerialTaken(trx, { id: unitId, parcelId, serialNumber, ...whose })))
    throw httpError(409, 'unit-scanned', `A unit with the serial number ${serialNumber} was scanned already.`)
  await saveUnit(trx, {
    ...{ id: unitId, parcel_id: parcelId, return_id: line ? returnId! : null, line_id: line ?? lineId ?? null },
    ...{ receipt_id: null, scanned_at: at, facts: JSON.stringify({ ...facts, ...(neverSent && { neverSent }) }) },
    personal: JSON.stringify({ by, ...(serialNumber && { serialNumber }), ...(note && { note }) }),
  })
}

/**
 * Whether a serial number is none of those that went to the customer on this line. Where any unit of the line left without a serial number, nobody
 * can say.
 */
async function isNeverSent(trx: Trx, returnId: string, lineId: string, serialNumber: string) {
  const { order_id: orderId } = (await readExpected(trx, returnId))!
  const { sent, serials } = await serialsSent(trx, orderId, lineId)
  return sent > 0 && serials.length === sent && !serials.includes(asNumber(serialNumber))
}

/** The line of a return that has room for one more unit, under its lock: two scanners do not count past each other. */
async function roomIn(trx: Trx, returnId: string, what: { lineId?: string; sku?: string }, but?: string) {
  const expected = await lockExpected(trx, returnId)
  if (expected === undefined) return undefined
  const skuOf = await skusOf(trx, expected.order_id)
  return lineFor(what, expected.lines, { skuOf, scanned: await scannedOf(trx, returnId, but) })
}

/** Nothing more is in it: returns hears of each unit whose return is known, and a person settles the rest. */
export async function closeParcel(trx: Trx, parcelId: string, content: Content, now: Temporal.Instant) {
  const before = (await lockParcel(trx, parcelId)) ?? unknown()
  if (before.status === 'closed') {
    if (before.content !== content)
      throw httpError(409, 'parcel-closed', `The parcel was closed as one of ${before.content}.`)
    return
  }
  const { units } = await inboundOf(trx, before)
  if (content === 'units' && units.length === 0)
    throw httpError(409, 'parcel-bare', 'No unit of it was scanned: it is empty, or holds other goods.')
  if (content !== 'units' && units.some(({ returnId }) => returnId !== undefined))
    throw httpError(409, 'parcel-bare', 'Units of a return were scanned in it.')
  await updateParcel(trx, parcelId, { status: 'closed', content, closed_at: now.toString() })
  await tellAndSettle(trx, parcelId, now, true)
}

/** Says whose a parcel is, and the units in it that were nobody's. */
export async function matchParcel(
  trx: Trx,
  parcelId: string,
  known: Known & { units?: { unitId: string; lineId: string }[] },
  now: Temporal.Instant,
) {
  const parcel = (await lockParcel(trx, parcelId)) ?? unknown()
  const { orderId, returnId } = await whoseIs(trx, known)
  if (orderId === undefined) throw httpError(404, 'order-unknown', 'There is no such order.')
  await notBeforeItLeft(trx, receivedOf(parcel), { orderId }, now.toString())
  await tellWriting(trx, orderId, now)
  const isFirst = parcel.return_id === null && returnId !== undefined
  await updateParcel(trx, parcelId, { order_id: orderId, ...(isFirst && { return_id: returnId }) })
  if (returnId === undefined) return
  for (const unit of (await inboundOf(trx, parcel)).units) {
    if (unit.returnId !== undefined) continue
    const said = known.units?.find(({ unitId }) => unitId === unit.unitId)?.lineId
    // Only a person says that a unit is of the order although its number is not.
    if (unit.facts.neverSent && said === undefined) continue
    const lineId = said ?? unit.lineId
    const line = await roomIn(trx, returnId, { lineId, sku: lineId === undefined ? unit.facts.sku : undefined })
    if (line) await matchUnit(trx, unit.unitId, returnId, line)
  }
  await tellAndSettle(trx, parcelId, now, isFirst)
}

async function tellAndSettle(trx: Trx, parcelId: string, now: Temporal.Instant, isFirst: boolean) {
  const row = (await lockParcel(trx, parcelId))!
  if (row.status !== 'closed') return
  const parcel = await inboundOf(trx, row)
  const receipts = receiptsOf(parcel, uuidv7, isFirst)
  await tellReceipts(trx, parcelId, receipts, now)
  if (isUnsettled(receipts.reduce(evolve, parcel))) {
    const dueOn = osloDay(Temporal.Instant.from(row.received_at)).add({ days: SETTLED_WITHIN_DAYS })
    await updateParcel(trx, parcelId, { due_on: row.due_on ?? dueOn.toString() })
  } else await updateParcel(trx, parcelId, { settled_at: row.settled_at ?? now.toString() })
}

async function openParcel(trx: Trx, id: string): Promise<ParcelRow> {
  const found = (await lockParcel(trx, id)) ?? unknown()
  if (found.status !== 'open')
    throw httpError(409, 'parcel-closed', 'The parcel is closed: nothing more is scanned in it.')
  return found
}

const receivedOf = (parcel: ParcelRow) => Temporal.Instant.from(parcel.received_at).toString()

const unknown = (): never => {
  throw httpError(404, 'inbound-parcel-unknown', 'There is no such parcel.')
}
