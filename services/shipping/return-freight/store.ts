import type { Stored } from '@vilkar/decider/command-handler.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database, OrderToShip, Personal } from '../database.ts'
import type { ReturnParcel } from './state.ts'

/** All the SQL of `return_parcel`. */

type Db = Kysely<Database>
type Trx = Transaction<Database>
export type StoredReturnParcel = Stored<ReturnParcel, object>

const CLAIM_MINUTES = 2
const MAX_PER_LOOK = 20
const MAX_LISTED = 100

export async function lockReturnParcel(trx: Trx, id: string): Promise<StoredReturnParcel | undefined> {
  const found = await trx
    .selectFrom('return_parcel')
    .select(['id', 'version', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  return found && { ...found, personal: {} }
}

export const readReturnParcel = (db: Db, id: string) =>
  db.selectFrom('return_parcel').select(['id', 'state']).where('id', '=', id).executeTakeFirst()

export const saveReturnParcel = async (trx: Trx, { id, version, state }: StoredReturnParcel) => {
  const { carrier = null, trackingNumber = null } = state
  const row = { carrier, tracking_number: trackingNumber, version, state: JSON.stringify(state) }
  await trx
    .updateTable('return_parcel')
    .set({ ...row, ...(trackingNumber && { book_due_at: null, failures: 0 }) })
    .where('id', '=', id)
    .execute()
}

/** A label is asked for: a carrier is to be found now. Said twice it is said once. */
export const requestLabel = (trx: Trx, id: string, state: ReturnParcel) =>
  trx
    .insertInto('return_parcel')
    .values({
      ...{ id, return_id: state.returnId, order_id: state.orderId, carrier: null, tracking_number: null },
      ...{ state: JSON.stringify(state), book_due_at: state.requestedAt },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()

/** No carrier has to give this label any more. */
export const forgetBooking = (trx: Trx, id: string) =>
  trx
    .updateTable('return_parcel')
    .set({ book_due_at: null })
    .where('id', '=', id)
    .where('tracking_number', 'is', null)
    .execute()

/** Somebody says that goods go back by this parcel. One that is known already, by a label of ours too, stays what it is: false. */
export async function expectParcel(trx: Trx, state: ReturnParcel & { carrier: string; trackingNumber: string }) {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('return_parcel')
    .values({
      ...{ id: uuidv7(), return_id: state.returnId, order_id: state.orderId, carrier: state.carrier },
      ...{ tracking_number: state.trackingNumber, state: JSON.stringify(state), book_due_at: null },
    })
    .onConflict((conflict) => conflict.columns(['carrier', 'tracking_number']).doNothing())
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** A label that waits for a carrier, with where it is sent from and under which terms. */
export type Awaited = {
  id: string
  state: ReturnParcel
  failures: number
  order: OrderToShip
  from: Personal['address']
}

/** Takes labels that are to be booked now, so that no other process does meanwhile. */
export async function claimBookings(db: Db, now: Temporal.Instant): Promise<Awaited[]> {
  const { rows } = await sql<Awaited>`
    with claimed as (
      update return_parcel set book_due_at = ${now.add({ minutes: CLAIM_MINUTES }).toString()}
      where id in (select id from return_parcel where book_due_at <= ${now.toString()}::timestamptz
        order by book_due_at limit ${MAX_PER_LOOK} for update skip locked)
      returning id, order_id, state, failures)
    select claimed.id, claimed.state, claimed.failures, order_to_ship.facts as "order", personal -> 'address' as "from"
    from claimed join order_to_ship using (order_id)`.execute(db)
  return rows
}

export const bookAgainAt = (db: Db, id: string, at: string, failures: number) =>
  db.updateTable('return_parcel').set({ book_due_at: at, failures }).where('id', '=', id).execute()

/** Where goods of an order are sent from. */
export async function senderOf(db: Db, orderId: string) {
  const found = await db
    .selectFrom('order_to_ship')
    .select('personal')
    .where('order_id', '=', orderId)
    .executeTakeFirst()
  return found?.personal.address
}

export type Scan = {
  eventId: string
  parcelId: string
  carrier: string
  trackingNumber: string
  code: string
  occurredAt: string
  package: string | null
}

/** What these carriers told of parcels that go back and waits to be heard, in the order in which it happened. */
export async function scansToHear(db: Db, carriers: string[], now: string) {
  const { rows } = await sql<Scan>`
    select event.id as "eventId", back.id as "parcelId", event.carrier, event.tracking_number as "trackingNumber", event.code,
      event.occurred_at as "occurredAt", event.facts ->> 'package' as package
    from carrier_event event
      join return_parcel back using (carrier, tracking_number) join parcel using (carrier, tracking_number)
    where event.status = 'waiting' and event.occurred_at <= ${now}::timestamptz and parcel.shipment_ids = '{}'
      and event.carrier = any(${carriers}::text[])
    order by event.occurred_at, event.id limit ${MAX_PER_LOOK}`.execute(db)
  return rows
}

/** Labels that wait for a carrier, the longest first. */
export const awaitedLabels = (db: Db) =>
  db
    .selectFrom('return_parcel')
    .select(['id', 'state'])
    .where('book_due_at', 'is not', null)
    .where('tracking_number', 'is', null)
    .orderBy('id')
    .limit(MAX_LISTED)
    .execute()

/** The return that a parcel belongs to, by its number alone: a warehouse may not know the carrier. */
export const returnOfNumber = (db: Db, trackingNumber: string) =>
  db
    .selectFrom('return_parcel')
    .select(['return_id', 'order_id'])
    .where('tracking_number', '=', trackingNumber)
    .orderBy('id', 'desc')
    .executeTakeFirst()
