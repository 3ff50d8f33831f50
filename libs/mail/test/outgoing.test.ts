import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import type { Jobs } from '@vilkar/server/jobs.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { createTogether } from '@vilkar/server/together.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import t from 'tap'
import type { Mailer, Sent } from '../mail.ts'
import {
  completeMail,
  type MailTables,
  mailIdOf,
  messageIdOf,
  queueMail,
  sendMail,
  sendWaited,
  sentBytes,
} from '../outgoing.ts'

const pool = createPool(await freshDatabase(fileURLToPath(new URL('../migrations', import.meta.url))))
t.teardown(() => pool.end())
const db = createDatabase<MailTables>(pool)
const together = createTogether({ db, wake: () => {} })
const from = 'Shop <post@shop.example>'
const at = '2026-06-01T08:02:10Z'

/** A mail server of the test's own mind, and what was handed to it. */
function aMailer(answer: () => Sent) {
  const handed: Parameters<Mailer['send']>[0][] = []
  const mailer: Mailer = {
    async send(mail) {
      handed.push(mail)
      return answer()
    },
    close() {},
  }
  return { mailer, handed }
}
async function queued() {
  const asked: { name: string; mailId: string }[] = []
  const jobs = {
    enqueue: async (_trx: unknown, name: string, all: { data: { mailId: string } }[]) => {
      asked.push(...all.map(({ data }) => ({ name, ...data })))
    },
  } as unknown as Jobs
  const mail = { aboutId: crypto.randomUUID(), kind: 'confirmation', recipient: 'kari@example.com', at }
  await db.transaction().execute((trx) => queueMail(trx, jobs, mail))
  assert.equal(asked.length, 1)
  assert.equal(asked[0]!.name, 'send-mail')
  return { mailId: asked[0]!.mailId, aboutId: mail.aboutId }
}
const rowOf = (id: string) => db.selectFrom('mail').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
function outgoing(mailer: Mailer) {
  let composed = 0
  const told: object[] = []
  const { run } = sendMail({
    db,
    together,
    mailer,
    read: async (aboutId) => aboutId,
    fromOf: () => from,
    clock: { now: () => Temporal.Instant.from(at) },
    compose: async (kind, aboutId) => ({ locale: 'nb', subject: `${kind} ${++composed}`, text: `Om ${aboutId}` }),
    settled: async (_trx, mail) => void told.push(mail),
  })
  return { run, told }
}

t.test('a Message-ID leads back to its mail, with brackets and without, whatever the sender is called', async (t) => {
  const id = crypto.randomUUID()
  for (const sender of [from, 'post@shop.example', '"A, B" <post@shop.example>', 'no address at all']) {
    const messageId = messageIdOf(id, sender)
    t.equal(mailIdOf(messageId), id)
    t.equal(mailIdOf(`<${messageId}>`), id)
  }
  t.equal(messageIdOf(id, from), `${id}@shop.example`)
})

t.test('a Message-ID of somebody else names no mail of ours', async (t) => {
  for (const strange of [
    '',
    '<>',
    'abc@shop.example',
    `x${crypto.randomUUID()}@a`,
    `${crypto.randomUUID()}`,
    `<'; drop table mail; --@a>`,
  ])
    t.equal(mailIdOf(strange), undefined)
})

t.test('a queued mail is sent once: its bytes and the answer are kept, and whoever waits for it is told', async (t) => {
  const { mailId, aboutId } = await queued()
  const { mailer, handed } = aMailer(() => ({ outcome: 'accepted', response: '250 taken' }))
  const { run, told } = outgoing(mailer)
  await run({ mailId })
  await run({ mailId })
  t.equal(handed.length, 1)
  t.equal(handed[0]!.to, 'kari@example.com')
  const row = await rowOf(mailId)
  t.hasStrict(row, { status: 'accepted', response: '250 taken' })
  t.ok(row.message!.equals(handed[0]!.bytes))
  t.match(row.message!.toString(), new RegExp(`Message-ID: <${messageIdOf(mailId, from)}>`))
  const messageId = messageIdOf(mailId, from)
  t.strictSame(told, [
    { mailId, aboutId, kind: 'confirmation', messageId, at, outcome: 'accepted', response: '250 taken' },
  ])
})

t.test('whoever keeps what goes out hears of it once, with the bytes, and before anything is sent', async (t) => {
  const { mailId } = await queued()
  const seen: string[] = []
  const attachments = [{ filename: 'terms.md', content: 'The terms.', contentType: 'text/markdown' }]
  const { mailer } = aMailer(() => {
    seen.push('sent')
    if (seen.length < 3) throw new Error('451 later')
    return { outcome: 'accepted', response: '250 taken' }
  })
  const { run } = sendMail({
    ...{
      db,
      together,
      mailer,
      read: async (aboutId) => aboutId,
      fromOf: () => from,
      clock: { now: () => Temporal.Instant.from(at) },
    },
    compose: async () => ({ locale: 'nb', subject: 'A', text: 'B', attachments }),
    rendered: async (_trx, mail) => void seen.push(`${mail.mailId} ${mail.attachments[0]!.content}`),
  })
  await t.rejects(run({ mailId }))
  await run({ mailId })
  t.strictSame(seen, [`${mailId} The terms.`, 'sent', 'sent'])
})

t.test('a second try after a failure sends the same bytes, though its words would be others by now', async (t) => {
  const { mailId } = await queued()
  let tries = 0
  const { mailer, handed } = aMailer(() => {
    if (++tries === 1) throw new Error('451 later')
    return { outcome: 'accepted', response: '250 taken' }
  })
  const { run, told } = outgoing(mailer)
  await t.rejects(run({ mailId }), /451 later/)
  t.equal((await rowOf(mailId)).status, 'queued')
  t.strictSame(told, [])
  await run({ mailId })
  t.equal(handed.length, 2)
  t.ok(handed[0]!.bytes.equals(handed[1]!.bytes))
  t.equal((await rowOf(mailId)).status, 'accepted')
})

t.test('a definite no is kept as such, and told', async (t) => {
  const { mailId } = await queued()
  const { run, told } = outgoing(aMailer(() => ({ outcome: 'rejected', response: '550 no such user' })).mailer)
  await run({ mailId })
  t.hasStrict(await rowOf(mailId), { status: 'rejected', response: '550 no such user' })
  t.hasStrict(told, [{ outcome: 'rejected' }])
})

t.test('when noting the answer fails, the mail stays queued and goes again as it was', async (t) => {
  const { mailId } = await queued()
  const { mailer, handed } = aMailer(() => ({ outcome: 'accepted', response: '250 taken' }))
  const { run } = sendMail({
    db,
    together,
    mailer,
    read: async (aboutId) => aboutId,
    fromOf: () => from,
    clock: { now: () => Temporal.Instant.from(at) },
    compose: async () => ({ locale: 'en', subject: 'x', text: 'x' }),
    settled: async () => {
      if (handed.length === 1) throw new Error('the database went away')
    },
  })
  await t.rejects(run({ mailId }), /went away/)
  t.equal((await rowOf(mailId)).status, 'queued')
  await run({ mailId })
  t.ok(handed[0]!.bytes.equals(handed[1]!.bytes))
})

t.test(
  'what many mails have is kept once, what one has as it is, and each is sent and read as it was made',
  async (t) => {
    const pdf = Buffer.from(Array.from({ length: 2_000 }, (_, n) => n % 251))
    const invoice = Buffer.from(Array.from({ length: 3_000 }, (_, n) => (n * 7) % 253))
    const attachments = [
      { filename: 'invoice.pdf', content: invoice, contentType: 'application/pdf' },
      { filename: 'terms.pdf', content: pdf, contentType: 'application/pdf', manyHaveIt: true as const },
      { filename: 'own.txt', content: 'Only this one has it.', contentType: 'text/plain' },
      {
        filename: 'terms.md',
        content: 'Vilkår æøå\n'.repeat(30),
        contentType: 'text/markdown',
        manyHaveIt: true as const,
      },
      { filename: 'again.pdf', content: invoice, contentType: 'application/pdf' },
      { filename: 'empty.pdf', content: Buffer.alloc(0), contentType: 'application/pdf' },
    ]
    for (const _ of [1, 2]) {
      const { mailId } = await queued()
      let tries = 0
      const { mailer, handed } = aMailer(() => {
        if (++tries === 1) throw new Error('451 later')
        return { outcome: 'accepted', response: '250 taken' }
      })
      const { run } = sendMail({
        ...{
          db,
          together,
          mailer,
          read: async (aboutId) => aboutId,
          fromOf: () => from,
          clock: { now: () => Temporal.Instant.from(at) },
        },
        compose: async () => ({ locale: 'nb', subject: 'A', text: 'B', attachments }),
      })
      await t.rejects(run({ mailId }))
      await run({ mailId })
      t.ok(handed[0]!.bytes.equals(handed[1]!.bytes), 'the first try and the second are the same bytes')
      t.ok((await sentBytes(db, mailId))!.equals(handed[0]!.bytes))
      const { message, cuts } = await rowOf(mailId)
      t.equal(cuts!.length, 4)
      t.ok(message!.length < handed[0]!.bytes.length - pdf.length - 2 * (invoice.length / 3))
      t.ok(message!.includes(invoice), 'in its own bytes')
    }
    t.equal((await db.selectFrom('mail_attachment').selectAll().execute()).length, 2)
  },
)

t.test('a mail that waits is sent once: with what it waited for, or without when that does not come', async (t) => {
  const sent: string[] = []
  const jobs = {
    enqueue: async (_trx: unknown, _name: string, all: { data: { mailId: string } }[]) =>
      void sent.push(...all.map(({ data }) => data.mailId)),
  } as unknown as Jobs
  const aboutId = crypto.randomUUID()
  const waiting = { aboutId, kind: 'sent', recipient: 'kari@example.com', at, waitsUntil: '2026-06-01T08:12:10Z' }
  const wait = (parcel: number) =>
    db.transaction().execute((trx) => queueMail(trx, jobs, { ...waiting, detail: { parcel } }))
  const complete = (parcel: number) =>
    db
      .transaction()
      .execute((trx) => completeMail(trx, jobs, { aboutId, kind: 'sent', detail: { parcel } }, { entryId: parcel }))
  const waited = (minute: string) => sendWaited(db, jobs, Temporal.Instant.from(`2026-06-01T08:${minute}:10Z`))
  for (const parcel of [1, 2]) await wait(parcel)
  t.equal(await waited('11'), 0)
  t.strictSame(sent, [])
  t.equal(await complete(2), true)
  t.equal(await complete(2), false, 'it is complete already')
  t.equal(await waited('12'), 1)
  t.equal(await waited('12'), 0)
  t.equal(await complete(1), false, 'it went without')
  const rows = await db.selectFrom('mail').selectAll().where('about_id', '=', aboutId).execute()
  const byId = new Map(rows.map(({ id, detail }) => [id, detail]))
  t.strictSame(
    sent.map((id) => byId.get(id)),
    [{ parcel: 2, entryId: 2 }, { parcel: 1 }],
  )
})
