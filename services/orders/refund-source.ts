import { sql } from 'kysely'
import type { Trx } from './deps.ts'

/**
 * Which payment of an order a refund goes back to: money goes back the way it came (clause 6), so to one that took at
 * least this amount (minor units) and has not given it back, the oldest first. Undefined when the order has but one
 * payment, or when no single one took so much: then the provider says no, and a person decides.
 */
export async function refundSource(trx: Trx, orderId: string, amount: number): Promise<string | undefined> {
  const { rows } = await sql<{ payment_id: string; left: number }>`
    select payment_id, (sum(case kind when 'captured' then amount when 'refunded' then -amount else 0 end) - coalesce((
      select sum(planned.amount) from payment_operation planned
      where planned.order_id = ${orderId} and planned.kind = 'refund' and planned.status <> 'done'
        and planned.detail ->> 'paymentId' = ledger_entry.payment_id
    ), 0))::bigint as left
    from ledger_entry
    where order_id = ${orderId}
    group by payment_id
    order by min(id)`.execute(trx)
  return rows.length < 2 ? undefined : rows.find(({ left }) => left >= amount)?.payment_id
}
