import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** All the SQL of the table `restriction`: of whom data are only stored (GDPR Art. 18(2)). */

type Trx = Transaction<Database>

/** Notes that data are only stored, once for a request. */
export const restrict = (trx: Trx, rows: Insertable<Database['restriction']>[]) =>
  trx
    .insertInto('restriction')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()

/** The restriction that a request set is lifted; the person is told before (GDPR Art. 18(3)). Answers whose it was. */
export const liftRestriction = (trx: Trx, requestId: string, at: string) =>
  trx
    .updateTable('restriction')
    .set({ ended_at: at })
    .where('request_id', '=', requestId)
    .where('ended_at', 'is', null)
    .returning('subject')
    .execute()

/** Since when data of a subject are only stored, the latest of it; undefined when they are not. */
export async function restrictedSince(db: Kysely<Database>, subject: string) {
  const row = await db
    .selectFrom('restriction')
    .select('since')
    .where('subject', '=', subject)
    .where('ended_at', 'is', null)
    .orderBy('since', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.since
}

/** Of a row of `holding`: nobody asked that what is kept of them be kept on (GDPR Art. 18(1)(b)–(c)). */
export const notKeptByWish = sql<boolean>`not exists (
  select from restriction where keeps and ended_at is null and subject = any (holding.subjects)
    and restriction.controller = holding.controller)`

/** Of the holdings of these people, those that they asked to be kept: `system/record` each. */
export async function keptByWish(db: Kysely<Database>, controller: string, keys: string[]) {
  const rows = await db
    .selectFrom('holding')
    .select(['system', 'record'])
    .where('controller', '=', controller)
    .where('subjects', '&&', sql<string[]>`${keys}::text[]`)
    .where(sql<boolean>`not ${notKeptByWish}`)
    .execute()
  return new Set(rows.map(({ system, record }) => `${system}/${record}`))
}

/** Whether something is only stored since a request. */
export const isRestricted = async (db: Kysely<Database>, requestId: string) =>
  (await db
    .selectFrom('restriction')
    .select('subject')
    .where('request_id', '=', requestId)
    .where('ended_at', 'is', null)
    .limit(1)
    .executeTakeFirst()) !== undefined

/** Who asks for erasure wants no more that it be kept; what is left of it stays only stored. */
export const wishErasedAfterAll = (trx: Trx, controller: string, subjects: string[]) =>
  trx
    .updateTable('restriction')
    .set({ keeps: false })
    .where('controller', '=', controller)
    .where('subject', 'in', subjects)
    .where('keeps', '=', true)
    .execute()
