import { orderOfAlarm } from '@vilkar/alarms/order-of-alarm.ts'
import type { About } from '@vilkar/alarms/routes.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { tellWriting } from '../order/tell-writing.ts'

/** Of what a person writes of an alarm about an order that was erased, or about a payment, a money operation or a mail of it, is told, so that it goes again. */
export async function written(trx: Transaction<Database>, alarm: About, at: Temporal.Instant) {
  const orderId = await orderOfAlarm(trx, alarm, orderOf)
  if (orderId !== undefined) await tellWriting(trx, orderId, at)
}

async function orderOf(db: Kysely<Database>, id: string) {
  const { rows } = await sql<{ order_id: string }>`
    select order_id from payment_session where id = ${id}
    union all select order_id from money_operation where id = ${id}
    union all select about_id from mail where id = ${id}`.execute(db)
  return rows[0]?.order_id
}
