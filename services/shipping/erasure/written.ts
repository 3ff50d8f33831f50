import { orderOfAlarm } from '@vilkar/alarms/order-of-alarm.ts'
import type { About } from '@vilkar/alarms/routes.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { tellWriting } from '../shipment/tell-writing.ts'

/** Of what a person writes of an alarm about an order that was erased, or about a shipment, a parcel, a report or a notice of it, is told, so that it goes again. */
export async function written(trx: Transaction<Database>, alarm: About, at: Temporal.Instant) {
  const orderId = await orderOfAlarm(trx, alarm, orderOf)
  if (orderId !== undefined) await tellWriting(trx, orderId, at)
}

async function orderOf(db: Kysely<Database>, id: string) {
  const { rows } = await sql<{ order_id: string }>`
    select order_id from shipment where id = ${id}
    union all select order_id from return_parcel where id = ${id}
    union all select order_id from damage_report where id = ${id}
    union all select order_id from recall_notice where id = ${id}
    union all select order_id from inbound_parcel where id = ${id} and order_id is not null
    union all select expected_return.order_id from inbound_parcel parcel join expected_return using (return_id) where parcel.id = ${id}`.execute(
    db,
  )
  return rows[0]?.order_id
}
