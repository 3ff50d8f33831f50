import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

/** What is looked for among parcels and events; nothing here writes. */

const MAX_PER_LOOK = 100

/** Shipments that left and are followed by nobody yet, the first that were asked for first. */
export async function unfollowed(db: Kysely<Database>) {
  const { rows } = await sql<{ id: string; carrier: string; trackingNumber: string; isOver: boolean }>`
    select id, state #>> '{dispatched,carrier}' as carrier, state #>> '{dispatched,trackingNumber}' as "trackingNumber",
      status = 'delivered' as "isOver"
    from shipment where followed_at is null and state ? 'dispatched' order by requested_at limit ${MAX_PER_LOOK}`.execute(
    db,
  )
  return rows
}

/** Parcels of which something was told that waited for a moment which has come. */
export async function ripe(db: Kysely<Database>, now: string) {
  const { rows } = await sql<{ carrier: string; trackingNumber: string }>`
    select distinct event.carrier, event.tracking_number as "trackingNumber"
    from carrier_event event join parcel using (carrier, tracking_number)
    where event.status = 'waiting' and event.occurred_at <= ${now}::timestamptz and parcel.shipment_ids <> '{}'
    limit ${MAX_PER_LOOK}`.execute(db)
  return rows
}

/** Whether customers have all that is in a parcel, or nothing is in it. */
export async function isAllDelivered(db: Kysely<Database>, shipmentIds: string[]) {
  const found = await db
    .selectFrom('shipment')
    .select('status')
    .where('id', '=', sql<string>`any(${shipmentIds}::uuid[])`)
    .execute()
  return found.length > 0 && found.every(({ status }) => status === 'delivered')
}

/** Whether personal data of an order were erased that has something in a parcel, whichever way it went. */
export async function isErasedParcel(
  db: Kysely<Database>,
  parcel: { tracking_number: string; shipment_ids: string[] },
) {
  const { rows } = await sql<{ erased: boolean }>`
    select exists (select from shipment join erased_order using (order_id) where id = any(${parcel.shipment_ids}::uuid[]))
      or exists (select from return_parcel join erased_order using (order_id)
        where tracking_number = ${parcel.tracking_number}) as erased`.execute(db)
  return rows[0]!.erased
}
