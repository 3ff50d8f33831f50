import { deepStrictEqual } from 'node:assert/strict'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { auditHouse, figuresOf } from '../audit.ts'
import { isFaultless, play } from '../chaos.ts'
import { openHouse } from '../house.ts'
import { openWork } from '../rest.ts'

/** Short, and with fewer processes than `pnpm chaos` has: it shows that all parts work, not that nothing ever breaks. */
const SHORT = { seed: 4, minutes: 0.25, perSecond: 1 }
const REPLICAS = { orders: 2 }

const house = await openHouse({ replicas: REPLICAS })
t.teardown(() => house.stop())
const { orders, shipping } = house.pools
/** A fault that may be the cause of any mail that arrived twice during the run. */
const whole = () =>
  ({ kind: 'process-killed', place: 'orders-1', atMs: 0, lastsMs: 0, fromMs: 0, toMs: performance.now() }) as const
const figures = async () => figuresOf(await auditHouse(house, { happened: [whole()], open: await openWork(house) }))
const NOTHING = { lost: 0, doubled: 0, outOfOrder: 0, hung: 0 }
/** A house at rest still looks at payments and cleans up at its hours: what such work has under way ends, and what hangs does not. */
const nothing = () =>
  eventually('nothing to be found', async () => {
    deepStrictEqual(await figures(), NOTHING)
    return true
  })

t.test('after a short chaos nothing is lost, doubled, out of order or left hanging', async (t) => {
  const result = await play(house, SHORT)
  t.ok(isFaultless({ ...result, settleMs: 0 }), JSON.stringify(result))
  t.ok(result.orders > 0 && result.mails > 0, 'there was load')
  t.ok(Object.values(result.faults).reduce((sum, count) => sum + count, 0) > 2, 'there were faults')
})

/** What is planted, and what undoes it. */
const event = `(select aggregate_id from outbox where type = 'OrderPlaced' order by seq limit 1)`
const planted: Record<string, { pool: typeof orders; sql: string; undo: string; figure: keyof typeof NOTHING }> = {
  'an event that was never heard': {
    pool: shipping,
    sql: `create table planted as select * from inbox where producer = 'orders' order by pub_no desc limit 1;
      delete from inbox using planted where inbox.event_id = planted.event_id`,
    undo: 'insert into inbox select * from planted; drop table planted',
    figure: 'lost',
  },
  'an order of which nobody but the customer knows': {
    pool: orders,
    sql: `create table planted as select * from outbox where aggregate_id = ${event};
      delete from outbox using planted where outbox.event_id = planted.event_id`,
    undo: 'insert into outbox overriding system value select * from planted; drop table planted',
    figure: 'lost',
  },
  'an order that was placed twice': {
    pool: orders,
    sql: `insert into orders (id, number, version, status, state, personal, placed_at)
      select gen_random_uuid(), 'planted', version, status, state, personal, placed_at from orders limit 1`,
    undo: `delete from orders where number = 'planted'`,
    figure: 'doubled',
  },
  'two mails that say the same': {
    pool: orders,
    sql: `create table planted as select gen_random_uuid() as id;
      insert into mail (id, about_id, kind, status, recipient, detail, created_at)
      select planted.id, about_id, kind, 'rejected', recipient, detail, created_at from mail, planted limit 1`,
    undo: 'delete from mail using planted where mail.id = planted.id; drop table planted',
    figure: 'doubled',
  },
  'a mail that never arrived': {
    pool: orders,
    sql: `create table planted as select gen_random_uuid() as id;
      insert into mail (id, about_id, kind, status, recipient, created_at)
      select planted.id, planted.id, 'confirmation', 'accepted', 'nobody@example.com', now() from planted`,
    undo: 'delete from mail using planted where mail.id = planted.id; drop table planted',
    figure: 'lost',
  },
  'events that were told in another order than they happened': {
    pool: orders,
    sql: `create table planted as select min(pub_no) as a, max(pub_no) as b from outbox where aggregate_id = ${event};
      update outbox set pub_no = -pub_no from planted where pub_no in (a, b);
      update outbox set pub_no = a + b + pub_no from planted where pub_no in (-a, -b)`,
    undo: `update outbox set pub_no = -pub_no from planted where pub_no in (a, b);
      update outbox set pub_no = a + b + pub_no from planted where pub_no in (-a, -b); drop table planted`,
    figure: 'outOfOrder',
  },
  'a job that nobody works on': {
    pool: orders,
    sql: `insert into jobs.job (name, state, start_after, data) values ('reconcile-day', 'retry', now() + interval '1 hour', '{"planted": true}')`,
    undo: `delete from jobs.job where data ? 'planted'`,
    figure: 'hung',
  },
}

t.test('the audit finds nothing where nothing is planted', async (t) => t.ok(await nothing()))

for (const [what, { pool, sql, undo, figure }] of Object.entries(planted))
  t.test(`the audit finds ${what}`, async (t) => {
    t.capture(console, 'error')
    await pool.query(sql)
    t.ok((await figures())[figure] > 0, figure)
    await pool.query(undo)
  })

t.test('and nothing once that is undone', async (t) => t.ok(await nothing()))

t.test('the audit finds events that were applied in another order than they happened', async (t) => {
  // The first event of an order is marked again, by a transaction that commits after those of the later ones.
  const { rows } = await shipping.query(`
    update inbox set attempts = attempts where (producer, aggregate_id, aggregate_version) = (
      select producer, aggregate_id, 1 from inbox where applied group by 1, 2 having count(*) > 1 limit 1)
    returning event_id`)
  t.equal(rows.length, 1)
  t.ok((await figures()).outOfOrder > 0)
})

t.test('the audit finds a mail that arrived twice, unless a fault lay between', async (t) => {
  const doubled = async (happened: Parameters<typeof auditHouse>[1]['happened']) =>
    figuresOf(await auditHouse(house, { happened, open: [] })).doubled
  const ids = house.mailLog.taken().map(({ messageId }) => messageId)
  const before = await doubled([])
  house.mailLog.note({ messageId: ids.find((id) => ids.indexOf(id) === ids.lastIndexOf(id))! })
  t.equal(await doubled([]), before + 1)
  t.equal(await doubled([whole()]), 0)
})
