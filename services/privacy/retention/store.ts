import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { holdingColumns } from '../subjects/store.ts'

/** All the SQL of the tables `retention_run` and `data_hold`; of `holding`, what is over. */

type Db = Kysely<Database>
/** Nobody keeps it for a dispute. */
export const unheld = sql<boolean>`not exists (
  select from data_hold where ended_at is null and data_hold.controller = holding.controller
    and (subject = any (holding.subjects) or (data_hold.system = holding.system and data_hold.record = holding.record)))`

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

export const listHolds = (db: Db, limit: number) =>
  db
    .selectFrom('data_hold')
    .select(holdColumns)
    .orderBy(sql`ended_at is not null`)
    .orderBy('set_at', 'desc')
    .limit(limit)
    .execute()
export type HoldRow = Awaited<ReturnType<typeof listHolds>>[number]
