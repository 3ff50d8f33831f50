import { createPool } from '@vilkar/server/postgres.ts'
import { transact } from '@vilkar/server/transact.ts'
import { type Trim, trim } from '@vilkar/server/trimming.ts'
import { asOwner } from '@vilkar/testing/database.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { sql } from 'kysely'
import t from 'tap'
import { trims } from '../service.ts'
import { startOrdersForTest } from './orders-service.ts'

const KEEP_FOR = 'P30D'
const WEEKS = 52
const ORDERS_A_WEEK = 4
/** What lives for 30 days lives for five looks that are a week apart. */
const WEEKS_KEPT = 5

const house = await startOrdersForTest(t)
const { call, db, clock, owner, pool, deps, quote, orderOf, stock } = house
await stock('SENSOR-1', { stock: 100_000 })
/** As the role that runs the service: what is trimmed is trimmed with its rights. */
const look = (using: Trim[] = trims) => trim({ db: deps.db, clock, trims: using, keepFor: KEEP_FOR })
const place = (body: object, key: string) => call('storefront', 'POST', '/orders', body, { 'idempotency-key': key })
const count = async (table: string) => (await pool.query(`select count(*)::int as n from ${table}`)).rows[0].n as number
const named = (table: string) => trims.filter((one) => one.table === table)

/** Lets time pass: for the shop by its clock, and for what the database stamps itself by its stamps. */
async function pass(days: number) {
  clock.advance(`P${days}D`)
  // Jobs may have some of the rows: who has to give way does it again.
  for (const table of ['idempotency', 'payment_session'])
    await transact({ db: owner, wake() {} }, (trx) =>
      sql`update ${sql.table(table)} set created_at = created_at - ${days} * interval '1 day'`.execute(trx),
    )
}

t.test('after a year, what has an end is bounded by the window and not by the year', async (t) => {
  const first = { body: orderOf(await quote()), key: crypto.randomUUID() }
  const { body: order } = await place(first.body, first.key)
  const most: Record<string, number> = {}
  for (let week = 0; week < WEEKS; week += 1) {
    for (let n = 0; n < ORDERS_A_WEEK; n += 1)
      await place(orderOf(await quote(), { email: `w${week}-${n}@example.com` }), `week-${week}-${n}`)
    await pass(7)
    await look()
    for (const table of ['quote', 'idempotency']) most[table] = Math.max(most[table] ?? 0, await count(table))
    if (week === 3) {
      const again = await place(first.body, first.key)
      t.equal(again.headers['idempotent-replayed'], 'true', 'the answer is there for four weeks, its quote gone or not')
      t.equal(again.body.id, order.id)
    }
  }
  t.equal(await count('orders'), 1 + WEEKS * ORDERS_A_WEEK, 'orders stay')
  t.equal(await count('outbox'), 1 + WEEKS * ORDERS_A_WEEK, 'and what they told')
  t.equal(most.quote, 0, 'no quote outlives its week')
  t.ok(most.idempotency! <= WEEKS_KEPT * ORDERS_A_WEEK + 1, `${most.idempotency} answers at most`)
  t.ok(most.idempotency! >= 4 * ORDERS_A_WEEK, 'and they are kept for as long as promised')

  const { status, body: read } = await call('storefront', 'GET', `/orders/${order.id}`)
  t.equal(status, 200, 'an order is read without its quote')
  t.strictSame(read.lines, order.lines)
  const late = await place(first.body, first.key)
  t.equal(late.status, 404, 'its key is a new request by now, for a quote that nobody knows')
  t.equal(late.body.type.split('/').at(-1), 'quote-unknown')
  t.equal(await count('orders'), 1 + WEEKS * ORDERS_A_WEEK)
})

t.test('a quote that ran out is known as such for a day, and one that is good stays', async (t) => {
  const { id } = await quote()
  const hours = (n: number) => clock.advance(`PT${n}H`)
  hours(12)
  await look(named('quote'))
  const late = await place(orderOf({ id, terms: { sha256: '0'.repeat(64) } }), 'late')
  t.equal(late.body.type.split('/').at(-1), 'quote-expired')
  hours(14)
  const good = await quote()
  await look(named('quote'))
  t.strictSame(
    (await pool.query('select id from quote')).rows.map((row) => row.id),
    [good.id],
  )
})

t.test('a payment page is emptied once nobody can pay by it, and its session stays', async (t) => {
  await owner.deleteFrom('idempotency').execute()
  const placed = async (email: string) => (await place(orderOf(await quote(), { email }), email)).body.id as string
  const [paid, ended, open] = [
    await placed('paid@example.com'),
    await placed('ended@example.com'),
    await placed('open@example.com'),
  ]
  await eventually('their pages', async () => {
    const { rows } = await pool.query(`select from payment_session where order_id = any($1) and status = 'open'`, [
      [paid, ended, open],
    ])
    return rows.length === 3
  })
  const content = `widget = '{"kind":"html","value":"…"}', request = 'what places it'`
  await pool.query(`update payment_session set ${content}, expires_at = null where order_id = any($1)`, [
    [paid, ended, open],
  ])
  await pool.query(`update payment_session set status = 'paid', payment_id = 'p' where order_id = $1`, [paid])
  await pool.query(`update payment_session set expires_at = now() - interval '31 days' where order_id = $1`, [ended])
  t.strictSame(await look(named('payment_session')), { payment_session: 0 }, 'it is too early')
  await sql`update payment_session set created_at = created_at - interval '31 days' where order_id = any(${[paid, ended, open]})`.execute(
    owner,
  )
  t.strictSame(await look(named('payment_session')), { payment_session: 2 })
  const { rows } = await pool.query(
    `select order_id from payment_session where order_id = any($1) and (widget is not null or request is not null)`,
    [[paid, ended, open]],
  )
  t.strictSame(rows, [{ order_id: open }])
})

t.test('comparisons keep what they came to and what differs', async (t) => {
  const orderId = (await pool.query('select id from orders limit 1')).rows[0].id
  const run = crypto.randomUUID()
  const day = clock.now().toString().slice(0, 10)
  const counts = { payments: 3, drift: 1, inFlight: 1 }
  await pool.query(
    `insert into reconciliation_run (id, day, asked_by, asked_at, finished_at, counts) values ($1, $2, 'somebody', $3, $3, $4)`,
    [run, day, clock.now().toString(), JSON.stringify(counts)],
  )
  const side = { captured: 0, refunded: 0, capturable: 0 }
  const finding = { orderId, number: 'SG', currency: 'NOK', ledger: side, provider: side, inFlight: false, drift: [] }
  for (const [paymentId, drift] of [
    ['a', false],
    ['b', false],
    ['c', true],
  ] as const)
    await pool.query(
      'insert into reconciliation_finding (run_id, order_id, payment_id, body, drift) values ($1, $2, $3, $4, $5)',
      [
        ...[run, orderId, paymentId],
        ...[
          JSON.stringify({
            ...finding,
            paymentId,
            drift: drift ? [{ kind: 'payment-unknown-to-provider', reason: '' }] : [],
          }),
          drift,
        ],
      ],
    )
  const report = async () => (await call('support', 'GET', `/payments/reconciliation?date=${day}`)).body
  t.equal((await report()).payments.length, 3)
  t.strictSame(await look(named('reconciliation_finding')), { reconciliation_finding: 0 })
  await pass(31)
  t.strictSame(await look(named('reconciliation_finding')), { reconciliation_finding: 2 })
  const { counts: kept, payments, drift } = await report()
  t.strictSame(kept, counts)
  t.strictSame([payments.length, drift.length], [1, 1])
  await t.rejects(pool.query('delete from reconciliation_finding'), { code: '23001' }, 'nobody deletes what differs')
})

t.test('what is trimmed is found by an index, however much there is', async (t) => {
  const rows = 20_000
  const admin = createPool(asOwner(house.databaseUrl), { max: 1, unhurried: true })
  t.teardown(() => admin.end())
  await admin.query(`
    set session_replication_role = replica;
    insert into quote (id, body, expires_at)
      select (lpad(to_hex(extract(epoch from now())::bigint * 1000 - n::bigint * 180000), 12, '0') || '7000' || right(md5(n::text), 16))::uuid,
        '{}', now() - n * interval '3 minutes' from generate_series(1, ${rows}) n;
    insert into idempotency (subject, route, key, fingerprint, status, body, created_at)
      select 's', 'r', n::text, 'f', 201, repeat('x', 300), now() - n * interval '3 minutes' from generate_series(1, ${rows}) n;
    insert into payment_session (id, order_id, amount, currency, status, payment_id, widget, created_at)
      select gen_random_uuid(), gen_random_uuid(), 1, 'NOK', 'paid', 'p', '{}', now() - n * interval '3 minutes' from generate_series(1, ${rows}) n;
    insert into reconciliation_run (id, day, asked_by, asked_at, finished_at, counts)
      select md5(n::text)::uuid, current_date - n, 'x', now() - n * interval '1 day', now(), '{}' from generate_series(1, 400) n;
    insert into reconciliation_finding (run_id, order_id, payment_id, body, drift)
      select md5((1 + n % 400)::text)::uuid, gen_random_uuid(), 'p', '{}', false from generate_series(1, ${rows}) n;
    insert into webhook_endpoint (id, url, secrets, cursor, created_at, created_by)
      values (md5('w')::uuid, 'https://hooks.example', '[]', 0, now(), 'x');
    insert into webhook_delivery (endpoint_id, pub_no, event_id, type, about, status, delivered_at)
      select md5('w')::uuid, n, gen_random_uuid(), 'OrderPlaced', gen_random_uuid(), 'delivered', now() - n * interval '3 minutes'
      from generate_series(1, ${rows}) n;
    reset session_replication_role;
    analyze quote, idempotency, payment_session, reconciliation_run, reconciliation_finding, webhook_delivery`)
  for (const { table, remove, oldest } of trims) {
    const before = sql`(now() - 30 * interval '1 day')`
    for (const statement of [remove(before, 1_000), oldest]) {
      const { sql: text, parameters } = statement.compile(db)
      const plan = (await admin.query(`explain ${text}`, parameters as unknown[])).rows.map(
        (row) => row['QUERY PLAN'] as string,
      )
      t.strictSame(
        plan.filter((line) => /Seq Scan on (?!reconciliation_run)/.test(line)),
        [],
        `${table}\n${plan.join('\n')}`,
      )
    }
  }
})
