import type { Holding, Ids, Reach } from '@vilkar/personal-data/places.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { personalData } from '../personal-data.ts'

const ofOrder: Reach = ({ orders }) => sql`order_id = any(${orders}::uuid[])`
const isAbout =
  (column: string): Reach =>
  ({ about }) =>
    sql`${sql.ref(column)} = any(${about}::uuid[])`

/** Alarms about an order, or about a shipment, parcel or report of it. */
const aboutIt: Reach = ({ orders, about }) => sql`order_id = any(${orders}::uuid[]) or about = any(${about}::text[])`

/** What carriers told of parcels of these orders, whichever way they went. */
const ofTheirParcels: Reach = ({ orders }) => sql`tracking_number in (
  select state #>> '{dispatched,trackingNumber}' from shipment where order_id = any(${orders}::uuid[])
  union select tracking_number from return_parcel where order_id = any(${orders}::uuid[]))`

/** How the rows of each table are reached from orders. */
export const holding: Holding = {
  map: personalData,
  reaches: {
    refusal: isAbout('aggregate_id'),
    mail: isAbout('about_id'),
    alarm: aboutIt,
    photo: ({ orders, about }) => sql`order_id = any(${orders}::uuid[]) or case_id = any(${about}::uuid[])`,
    order_to_ship: ofOrder,
    shipment: ofOrder,
    damage_report: ofOrder,
    return_parcel: ofOrder,
    inbound_parcel: isAbout('id'),
    inbound_unit: isAbout('parcel_id'),
    carrier_event: ofTheirParcels,
    recall_notice: ofOrder,
  },
}

/** All ids by which these orders are known here: of shipments, parcels that go back or came in, reports and notices. */
export async function idsOf(db: Kysely<Database>, orders: string[]): Promise<Ids> {
  const { rows } = await sql<{ id: string }>`
    select id from shipment where order_id = any(${orders}::uuid[])
    union all select id from return_parcel where order_id = any(${orders}::uuid[])
    union all select id from damage_report where order_id = any(${orders}::uuid[])
    union all select id from recall_notice where order_id = any(${orders}::uuid[])
    union all select id from inbound_parcel where order_id = any(${orders}::uuid[])
      or return_id in (select return_id from expected_return where order_id = any(${orders}::uuid[]))`.execute(db)
  return { orders, about: [...orders, ...rows.map(({ id }) => id)] }
}
