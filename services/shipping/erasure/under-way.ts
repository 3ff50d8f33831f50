import type { Postponed } from '@vilkar/personal-data/carry-out.ts'
import { sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** Statuses after which nothing is expected of a shipment any more. */
const ENDED = ['delivered', 'cancelled', 'returned', 'lost']

/**
 * Of which of these orders something is under way: goods that are to leave or on their way either way, a parcel that a person has to settle,
 * a claim on a carrier that can still be made, and a recall of which the customer was not told. Locks what is kept of the orders.
 */
export async function underWay(trx: Transaction<Database>, orderIds: string[]): Promise<Postponed[]> {
  const ids = sql`any(${orderIds}::uuid[])`
  await sql`select from order_to_ship where order_id = ${ids} order by order_id for update`.execute(trx)
  await sql`select from shipment where order_id = ${ids} order by id for update`.execute(trx)
  const { rows } = await sql<Postponed>`
    select id as "orderId", why from (
      select id, case
        when exists (select from shipment where order_id = id_of.id and status <> all(${ENDED}::text[])) then 'order-open'
        when exists (select from expected_return where order_id = id_of.id and closed_at is null)
          or exists (select from inbound_parcel where order_id = id_of.id
            and (status = 'open' or (due_on is not null and settled_at is null)))
          or exists (select from damage_report where order_id = id_of.id and claimed_at is null and claim_due_on >= current_date)
          or exists (select from recall_notice notice join recall on recall.id = notice.recall_id
            where notice.order_id = id_of.id and recall.ended_at is null and notice.outcome in ('waiting', 'unreachable'))
          or exists (select from alarm where order_id = id_of.id and resolved_at is null)
          then 'case-open'
      end as why
      from unnest(${orderIds}::uuid[]) id_of (id)) each
    where why is not null order by id`.execute(trx)
  return rows
}
