import { createServer } from 'node:net'
import { openAlarms } from '@vilkar/alarms/alarms.ts'
import { alarmsOf } from '@vilkar/alarms/tables.ts'
import { policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { startImapMailbox } from '@vilkar/testing/imap-mailbox.ts'
import { PATIENCE_MS } from '@vilkar/testing/patience.ts'
import t from 'tap'
import { mailboxesIn } from '../../consent/mailbox/mailboxes.ts'
import { readMailboxes, TAKEN } from '../../consent/mailbox/read-mailbox.ts'
import { startPrivacyForTest } from '../privacy-service.ts'
import { aPerson, consenting } from './a-consent.ts'

const house = await startPrivacyForTest()
const { db, pool, deps } = house
const { give, permission, history, later } = consenting(house)
const subject = policyOf('smarti').optOut!.subject!
const imap = await startImapMailbox()
t.teardown(() => imap.stop())
/** For a server that says nothing: one that answers may take its time. */
const HURRY = { connectMs: 2_000, silentMs: 2_000, lookMs: 5_000 }
const readAs = (controller: string, url: string, patience = {}) =>
  readMailboxes(deps, mailboxesIn(`${controller}=${url}`), patience)
const read = (url = imap.url, patience = {}) => readAs('smarti', url, patience)
const ofSmarti = () => ({ ...aPerson(), controller: 'smarti' })
const toRead = async () => (await openAlarms(alarmsOf(db), 'mail-to-read')).map(({ about }) => about)
const flagsOf = (uid: number) => imap.mails().find((mail) => mail.uid === uid)?.flags

t.test(
  'a mail with the subject of the policy suppresses its sender, who proves nothing and is answered nothing',
  async (t) => {
    const person = ofSmarti()
    await give(person)
    later(60)
    imap.receive({ From: `Kari <${person.value.toUpperCase()}>`, Subject: subject }, { at: house.clock.at })
    await read()
    t.strictSame((await permission(person)).codes, ['opted-out'])
    t.match((await history(person)).suppressed, [{ purpose: 'all', source: 'mailbox' }, {}])
    const { uid } = imap.mails()[0]!
    t.strictSame(flagsOf(uid), [TAKEN], 'marked, and nothing else: not even as read')
    t.equal((await permission({ ...person, controller: 'smartgroup' })).codes[0], 'no-consent', 'of this controller')
    later(60)
    await give(person)
    await read()
    t.equal((await permission(person)).outcome, 'granted', 'what was read is not read again')
  },
)

t.test('it counts from when it was received, however late it is read', async (t) => {
  const person = ofSmarti()
  imap.receive({ From: person.value, Subject: `Re: ${subject.toLowerCase()}` }, { at: house.clock.at })
  later(3_600)
  await give(person)
  await read()
  t.equal((await permission(person)).outcome, 'granted', 'the consent is the later word')
})

t.test(
  'what nobody can read as an opt-out is for a person, once; what was read, or written by no one, is not',
  async (t) => {
    const before = (await toRead()).length
    imap.receive({ From: 'kari@example.com', Subject: 'Hvor er pakken min?' })
    imap.receive({ Subject: subject })
    imap.receive({ From: 'ola@example.com', Subject: 'Spam' }, { flags: ['\\Seen'] })
    imap.receive({ From: 'ola@example.com', Subject: 'Out of office', 'Auto-Submitted': 'auto-replied' })
    const mails = imap.mails().length
    await read()
    await read()
    t.equal((await toRead()).length - before, 2)
    const { rows } = await pool.query(`select 1 from alarm a where a::text like '%example.com%'`)
    t.equal(rows.length, 0, 'no address in it')
    t.equal(imap.mails().length, mails, 'nothing is deleted')
  },
)

t.test(
  'a policy that asks for no words has its mailbox read too, and calls a person for whatever else is written',
  async (t) => {
    t.match(policyOf('smartphoto').optOut, { mailbox: 'kundservice@smartphoto.no', subject: undefined })
    const theirs = await startImapMailbox()
    t.teardown(() => theirs.stop())
    const [leaves, writes] = [aPerson(), aPerson()].map((person) => ({ ...person, controller: 'smartphoto' }))
    for (const person of [leaves!, writes!]) await give(person)
    later(60)
    const before = (await toRead()).length
    theirs.receive({ From: leaves!.value, Subject: 'SV: Meld meg av' }, { at: house.clock.at })
    theirs.receive({ From: writes!.value, Subject: 'Vennligst ikke send meg flere tilbud' }, { at: house.clock.at })
    await readAs('smartphoto', theirs.url)
    t.strictSame((await permission(leaves!)).codes, ['opted-out'])
    t.strictSame(theirs.mails()[0]!.flags, [TAKEN])
    t.equal((await permission(writes!)).outcome, 'granted')
    t.equal((await toRead()).length - before, 1, 'a person reads what no program can')
    t.equal((await permission({ ...leaves!, controller: 'smarti' })).codes[0], 'no-consent', 'of this controller alone')
  },
)

t.test('a server that is silent, gone or refuses is given up in time and read again later', async (t) => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  t.teardown(() => silent.close())
  const { port } = silent.address() as { port: number }
  const failing = async () =>
    (await pool.query('select name from opt_out_mailbox where failing_since is not null')).rows
  const started = performance.now()
  await read(`imap://user:pass@127.0.0.1:${port}/INBOX`, HURRY)
  t.ok(performance.now() - started < PATIENCE_MS)
  t.equal((await failing()).length, 1)
  await read(imap.url.replace('user:pass', 'user:wrong'))
  await read()
  t.equal((await failing()).length, 0)
})

t.test('a mailbox of nobody’s, and one without a way in, do not start; no password is said', async (t) => {
  for (const wrong of ['smartgroup=imaps://u:secret@h/INBOX', 'smarti=https://u:secret@h/', 'smarti=imaps://h/INBOX'])
    t.throws(() => mailboxesIn(wrong), /^(?!.*secret).*Mailbox 1/s, wrong)
  t.match(mailboxesIn('smarti=imaps://post%40x.no:p%3Aw@mail.x.no/INBOX smarti=imap://a:b@y.no'), [
    { host: 'mail.x.no', port: 993, secure: true, user: 'post@x.no', pass: 'p:w', folder: 'INBOX' },
    { host: 'y.no', port: 143, secure: false, folder: 'INBOX' },
  ])
})
