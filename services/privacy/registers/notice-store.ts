import type { Source } from '@vilkar/alarms/sources.ts'
import { growingPause } from '@vilkar/server/growing-pause.ts'
import { sellers } from '@vilkar/terms/editions/registry.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** All the SQL of `breach_notice`. */

type Db = Kysely<Database>
/** For how long nobody else writes to them: longer than orders is waited for. */
const CLAIM_SECONDS = 60

export type Noticed = { orderIds: readonly string[]; language: 'nb' | 'en'; by: string; at: string }

/** Puts people, by their orders, among those who are to be told. Each is told once, however often they are named. */
export const askNotices = (trx: Transaction<Database>, breachId: string, { orderIds, language, by, at }: Noticed) =>
  trx
    .insertInto('breach_notice')
    .values(
      [...new Set(orderIds)].map((orderId) => ({
        ...{ breach_id: breachId, order_id: orderId, language, status: 'waiting' as const },
        ...{ asked_by: by, due_at: at, failing_since: null },
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()

/** Which of these orders are not those of a controller. An order may be older than what is heard of here: then of whoever has terms of sale. */
export async function ordersOfOthers(db: Db, controller: string, orderIds: readonly string[]) {
  const sells = sellers().some(({ id }) => id === controller)
  const { rows } = await sql<{ id: string }>`
    select id::text from unnest(${orderIds}::uuid[]) id left join order_held on order_id = id
    where coalesce(controller <> ${controller}, ${!sells})`.execute(db)
  return rows.map(({ id }) => id)
}

export type Claimed = { breach_id: string; order_id: string; language: 'nb' | 'en' }

/** The next of whom the address is asked, for as long as nobody else does. */
export async function claimNotice(db: Db, now: string): Promise<Claimed | undefined> {
  const { rows } = await sql<Claimed>`
    update breach_notice set due_at = ${now}::timestamptz + ${CLAIM_SECONDS} * interval '1 second'
    where (breach_id, order_id) = (
      select breach_id, order_id from breach_notice where due_at <= ${now} order by due_at limit 1 for update skip locked)
    returning breach_id, order_id, language`.execute(db)
  return rows[0]
}

/** The mail is in the queue, or there is nobody to write to. */
export const settleNotice = (
  trx: Transaction<Database>,
  { breach_id, order_id }: Claimed,
  status: 'written' | 'no-address',
) =>
  trx
    .updateTable('breach_notice')
    .set({ status, due_at: null, failing_since: null })
    .where((where) => where.and({ breach_id, order_id }))
    .execute()

/** Orders gave no answer: it is asked again, after a pause that grows. */
export const postponeNotice = (db: Db, { breach_id, order_id }: Claimed, now: string) =>
  sql`
    update breach_notice set tries = tries + 1, failing_since = coalesce(failing_since, ${now}),
      due_at = ${now}::timestamptz + ${growingPause(sql`tries`)} * interval '1 second'
    where breach_id = ${breach_id} and order_id = ${order_id}`.execute(db)

export type Counts = { waiting: number; written: number; noAddress: number; orders: Named[] }
type Named = { orderId: string; status: 'waiting' | 'written' | 'no-address' }
/** So many of those who were named are shown; all are counted. */
const MOST_SHOWN = 200

/** How far it is with those whom a breach hit, and who of them was named first: those who cannot be written to before all others. */
export async function noticesOf(db: Db, breachId: string): Promise<Counts> {
  const rows = await db
    .selectFrom('breach_notice')
    .select(['status', sql<number>`count(*)::int`.as('count')])
    .where('breach_id', '=', breachId)
    .groupBy('status')
    .execute()
  const of = (status: string) => rows.find((row) => row.status === status)?.count ?? 0
  const orders = await db
    .selectFrom('breach_notice')
    .select(['order_id as orderId', 'status'])
    .where('breach_id', '=', breachId)
    .orderBy('status')
    .orderBy('order_id')
    .limit(MOST_SHOWN)
    .execute()
  return { waiting: of('waiting'), written: of('written'), noAddress: of('no-address'), orders }
}

/** All that cannot be written for an hour are one alarm. */
export const noticeSource: Source = {
  kind: 'breach-notices-waiting',
  over: 'Everybody was written to.',
  find: (now) => sql`
    select breach_id::text as about, jsonb_build_object('people', count(*), 'since', min(failing_since)) as detail
    from breach_notice where failing_since < ${now}::timestamptz - interval '1 hour' group by breach_id`,
}
