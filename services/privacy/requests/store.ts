import type { Trim } from '@vilkar/server/trimming.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { RequestPersonal, RequestState, RequestStatus } from './tables.ts'

/** All the SQL of the tables `request` and `restriction`. */

type Db = Kysely<Database>
type Trx = Transaction<Database>
const columns = [
  ...([
    'id',
    'controller',
    'kind',
    'channel',
    'subjects',
    'status',
    'recorded_at',
    'answered_at',
    'state',
    'personal',
  ] as const),
  // As text, whatever the driver makes of a date.
  sql<string>`received_on::text`.as('received_on'),
  sql<string | null>`due_on::text`.as('due_on'),
] as const
const selected = (db: Db) => db.selectFrom('request').select(columns)
export type RequestRow = Awaited<ReturnType<ReturnType<typeof selected>['executeTakeFirstOrThrow']>>

/** Keeps a request, once under its id. Answers whether it was kept now. */
export async function insertRequest(trx: Trx, request: Insertable<Database['request']>) {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('request')
    .values(request)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export const readRequest = (db: Db, id: string) => selected(db).where('id', '=', id).executeTakeFirst()
export const lockRequest = (trx: Trx, id: string) => selected(trx).where('id', '=', id).forUpdate().executeTakeFirst()

type Changed = {
  status: RequestStatus
  dueOn: string | null
  answeredAt: string | null
  state: RequestState
  personal: RequestPersonal
}
export const setRequest = (trx: Trx, id: string, { status, dueOn, answeredAt, state, personal }: Changed) =>
  trx
    .updateTable('request')
    .set({
      ...{ status, due_on: dueOn, answered_at: answeredAt },
      ...{ state: JSON.stringify(state), personal: JSON.stringify(personal) },
    })
    .where('id', '=', id)
    .execute()

/** Open ones by the day on which they are due, then those that are over, the latest first. */
export const listRequests = (db: Db, { open, limit }: { open?: boolean; limit: number }) =>
  selected(db)
    .$if(open === true, (query) => query.where('answered_at', 'is', null))
    .orderBy(sql`answered_at is not null`)
    .orderBy('due_on')
    .orderBy('recorded_at', 'desc')
    .limit(limit)
    .execute()

/** Requests for erasure of which something may be left to do, not looked at since a day; of those answered, while something is kept. */
export const erasuresToFinish = (db: Db, day: string, limit: number) =>
  db
    .selectFrom('request')
    .select('id')
    .where('kind', '=', 'erase')
    .where('status', 'in', ['open', 'answered'])
    .where(sql<boolean>`(answered_at is null or state -> 'kept' <> '[]')`)
    .where(sql<boolean>`coalesce(state ->> 'lookedOn', '') < ${day}`)
    .orderBy('recorded_at')
    .limit(limit)
    .execute()

/** Whether every erasure that the holdings of these keys are asked for by has its answers. */
export const nothingAsked = async (db: Db, controller: PolicyId, keys: string[]) =>
  (await db
    .selectFrom('holding')
    .select('record')
    .where('controller', '=', controller)
    .where('subjects', '&&', sql<string[]>`${keys}::text[]`)
    .where('status', '=', 'due')
    .limit(1)
    .executeTakeFirst()) === undefined

export const restrict = (trx: Trx, rows: Insertable<Database['restriction']>[]) =>
  trx
    .insertInto('restriction')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()

/** The restriction that a request set is lifted; the person is told before (GDPR Art. 18(3)). */
export const liftRestriction = (trx: Trx, requestId: string, at: string) =>
  trx
    .updateTable('restriction')
    .set({ ended_at: at })
    .where('request_id', '=', requestId)
    .where('ended_at', 'is', null)
    .execute()

const DAYS_AFTER_ANSWER = 365
/** A person's own words and address go a year after the answer; that there was a request, and what came of it, stays. */
export const wordsTrim: Trim = {
  table: 'request',
  days: DAYS_AFTER_ANSWER,
  clock: 'service',
  remove: (before, most) => sql`
    update request set personal = '{}' where id = any(array(
      select id from request where personal <> '{}' and answered_at < ${before}
      order by answered_at limit ${most} for update skip locked))
    returning answered_at as at`,
  oldest: sql`
    select answered_at as at from request where personal <> '{}' and answered_at is not null order by answered_at limit 1`,
}
