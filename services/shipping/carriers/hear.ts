import { hasItForCustomer, type Taker } from '@vilkar/contracts/shipping-parcel.ts'
import type { Selectable, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { ShipmentCommand } from '../shipment/commands.ts'
import { handleUnderOrder } from '../shipment/handle.ts'
import { reportOfTaker } from '../shipment/report.ts'
import { readShipment, type StoredShipment } from '../shipment/store.ts'
import { explainedCodes, withCodes } from './explained.ts'
import { isErasedParcel } from './follow.ts'
import { meaningOf } from './meaning.ts'
import type { AnyCarrier, CarrierEvent } from './port.ts'
import { keepEvent, lockParcel, type Parcel, setOutcome, waitingEvents } from './store.ts'
import type { CarrierTables, EventStatus } from './tables.ts'

type Trx = Transaction<Database>
type Kept = Pick<Selectable<CarrierTables['carrier_event']>, 'id' | 'code' | 'occurred_at' | 'facts' | 'personal'>
type Outcome = { status: EventStatus; outcome?: string }

/** A clock of a carrier's may be ahead: what happens within a day waits for its moment, and what is later is wrong. */
const MAX_AHEAD_HOURS = 24

/** Keeps what a carrier told of a parcel, each event once, and applies what is new of it in the order in which it happened. */
export async function hearEvents(
  trx: Trx,
  carrier: AnyCarrier,
  trackingNumber: string,
  events: CarrierEvent[],
  now: Temporal.Instant,
) {
  const name = { carrier: carrier.name, trackingNumber }
  const parcel = await lockParcel(trx, name, now.toString())
  const isOfNobody = await isErasedParcel(trx, parcel)
  for (const event of events) {
    const id = await keepEvent(trx, name, isOfNobody ? withoutPlace(event) : event, now.toString())
    if (id !== undefined && event.occurredAt === undefined) await setOutcome(trx, id, 'unknown', 'moment-unreadable')
  }
  await applyWaiting(trx, carrier, parcel, now)
}

/** Of a parcel of somebody whose personal data were erased it is kept what happened and when, and not where or to whom. */
const withoutPlace = ({ key, code, occurredAt, package: part }: CarrierEvent): CarrierEvent => ({
  ...{ key, code, occurredAt },
  ...(part && { package: part }),
})

/** Applies what was told of a parcel and waits. What nobody dispatched goes on waiting. */
export async function applyWaiting(trx: Trx, heard: AnyCarrier, parcel: Parcel, now: Temporal.Instant) {
  const trackingNumber = parcel.tracking_number
  const shipments: StoredShipment[] = []
  for (const id of parcel.shipment_ids) {
    const found = await readShipment(trx, id)
    if (found) shipments.push(found)
  }
  const events = await waitingEvents(trx, { carrier: heard.name, trackingNumber })
  const strange = events.flatMap(({ code }) => (Object.hasOwn(heard.codes, code) ? [] : [code]))
  const carrier = withCodes(heard, await explainedCodes(trx, heard.name, strange))
  for (const event of events) {
    const { status, outcome } = await outcomeOf(trx, carrier, event, shipments, now)
    if (status !== 'waiting') await setOutcome(trx, event.id, status, outcome)
  }
}

async function outcomeOf(
  trx: Trx,
  carrier: AnyCarrier,
  event: Kept,
  shipments: StoredShipment[],
  now: Temporal.Instant,
): Promise<Outcome> {
  if (Temporal.Instant.compare(event.occurred_at, now) > 0) {
    const isNear = Temporal.Instant.compare(event.occurred_at, now.add({ hours: MAX_AHEAD_HOURS })) <= 0
    return isNear ? { status: 'waiting' } : { status: 'refused', outcome: 'receipt-in-the-future' }
  }
  const said = { code: event.code, ...event.facts, ...event.personal }
  if (meaningOf(carrier, said, '') === undefined) return { status: 'unknown', outcome: 'code-unknown' }
  if (meaningOf(carrier, said, '') === 'nothing') return { status: 'noted' }
  if (shipments.length === 0) return { status: 'waiting' }
  let refused: string | undefined
  for (const shipment of shipments) {
    const { refusal } = await handleUnderOrder(trx, commandOf(carrier, event, shipment, now), shipment)
    refused ??= refusal?.code
  }
  return refused === undefined ? { status: 'applied' } : { status: 'refused', outcome: refused }
}

/** The command by which a shipment hears of an event that says something of its way. */
export function commandOf(
  carrier: AnyCarrier,
  { code, occurred_at, facts, personal }: Kept,
  { id: shipmentId, personal: { address } }: StoredShipment,
  now: Temporal.Instant,
): ShipmentCommand {
  const meaning = meaningOf(carrier, { code, ...facts, ...personal }, address.name)
  if (meaning === undefined || meaning === 'nothing') throw new Error(`${code} of ${carrier.name} says nothing`)
  const occurredAt = Temporal.Instant.from(occurred_at).toString()
  const data = { shipmentId, at: now.toString() }
  const place = facts.place && { place: facts.place.slice(0, MAX_PLACE) }
  if ('report' in meaning)
    return {
      type: 'ReportParcel',
      data: { ...data, report: meaning.report, occurredAt, ...place, fromCarrier: true, personal: {} },
    }
  const { takenBy } = meaning
  // Who is said to have met the customer need not write down whom.
  const receivedBy = personal.receivedBy ?? (takenBy === 'customer' ? address.name : undefined)
  if (hasItForCustomer(takenBy) && receivedBy !== undefined)
    return { type: 'DeliverShipment', data: { ...data, receivedAt: occurredAt, receivedBy, takenBy } }
  // Somebody whom the customer is said to have named has no name: nobody can say that it was they.
  const taker: Taker = hasItForCustomer(takenBy) ? 'unknown' : takenBy
  const said = { report: reportOfTaker(taker)!, takenBy: taker, occurredAt, ...place }
  return { type: 'ReportParcel', data: { ...data, ...said, personal: { ...(receivedBy && { receivedBy }) } } }
}

/** As long as the place of a parcel may be. */
const MAX_PLACE = 100
