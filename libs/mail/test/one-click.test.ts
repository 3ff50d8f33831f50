import { fileURLToPath } from 'node:url'
import type { Jobs } from '@vilkar/server/jobs.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { createTogether } from '@vilkar/server/together.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import t from 'tap'
import { assertLeavable, isMarketing, unsubscribeHeaders } from '../one-click.ts'
import { type MailTables, queueMail, sendMail } from '../outgoing.ts'

const URL_OF_A_LINK = `https://privacy.shop.example/unsubscribe/${'eyJhbGciOiJIUzI1NiJ9'.repeat(20)}`

t.test('marketing is a kind that says so, and no other', async (t) => {
  for (const kind of ['marketing', 'marketing-newsletter']) t.ok(isMarketing(kind), kind)
  for (const kind of ['confirmation', 'about-marketing', 'marketingish']) t.notOk(isMarketing(kind), kind)
})

t.test('marketing that cannot be left with one click over https is refused; other mails need nothing', async (t) => {
  const whole = unsubscribeHeaders(URL_OF_A_LINK)
  assertLeavable('marketing', whole)
  assertLeavable('marketing', unsubscribeHeaders('http://127.0.0.1:4008/unsubscribe/x'))
  assertLeavable('confirmation')
  const refused = {
    none: undefined,
    'no post': { 'List-Unsubscribe': whole['List-Unsubscribe'] },
    'no address': { 'List-Unsubscribe-Post': whole['List-Unsubscribe-Post'] },
    'an address without brackets': { ...whole, 'List-Unsubscribe': URL_OF_A_LINK },
    'only a mailbox': { ...whole, 'List-Unsubscribe': '<mailto:leave@shop.example>' },
    'http beyond loopback': unsubscribeHeaders('http://privacy.shop.example/unsubscribe/x'),
    'another word': { ...whole, 'List-Unsubscribe-Post': 'One-Click' },
  }
  for (const [what, headers] of Object.entries(refused)) {
    t.throws(() => assertLeavable('marketing-newsletter', headers), /cannot be left with one click/, what)
  }
})

t.test('a mail of marketing goes out with both headers whole, and not at all without them', async (t) => {
  const pool = createPool(await freshDatabase(fileURLToPath(new URL('../migrations', import.meta.url))))
  t.teardown(() => pool.end())
  const db = createDatabase<MailTables>(pool)
  const at = '2026-06-01T08:02:10Z'
  const sent: Buffer[] = []
  const running = (headers?: Record<string, string>) =>
    sendMail({
      db,
      together: createTogether({ db, wake: () => {} }),
      mailer: {
        async send({ bytes }) {
          sent.push(bytes)
          return { outcome: 'accepted', response: '250 OK' }
        },
        close() {},
      },
      read: async (aboutId) => aboutId,
      fromOf: () => 'Shop <post@shop.example>',
      clock: { now: () => Temporal.Instant.from(at) },
      compose: async () => ({ locale: 'nb', subject: 'Nyheter', text: 'Nytt i butikken.', headers }),
    }).run
  const mailIds: string[] = []
  const jobs = {
    enqueue: async (_trx: unknown, _name: string, all: { data: { mailId: string } }[]) =>
      void mailIds.push(...all.map(({ data }) => data.mailId)),
  } as unknown as Jobs
  const mail = { aboutId: crypto.randomUUID(), kind: 'marketing-newsletter', recipient: 'kari@example.com', at }
  await db.transaction().execute((trx) => queueMail(trx, jobs, mail))
  const [mailId] = mailIds as [string]

  await t.rejects(running()({ mailId }), /cannot be left with one click/)
  t.equal(sent.length, 0)
  await running(unsubscribeHeaders(URL_OF_A_LINK) as Record<string, string>)({ mailId })
  const header = sent[0]!
    .toString('latin1')
    .split('\r\n\r\n', 1)[0]!
    .replaceAll(/\r\n[ \t]/g, ' ')
    .split('\r\n')
  t.ok(header.includes(`List-Unsubscribe: <${URL_OF_A_LINK}>`))
  t.ok(header.includes('List-Unsubscribe-Post: List-Unsubscribe=One-Click'))
})
