import type { Source } from '@vilkar/alarms/sources.ts'
import { htmlOf, type Mailer, renderMail } from '@vilkar/mail/mail.ts'
import { growingPause } from '@vilkar/server/growing-pause.ts'
import type { Trim } from '@vilkar/server/trimming.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { compose, type Letter } from './mails/letter.ts'

const CLAIM_SECONDS = 60
const MAX_PER_LOOK = 50

type Row = { id: string; kind: 'confirm' | 'guardian'; sealed: string; language: 'nb' | 'en' }
type Written = Omit<Row, 'sealed'> & { about: string; at: string; until: string; letter: Letter }

/**
 * Writes a mail that asks whether a consent is meant, unless one about the same is on its way or went out within the hour: nobody has
 * a stranger's mailbox filled. Whom to and of what is sealed, and goes once a mail server took it.
 */
export const writeLetter = async (
  trx: Transaction<Database>,
  { seal }: Deps['consent'],
  { at, letter, ...row }: Written,
) =>
  void (await trx
    .insertInto('consent_letter')
    .values({ ...row, sealed: seal.seal(letter), due_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute())

/** One look: every letter that is due. One of which nobody knows whether it went out goes out again: it asks the same twice. */
export async function sendLetters({ db, clock, log, consent, mailer, from }: Sending) {
  for (let count = 0; ; count += 1) {
    const now = clock.now().toString()
    const row = count < MAX_PER_LOOK ? await claim(db, now) : undefined
    if (row === undefined) return count
    const letter = consent.seal.open<Letter>(row.sealed)
    const { subject, text } = compose(row.kind, row.language, letter)
    const bytes = await renderMail({
      ...{ messageId: `${row.id}@${from.split('@').at(-1)!.replace('>', '')}`, from, to: letter.to, subject, text },
      ...{ html: htmlOf(row.language, text), date: clock.now() },
    })
    try {
      const { outcome } = await mailer.send({ from, to: letter.to, bytes })
      if (outcome === 'rejected') log.info({ letter: row.id }, 'a mail that asks for a consent was refused')
      await rest(db, row.id, now)
    } catch (error) {
      log.warn({ err: error, letter: row.id }, 'a mail that asks for a consent was not taken; it is tried again')
      await postpone(db, row.id, now)
    }
  }
}
export type Sending = Pick<Deps, 'db' | 'clock' | 'log' | 'consent'> & { mailer: Mailer; from: string }

/** What had its time goes unsent: whoever asked for it asks again. */
async function claim(db: Kysely<Database>, now: string) {
  await sql`delete from consent_letter where until <= ${now}`.execute(db)
  const { rows } = await sql<Row>`
    update consent_letter set due_at = ${now}::timestamptz + ${CLAIM_SECONDS} * interval '1 second'
    where id = (select id from consent_letter where due_at <= ${now} order by due_at limit 1 for update skip locked)
    returning id, kind, sealed, language`.execute(db)
  return rows[0]
}

const rest = (db: Kysely<Database>, id: string, now: string) =>
  sql`
    update consent_letter set sealed = null, due_at = null, failing_since = null, until = ${now}::timestamptz + interval '1 hour'
    where id = ${id}`.execute(db)

const postpone = (db: Kysely<Database>, id: string, now: string) =>
  sql`
    update consent_letter set tries = tries + 1, failing_since = coalesce(failing_since, ${now}),
      due_at = ${now}::timestamptz + ${growingPause(sql`tries`)} * interval '1 second'
    where id = ${id}`.execute(db)

/** All that no mail server took for an hour are one alarm. */
export const letterSource: Source = {
  kind: 'consent-mails-unsent',
  over: 'The mail server took them.',
  find: (now) => sql`
    select 'mails' as about, jsonb_build_object('mails', count(*), 'since', min(failing_since)) as detail from consent_letter
    where failing_since < ${now}::timestamptz - interval '1 hour' having count(*) > 0`,
}

/** What nobody answered in time goes, and what went out goes after the hour for which it keeps others from being asked the same. */
export const letterTrim: Trim = {
  table: 'consent_letter',
  days: 0,
  clock: 'service',
  remove: (before, most) => sql`
    delete from consent_letter where id in (
      select id from consent_letter where until <= ${before} order by until limit ${most} for update skip locked)
    returning until as at`,
  oldest: sql`select until as at from consent_letter order by until limit 1`,
}
