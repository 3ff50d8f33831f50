import { growingPause } from '@vilkar/server/growing-pause.ts'
import type { Trim } from '@vilkar/server/trimming.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { SHOP, SHOP_CASES } from '../subjects/of-the-shop.ts'

/** All that is written to `policy_notice`: who is to be told of a changed policy, whose turn it is, and that they were. */

type Db = Kysely<Database>
/** For how long nobody else looks after them: longer than orders is waited for. */
const CLAIM_SECONDS = 60
/** Whom only others can tell: so often it is looked whether anything is held of them still. */
const AGAIN_SECONDS = 24 * 3600
/** Of a person the newest orders are asked for an address, and no more. */
const MOST_ORDERS_ASKED = 20

/** Of a word in the log: it was a yes, and no later one took it back. */
const consents = sql<boolean>`what = 'given' and not exists (
  select from consent_log later where later.subject = consent_log.subject and later.purpose = consent_log.purpose
    and later.what = 'withdrawn' and later.at >= consent_log.at)`

/** All whom something is held of are to be told, and all whose consent was the last that they said, though nothing else is known of them. */
export const noticeAll = (trx: Transaction<Database>, changeId: string, controller: PolicyId, at: string) =>
  sql`
    insert into policy_notice (change_id, controller, subject, due_at)
    select ${changeId}::uuid, ${controller}, subject, ${at}::timestamptz from (
      select subject from holding, unnest(subjects) subject where controller = ${controller} and status <> 'erased'
      union select subject from consent_log where controller = ${controller} and ${consents}) concerned`.execute(trx)

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

export type Turn = {
  change_id: string
  controller: PolicyId
  subject: string
  edition: string
  sections: string[]
  renewed: string[]
}

/** The next whose turn it is, for as long as it is nobody else's to look after them. */
export async function claimTurn(db: Db, now: string): Promise<Turn | undefined> {
  const { rows } = await sql<Turn>`
    update policy_notice notice set due_at = ${now}::timestamptz + ${CLAIM_SECONDS} * interval '1 second'
    from policy_change change
    where change.id = notice.change_id and (notice.change_id, notice.subject) = (
      select change_id, subject from policy_notice where told_at is null and unreachable_at is null and due_at <= ${now}
      order by due_at limit 1 for update skip locked)
    returning notice.change_id, notice.controller, notice.subject, edition, sections, renewed`.execute(db)
  return rows[0]
}

type Who = Pick<Turn, 'change_id' | 'controller' | 'subject'>
const ofShop = sql<boolean>`system in (${SHOP}, ${SHOP_CASES})`

/** The orders that something is held of by the shop, the newest first. */
export async function ordersOf(db: Db, { controller, subject }: Who) {
  const { rows } = await sql<{ record: string }>`
    select record from holding
    where controller = ${controller} and subjects @> array[${subject}]::text[] and status <> 'erased' and ${ofShop}
    group by record order by max(held_since) desc, record limit ${MOST_ORDERS_ASKED}`.execute(db)
  return rows.map(({ record }) => record)
}

/** In which language the customer of an order is written to. */
export const languageOf = async (db: Db, orderId: string) =>
  (await db.selectFrom('order_held').select('facts').where('order_id', '=', orderId).executeTakeFirst())?.facts
    .language ?? 'nb'

/** In which language somebody read what they consented to last. */
export const languageOfConsent = async (db: Db, subject: string) =>
  (
    await db
      .selectFrom('consent_log')
      .innerJoin('consent_text', 'sha256', 'text_sha256')
      .select('language')
      .where('subject', '=', subject)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst()
  )?.language ?? 'nb'

/** The shop cannot tell them: another system may, and where none holds anything of them nobody can. It is said why. */
export const leaveToOthers = (db: Db, { change_id, controller, subject }: Who, now: string) =>
  sql`
    with held as (
      select ${ofShop} as shops from holding
      where controller = ${controller} and subjects @> array[${subject}]::text[] and status <> 'erased'),
    why as (
      select case when exists (select from held where not shops) then null when exists (select from held) then 'no-address'
        when exists (select from consent_log where subject = ${subject} and ${consents}) then 'consent-only'
        else 'nothing-held' end as because)
    update policy_notice set failing_since = null, due_at = ${now}::timestamptz + ${AGAIN_SECONDS} * interval '1 second',
      unreachable_at = case when because is null then null else ${now}::timestamptz end, unreachable_because = because
    from why where change_id = ${change_id} and subject = ${subject} and told_at is null`.execute(db)

/** Orders gave no answer: it is asked again, after a pause that grows. */
export const postponeTurn = (db: Db | Transaction<Database>, { change_id, subject }: Who, now: string) =>
  sql`
    update policy_notice set tries = tries + 1, failing_since = coalesce(failing_since, ${now}),
      due_at = ${now}::timestamptz + ${growingPause(sql`tries`)} * interval '1 second'
    where change_id = ${change_id} and subject = ${subject}`.execute(db)

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
