import { ERASED } from '@vilkar/contracts/erased.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import type { Job, Jobs } from '@vilkar/server/jobs.ts'
import { jsonOrNull } from '@vilkar/server/postgres.ts'
import type { Together } from '@vilkar/server/together.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { type Generated, type JSONColumnType, type Kysely, sql, type Transaction } from 'kysely'
import { type Cut, joined, parted } from './kept-bytes.ts'
import { type Attachment, htmlOf, type Mailer, renderMail, type Sent } from './mail.ts'
import { insertMail, keepBytes, readMail, settle, takeWaited, takeWaiting } from './mail-rows.ts'
import { assertLeavable } from './one-click.ts'

/** The table of `migrations/`. */
export type MailTables = {
  mail: {
    id: string
    about_id: string
    kind: string
    status: Generated<'queued' | 'accepted' | 'rejected' | 'bounced'>
    recipient: string
    message: Generated<Buffer | null>
    response: Generated<string | null>
    detail: JSONColumnType<object> | null
    created_at: string
    settled_at: Generated<string | null>
    waits_until: Generated<string | null>
    /** Null of a message that is kept whole. */
    cuts: JSONColumnType<Cut[] | null, string | null | undefined, string | null>
  }
  /** What many mails have, under the hash of its bytes. */
  mail_attachment: { sha256: string; content: Buffer }
}

/** The words of a mail, before it is made into bytes. */
export type Composed = {
  locale: Locale
  subject: string
  text: string
  /** Marketing has those of `unsubscribeHeaders`, and is not sent without. */
  headers?: Readonly<Record<string, string>>
  attachments?: Attachment[]
}

export const JOB = 'send-mail'
/** What comes of a mail to somebody whose personal data were erased. */
const NOT_SENT: Sent = { outcome: 'rejected', response: 'Not sent: the address is erased.' }
/** Mostly they wait for the mail server; who composes one is the only thread anyway. */
const MAILS_AT_ONCE = 16

type Queued = { aboutId: string; kind: string; recipient: string; at: string; detail?: object; waitsUntil?: string }

/**
 * Stores a mail that is to be sent, and the job that sends it, in the transaction of what it tells about. `detail` is what the
 * mail says beyond what `aboutId` tells, as it is now. One that waits is sent by `completeMail`, or by `sendWaited` in the end.
 */
export async function queueMail<Tables extends MailTables>(
  trx: Transaction<Tables>,
  jobs: Jobs,
  { aboutId, kind, recipient, at, detail, waitsUntil }: Queued,
) {
  const id = crypto.randomUUID()
  const mails = trx as unknown as Transaction<MailTables>
  const row = { id, about_id: aboutId, kind, recipient, detail: jsonOrNull(detail), created_at: at }
  await insertMail(mails, { ...row, waits_until: waitsUntil ?? null })
  if (waitsUntil === undefined) await jobs.enqueue(trx, JOB, [{ data: { mailId: id } }])
}

/**
 * Gives the mail that waits and has this in its detail what it waited for, and has it sent. Answers whether there was one: it may
 * have been sent without, and what was to be in it needs a mail of its own.
 */
export async function completeMail<Tables extends MailTables>(
  trx: Transaction<Tables>,
  jobs: Jobs,
  { aboutId, kind, detail }: Pick<Queued, 'aboutId' | 'kind'> & { detail: object },
  more: object,
): Promise<boolean> {
  const found = await takeWaiting(trx as unknown as Transaction<MailTables>, { aboutId, kind, detail }, more)
  await enqueue(trx, jobs, found)
  return found.length > 0
}

/** Has those sent that have waited long enough, without what they waited for. Answers how many those were. */
export const sendWaited = <Tables extends MailTables>(db: Kysely<Tables>, jobs: Jobs, now: Temporal.Instant) =>
  db.transaction().execute(async (trx) => {
    const found = await takeWaited(trx as unknown as Transaction<MailTables>, now)
    await enqueue(trx, jobs, found)
    return found.length
  })

const enqueue = <Tables>(trx: Transaction<Tables>, jobs: Jobs, mails: { id: string }[]) =>
  jobs.enqueue(
    trx,
    JOB,
    mails.map(({ id }) => ({ data: { mailId: id } })),
  )

/** The Message-ID of a mail, without its angle brackets; a bounce names the mail by it. */
export const messageIdOf = (mailId: string, from: string) =>
  `${mailId}@${/@([^>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'}`

/** The mail that a Message-ID names, undefined when it is none of ours. */
export const mailIdOf = (messageId: string) => /^<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/.exec(messageId)?.[1]

/**
 * Sends stored mails. Their bytes are stored before they are sent, so a second try sends the same mail with the same
 * Message-ID. `settled` runs in the transaction that notes what the mail server said.
 */
export const sendMail = <Tables extends MailTables, About>({
  db,
  together,
  mailer,
  read,
  fromOf,
  clock,
  compose,
  rendered,
  settled,
}: Outgoing<Tables, About>): Job<{ mailId: string }> => {
  /** Which attachments that many mails have this process knows to be kept. */
  const keptBefore = new Set<string>()
  return {
    name: JOB,
    concurrency: MAILS_AT_ONCE,
    async run({ mailId }) {
      const mails = db as unknown as Kysely<MailTables>
      const mail = await readMail(mails, mailId)
      if (mail.status !== 'queued') return
      const about = await read(mail.about_id)
      const from = fromOf(about)
      const messageId = messageIdOf(mailId, from)
      const bytes = mail.message === null ? await render() : await wholeOf(mails, mail.message, mail.cuts)
      const sent = mail.recipient === ERASED ? NOT_SENT : await mailer.send({ from, to: mail.recipient, bytes })
      await together(mail.about_id, async (trx) => {
        const at = clock.now().toString()
        const outcome = { id: mailId, status: sent.outcome, response: sent.response, settled_at: at }
        await settle(trx as unknown as Transaction<MailTables>, outcome)
        await settled?.(trx, { mailId, aboutId: mail.about_id, kind: mail.kind, messageId, at, ...sent })
      })

      async function render() {
        const { locale, subject, text, headers, attachments } = await compose(
          mail.kind,
          about,
          mail.detail ?? undefined,
        )
        assertLeavable(mail.kind, headers)
        const date = clock.now()
        const message = await renderMail({
          messageId,
          from,
          to: mail.recipient,
          subject,
          text,
          html: htmlOf(locale, text),
          date,
          headers,
          attachments,
        })
        const parts = parted(message, attachments ?? [])
        await together(mail.about_id, async (trx) => {
          await keep(trx as unknown as Transaction<MailTables>, mailId, parts, keptBefore)
          await rendered?.(trx, { mailId, kind: mail.kind, about, text, attachments: attachments ?? [] })
        })
        for (const sha256 of parts.kept.keys()) keptBefore.add(sha256)
        return message
      }
    },
  }
}

/** Keeps the bytes of a mail; those of what many mails have once for all, and not if they were kept `before`. */
async function keep(
  trx: Transaction<MailTables>,
  mailId: string,
  { message, cuts, kept }: ReturnType<typeof parted>,
  before: ReadonlySet<string>,
) {
  const fresh = [...kept].filter(([sha256]) => !before.has(sha256))
  if (fresh.length > 0)
    await trx
      .insertInto('mail_attachment')
      .values(fresh.map(([sha256, content]) => ({ sha256, content })).sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  await keepBytes(trx, { id: mailId, message, cuts: cuts.length > 0 ? JSON.stringify(cuts) : null })
}

async function wholeOf(db: Kysely<MailTables>, message: Buffer, cuts: readonly Cut[] | null) {
  if (cuts === null) return message
  const hashes = cuts.flatMap((cut) => ('sha256' in cut ? [cut.sha256] : []))
  const { rows } = await sql<{ sha256: string; content: Buffer }>`
    select sha256, content from mail_attachment where sha256 = any(${hashes}::text[])`.execute(db)
  return joined(message, cuts, new Map(rows.map(({ sha256, content }) => [sha256, content])))
}

/** The bytes of a mail as they went out; undefined when there is no such mail, or it was not made yet. */
export async function sentBytes<Tables extends MailTables>(db: Kysely<Tables>, mailId: string) {
  const mails = db as unknown as Kysely<MailTables>
  const mail = await mails.selectFrom('mail').select(['message', 'cuts']).where('id', '=', mailId).executeTakeFirst()
  return mail?.message ? wholeOf(mails, mail.message, mail.cuts) : undefined
}

type Outgoing<Tables, About> = {
  db: Kysely<Tables>
  together: Together<Tables>
  mailer: Mailer
  /** The sender, RFC 5322: always the same for what a mail is about, since its Message-ID has their domain. */
  fromOf: (about: About) => string
  clock: Clock
  /** What a mail is about, read once for all that is written of it. */
  read: (aboutId: string) => Promise<About>
  compose: (kind: string, about: About, detail: object | undefined) => Promise<Composed>
  /** Runs in the transaction that keeps the bytes of a mail, which are those that will be sent. */
  rendered?: (
    trx: Transaction<Tables>,
    mail: { mailId: string; kind: string; about: About; text: string; attachments: readonly Attachment[] },
  ) => Promise<void>
  settled?: (
    trx: Transaction<Tables>,
    mail: Sent & { mailId: string; aboutId: string; kind: string; messageId: string; at: string },
  ) => Promise<void>
}
