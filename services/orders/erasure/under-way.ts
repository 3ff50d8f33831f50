import type { Postponed } from '@vilkar/personal-data/carry-out.ts'
import { sql } from 'kysely'
import type { Trx } from '../deps.ts'
import { isComplete } from '../order/completion.ts'
import type { PlacedOrder } from '../order/state.ts'

/**
 * Of which of these orders something is under way that needs to know whose they are: money that moves or is owed, goods that are to come,
 * an answer, a mail or a person's work that is awaited. Locks the orders, so that nothing begins meanwhile.
 */
export async function underWay(trx: Trx, orderIds: string[]): Promise<Postponed[]> {
  await sql`select id from orders where id = any(${orderIds}::uuid[]) order by id for update`.execute(trx)
  const { rows } = await sql<{ orderId: string; state: PlacedOrder; why: Postponed['why'] | null }>`
      select id as "orderId", state, case
        when exists (select from money_operation where order_id = orders.id
            and status in ('planned', 'waiting-for-capture', 'sent', 'ambiguous'))
          or exists (select from payment_session where order_id = orders.id and status = 'approving')
          or exists (select from payout where order_id = orders.id and paid_at is null)
          then 'money-open'
        when coalesce(answer_awaited_since, delay_check_at, reserved_until, payment_check_due_at) is not null
          or exists (select from mail where about_id = orders.id and status = 'queued')
          or exists (select from alarm where order_id = orders.id and resolved_at is null)
          then 'order-open'
      end as why
      from orders where id = any(${orderIds}::uuid[]) order by id`.execute(trx)
  return rows.flatMap(({ orderId, state, why }) => {
    const isOver = state.status === 'cancelled' || isComplete(state)
    const because = why ?? (isOver ? undefined : 'order-open')
    return because === undefined ? [] : [{ orderId, why: because }]
  })
}
