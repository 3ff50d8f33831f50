import type { AddressInfo } from 'node:net'

export type StoredMail = { uid: number; raw: string; flags: string[] }
type Stored = { uid: number; raw: Buffer | string; flags: string[] }
type ImapServer = {
  server: { address(): AddressInfo }
  listen(port: number, host: string, listening: () => void): void
  close(closed: () => void): void
  appendMessage(folder: string, flags: string[], internalDate: string, raw: Buffer): void
  getMailbox(folder: string): { messages: Stored[] }
}

/** A mailbox that is read over IMAP on loopback, by `user` with `pass`. */
export async function startImapMailbox({ port = 0 } = {}) {
  // @ts-expect-error It has no types.
  const { default: hoodiecrow } = (await import('hoodiecrow-imap')) as { default: (options: object) => ImapServer }
  const server = hoodiecrow({
    plugins: ['UIDPLUS', 'NAMESPACE'],
    users: { user: { password: 'pass' } },
    storage: { INBOX: { messages: [] } },
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const bound = server.server.address().port
  return {
    port: bound,
    url: `imap://user:pass@127.0.0.1:${bound}/INBOX`,
    /** Puts a mail into it, with headers in ASCII and a text that nobody needs. */
    receive(headers: Record<string, string>, { at = '2026-06-15T09:00:00Z', flags = [] as string[] } = {}) {
      const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
      const raw = Buffer.from([...head, '', 'Hei.', ''].join('\r\n'))
      server.appendMessage('INBOX', flags, internalDateOf(at), raw)
    },
    /** What is in it, the oldest first. */
    mails: (): StoredMail[] =>
      server.getMailbox('INBOX').messages.map(({ uid, raw, flags }) => ({ uid, raw: raw.toString(), flags })),
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** RFC 9051 § 9, date-time: 15-Jun-2026 09:00:00 +0000. */
function internalDateOf(at: string) {
  const { day, month, year } = Temporal.Instant.from(at).toZonedDateTimeISO('UTC')
  const clock = Temporal.Instant.from(at).toString({ smallestUnit: 'second' }).slice(11, 19)
  return `${String(day).padStart(2, '0')}-${MONTHS[month - 1]}-${year} ${clock} +0000`
}
