import type { Source } from '@vilkar/alarms/sources.ts'
import { growingPause } from '@vilkar/server/growing-pause.ts'
import type { Trim } from '@vilkar/server/trimming.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Seal } from '../../consent/seal.ts'
import type { Database } from '../../database.ts'
import type { QueuedMail } from './kinds.ts'

/** All the SQL of the table `request_mail`. */

type Db = Kysely<Database>

/** How long nobody else sends a mail: longer than a mail server may take. */
const CLAIM_SECONDS = 60

/** What is sealed of a mail until it went out. */
export type Written = {
  to: string
  subject: string
  text: string
  language: 'nb' | 'en'
  /** Of a request that is passed on, which of the organisations it goes to. */
  passing?: number
}
type Mail = { about: string; requestId?: string; kind: QueuedMail; at: string; until: string; written: Written }

/** Puts a mail in the queue, once of each that it is about. */
export const queueMail = async (
  trx: Transaction<Database>,
  seal: Seal,
  { about, requestId, kind, at, until, written }: Mail,
) =>
  void (await trx
    .insertInto('request_mail')
    .values({
      ...{ id: uuidv7(), about, request_id: requestId ?? null, kind, sealed: seal.seal(written) },
      ...{ due_at: at, until, sent_at: null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute())

/** How many mails of a kind wait to be sent, counted up to `most`. */
export async function waitingOf(db: Db, kind: QueuedMail, most: number) {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from request_mail where due_at is not null and kind = ${kind} limit ${most}) waiting`.execute(db)
  return rows[0]!.count
}

/** `over`: it had its time, and is not sent any more. */
export type Claimed = { id: string; request_id: string | null; kind: QueuedMail; sealed: string; over: boolean }

/** The next to send, for as long as nobody else may. */
export async function claimMail(db: Db, now: string): Promise<Claimed | undefined> {
  const { rows } = await sql<Claimed>`
    update request_mail set due_at = ${now}::timestamptz + ${CLAIM_SECONDS} * interval '1 second'
    where id = (select id from request_mail where due_at <= ${now} order by due_at limit 1 for update skip locked)
    returning id, request_id, kind, sealed, until <= ${now}::timestamptz as over`.execute(db)
  return rows[0]
}

/** It went out, or nobody will ever take it. */
export const mailGone = (trx: Transaction<Database>, id: string, sentAt: string | null) =>
  trx
    .updateTable('request_mail')
    .set({ sealed: null, due_at: null, failing_since: null, sent_at: sentAt })
    .where('id', '=', id)
    .execute()

export const postponeMail = (db: Db, id: string, now: string) =>
  sql`
    update request_mail set tries = tries + 1, failing_since = coalesce(failing_since, ${now}),
      due_at = ${now}::timestamptz + ${growingPause(sql`tries`)} * interval '1 second'
    where id = ${id}`.execute(db)

/** Which mails of requests went out or wait, the earliest first. */
export const mailsOf = (db: Db, requestId: string) =>
  db
    .selectFrom('request_mail')
    .select(['kind', 'sent_at', 'due_at'])
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute()

/** What no mail server took for an hour is one alarm. */
export const requestMailSource: Source = {
  kind: 'request-mails-unsent',
  over: 'The mail server took them.',
  find: (now) => sql`
    select 'mails' as about, jsonb_build_object('mails', count(*), 'since', min(failing_since)) as detail from request_mail
    where failing_since < ${now}::timestamptz - interval '1 hour' having count(*) > 0`,
}

/** Of a mail about nothing that stands, only that it went is left, and goes with its link. */
export const requestMailTrim: Trim = {
  table: 'request_mail',
  days: 0,
  clock: 'service',
  remove: (before, most) => sql`
    delete from request_mail where id in (
      select id from request_mail where request_id is null and until <= ${before}
      order by until limit ${most} for update skip locked)
    returning until as at`,
  oldest: sql`select until as at from request_mail where request_id is null order by until limit 1`,
}
