import { orderOfAlarm } from '@vilkar/alarms/order-of-alarm.ts'
import type { About } from '@vilkar/alarms/routes.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { tellWriting } from '../order-facts/tell-writing.ts'

/** Of what a person writes of an alarm about an order that was erased, or about a case, what goes back, or what was said of it, is told, so that it goes again. */
export async function written(trx: Transaction<Database>, alarm: About, at: Temporal.Instant) {
  const orderId = await orderOfAlarm(trx, alarm, orderOf)
  if (orderId !== undefined) await tellWriting(trx, orderId, at)
}

async function orderOf(db: Kysely<Database>, id: string) {
  const { rows } = await sql<{ order_id: string }>`
    select order_id from return_case where id = ${id}
    union all select order_id from complaint where id = ${id}
    union all select order_id from loss where id = ${id}
    union all select order_id from override where id = ${id}
    union all select order_id from payout where id = ${id}
    union all select order_id from agreement where id = ${id}
    union all select order_id from exchange where id = ${id}
    union all select order_id from return_label where id = ${id}
    union all select order_id from goods_received where id = ${id}
    union all select order_id from statement_answer where statement_id = ${id} and order_id is not null`.execute(db)
  return rows[0]?.order_id
}
