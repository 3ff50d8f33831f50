import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Unreachable } from './tables.ts'

/** All the SQL of the tables `policy_edition` and `policy_change`, and what is read of those who are told. */

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

const because = (why: Unreachable) =>
  sql`count(subject) filter (where told_at is null and unreachable_because = ${why})`

/** The changes, the latest first, with how many were told, how many were not, and of how many nothing is left by which they could be. */
export async function listChanges(db: Db, limit: number) {
  const { rows } = await sql<
    Omit<Untold, 'subject' | 'records'> & {
      adopted_at: string
      told: number
      untold: number
      unreachable: number
      unreachableBecause: { nothingHeld: number; noAddress: number; consentOnly: number }
    }
  >`
    select id, change.controller, before, edition, adopted_at, sections, renewed,
      count(told_at)::int as told, count(subject) filter (where told_at is null and unreachable_at is null)::int as untold,
      count(subject) filter (where told_at is null and unreachable_at is not null)::int as unreachable,
      jsonb_build_object('nothingHeld', ${because('nothing-held')}, 'noAddress', ${because('no-address')},
        'consentOnly', ${because('consent-only')}) as "unreachableBecause"
    from policy_change change left join policy_notice on change_id = id
    group by id order by adopted_at desc, id desc limit ${limit}`.execute(db)
  return rows
}

export const readChange = (db: Db, id: string) =>
  db.selectFrom('policy_change').select('id').where('id', '=', id).executeTakeFirst()
