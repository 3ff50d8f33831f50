import type { Postponed } from '@vilkar/personal-data/carry-out.ts'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { idsOf } from './holding.ts'

/**
 * Of which of these orders a case is open: of whatever kind, a statement that nobody answered or that is unclear and names the order's
 * address, goods that nobody settled, a mail or a person's work that is awaited. Locks what is known of the orders.
 */
export async function underWay(trx: Transaction<Database>, orderIds: string[]): Promise<Postponed[]> {
  await sql`select from order_facts where order_id = any(${orderIds}::uuid[]) order by order_id for update`.execute(trx)
  const { rows } = await sql<{ id: string }>`
    select id_of.id from unnest(${orderIds}::uuid[]) id_of (id)
    where exists (select from return_case where order_id = id_of.id and closed_at is null)
      or exists (select from goods_received where order_id = id_of.id and status in ('waiting', 'unsettled'))
      or exists (select from exchange where order_id = id_of.id and ended_at is null)
      or exists (select from alarm where order_id = id_of.id and resolved_at is null)
      or exists (select from statement_answer answer join statement on statement.id = answer.statement_id
        where id_of.id in (answer.order_id, statement.order_id) and answer.status in ('pending', 'unclear'))
      or exists (select from order_facts join statement on statement.personal ? 'email'
          and lower(statement.personal ->> 'email') = lower(order_facts.personal ->> 'email')
        join statement_answer answer on answer.statement_id = statement.id
        where order_facts.order_id = id_of.id and answer.status in ('pending', 'unclear')
          and answer.order_id is null and statement.order_id is null)
    order by id_of.id`.execute(trx)
  const open = new Set(rows.map(({ id }) => id))
  for (const orderId of orderIds) if (!open.has(orderId) && (await hasMailToSend(trx, orderId))) open.add(orderId)
  return orderIds.filter((id) => open.has(id)).map((orderId) => ({ orderId, why: 'case-open' }))
}

async function hasMailToSend(trx: Transaction<Database>, orderId: string) {
  const { about } = await idsOf(trx, [orderId])
  const { rows } = await sql`
    select from mail where about_id = any(${about}::uuid[]) and status = 'queued' limit 1`.execute(trx)
  return rows.length > 0
}
