import type { Kept } from '@vilkar/contracts/privacy.ts'
import type { MessagingTables } from '@vilkar/messaging/tables.ts'
import { type Kysely, sql, type Transaction } from 'kysely'

/** All that writes `erased_order`. */

/** Notes that personal data of these orders were erased: what is heard of them from now on is heard without. */
export async function noteErased<Tables extends MessagingTables>(
  trx: Transaction<Tables>,
  { erasureId, orderIds, keeps, at }: { erasureId: string; orderIds: string[]; keeps: Kept[]; at: string },
) {
  await sql`
    insert into erased_order (order_id, erasure_id, erased_at, keeps)
    select id, ${erasureId}, ${at}, ${keeps}::text[] from unnest(${orderIds.toSorted()}::uuid[]) id order by id
    on conflict (order_id) do update
    set erasure_id = excluded.erasure_id, erased_at = excluded.erased_at, keeps = excluded.keeps`.execute(trx)
}

/** What is kept of an order that was erased; undefined of one that was not. */
export async function keptOfErased<Tables extends MessagingTables>(
  db: Kysely<Tables>,
  orderId: string,
): Promise<Kept[] | undefined> {
  const { rows } = await sql<{ keeps: Kept[] }>`select keeps from erased_order where order_id = ${orderId}`.execute(db)
  return rows[0]?.keeps
}
