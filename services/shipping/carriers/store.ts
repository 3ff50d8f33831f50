import { randomUUIDv7 } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { CarrierEvent } from './port.ts'
import type { EventStatus } from './tables.ts'

/** All the SQL that writes `parcel`, `carrier_event` and `carrier_activation`. Moments are of the service's clock. */

type Db = Kysely<Database>
type Trx = Transaction<Database>
export type ParcelName = { carrier: string; trackingNumber: string }
export type Parcel = { carrier: string; tracking_number: string; shipment_ids: string[]; followed_since: string }

/** Another process that reads the same parcel at the same time would learn nothing else. */
const CLAIM_MINUTES = 2
const MAX_PER_LOOK = 20

/** The parcel, locked until the transaction ends: made if it was not known, with a shipment more if one is named. */
export async function lockParcel(trx: Trx, { carrier, trackingNumber }: ParcelName, now: string, shipmentId?: string) {
  const { rows } = await sql<Parcel>`
    insert into parcel (carrier, tracking_number, shipment_ids, followed_since)
    values (${carrier}, ${trackingNumber}, ${shipmentId ? [shipmentId] : []}::uuid[], ${now})
    on conflict (carrier, tracking_number) do update set shipment_ids =
      case when parcel.shipment_ids @> excluded.shipment_ids then parcel.shipment_ids
        else parcel.shipment_ids || excluded.shipment_ids end
    returning carrier, tracking_number, shipment_ids, followed_since`.execute(trx)
  return rows[0]!
}

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
export async function keepEvent(trx: Trx, { carrier, trackingNumber }: ParcelName, event: CarrierEvent, now: string) {
  const { key, code, occurredAt = now, receivedBy, ...facts } = event
  const kept = await trx
    .insertInto('carrier_event')
    .values({
      ...{ id: randomUUIDv7(), carrier, tracking_number: trackingNumber, event_key: key, code },
      ...{ occurred_at: occurredAt, heard_at: now, facts: JSON.stringify(facts), status: 'waiting', outcome: null },
      personal: JSON.stringify({ ...(receivedBy && { receivedBy }) }),
    })
    .onConflict((conflict) => conflict.columns(['carrier', 'tracking_number', 'event_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return kept?.id
}

export const setOutcome = (trx: Trx, id: string, status: EventStatus, outcome?: string) =>
  trx
    .updateTable('carrier_event')
    .set({ status, outcome: outcome ?? null })
    .where('id', '=', id)
    .execute()

/** What a carrier told of a parcel and is not applied yet, in the order in which it happened. */
export const waitingEvents = (trx: Trx, { carrier, trackingNumber }: ParcelName) =>
  trx
    .selectFrom('carrier_event')
    .select(['id', 'code', 'occurred_at', 'facts', 'personal'])
    .where('carrier', '=', carrier)
    .where('tracking_number', '=', trackingNumber)
    .where('status', '=', 'waiting')
    .orderBy('occurred_at')
    .orderBy('id')
    .execute()

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
