import type { Envelope } from '@vilkar/contracts/event.ts'
import { example } from '@vilkar/contracts/test/examples.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { sql } from 'kysely'
import t from 'tap'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'

const house = await startOrdersForTest(t)
const { db, deps, owner, call } = house
const { placed, formed, reaches } = paying(house)
await house.stock()

type Failing = { orderId: string; shipmentId: string; version?: number; attempts?: number; of?: Partial<Envelope> }
/** An event of shipping that waits here: a dead letter unless it never was tried. */
async function waits({ orderId, shipmentId, version = 1, attempts = 21, of = {} }: Failing) {
  const { data, ...envelope } = example('ShipmentDispatched')
  const id = crypto.randomUUID()
  const said = {
    ...{ ...envelope, id, subject: shipmentId, aggregateversion: version, ...of },
    data: { ...data, orderId, shipmentId, lines: [{ lineId: '1', sku: 'SENSOR-1', name: 'Sensor', quantity: 1 }] },
  }
  await sql`insert into inbox (producer, event_id, pub_no, aggregate_id, aggregate_version, type, envelope, attempts, last_error, dead_at)
    values ('shipping', ${id}, ${version}, ${shipmentId}, ${version}, ${said.type}, ${JSON.stringify(said)}, ${attempts},
      ${attempts > 0 ? 'it failed' : null}, case when ${attempts}::int > 0 then now() end)`.execute(db)
  return id
}
const revival = async (body: object) => (await call('support', 'POST', '/dead-letters/revival/preview', body)).body
const rowsOf = async () =>
  (
    await sql`select (select count(*) from mail) mails, (select count(*) from outbox) told, (select count(*) from jobs.job) jobs,
      (select jsonb_agg(to_jsonb(inbox) order by event_id) from inbox) inbox`.execute(owner)
  ).rows[0]

t.test('what trying a dead letter again would do is seen before, and nothing of it is done', async (t) => {
  const order = await formed()
  const shipmentId = crypto.randomUUID()
  const [first, behind] = [
    await waits({ orderId: order.id, shipmentId }),
    await waits({ orderId: order.id, shipmentId, version: 3, attempts: 0 }),
  ]
  await eventually(
    'the mails to be sent',
    async () => (await sql`select from mail where status = 'queued'`.execute(db)).rows.length === 0,
  )
  const before = await rowsOf()
  const { failed, items } = await revival({ aggregateId: shipmentId })
  t.equal(failed, 1, 'what waits behind did not fail')
  t.hasStrict(items, [
    {
      ...{ producer: 'shipping', aggregateId: shipmentId, orderId: order.id, rehearsed: true },
      events: [
        { eventId: first, type: 'ShipmentDispatched', failed: true, outcome: 'applied' },
        { eventId: behind, failed: false, outcome: 'waits' },
      ],
      tells: ['OrderDispatched'],
      mails: [{ kind: 'sent', aboutId: order.id, to: order.customer.email }],
    },
  ])
  t.ok(items[0].reasons.length > 0 && items[0].reasons[0].cites[0].text, 'what it rests on')
  t.strictSame(await rowsOf(), before, 'nothing was done')
  t.equal((await reaches(order.id, 'formed')).status, 'formed')
  assertProblem(await call('storefront', 'POST', '/dead-letters/revival/preview', {}), 403, 'scope-missing', /staff/)
})

t.test('what would fail again says with what, and what is behind it waits', async (t) => {
  const shipmentId = crypto.randomUUID()
  const of = { aggregateversion: 1, type: 'ShipmentDispatched', time: 'yesterday' }
  await waits({ orderId: crypto.randomUUID(), shipmentId, of })
  await waits({ orderId: crypto.randomUUID(), shipmentId, version: 2, attempts: 0 })
  const { items } = await revival({ aggregateId: shipmentId })
  t.strictSame(
    items[0].events.map(({ outcome }: { outcome: string }) => outcome),
    ['fails', 'waits'],
  )
  t.ok(items[0].events[0].error)
  t.strictSame([items[0].tells, items[0].mails], [[], []])
})

t.test('of many orders the first are tried for the answer, and all are counted', async (t) => {
  for (let n = 0; n < 11; n++) await waits({ orderId: crypto.randomUUID(), shipmentId: crypto.randomUUID() })
  const { failed, items } = await revival({})
  t.ok(failed >= 12)
  t.equal(items.length, failed)
  t.strictSame(
    items.map(({ rehearsed }: { rehearsed: boolean }) => rehearsed),
    items.map((_: unknown, n: number) => n < 10),
  )
})

t.test('which mails would go to whom is seen before they are tried again, and none is sent', async (t) => {
  const { send } = deps.mailer
  t.teardown(() => Object.assign(deps.mailer, { send }))
  let tries = 0
  Object.assign(deps.mailer, {
    send: async () => {
      tries++
      throw new Error('connect ECONNREFUSED')
    },
  })
  const order = await placed()
  await eventually('a try in vain', async () => tries > 0)
  house.clock.advance('PT61M')
  const preview = async (body: object) => (await call('support', 'POST', '/mails/unsent/retry/preview', body)).body
  const { count, items } = await preview({})
  t.equal(count, items.length)
  const mail = items.find(({ aboutId }: { aboutId: string }) => aboutId === order.id)
  t.hasStrict(mail, { kind: 'acknowledgement', to: order.customer.email, written: true })
  t.match(mail.subject, new RegExp(order.number))
  t.hasStrict(await preview({ mailId: mail.mailId }), { count: 1, items: [{ mailId: mail.mailId }] })
  t.strictSame(await preview({ mailId: crypto.randomUUID() }), { count: 0, items: [] })
  assertProblem(await call('storefront', 'POST', '/mails/unsent/retry/preview', {}), 403, 'scope-missing', /staff/)
})
