import { gathering } from '@vilkar/messaging/gather.ts'
import { updateRows } from '@vilkar/server/update-rows.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import type { CarrierEvent } from './port.ts'
import type { CarrierTables, EventStatus } from './tables.ts'

/** All the SQL that writes `parcel`, `carrier_event` and `carrier_activation`. Moments are of the service's clock. */

type Db = Kysely<Database>
type Trx = Transaction<Database>
export type ParcelName = { carrier: string; trackingNumber: string }
export type Parcel = { carrier: string; tracking_number: string; shipment_ids: string[]; followed_since: string }

/** Another process that reads the same parcel at the same time would learn nothing else. */
const CLAIM_MINUTES = 2
const MAX_PER_LOOK = 20

/** The parcel, locked until the transaction ends: made if it was not known, with a shipment more if one is named. */
export const lockParcel = (trx: Trx, { carrier, trackingNumber }: ParcelName, now: string, shipmentId?: string) =>
  lock(trx, { carrier, trackingNumber, now, shipmentId })

type Locking = ParcelName & { now: string; shipmentId?: string }
const lock = gathering(async (trx: Trx, asks: Locking[]): Promise<Parcel[]> => {
  // Sorted, so that nobody waits in a circle.
  const { rows } = await sql<Parcel>`
    insert into parcel (carrier, tracking_number, shipment_ids, followed_since)
    select carrier, tracking_number, array_remove(array[shipment_id], null), now
    from unnest(${asks.map(({ carrier }) => carrier)}::text[], ${asks.map(({ trackingNumber }) => trackingNumber)}::text[],
      ${asks.map(({ shipmentId }) => shipmentId ?? null)}::uuid[], ${asks.map(({ now }) => now)}::timestamptz[])
      asked (carrier, tracking_number, shipment_id, now)
    order by carrier, tracking_number
    on conflict (carrier, tracking_number) do update set shipment_ids =
      case when parcel.shipment_ids @> excluded.shipment_ids then parcel.shipment_ids
        else parcel.shipment_ids || excluded.shipment_ids end
    returning carrier, tracking_number, shipment_ids, followed_since`.execute(trx)
  const named = new Map(rows.map((row) => [nameOf(row.carrier, row.tracking_number), row]))
  return asks.map(({ carrier, trackingNumber }) => named.get(nameOf(carrier, trackingNumber))!)
})

/** A parcel as one word. */
const nameOf = (carrier: string, trackingNumber: string) => `${carrier} ${trackingNumber}`

/** The carrier is read at once, and asked to call us. */
export const checkNow = (db: Db, { carrier, trackingNumber }: ParcelName, now: string, subscribe: boolean) =>
  db
    .updateTable('parcel')
    .set({ check_due_at: now, ...(subscribe && { subscribe_due_at: now }) })
    .where('carrier', '=', carrier)
    .where('tracking_number', '=', trackingNumber)
    .execute()

/** A parcel that is being read; `claim` is until when nobody else does. */
export type ClaimedParcel = Parcel & { failures: number; claim: string }

/** Takes parcels that are to be read now, so that no other process does meanwhile. */
export async function claimChecks(db: Db, carriers: string[], now: Temporal.Instant): Promise<ClaimedParcel[]> {
  const { rows } = await sql<ClaimedParcel>`
    update parcel set check_due_at = ${now.add({ minutes: CLAIM_MINUTES }).toString()}
    where (carrier, tracking_number) in (
      select carrier, tracking_number from parcel
      where check_due_at <= ${now.toString()}::timestamptz and carrier = any(${carriers}::text[])
      order by check_due_at limit ${MAX_PER_LOOK} for update skip locked)
    returning carrier, tracking_number, shipment_ids, followed_since, failures, check_due_at::text as claim`.execute(db)
  return rows
}

/**
 * When a parcel is read next; null is never. Whoever called for a reading while this one was under way gets one of their own: what is
 * new may have come too late for this. `failed` says how the reading went.
 */
export const setNextCheck = (
  db: Db,
  { carrier, tracking_number, claim }: ClaimedParcel,
  next: string | null,
  failed: string | null,
) =>
  sql`
    update parcel set check_due_at = case when check_due_at = ${claim}::timestamptz then ${next}::timestamptz else check_due_at end,
      failures = case when ${failed}::timestamptz is null then 0 else failures + 1 end,
      failing_since = case when ${failed}::timestamptz is null then null else coalesce(failing_since, ${failed}) end
    where carrier = ${carrier} and tracking_number = ${tracking_number}`.execute(db)

/** Nothing more is expected of a parcel: it is read no more, unless somebody calls. */
export const stopReading = (db: Db, { carrier, trackingNumber }: ParcelName) =>
  db
    .updateTable('parcel')
    .set({ check_due_at: null })
    .where('carrier', '=', carrier)
    .where('tracking_number', '=', trackingNumber)
    .execute()

/** Takes parcels of one carrier of which it is to call us, as many as one request may name. */
export async function claimSubscriptions(db: Db, carrier: string, most: number, now: Temporal.Instant) {
  const claim = now.add({ minutes: CLAIM_MINUTES }).toString()
  const { rows } = await sql<{ tracking_number: string }>`
    update parcel set subscribe_due_at = ${claim}
    where (carrier, tracking_number) in (
      select carrier, tracking_number from parcel
      where subscribe_due_at <= ${now.toString()}::timestamptz and carrier = ${carrier}
      order by subscribe_due_at limit ${most} for update skip locked)
    returning tracking_number`.execute(db)
  return { claim, numbers: rows.map(({ tracking_number }) => tracking_number) }
}

/** The carrier calls about these until then, and is asked again before that; null is never again. Who was asked for anew meanwhile stays so. */
export const setSubscribed = (
  db: Db,
  carrier: string,
  trackingNumbers: string[],
  { until, due, claim }: { until?: string; due: string | null; claim: string },
) =>
  db
    .updateTable('parcel')
    .set({
      subscribe_due_at: sql`case when subscribe_due_at = ${claim}::timestamptz then ${due}::timestamptz else subscribe_due_at end`,
      ...(until && { subscribed_until: until }),
    })
    .where('carrier', '=', carrier)
    .where('tracking_number', '=', sql<string>`any(${trackingNumbers}::text[])`)
    .execute()

/** Keeps an event, once; its id if it is new. */
export function keepEvent(trx: Trx, { carrier, trackingNumber }: ParcelName, event: CarrierEvent, now: string) {
  const { key, code, occurredAt = now, receivedBy, ...facts } = event
  return keep(trx, {
    ...{ id: uuidv7(), carrier, tracking_number: trackingNumber, event_key: key, code },
    ...{ occurred_at: occurredAt, heard_at: now, facts: JSON.stringify(facts), status: 'waiting', outcome: null },
    personal: JSON.stringify({ ...(receivedBy && { receivedBy }) }),
  })
}
const keep = gathering(async (trx: Trx, rows: (Insertable<CarrierTables['carrier_event']> & { id: string })[]) => {
  const kept = await trx
    .insertInto('carrier_event')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['carrier', 'tracking_number', 'event_key']).doNothing())
    .returning('id')
    .execute()
  const isKept = new Set(kept.map(({ id }) => id))
  return rows.map(({ id }) => (isKept.has(id) ? id : undefined))
})

export const setOutcome = (trx: Trx, id: string, status: EventStatus, outcome?: string) =>
  settle(trx, { id, status, outcome: outcome ?? null })

const settle = gathering(async (trx: Trx, rows: { id: string; status: EventStatus; outcome: string | null }[]) => {
  await updateRows(trx as never, 'carrier_event', { status: 'text', outcome: 'text' }, rows, 'id')
  return []
})

/** What a carrier told of a parcel and is not applied yet, in the order in which it happened. */
export const waitingEvents = gathering(async (trx: Trx, parcels: ParcelName[]) => {
  const waiting = await trx
    .selectFrom('carrier_event')
    .select(['id', 'carrier', 'tracking_number', 'code', 'occurred_at', 'facts', 'personal'])
    .where('tracking_number', '=', sql<string>`any(${parcels.map(({ trackingNumber }) => trackingNumber)}::text[])`)
    .where('carrier', '=', sql<string>`any(${parcels.map(({ carrier }) => carrier)}::text[])`)
    .where('status', '=', 'waiting')
    .orderBy('occurred_at')
    .orderBy('id')
    .execute()
  const byParcel = Map.groupBy(waiting, (event) => nameOf(event.carrier, event.tracking_number))
  return parcels.map(({ carrier, trackingNumber }) => byParcel.get(nameOf(carrier, trackingNumber)) ?? [])
})

/** Events of codes that were unknown and are in a table by now wait to be applied; the parcels that they are about. */
export async function revive(db: Db, carrier: string, codes: string[]): Promise<ParcelName[]> {
  const { rows } = await sql<ParcelName>`
    update carrier_event set status = 'waiting', outcome = null
    where status = 'unknown' and carrier = ${carrier} and code = any(${codes}::text[]) and outcome = 'code-unknown'
    returning carrier, tracking_number as "trackingNumber"`.execute(db)
  return rows
}

/** A carrier asks whether we want what we subscribed to. */
export const askActivation = (db: Db, carrier: string, subscriptionId: string, secret: string, now: string) =>
  sql`
    insert into carrier_activation (carrier, subscription_id, secret, asked_at)
    values (${carrier}, ${subscriptionId}, ${secret}, ${now})
    on conflict (carrier, subscription_id) do update set secret = excluded.secret, asked_at = excluded.asked_at, done_at = null`.execute(
    db,
  )

export const openActivations = (db: Db, carrier: string) =>
  db
    .selectFrom('carrier_activation')
    .select(['subscription_id', 'secret'])
    .where('carrier', '=', carrier)
    .where('done_at', 'is', null)
    .orderBy('asked_at')
    .limit(MAX_PER_LOOK)
    .execute()

export const setActivated = (db: Db, carrier: string, subscriptionId: string, now: string) =>
  db
    .updateTable('carrier_activation')
    .set({ done_at: now, secret: '' })
    .where('carrier', '=', carrier)
    .where('subscription_id', '=', subscriptionId)
    .execute()
