import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { span } from '@vilkar/tracing/tracing.ts'
import type { Transporter } from 'nodemailer'
import { enclose, partOf } from './enclose.ts'
import { dateFormat, numberFormat } from './formats.ts'

/**
 * What goes with a mail: text, or bytes such as a PDF's. The bytes of one that goes out with many mails (`manyHaveIt`) are kept
 * once for all of them.
 */
export type Attachment = { filename: string; content: string | Buffer; contentType: string; manyHaveIt?: true }

/** A mail before it is rendered. */
export type Mail = {
  messageId: string
  from: string
  to: string
  subject: string
  text: string
  html: string
  date: Temporal.Instant
  /** Further fields of the header, such as those by which marketing is left. */
  headers?: Readonly<Record<string, string>>
  attachments?: Attachment[]
}

/** What the mail server said: `accepted` is a promise to deliver; `rejected` is a definite no to this address. */
export type Sent = { outcome: 'accepted' | 'rejected'; response: string }

let renderer: Transporter<{ message: Buffer }> | undefined

/**
 * The exact bytes of the mail (RFC 5322): what is kept as proof is what is sent. What many mails have is made into bytes once: making a
 * hundred kilobytes of attachments anew costs more processor time than all else about a mail.
 */
export async function renderMail({ attachments = [], ...mail }: Mail): Promise<Buffer> {
  const [own, shared] = ownAndShared(attachments)
  const message = await render(mail, own)
  return shared.length === 0
    ? message
    : enclose(message, await Promise.all(shared.map((each) => sharedPart(each, mail))))
}

async function render({ date, ...mail }: Partial<Mail> & Pick<Mail, 'date' | 'messageId'>, attachments: Attachment[]) {
  const { createTransport } = await import('nodemailer')
  renderer ??= createTransport({ streamTransport: true, buffer: true, newline: 'windows' }) as never
  const { message } = await renderer!.sendMail({
    ...mail,
    attachments: attachments.map(({ filename, content, contentType, manyHaveIt }) => ({
      ...{ filename, content, contentType },
      // As `kept-bytes.ts` finds it again.
      ...(manyHaveIt && { contentTransferEncoding: 'base64' as const }),
    })),
    messageId: `<${mail.messageId}>`,
    date: new Date(date.epochMilliseconds),
  })
  return message
}

/** Parts of attachments that many mails have, by the bytes in them and then by name and type. */
const sharedParts = new WeakMap<Buffer, Map<string, Promise<Buffer>>>()

/** The part of a message in which an attachment goes: that of a message in which there is nothing else. */
function sharedPart(attachment: Attachment, { from, messageId, date }: Pick<Mail, 'from' | 'messageId' | 'date'>) {
  const made = async () => partOf(await render({ from, messageId, date }, [attachment]))
  const { content, filename, contentType } = attachment
  if (typeof content === 'string') return made()
  const known = sharedParts.getOrInsertComputed(content, () => new Map())
  const name = JSON.stringify([filename, contentType])
  const part = known.get(name) ?? made()
  known.set(name, part)
  part.catch(() => known.delete(name))
  return part
}

/** In the order in which they stand in a message: what only this mail has, and then what many have. */
export function ownAndShared(attachments: readonly Attachment[]): [Attachment[], Attachment[]] {
  return [attachments.filter(({ manyHaveIt }) => !manyHaveIt), attachments.filter(({ manyHaveIt }) => manyHaveIt)]
}

const SMTP_TIMEOUT_MS = 15_000

/**
 * Sends bytes over SMTP. Resolves with `rejected` on a permanent refusal (5xx, RFC 5321 § 4.2.1), which is the bounce
 * that comes at once; throws on anything that may pass (4xx, no connection), so that a job tries again.
 */
export function createMailer({ smtpUrl }: { smtpUrl: string }) {
  const host = URL.parse(smtpUrl)?.hostname ?? ''
  let transport: Transporter<{ response: unknown }> | undefined
  async function connect() {
    const { createTransport } = await import('nodemailer')
    transport ??= createTransport({
      url: smtpUrl,
      pool: true,
      maxConnections: 2,
      connectionTimeout: SMTP_TIMEOUT_MS,
      greetingTimeout: SMTP_TIMEOUT_MS,
      socketTimeout: SMTP_TIMEOUT_MS,
    } as never) as never
    return transport!
  }
  return {
    send: (mail: { from: string; to: string; bytes: Buffer }) =>
      span({ name: 'send mail', kind: 'client', attributes: { 'server.address': host } }, () => send(mail)),
    close: () => transport?.close(),
  }

  async function send({ from, to, bytes }: { from: string; to: string; bytes: Buffer }): Promise<Sent> {
    try {
      const transport = await connect()
      const { response } = await transport.sendMail({ envelope: { from: addressOf(from), to: [to] }, raw: bytes })
      return { outcome: 'accepted', response: String(response) }
    } catch (error) {
      const { responseCode = 0, response } = error as { responseCode?: number; response?: string }
      if (responseCode >= 500 && responseCode < 600)
        return { outcome: 'rejected', response: response ?? String(responseCode) }
      throw error
    }
  }
}
export type Mailer = ReturnType<typeof createMailer>

const addressOf = (from: string) => /<([^>]+)>/.exec(from)?.[1] ?? from

/** Text made safe to stand in HTML. */
export const escapeHtml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

/** A plain, readable HTML body from paragraphs of text: blank lines part paragraphs, line breaks stay. */
export const htmlOf = (locale: string, text: string) =>
  `<!doctype html><html lang="${locale}"><meta charset="utf-8"><body style="font-family:sans-serif;max-width:40em">${text
    .split('\n\n')
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('')}</body></html>`

/** Minor units as people read them: 129900 NOK is "1 299,00 kr" in Norwegian and "NOK 1,299.00" in English. */
export const formatMoney = (locale: Locale, amount: number, currency: string) =>
  numberFormat(locale, currency).format(amount / 100)

/**
 * A day as people read it: 2026-06-24 is "24. juni 2026" in Norwegian and "24 June 2026" in English. It is written as the moment at which it
 * begins: a format takes six times as long over a day itself.
 */
export function formatDay(locale: Locale, day: Temporal.PlainDate | string) {
  if (written.size > DAYS_KEPT) written.clear()
  return written.getOrInsertComputed(`${locale} ${day}`, () =>
    dateFormat(locale, 'day').format(Temporal.PlainDate.from(day).toZonedDateTime('UTC').epochMilliseconds),
  )
}
/** The lines of an order have the same few days. */
const written = new Map<string, string>()
const DAYS_KEPT = 4_000
