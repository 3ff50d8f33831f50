import type { Clock } from '@vilkar/server/clock.ts'
import type { Job, Jobs } from '@vilkar/server/jobs.ts'
import { jsonOrNull } from '@vilkar/server/postgres.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Generated, JSONColumnType, Kysely, Transaction } from 'kysely'
import { type Attachment, htmlOf, type Mailer, renderMail, type Sent } from './mail.ts'

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
  }
}

/** The words of a mail, before it is made into bytes. */
export type Composed = {
  locale: Locale
  subject: string
  text: string
  attachments?: Attachment[]
}

export const JOB = 'send-mail'

type Queued = { aboutId: string; kind: string; recipient: string; at: string; detail?: object }

/**
 * Stores a mail that is to be sent, and the job that sends it, in the transaction of what it tells about. `detail` is what the
 * mail says beyond what `aboutId` tells, as it is now.
 */
export async function queueMail<Tables extends MailTables>(
  trx: Transaction<Tables>,
  jobs: Jobs,
  { aboutId, kind, recipient, at, detail }: Queued,
) {
  const id = crypto.randomUUID()
  const mails = trx as unknown as Transaction<MailTables>
  await mails
    .insertInto('mail')
    .values({ id, about_id: aboutId, kind, recipient, detail: jsonOrNull(detail), created_at: at })
    .execute()
  await jobs.enqueue(trx, JOB, [{ data: { mailId: id } }])
}

/** The Message-ID of a mail, without its angle brackets; a bounce names the mail by it. */
export const messageIdOf = (mailId: string, from: string) =>
  `${mailId}@${/@([^>\s]+)>?$/.exec(from)?.[1] ?? 'localhost'}`

/** The mail that a Message-ID names, undefined when it is none of ours. */
export const mailIdOf = (messageId: string) => /^<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/.exec(messageId)?.[1]

/**
 * Sends stored mails. Their bytes are stored before they are sent, so a second try sends the same mail with the same
 * Message-ID. `settled` runs in the transaction that notes what the mail server said.
 */
export const sendMail = <Tables extends MailTables>({
  db,
  mailer,
  fromOf,
  clock,
  compose,
  rendered,
  settled,
}: Outgoing<Tables>): Job<{ mailId: string }> => ({
  name: JOB,
  concurrency: 2,
  async run({ mailId }) {
    const mails = db as unknown as Kysely<MailTables>
    const mail = await mails.selectFrom('mail').selectAll().where('id', '=', mailId).executeTakeFirstOrThrow()
    if (mail.status !== 'queued') return
    const from = await fromOf(mail.about_id)
    const messageId = messageIdOf(mailId, from)
    const bytes = mail.message ?? (await render())
    const sent = await mailer.send({ from, to: mail.recipient, bytes })
    await db.transaction().execute(async (trx) => {
      const at = clock.now().toString()
      const outcome = { status: sent.outcome, response: sent.response, settled_at: at }
      await (trx as unknown as Transaction<MailTables>)
        .updateTable('mail')
        .set(outcome)
        .where('id', '=', mailId)
        .execute()
      await settled?.(trx, { mailId, aboutId: mail.about_id, kind: mail.kind, messageId, at, ...sent })
    })

    async function render() {
      const { locale, subject, text, attachments } = await compose(mail.kind, mail.about_id, mail.detail ?? undefined)
      const date = clock.now()
      const message = await renderMail({
        messageId,
        from,
        to: mail.recipient,
        subject,
        text,
        html: htmlOf(locale, text),
        date,
        attachments,
      })
      await db.transaction().execute(async (trx) => {
        const stored = trx as unknown as Transaction<MailTables>
        await stored.updateTable('mail').set({ message }).where('id', '=', mailId).execute()
        await rendered?.(trx, { mailId, kind: mail.kind, aboutId: mail.about_id, attachments: attachments ?? [] })
      })
      return message
    }
  },
})

type Outgoing<Tables> = {
  db: Kysely<Tables>
  mailer: Mailer
  /** The sender, RFC 5322: always the same for what a mail is about, since its Message-ID has their domain. */
  fromOf: (aboutId: string) => Promise<string>
  clock: Clock
  compose: (kind: string, aboutId: string, detail: object | undefined) => Promise<Composed>
  /** Runs in the transaction that keeps the bytes of a mail, which are those that will be sent. */
  rendered?: (
    trx: Transaction<Tables>,
    mail: { mailId: string; kind: string; aboutId: string; attachments: readonly Attachment[] },
  ) => Promise<void>
  settled?: (
    trx: Transaction<Tables>,
    mail: Sent & { mailId: string; aboutId: string; kind: string; messageId: string; at: string },
  ) => Promise<void>
}
