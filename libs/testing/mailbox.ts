import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'

const MAX_MAILS = 1_000

/** A mail as it arrived. */
export type ReceivedMail = {
  from: string
  to: string[]
  subject: string
  /** The `Date` header, as an ISO 8601 instant. */
  date: string
  messageId: string
  text: string
  html: string
  attachments: { filename: string; text: string; bytes: Uint8Array }[]
  raw: string
}

/** `limit`: how many mails it keeps. `onMail` hears of each, before whoever sent it hears that it was taken. */
export type MailboxOptions = { port?: number; limit?: number; onMail?: (mail: ReceivedMail) => void }

/**
 * A mail server that keeps what it gets, newest last. An address whose local part starts with `bounce` is refused at
 * once with 550, as a mailbox that does not exist would be.
 */
export async function startMailbox({ port = 0, limit = MAX_MAILS, onMail }: MailboxOptions = {}) {
  const mails: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      if (!address.startsWith('bounce')) return done()
      done(Object.assign(new Error(`5.1.1 <${address}> does not exist here`), { responseCode: 550 }))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks)
        const { mailFrom, rcptTo } = session.envelope
        PostalMime.parse(raw).then((mail) => {
          mails.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            subject: mail.subject ?? '',
            date: mail.date ?? '',
            messageId: mail.messageId ?? '',
            text: mail.text ?? '',
            html: mail.html ?? '',
            attachments: mail.attachments.map(({ filename, content }) => ({
              filename: filename ?? '',
              text: textOf(content),
              bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
            })),
            raw: raw.toString('utf8'),
          })
          if (mails.length > limit) mails.shift()
          onMail?.(mails.at(-1)!)
          done()
        }, done)
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: bound } = server.server.address() as { port: number }
  return {
    url: `smtp://127.0.0.1:${bound}`,
    mails: () => mails as readonly ReceivedMail[],
    to: (address: string) => mails.filter(({ to }) => to.includes(address)),
    /** Forgets what it got. */
    clear: () => void mails.splice(0),
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}
export type Mailbox = Awaited<ReturnType<typeof startMailbox>>

const textOf = (content: ArrayBuffer | Uint8Array | string) =>
  typeof content === 'string' ? content : new TextDecoder().decode(content as Uint8Array)
