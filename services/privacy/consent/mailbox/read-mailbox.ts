import { raiseServiceAlarm } from '@vilkar/alarms/alarms.ts'
import { alarmsOf } from '@vilkar/alarms/tables.ts'
import { within } from '@vilkar/server/within.ts'
import type { ImapFlow } from 'imapflow'
import type { Deps } from '../../deps.ts'
import { ALL_MARKETING } from '../purposes.ts'
import { optOut } from '../record.ts'
import type { Mailbox } from './mailboxes.ts'
import { isOptOut } from './read-subject.ts'
import { noteRead, noteUnreadable, readUpTo } from './store.ts'

const CONNECT_TIMEOUT_MS = 10_000
/** A server that says nothing for so long is given up. */
const SILENT_MS = 20_000
/** How long one look at a mailbox may take in all. */
const LOOK_WITHIN_MS = 120_000
const MAILS_PER_LOOK = 200
/** What mails are marked with for people and programs that look into the mailbox, once they were taken as an opt-out. */
export const TAKEN = '$OptedOut'

type Reading = Pick<Deps, 'db' | 'clock' | 'log' | 'subjectKey'>
export type Patience = { connectMs?: number; silentMs?: number; lookMs?: number }
/** Of a mail only this is asked for: no word of its text. */
type Mail = {
  uid: number
  subject: string
  from: string | undefined
  receivedAt: Temporal.Instant
  seen: boolean
  automatic: boolean
}

/**
 * One look at each mailbox, over a connection of its own, so that one which broke is nothing to mend. What was read is noted in the
 * transaction of what came of it, by UID, and read once. Nothing is deleted, moved or answered.
 */
export async function readMailboxes(reading: Reading, mailboxes: readonly Mailbox[], patience?: Patience) {
  for (const mailbox of mailboxes)
    try {
      await readMailbox(reading, mailbox, patience)
    } catch (error) {
      reading.log.warn(
        { mailbox: mailbox.name, code: (error as { code?: string }).code },
        'a mailbox could not be read',
      )
      await noteUnreadable(reading.db, mailbox.name, reading.clock.now().toString())
    }
}

async function readMailbox(reading: Reading, mailbox: Mailbox, patience: Patience = {}) {
  const { connectMs = CONNECT_TIMEOUT_MS, silentMs = SILENT_MS, lookMs = LOOK_WITHIN_MS } = patience
  const { ImapFlow } = await import('imapflow')
  const { host, port, secure, user, pass, name } = mailbox
  const client = new ImapFlow({
    ...{ host, port, secure, auth: { user, pass }, logger: false, disableAutoIdle: true },
    ...{ connectionTimeout: connectMs, greetingTimeout: connectMs, socketTimeout: silentMs },
  })
  // What breaks is thrown where it is waited for; without a listener it would end the process.
  client.on('error', () => {})
  try {
    await within(lookMs, `the mailbox of ${name}`, look(client))
    await client.logout().catch(() => {})
  } finally {
    client.close()
  }

  async function look(client: ImapFlow) {
    await client.connect()
    const opened = await client.mailboxOpen(mailbox.folder)
    const uidValidity = String(opened.uidValidity)
    const last = await readUpTo(reading.db, name, uidValidity)
    const found = (await client.search({ uid: `${last + 1}:*` }, { uid: true })) || []
    // A range that ends in * has the newest mail in it in any case (RFC 9051 § 9, seq-range).
    const fresh = found.filter((uid) => uid > last).sort((a, b) => a - b)
    for (const mail of await fetchMails(client, fresh.slice(0, MAILS_PER_LOOK))) {
      const taken = await take(reading, mailbox, uidValidity, mail)
      if (taken) await client.messageFlagsAdd(String(mail.uid), [TAKEN], { uid: true }).catch(() => false)
    }
    if (fresh.length === 0)
      await noteRead(reading.db, { name, uidValidity, uid: last, at: reading.clock.now().toString() })
  }
}

async function fetchMails(client: ImapFlow, uids: number[]): Promise<Mail[]> {
  if (uids.length === 0) return []
  const asked = { uid: true, envelope: true, internalDate: true, flags: true, headers: ['auto-submitted'] }
  const mails = await client.fetchAll(uids.join(','), asked, { uid: true })
  return mails
    .map(({ uid, envelope, internalDate, flags, headers }) => ({
      ...{ uid, subject: envelope?.subject ?? '', from: envelope?.from?.[0]?.address?.trim() || undefined },
      receivedAt: Temporal.Instant.fromEpochMilliseconds(Number(internalDate ?? 0) || 0),
      seen: flags?.has('\\Seen') ?? false,
      // RFC 3834 § 5: whatever is not `no` was written by no person.
      automatic: /^auto-submitted:\s*(?!no\b)\S/im.test(headers?.toString() ?? ''),
    }))
    .sort((a, b) => a.uid - b.uid)
}

/**
 * An opt-out of its sender, as of when the server received it: whoever writes needs no proof of who they are, since all that a
 * forger gains is that somebody is left in peace. Anything else that people have not read is for them. Answers whether it was one.
 */
async function take(
  { db, clock, log, subjectKey }: Reading,
  { name, controller, subject }: Mailbox,
  uidValidity: string,
  mail: Mail,
) {
  const { uid, from, seen, automatic } = mail
  const now = clock.now()
  const receivedAt = Temporal.Instant.compare(mail.receivedAt, now) > 0 ? now : mail.receivedAt
  const taken = from !== undefined && isOptOut(mail.subject, subject)
  await db.transaction().execute(async (trx) => {
    if (taken)
      await optOut(trx, {
        ...{ controller, subject: subjectKey({ controller, kind: 'email', value: from }), purpose: ALL_MARKETING },
        ...{ at: receivedAt.toString(), recordedAt: now.toString(), source: 'mailbox' },
      })
    else if (!seen && !automatic) {
      const detail = { mailbox: name, receivedAt: receivedAt.toString() }
      const about = `${name} ${uidValidity}/${uid}`
      await raiseServiceAlarm(alarmsOf(trx), { kind: 'mail-to-read', about, detail, at: now.toString() }, log)
    }
    await noteRead(trx, { name, uidValidity, uid, at: now.toString() })
  })
  return taken
}
