import { fileURLToPath } from 'node:url'
import type { Jobs } from '@vilkar/server/jobs.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { createTogether } from '@vilkar/server/together.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import t from 'tap'
import type { Mailer } from '../mail.ts'
import { completeMail, type MailTables, queueMail, sendMail } from '../outgoing.ts'
import { isNewest, mailsTaken, redirectMails } from '../redirect.ts'

const pool = createPool(await freshDatabase(fileURLToPath(new URL('../migrations', import.meta.url))))
t.teardown(() => pool.end())
const db = createDatabase<MailTables>(pool)
const together = createTogether({ db, wake: () => {} })
const at = '2026-06-01T08:02:10Z'
const [wrong, right] = ['kari@feil.example', 'kari@example.com']

/** Mails about something, and a mail server that takes them as soon as it is asked a second time. */
function aShop() {
  const aboutId = crypto.randomUUID()
  const asked: string[] = []
  const handed: Parameters<Mailer['send']>[0][] = []
  const jobs = {
    enqueue: async (_trx: unknown, _name: string, all: { data: { mailId: string } }[]) =>
      void asked.push(...all.map(({ data }) => data.mailId)),
  } as unknown as Jobs
  let isUp = false
  const { run } = sendMail({
    db,
    together,
    mailer: {
      async send(mail) {
        handed.push(mail)
        if (!isUp) throw new Error('451 later')
        return { outcome: 'accepted', response: '250 taken' }
      },
      close() {},
    },
    read: async (aboutId) => aboutId,
    fromOf: () => 'Shop <post@shop.example>',
    clock: { now: () => Temporal.Instant.from(at) },
    compose: async (kind, _aboutId, detail) => ({
      ...{ locale: 'nb', subject: kind, text: JSON.stringify(detail ?? {}) },
      attachments: [{ filename: 'a', content: 'x'.repeat(200), contentType: 'text/plain', manyHaveIt: true }],
    }),
  })
  const queue = (kind: string, more: object = {}) =>
    db.transaction().execute((trx) => queueMail(trx, jobs, { aboutId, kind, recipient: wrong, at, ...more }))
  const redirect = (instead?: string) =>
    db
      .transaction()
      .execute((trx) => redirectMails(trx, { aboutIds: [aboutId], recipient: right, at, ...(instead && { instead }) }))
  const sendAll = async () => {
    isUp = true
    for (const mailId of asked.splice(0)) await run({ mailId })
  }
  return { aboutId, asked, handed, jobs, run, queue, redirect, sendAll }
}

t.test('what waits for something goes on waiting, and then goes to the corrected address', async (t) => {
  const { aboutId, asked, handed, jobs, queue, redirect, sendAll } = aShop()
  await queue('sent', { detail: { parcel: 1 }, waitsUntil: '2026-06-01T08:12:10Z' })
  await redirect()
  t.strictSame(asked, [], 'it is not sent any sooner')
  const found = await db
    .transaction()
    .execute((trx) => completeMail(trx, jobs, { aboutId, kind: 'sent', detail: { parcel: 1 } }, { entryId: 7 }))
  t.equal(found, true)
  await sendAll()
  t.strictSame(
    handed.map(({ to }) => to),
    [right],
  )
  t.match(handed[0]!.bytes.toString(), /entryId/)
})

t.test('what was made for the wrong address and not taken is made anew, and reads so', async (t) => {
  const { asked, handed, run, queue, redirect, sendAll } = aShop()
  await queue('cancelled')
  await t.rejects(run({ mailId: asked[0]! }), /451/)
  await redirect()
  await sendAll()
  t.strictSame(
    handed.map(({ to }) => to),
    [wrong, right],
  )
  t.match(handed[1]!.bytes.toString(), new RegExp(`To: ${right}`))
  t.notMatch(handed[1]!.bytes.toString(), new RegExp(wrong))
})

t.test('what is written anew is not sent as it was, what was taken stays, and others are left alone', async (t) => {
  const { aboutId, handed, queue, redirect, sendAll } = aShop()
  const other = aShop()
  await queue('acknowledgement')
  await sendAll()
  await queue('confirmation')
  await other.queue('cancelled')
  await redirect('confirmation')
  await sendAll()
  await other.sendAll()
  t.equal(handed.length, 1)
  t.equal(other.handed[0]!.to, wrong)
  const taken = await db.transaction().execute((trx) => mailsTaken(trx, { aboutId, recipient: wrong }))
  t.strictSame(taken, ['acknowledgement'])
})

t.test('of two mails of a kind the later one counts', async (t) => {
  const { aboutId, asked, queue } = aShop()
  for (const second of ['10', '11']) await queue('confirmation', { at: `2026-06-01T08:02:${second}Z` })
  const counts = asked.map((mailId) =>
    db.transaction().execute((trx) => isNewest(trx, { mailId, aboutId, kind: 'confirmation' })),
  )
  t.strictSame(await Promise.all(counts), [false, true])
})
