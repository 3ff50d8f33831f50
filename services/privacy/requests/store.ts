import type { Trim } from '@vilkar/server/trimming.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { RequestKind, RequestPersonal, RequestState, RequestStatus } from './tables.ts'

/** All the SQL of the table `request`. */

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
export const selectRequests = (db: Db) => db.selectFrom('request').select(columns)
export type RequestRow = Awaited<ReturnType<ReturnType<typeof selectRequests>['executeTakeFirstOrThrow']>>

/** Keeps a request, once under its id. Answers whether it was kept now. */
export async function insertRequest(trx: Trx, request: Insertable<Database['request']>) {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('request')
    .values(request)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Asked again within so many days is asked repeatedly: no law says how many, and a year is our reading. */
const REPEATED_WITHIN_DAYS = 365

type AskedBefore = { id: string; controller: string; kind: RequestKind; keys: string[]; receivedOn: string }
/** Whether the same person asked a controller for the same in the year before (GDPR Art. 12(5)). */
export async function askedBefore(trx: Trx, { id, controller, kind, keys, receivedOn }: AskedBefore) {
  const { rows } = await sql`
    select from request where controller = ${controller} and kind = ${kind} and subjects && ${keys}::text[] and id <> ${id}
      and received_on between ${receivedOn}::date - ${REPEATED_WITHIN_DAYS}::int and ${receivedOn}::date limit 1`.execute(
    trx,
  )
  return rows.length > 0
}

export const readRequest = (db: Db, id: string) => selectRequests(db).where('id', '=', id).executeTakeFirst()
export const lockRequest = (trx: Trx, id: string) =>
  selectRequests(trx).where('id', '=', id).forUpdate().executeTakeFirst()

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

/** Requests whose export is ready and not mailed yet, with the end of its link; of whom there is no address a person answers. */
export async function exportsToTell(db: Db, limit: number): Promise<{ id: string; until: string }[]> {
  const { rows } = await sql<{ id: string; until: string }>`
    select export.id, export.until from export join request on request.id = export.id
    where export.status = 'ready' and personal ->> 'replyTo' is not null and request.status in ('open', 'answered')
      and not exists (select from request_mail told
        where told.request_id = export.id and told.kind = 'export' and told.until = export.until)
    order by export.ready_at limit ${limit}`.execute(db)
  return rows
}

/** Open requests to see data of which the export was erased, with when the last of what it was of went; with an address to answer at. */
export async function erasedMeanwhile(db: Db, limit: number): Promise<{ id: string; erased_at: string | null }[]> {
  const { rows } = await sql<{ id: string; erased_at: string | null }>`
    select export.id, (
      select max(settled_at) from erasure join export_part part on part.export_id = export.id
      where erasure.controller = export.controller and erasure.system = part.system and records @> array[part.record]) as erased_at
    from export join request on request.id = export.id
    where export.status = 'erased' and request.status = 'open' and personal ->> 'replyTo' is not null
    order by request.recorded_at limit ${limit}`.execute(db)
  return rows
}

/** An address that an answer may bounce from, or be asked for again at, is kept so long. */
const ADDRESS_KEPT_DAYS = 30
/**
 * Addresses that no mail needs any more go: a month after the answer, or after what the person asked to be kept is lifted, and once the last mail went out of whoever was erased, also
 * those of what else they asked.
 */
export const forgetAddresses = (db: Db, now: string) =>
  sql`
    update request set personal = personal - 'replyTo'
    where personal ->> 'replyTo' is not null and answered_at is not null
      and not exists (select from request_mail waiting where waiting.request_id = request.id and waiting.due_at is not null)
      and not exists (select from restriction where request_id = request.id and keeps and ended_at is null)
      and (answered_at < ${now}::timestamptz - ${ADDRESS_KEPT_DAYS} * interval '1 day' or exists (
        select from request erased where erased.kind = 'erase' and erased.status = 'answered'
          and erased.controller = request.controller and erased.subjects && request.subjects))`.execute(db)

type Listing = { open?: boolean; after?: string; limit: number }
const ANSWERED = sql`(answered_at is not null)`
const DUE = sql`coalesce(due_on, 'infinity'::date)`
/** What stands behind a request in their order, or nothing where there is no such request. */
const behind = (id: string) => sql<boolean>`(
  (${ANSWERED}, ${DUE}) >= (select ${ANSWERED}, ${DUE} from request where id = ${id})
  and (${ANSWERED}, ${DUE}, - extract(epoch from recorded_at), id) > (
    select ${ANSWERED}, ${DUE}, - extract(epoch from recorded_at), id from request where id = ${id}))`

/** Open ones by the day on which they are due, then those that are over, the latest first; behind the one that `after` names. */
export const listRequests = (db: Db, { open, after, limit }: Listing) =>
  selectRequests(db)
    .$if(open === true, (query) => query.where('answered_at', 'is', null))
    .$if(after !== undefined, (query) => query.where(behind(after!)))
    .orderBy(ANSWERED)
    .orderBy(DUE)
    .orderBy('recorded_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()

/** How many there are in that list, no further than so many, and how many of them are open and past their day (ISO 8601). */
export async function countRequests(db: Db, { open, today, most }: { open: boolean; today: string; most: number }) {
  const which = open ? sql`answered_at is null` : sql`true`
  const { rows } = await sql<{ count: number; overdue: number }>`
    select count(*)::int as count, count(*) filter (where answered_at is null and due_on < ${today}::date)::int as overdue
    from (select answered_at, due_on from request where ${which} order by ${ANSWERED}, ${DUE} limit ${most}) counted`.execute(
    db,
  )
  return rows[0]!
}

/** So many days after a request it may be heard that something was held before it. */
const HEARD_WITHIN_DAYS = 30
/** Something is held that was before the request, and that was heard of when it had been looked at. */
const heardLate = (day: string) => sql<boolean>`(recorded_at > ${day}::date - ${HEARD_WITHIN_DAYS}::int and exists (
  select from holding where holding.controller = request.controller and holding.subjects && request.subjects
    and holding.status = 'held' and held_since <= (request.state ->> 'carriedOutAt')::timestamptz))`

/**
 * Requests for erasure of which something may be left to do, not looked at since a day; of those answered, while something is kept, or
 * once something of before is heard of.
 */
export const erasuresToFinish = (db: Db, day: string, limit: number) =>
  db
    .selectFrom('request')
    .select('id')
    .where('kind', '=', 'erase')
    .where('status', 'in', ['open', 'answered'])
    .where(sql<boolean>`(answered_at is null or state -> 'kept' <> '[]' or ${heardLate(day)})`)
    .where(sql<boolean>`coalesce(state ->> 'lookedOn', '') < ${day}`)
    .orderBy('recorded_at')
    .limit(limit)
    .execute()

/** Whether every erasure that the holdings of these keys are asked for by has its answers; of what could not go before the person is told. */
export const nothingAsked = async (db: Db, controller: PolicyId, keys: string[]) =>
  (await db
    .selectFrom('holding')
    .select('record')
    .where('controller', '=', controller)
    .where('subjects', '&&', sql<string[]>`${keys}::text[]`)
    .where('status', '=', 'due')
    .where('postponed_until', 'is', null)
    .limit(1)
    .executeTakeFirst()) === undefined

const DAYS_AFTER_ANSWER = 365
/** So long somebody may ask back about what was done. */
const DAYS_AFTER_ERASURE = 7
/**
 * A person's own words and address go a year after the answer, and soon once all else of the person was erased on request; that there
 * was a request, and what came of it, stays.
 */
export const wordsTrim: Trim = {
  table: 'request',
  days: DAYS_AFTER_ANSWER,
  clock: 'service',
  remove: (before, most) => sql`
    update request set personal = '{}' where id = any(array(
      select id from request where personal <> '{}' and (answered_at < ${before} or (answered_at is not null and id in (
        select said.id from request done join request said on said.controller = done.controller and said.subjects && done.subjects
        where done.kind = 'erase' and done.status = 'answered' and done.answered_at >= ${before}
          and done.answered_at < ${before} + ${DAYS_AFTER_ANSWER - DAYS_AFTER_ERASURE}::int * interval '1 day')))
      order by answered_at limit ${most} for update skip locked))
    returning answered_at as at`,
  oldest: sql`
    select answered_at as at from request where personal <> '{}' and answered_at is not null order by answered_at limit 1`,
}

/** What is kept of the words of people who were erased goes at once, as after a restore. Answers of how many requests. */
export async function forgetWords(trx: Trx, { controller, subjects }: { controller: string; subjects: string[] }) {
  const { numUpdatedRows } = await trx
    .updateTable('request')
    .set({ personal: '{}' })
    .where('controller', '=', controller)
    .where('subjects', '&&', sql<string[]>`${subjects}::text[]`)
    .where('answered_at', 'is not', null)
    .where(sql<boolean>`personal <> '{}'`)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}
