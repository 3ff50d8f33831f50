import { ERASED } from '@vilkar/contracts/erased.ts'
import type { Trim } from '@vilkar/server/trimming.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { SHOP } from '../subjects/of-the-shop.ts'
import { notKeptByWish } from '../subjects/restrictions.ts'
import { holdingColumns } from '../subjects/store.ts'

/** All the SQL of the tables `retention_run` and `data_hold`; of `holding`, what is over. */

type Db = Kysely<Database>
const noDispute = sql<boolean>`not exists (
  select from data_hold where ended_at is null and data_hold.controller = holding.controller
    and (subject = any (holding.subjects) or (data_hold.system = holding.system and data_hold.record = holding.record)))`
/** Nobody keeps it for a dispute, and the person did not ask for it to be kept. */
export const unheld = sql<boolean>`${noDispute} and ${notKeptByWish}`
/** One of the two. */
export const kept = sql<boolean>`not (${unheld})`

/** Of the holdings of these people, those that are kept for a dispute: `system/record` each (GDPR Art. 17(3)(e)). */
export async function heldForDispute(db: Db, controller: PolicyId, keys: string[]) {
  const rows = await db
    .selectFrom('holding')
    .select(['system', 'record'])
    .where('controller', '=', controller)
    .where('subjects', '&&', sql<string[]>`${keys}::text[]`)
    .where(sql<boolean>`not ${noDispute}`)
    .execute()
  return new Set(rows.map(({ system, record }) => `${system}/${record}`))
}

/** What becomes of rows that another transaction has at hand. */
export type Locked = 'passed-over' | 'waited-for'

/** Holdings whose time is over by a moment and that nothing keeps, the first of them first; `at` is now, by which some wait. */
export const dueBy = (db: Db, controller: PolicyId, { by, at, limit }: { by: string; at: string; limit: number }) =>
  db
    .selectFrom('holding')
    .select(holdingColumns)
    .where('controller', '=', controller)
    .where('status', '=', 'held')
    .where('open', '=', false)
    .where('due_at', '<=', by)
    .where(unheld)
    .where((where) => where.or([where('postponed_until', 'is', null), where('postponed_until', '<=', at)]))
    .orderBy('due_at')
    .orderBy('system')
    .orderBy('record')
    .limit(limit)

/** Orders of a controller that are asked for again, with nothing of them under way, locked: no run at the same time asks for them too. */
export const heardAgain = (
  trx: Transaction<Database>,
  controller: PolicyId,
  { at, limit, locked }: { at: string; limit: number; locked: Locked },
) =>
  trx
    .selectFrom('order_held')
    .innerJoin('holding', (join) =>
      join
        .onRef('holding.controller', '=', 'order_held.controller')
        .on('holding.system', '=', SHOP)
        .on(sql`holding.record`, '=', sql`order_held.order_id::text`),
    )
    .select(['holding.record', 'holding.category', 'holding.facts', 'holding.status'])
    .where('order_held.controller', '=', controller)
    .where('heard_again_at', 'is not', null)
    .where('holding.status', '!=', 'due')
    .where('holding.open', '=', false)
    .where(sql<boolean>`jsonb_array_length(coalesce(order_held.facts -> 'cases', '[]')) = 0`)
    .where(unheld)
    .where((where) => where.or([where('postponed_until', 'is', null), where('postponed_until', '<=', at)]))
    .orderBy('heard_again_at')
    .limit(limit)
    .forUpdate(['order_held', 'holding'])
    .$if(locked === 'passed-over', (query) => query.skipLocked())
    .execute()

/** How many of each category go by a moment. */
export const countDue = (db: Db, controller: PolicyId, by: string) =>
  db
    .selectFrom('holding')
    .select(['system', 'category', sql<number>`count(*)::int`.as('count'), sql<string>`min(due_at)`.as('first')])
    .where('controller', '=', controller)
    .where('status', '=', 'held')
    .where('open', '=', false)
    .where('due_at', '<=', by)
    .where(unheld)
    .groupBy(['system', 'category'])
    .orderBy('system')
    .orderBy('category')
    .execute()

export const insertRun = (trx: Transaction<Database>, run: Insertable<Database['retention_run']>) =>
  trx.insertInto('retention_run').values(run).execute()

export const listRuns = (db: Db, controller: PolicyId, limit: number) =>
  db
    .selectFrom('retention_run')
    .select(['id', 'ran_at', 'holdings', 'erasures'])
    .where('controller', '=', controller)
    .orderBy('ran_at', 'desc')
    .limit(limit)
    .execute()

const holdColumns = [
  ...(['id', 'controller', 'subject', 'system', 'record', 'why', 'set_by', 'set_at', 'ended_by', 'ended_at'] as const),
] as const
/** Sets a hold, once under its id. Answers what stands under it. */
export async function putHold(trx: Transaction<Database>, hold: Insertable<Database['data_hold']>) {
  await trx
    .insertInto('data_hold')
    .values(hold)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return trx.selectFrom('data_hold').select(holdColumns).where('id', '=', hold.id).executeTakeFirstOrThrow()
}

/** Ends a hold; the first word stands. Undefined when there is none. */
export async function endHold(trx: Transaction<Database>, id: string, by: string, at: string) {
  await trx
    .updateTable('data_hold')
    .set({ ended_by: by, ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
  return trx.selectFrom('data_hold').select(holdColumns).where('id', '=', id).executeTakeFirst()
}

/** What staff wrote of a hold goes a year after it ended; that there was one stays. */
export const holdWordsTrim: Trim = {
  table: 'data_hold',
  days: 365,
  clock: 'service',
  remove: (before, most) => sql`
    update data_hold set why = ${ERASED} where id = any(array(
      select id from data_hold where ended_at < ${before} and why <> ${ERASED} order by ended_at limit ${most} for update skip locked))
    returning ended_at as at`,
  oldest: sql`select ended_at as at from data_hold where ended_at is not null and why <> ${ERASED} order by ended_at limit 1`,
}

export const listHolds = (db: Db, limit: number) =>
  db
    .selectFrom('data_hold')
    .select(holdColumns)
    .orderBy(sql`ended_at is not null`)
    .orderBy('set_at', 'desc')
    .limit(limit)
    .execute()
export type HoldRow = Awaited<ReturnType<typeof listHolds>>[number]
