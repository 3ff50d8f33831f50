import { createHash } from 'node:crypto'
import type { Trim } from '@vilkar/server/trimming.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import { ALL_MARKETING, type Purpose, type Suppressed } from './purposes.ts'
import type { Said, Speaker, Suppression } from './standing.ts'

type Trx = Transaction<Database>
/** A subject of one controller, by its keyed hash. */
export type Whose = { controller: string; subject: string }
/** What somebody says of a purpose, and how it came here. `id`: of a word that may be heard twice. */
export type Word = Whose & {
  id?: string
  purpose: Purpose
  at: string
  recordedAt: string
  by: Speaker
  source: string
  guardian?: string
  staff?: string
}

/** Keeps the words that people are asked to agree to, once, and answers their hash. */
export async function keepText(trx: Trx, { text, language, at }: { text: string; language: 'nb' | 'en'; at: string }) {
  const sha256 = createHash('sha256').update(text).digest('hex')
  await trx
    .insertInto('consent_text')
    .values({ sha256, language, text, first_seen_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return sha256
}

/** Adds what was said to the log. Heard twice, it is there once. Answers whether it was not there. */
export async function say(
  trx: Trx,
  { id = uuidv7(), recordedAt, guardian, staff, ...word }: Word & { what: Said['what'] },
  { textSha256, keptUntil }: { textSha256?: string; keptUntil?: string },
) {
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('consent_log')
    .values({
      ...{ ...word, id, recorded_at: recordedAt, guardian: guardian ?? null, staff: staff ?? null },
      ...{ text_sha256: textSha256 ?? null, kept_until: keptUntil ?? null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Notes that a subject is not to be reached for a purpose; of several such words the latest is kept. Answers whether this is later. */
export async function suppress(
  trx: Trx,
  { subject, controller, purpose, at, source }: Whose & { purpose: Suppressed; at: string; source: string },
) {
  const { numAffectedRows } = await sql`
    insert into suppression (subject, purpose, controller, at, source)
    values (${subject}, ${purpose}, ${controller}, ${at}, ${source})
    on conflict (subject, purpose) do update set at = excluded.at, source = excluded.source
    where suppression.at < excluded.at`.execute(trx)
  return numAffectedRows === 1n
}

/** Notes a child; of two days the later holds, since they are protected for too long rather than too short. */
export async function noteChild(trx: Trx, { subject, controller, until }: Whose & { until: string }) {
  await sql`
    insert into consent_child (subject, controller, until) values (${subject}, ${controller}, ${until})
    on conflict (subject) do update set until = greatest(consent_child.until, excluded.until)`.execute(trx)
}

/** The whole log of a subject, the earliest first. */
export const readLog = (db: Kysely<Database>, subject: string) =>
  db
    .selectFrom('consent_log')
    .select(['id', 'purpose', 'what', 'at', 'recorded_at', 'by', 'source', 'text_sha256', 'guardian', 'staff'])
    .where('subject', '=', subject)
    .orderBy('at')
    .orderBy('id')
    .execute()

export const readText = (db: Kysely<Database>, sha256: string) =>
  db
    .selectFrom('consent_text')
    .select(['sha256', 'language', 'text', 'first_seen_at'])
    .where('sha256', '=', sha256)
    .executeTakeFirst()

export const readSuppressions = (
  db: Kysely<Database>,
  subject: string,
): Promise<(Suppression & { source: string })[]> =>
  db
    .selectFrom('suppression')
    .select(['purpose', 'at', 'source'])
    .where('subject', '=', subject)
    .orderBy('at')
    .execute()

/** Those that concern a purpose. */
export const concerning = (suppressions: Suppression[], purpose: Purpose) =>
  suppressions.filter(
    (each) => each.purpose === purpose || (each.purpose === ALL_MARKETING && purpose !== 'membership'),
  )

/** When what a subject consented to for a purpose last became something else: a consent from before does not stand. */
export async function renewedAt(db: Kysely<Database>, subject: string, purpose: Purpose): Promise<string | undefined> {
  const { rows } = await sql<{ at: string | null }>`
    select max(adopted_at) as at from policy_change where ${purpose} = any(renewed)
      and controller = (select controller from consent_log where subject = ${subject} limit 1)`.execute(db)
  return rows[0]?.at ?? undefined
}

/** Whether a subject is noted as a child on a day. */
export async function isChild(db: Kysely<Database>, subject: string, on: Temporal.PlainDate) {
  const child = await db.selectFrom('consent_child').select('until').where('subject', '=', subject).executeTakeFirst()
  return child !== undefined && Temporal.PlainDate.compare(on, Temporal.PlainDate.from(child.until)) < 0
}

/**
 * A withdrawal goes when its time is over, and with it all that was said of the purpose before it. A consent that stands has no
 * end: it has to be shown for as long as it is used (GDPR Art. 7(1)).
 */
export const consentLogTrim: Trim = {
  table: 'consent_log',
  days: 0,
  clock: 'service',
  remove: (before, most) => sql`
    delete from consent_log gone using (
      select subject, purpose, at, kept_until from consent_log where kept_until <= ${before}
      order by kept_until limit ${most} for update skip locked) ended
    where gone.subject = ended.subject and gone.purpose = ended.purpose and gone.at <= ended.at
    returning ended.kept_until as at`,
  oldest: sql`select kept_until as at from consent_log where kept_until is not null order by kept_until limit 1`,
}

/** Children grow up: the note goes with the day. */
export const childTrim: Trim = {
  table: 'consent_child',
  days: 0,
  clock: 'service',
  remove: (before, most) => sql`
    delete from consent_child where subject in (
      select subject from consent_child where until <= ${before} order by until limit ${most} for update skip locked)
    returning until::timestamptz as at`,
  oldest: sql`select until::timestamptz as at from consent_child order by until limit 1`,
}
