import type { Trim } from '@vilkar/server/trimming.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** All the SQL of the tables `policy_edition`, `policy_change` and `policy_notice`. */

type Db = Kysely<Database>
type Trx = Transaction<Database>

export const readLatest = async (db: Db, controller: PolicyId) =>
  (
    await db
      .selectFrom('policy_edition')
      .select('edition')
      .where('controller', '=', controller)
      .orderBy('adopted_at', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.edition

/** Answers whether the edition was not known before. */
export async function noteEdition(trx: Trx, edition: Insertable<Database['policy_edition']>) {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('policy_edition')
    .values(edition)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

export const insertChange = (trx: Trx, change: Insertable<Database['policy_change']>) =>
  trx.insertInto('policy_change').values(change).execute()

/** All whom something is held of are to be told. */
export const noticeAll = (trx: Trx, changeId: string, controller: PolicyId) =>
  sql`
    insert into policy_notice (change_id, controller, subject)
    select distinct ${changeId}::uuid, controller, subject from holding, unnest(subjects) subject
    where controller = ${controller} and status <> 'erased'`.execute(trx)

/** Addresses that are known here, since something is answered at them, and by what keys their people are known. */
export const addressesOf = (db: Db, controller: PolicyId) =>
  db
    .selectFrom('request')
    .select([
      'subjects',
      sql<string>`personal ->> 'replyTo'`.as('to'),
      sql<'nb' | 'en' | null>`state ->> 'language'`.as('language'),
    ])
    .where('controller', '=', controller)
    .where(sql<boolean>`personal ->> 'replyTo' is not null`)
    .orderBy('recorded_at')
    .execute()

/** They were told, by whatever else the same records know them too. Answers who was to be. */
export async function noteTold(
  db: Db,
  { changeId, subjects, by, at }: { changeId: string; subjects: readonly string[]; by: string; at: string },
) {
  const { rows } = await sql<{ subject: string }>`
    update policy_notice set told_at = ${at}, told_by = ${by}
    where change_id = ${changeId} and told_at is null and (subject = any(${subjects}::text[]) or subject in (
      select unnest(held.subjects) from holding held
      where held.controller = policy_notice.controller and held.subjects && ${subjects}::text[]))
    returning subject`.execute(db)
  return rows.map(({ subject }) => subject)
}

type Untold = {
  id: string
  controller: string
  before: string
  edition: string
  sections: string[]
  renewed: string[]
  subject: string
  records: string[]
}
/** Whom a system may tell: people it holds something of and whom nobody told, the earliest change first. */
export async function untoldOf(db: Db, system: string, limit: number) {
  const { rows } = await sql<Untold>`
    select id, change.controller, before, edition, sections, renewed, notice.subject, array_agg(record order by record) as records
    from policy_notice notice join policy_change change on change.id = change_id
      join holding on holding.controller = notice.controller and holding.subjects @> array[notice.subject]
    where notice.told_at is null and system = ${system} and status <> 'erased'
    group by change.id, notice.subject order by adopted_at, id, notice.subject limit ${limit}`.execute(db)
  return rows
}

/** The changes, the latest first, with how many were told and how many were not. */
export async function listChanges(db: Db, limit: number) {
  const { rows } = await sql<
    Omit<Untold, 'subject' | 'records'> & { adopted_at: string; told: number; untold: number }
  >`
    select id, change.controller, before, edition, adopted_at, sections, renewed,
      count(told_at)::int as told, (count(subject) - count(told_at))::int as untold
    from policy_change change left join policy_notice on change_id = id
    group by id order by adopted_at desc limit ${limit}`.execute(db)
  return rows
}

export const readChange = (db: Db, id: string) =>
  db.selectFrom('policy_change').select('id').where('id', '=', id).executeTakeFirst()

/** Whom a change concerned is known for a year, by when everybody has seen the policy since. */
export const noticeTrim: Trim = {
  table: 'policy_notice',
  days: 365,
  clock: 'service',
  remove: (before, most) => sql`
    delete from policy_notice gone using policy_change change
    where change.id = gone.change_id and (gone.change_id, gone.subject) in (
      select change_id, subject from policy_notice join policy_change on policy_change.id = change_id
      where adopted_at < ${before} limit ${most} for update of policy_notice skip locked)
    returning adopted_at as at`,
  oldest: sql`
    select adopted_at as at from policy_change where exists (select from policy_notice where change_id = id)
    order by adopted_at limit 1`,
}
