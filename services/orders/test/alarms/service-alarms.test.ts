import { eventSources, jobSource, mailSource, type Source } from '@vilkar/alarms/sources.ts'
import { createWatch } from '@vilkar/alarms/watch.ts'
import { resumeMails } from '@vilkar/mail/resume-mails.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { sql } from 'kysely'
import t from 'tap'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'

const house = await startOrdersForTest(t)
const { db, deps, owner, call } = house
const { placed, reaches } = paying(house)
await house.stock()

const sources = [...eventSources, jobSource, mailSource]
type Alarm = { id: string; about: string; orderId?: string; resolvedAt?: string; resolution?: string; detail: object }
const alarms = async (kind: string): Promise<Alarm[]> =>
  (await call('support', 'GET', `/alarms?kind=${kind}`)).body.items

/** What is wrong is noticed at the first look and told at the second; what is mended is over at the third. */
async function watched(kind: string, mend: () => Promise<unknown>) {
  const look = createWatch(deps, sources as Source[])
  const open = async () => (await alarms(kind)).filter(({ resolvedAt }) => resolvedAt === undefined)
  await look()
  const noticed = await open()
  await look()
  await look()
  const told = await open()
  await mend()
  await look()
  const over = (await alarms(kind)).filter(({ id }) => told.some((alarm) => alarm.id === id))
  return { noticed, told, over, left: await open() }
}

const backlog = async () => (await call('support', 'GET', '/backlog')).body

t.test('a person is called for what the service stands on, once, and no longer than it lasts', async (t) => {
  t.test('a dead letter, until it is revived', async (t) => {
    const [eventId, aggregateId] = [crypto.randomUUID(), crypto.randomUUID()]
    await sql`insert into inbox (producer, event_id, pub_no, aggregate_id, aggregate_version, type, envelope, attempts, last_error, dead_at)
      values ('shipping', ${eventId}, 1, ${aggregateId}, 1, 'ShipmentDelivered', '{}', 21, 'no such order', now())`.execute(
      db,
    )
    const { noticed, told, over, left } = await watched('dead-letter', async () => {
      const revive = (body: object) => call('support', 'POST', '/dead-letters/revival', body)
      assertProblem(await call('storefront', 'GET', '/dead-letters'), 403, 'scope-missing', /staff/)
      const { items } = (await call('support', 'GET', '/dead-letters')).body
      t.hasStrict(items, [
        { eventId, aggregateId, producer: 'shipping', attempts: 21, dead: true, error: 'no such order' },
      ])
      t.hasStrict((await backlog()).inbox, { waiting: 1, failing: 0, dead: 1 })
      t.strictSame((await revive({ aggregateId: crypto.randomUUID() })).body, { revived: 0 })
      t.strictSame((await revive({ aggregateId })).body, { revived: 1 })
      assertProblem(await call('storefront', 'POST', '/dead-letters/revival', {}), 403, 'scope-missing', /staff/)
    })
    t.strictSame(noticed, [])
    t.hasStrict(told, [{ about: eventId, detail: { producer: 'shipping', type: 'ShipmentDelivered', aggregateId } }])
    t.equal(told[0]!.orderId, undefined)
    t.hasStrict(over, [{ resolution: 'It was revived.' }])
    t.strictSame(left, [])
  })

  t.test('an event that fails for an hour, until it works', async (t) => {
    const eventId = crypto.randomUUID()
    await sql`insert into inbox (producer, event_id, pub_no, aggregate_id, aggregate_version, type, envelope, attempts, received_at)
      values ('shipping', ${eventId}, 2, ${crypto.randomUUID()}, 1, 'ShipmentDelivered', '{}', 15, now() - interval '61 minutes'),
        ('shipping', ${crypto.randomUUID()}, 3, ${crypto.randomUUID()}, 1, 'ShipmentDelivered', '{}', 14, now() - interval '59 minutes'),
        ('shipping', ${crypto.randomUUID()}, 4, ${crypto.randomUUID()}, 2, 'ShipmentDelivered', '{}', 0, now() - interval '2 days')`.execute(
      db,
    )
    const { items, count } = (await call('support', 'GET', '/dead-letters?limit=1')).body
    t.strictSame([items.length, count], [1, 2], 'the first alone, and how many there are')
    const applied = sql`update inbox set applied = true where event_id = ${eventId}`
    const { told, left } = await watched('event-failing', () => applied.execute(db))
    t.strictSame(
      told.map(({ about }) => about),
      [eventId],
    )
    t.strictSame(left, [])
  })

  t.test('a relay that does not tell what happened', async (t) => {
    await placed()
    await sql`update outbox set stored_at = now() - interval '61 seconds'`.execute(owner)
    const { outbox, relay } = await backlog()
    t.ok(
      outbox.waiting > 0 && Temporal.Instant.from(outbox.oldestAt).until(Temporal.Now.instant()).total('seconds') > 60,
    )
    t.strictSame(relay, { numbered: 0, published: 0, epoch: 0 }, 'nobody leads')
    const { told, left } = await watched('relay-behind', () => sql`update outbox set stored_at = now()`.execute(owner))
    t.hasStrict(told, [{ about: 'relay' }])
    t.strictSame(left, [])
  })

  t.test('partitions that nobody works on', async (t) => {
    const taken = sql`update partition_lease set lease_until = now() where p > 0`
    const { told, left } = await watched('partition-idle', () => taken.execute(db))
    t.equal(told.length, 8)
    t.strictSame((await backlog()).partitions, { idle: 8, all: 8 })
    t.strictSame(
      left.map(({ about }) => about),
      ['partition 0'],
    )
  })

  t.test('jobs that fail for an hour are one alarm, whatever they are about', async (t) => {
    const data = [{ data: { operationId: crypto.randomUUID() } }, { data: { operationId: crypto.randomUUID() } }]
    await transact(deps, (trx) =>
      deps.jobs.enqueue(
        trx,
        'settle-payment',
        data.map((job) => ({ ...job, startAfterSeconds: 3_600 })),
      ),
    )
    const failed = (times: number) =>
      sql`update jobs.job set state = 'retry', retry_count = ${times} where name = 'settle-payment'`.execute(owner)
    await failed(16)
    t.hasStrict(
      (await backlog()).jobs.filter(({ queue }: { queue: string }) => queue === 'settle-payment'),
      [{ queue: 'settle-payment', waiting: 0, later: 2, active: 0, failing: 2, tries: 16 }],
    )
    const { told, left } = await watched('jobs-failing', () => failed(15))
    t.hasStrict(told, [{ about: 'settle-payment', detail: { jobs: 2, tries: 16 } }])
    t.strictSame(left, [])
    await sql`delete from jobs.job where name = 'settle-payment'`.execute(owner)
  })
})

t.test(
  'mails wait for a mail server that is away for weeks; then they are sent, and the contract is formed',
  async (t) => {
    const { send } = deps.mailer
    t.teardown(() => Object.assign(deps.mailer, { send }))
    const away = async () => {
      throw new Error('connect ECONNREFUSED')
    }
    Object.assign(deps.mailer, { send: away })
    const order = await placed()
    house.klarna.approve(order.session)
    await reaches(order.id, 'awaiting-confirmation')
    house.clock.advance('PT61M')
    t.equal(await resumeMails(deps), 0, 'their jobs are tried again and again')

    // As the queue does after two weeks in vain.
    await eventually('the jobs to wait', async () => {
      await sql`delete from jobs.job where name = 'send-mail' and state = 'retry'`.execute(owner)
      return (
        (await sql`select from jobs.job where name = 'send-mail' and state < 'completed'`.execute(owner)).rows
          .length === 0
      )
    })
    const { told, over } = await watched('mails-unsent', async () => {
      Object.assign(deps.mailer, { send })
      t.ok((await resumeMails(deps)) > 0)
      t.equal(await resumeMails(deps), 0, 'each has one job')
      deps.wake()
      await reaches(order.id, 'formed')
    })
    t.hasStrict(told, [{ about: 'mails' }])
    t.hasStrict(over, [{ resolution: 'The mail server took them.' }])
  },
)
