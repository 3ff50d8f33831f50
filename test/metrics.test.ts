import { spawnSync } from 'node:child_process'
import { Config as ConsoleConfig } from '@vilkar/console/config.ts'
import { startConsole } from '@vilkar/console/service.ts'
import { STALLED_AFTER_MS } from '@vilkar/messaging/progress.ts'
import { createMemoryWire } from '@vilkar/messaging/wire/memory-wire.ts'
import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import { READ_EVERY_MS } from '@vilkar/metrics/readings.ts'
import { Config as OrdersConfig } from '@vilkar/orders/config.ts'
import { gauges as ofOrders, startOrders } from '@vilkar/orders/service.ts'
import { Config as PrivacyConfig } from '@vilkar/privacy/config.ts'
import { gauges as ofPrivacy, startPrivacy } from '@vilkar/privacy/service.ts'
import { Config as ReturnsConfig } from '@vilkar/returns/config.ts'
import { gauges as ofReturns, startReturns } from '@vilkar/returns/service.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { Config as ShippingConfig } from '@vilkar/shipping/config.ts'
import { gauges as ofShipping, startShipping } from '@vilkar/shipping/service.ts'
import { asOwner, freshDatabase } from '@vilkar/testing/database.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { alarmKinds as kindsOfOrders } from '../services/orders/alarms/kinds.ts'
import { alarmKinds as kindsOfReturns } from '../services/returns/alarms/kinds.ts'
import { ROOT, read } from './tidy/sources.ts'

/** The broker is away until it is let in: what is told waits. */
const broker = Promise.withResolvers<void>()
const published = Promise.withResolvers<void>()
function awayWire(): Wire {
  const wire = createMemoryWire()
  return {
    ...wire,
    ready: (signal) =>
      Promise.race([broker.promise, new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))]),
    publish: async (...args) => {
      await published.promise
      return wire.publish(...args)
    },
  }
}

const environment = {
  ...{ PORT: '0', METRICS_PORT: '0', NATS_URL: 'nats://127.0.0.1:9', AUTH_ISSUER: 'http://127.0.0.1:9' },
  ...{ LOG_LEVEL: 'silent', JOBS: 'false', SMTP_URL: 'smtp://127.0.0.1:9' },
  ...{ PUBLIC_URL: 'http://127.0.0.1:9', STOREFRONT_URL: 'http://127.0.0.1:9' },
  LINK_SECRETS: 'test-only-test-only-test-only-test-only',
  SUBJECT_SECRET: 'test-only-test-only-test-only-test-only',
  ...{ KLARNA_URL: 'http://127.0.0.1:9', KLARNA_USERNAME: 'test', KLARNA_PASSWORD: 'test-only' },
}
const opened = new AsyncDisposableStack()
t.teardown(() => opened.disposeAsync())

/** A service on a database of its own, with a pool of the role that owns it. */
async function open<Started extends { stop: () => Promise<void> }>(
  start: (env: Record<string, string>, around: { wire: Wire; clock: typeof systemClock }) => Promise<Started>,
) {
  const url = await freshDatabase()
  const pool = createPool(asOwner(url), { max: 1 })
  opened.defer(() => pool.end())
  const service = await start({ ...environment, DATABASE_URL: url }, { wire: awayWire(), clock: systemClock })
  opened.defer(() => service.stop())
  return { ...service, pool }
}
const services = {
  orders: await open((env, around) => startOrders(readConfig(OrdersConfig, env), around)),
  shipping: await open((env, around) => startShipping(readConfig(ShippingConfig, env), around)),
  returns: await open((env, around) => startReturns(readConfig(ReturnsConfig, env), around)),
  privacy: await open((env, around) => startPrivacy(readConfig(PrivacyConfig, env), around)),
}
const { orders, shipping, returns, privacy } = services
/** Pages, which tell no events: of what all tell they tell less. */
const pages = await open((env, { clock }) => {
  const house = { ...env, ORDERS_URL: orders.url, SHIPPING_URL: shipping.url, RETURNS_URL: returns.url }
  const secrets = { SESSION_SECRETS: 'test-only-test-only-test-only-test-only' }
  return startConsole(readConfig(ConsoleConfig, { ...house, ...secrets }), { clock })
})

const scrape = async ({ metricsUrl }: { metricsUrl?: string }) => (await fetch(metricsUrl!)).text()
/** The figure with exactly these labels beside the service's own. */
const figure = (text: string, name: string, labels: Record<string, string> = {}) => {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
  const found = lines.filter((line) =>
    Object.entries(labels).every(([key, value]) => line.includes(`${key}="${value}"`)),
  )
  return found.length === 1 ? Number(found[0]!.split(' ').at(-1)) : found
}

/** Until the test ends, so much more time has passed for this process. */
function later(t: Test, ms: number) {
  const { now } = performance
  performance.now = () => now.call(performance) + ms + 1
  t.teardown(() => {
    performance.now = now
  })
}

t.test('what waits is told as it stands in the database', async (t) => {
  const id = () => crypto.randomUUID()
  const [order, ended, later, failing] = [id(), id(), id(), id()]
  const ago = (age: string) => `now() - interval '${age}'`
  await orders.pool.query(`
    insert into outbox (event_id, source, aggregate_id, aggregate_version, partition, type, data, occurred_at, stored_at)
    values ('${id()}', '/orders', '${id()}', 1, 0, 'Told', '{}', now(), ${ago('90 seconds')}),
      ('${id()}', '/orders', '${id()}', 1, 0, 'Told', '{}', now(), now());
    insert into inbox (producer, event_id, pub_no, aggregate_id, aggregate_version, type, envelope, attempts, next_attempt_at, dead_at, received_at)
    values ('shipping', '${id()}', 1, '${id()}', 1, 'A', '{}', 21, null, now(), ${ago('20 hours')}),
      ('shipping', '${id()}', 2, '${failing}', 1, 'A', '{}', 3, now() + interval '1 hour', null, ${ago('1 hour')}),
      ('shipping', '${id()}', 5, '${failing}', 2, 'A', '{}', 0, null, null, ${ago('40 minutes')}),
      ('shipping', '${id()}', 3, '${id()}', 2, 'A', '{}', 0, null, null, ${ago('1 minute')});
    insert into inbox (producer, event_id, pub_no, aggregate_id, aggregate_version, type, applied)
    values ('shipping', '${id()}', 4, '${id()}', 1, 'A', true);
    insert into alarm (id, about, kind, detail, raised_at, resolved_at)
    values ('${id()}', 'relay', 'relay-behind', '{}', now(), null), ('${id()}', 'a', 'dead-letter', '{}', now(), now());
    insert into mail (id, about_id, kind, recipient, created_at, status, waits_until)
    values ('${id()}', '${id()}', 'a', 'a@example.com', ${ago('10 minutes')}, 'queued', null),
      ('${id()}', '${id()}', 'a', 'a@example.com', ${ago('1 hour')}, 'queued', now()),
      ('${id()}', '${id()}', 'a', 'a@example.com', ${ago('1 hour')}, 'accepted', null);
    insert into orders (id, number, version, status, state, personal, placed_at)
    values ('${order}', 'A-1', 1, 'awaiting-confirmation', '{"placed": {"terms": {"edition": "a/2026-01-01"}}}', '{}', ${ago('3 hours')}),
      ('${later}', 'A-3', 1, 'formed', '{"placed": {"terms": {"edition": "a/2026-01-01"}}}', '{}', now()),
      ('${ended}', 'A-2', 1, 'formed', '{"placed": {"terms": {"edition": "a/2026-01-01"}}}', '{}', ${ago('4 hours')});
    insert into money_operation (id, order_id, kind, purpose_kind, purpose_id, amount, currency, by_hand, status, created_at)
    values ('${id()}', '${order}', 'capture', 'shipment', 'a', 100, 'NOK', '[]', 'sent', ${ago('5 minutes')}),
      ('${id()}', '${order}', 'refund', 'return', 'a', 100, 'NOK', '[]', 'done', ${ago('1 hour')});
    insert into ledger_entry (order_id, kind, amount, currency, provider, payment_id, provider_id, expires_at, at)
    values ('${order}', 'authorised', 100, 'NOK', 'klarna', 'a', 'a', now() + interval '47 hours', now()),
      ('${ended}', 'authorised', 100, 'NOK', 'klarna', 'b', 'b', ${ago('1 hour')}, now()),
      ('${later}', 'authorised', 100, 'NOK', 'klarna', 'c', 'c', now() + interval '49 hours', now());
    insert into inbox (producer, event_id, pub_no, aggregate_id, aggregate_version, type, applied, received_at)
    values ('shipping', '01900000-0000-7000-8000-000000000000', 9, '${id()}', 1, 'Told', true, ${ago('20 days')});
    insert into trimmed (what, removed, newest_at) values ('inbox', 7, ${ago('31 days')});
    insert into jobs.job (name, data, start_after, created_on, state, retry_count)
    values ('check-payment', '{}', ${ago('7 minutes')}, ${ago('1 hour')}, 'created', 0),
      ('check-payment', '{}', now() + interval '1 hour', now(), 'created', 0),
      ('check-payment', '{}', now() + interval '1 hour', ${ago('2 hours')}, 'retry', 4)`)
  const text = await scrape(orders)
  const isAge = (name: string, labels: Record<string, string>, seconds: number) => {
    const told = Number(figure(text, name, labels))
    t.ok(told >= seconds && told < seconds + 60, `${name} ${JSON.stringify(labels)}: ${told} s`)
  }
  t.equal(figure(text, 'vilkar_database_readable'), 1)
  t.equal(figure(text, 'vilkar_outbox_unpublished'), 2)
  isAge('vilkar_outbox_unpublished_oldest_seconds', {}, 90)
  for (const [state, seconds] of Object.entries({ dead: 72_000, retrying: 3_600, behind: 2_400, early: 60 })) {
    t.equal(figure(text, 'vilkar_inbox_waiting', { state }), 1, state)
    isAge('vilkar_inbox_waiting_oldest_seconds', { state }, seconds)
  }
  isAge('vilkar_trimming_oldest_seconds', { table: 'inbox' }, 20 * 86_400)
  t.equal(figure(text, 'vilkar_trimming_overdue_seconds', { table: 'inbox' }), 0)
  t.equal(figure(text, 'vilkar_trimmed_rows', { table: 'inbox' }), 7)
  for (const table of ['quote', 'idempotency', 'payment_session', 'reconciliation_finding'])
    t.equal(figure(text, 'vilkar_trimmed_rows', { table }), 0, table)
  t.equal(figure(text, 'vilkar_alarms_open', { kind: 'relay-behind' }), 1)
  t.equal(figure(text, 'vilkar_alarms_open', { kind: 'dead-letter' }), 0)
  t.equal(figure(text, 'vilkar_mails_queued'), 1)
  isAge('vilkar_mails_queued_oldest_seconds', {}, 600)
  t.equal(figure(text, 'vilkar_money_operations', { kind: 'capture', status: 'sent' }), 1)
  isAge('vilkar_money_operations_oldest_seconds', { kind: 'capture', status: 'sent' }, 300)
  t.equal(figure(text, 'vilkar_money_operations', { kind: 'refund', status: 'sent' }), 0)
  t.equal(figure(text, 'vilkar_orders_unformed', { status: 'awaiting-confirmation' }), 1)
  isAge('vilkar_orders_unformed_oldest_seconds', { status: 'awaiting-confirmation' }, 10_800)
  t.equal(figure(text, 'vilkar_orders_unformed', { status: 'unformed' }), 0)
  for (const when of ['within-48h', 'ended']) t.equal(figure(text, 'vilkar_authorisations_ending', { when }), 1, when)
  const queue = 'check-payment'
  for (const state of ['due', 'deferred', 'retrying']) t.equal(figure(text, 'vilkar_jobs', { queue, state }), 1, state)
  isAge('vilkar_jobs_oldest_seconds', { queue, state: 'due' }, 420)
  isAge('vilkar_jobs_oldest_seconds', { queue, state: 'retrying' }, 7_200)
})

t.test('a refund is due when its last day ends in Norway, and a return waits for who has not answered', async (t) => {
  // The last day ends at midnight in Oslo, at most 25 hours after: so at any hour, and if midnight passes meanwhile.
  const now = Temporal.Now.zonedDateTimeISO('Europe/Oslo')
  for (const [hours, awaits] of [
    [-36, 'payment'],
    [12, 'payment'],
    [60, 'payment'],
    [12, null],
    [undefined, 'verdict'],
  ] as const) {
    const refund = hours === undefined ? {} : { refund: { dueOn: now.add({ hours }).toPlainDate().toString() } }
    await returns.pool.query(
      `insert into return (id, order_id, version, status, state, personal, declared_at, awaits, awaits_since)
       values (gen_random_uuid(), gen_random_uuid(), 1, 'refund-decided', $1, '{}', now(), $2, case when $2::text is null then null else now() - interval '2 days' end)`,
      [JSON.stringify(refund), awaits],
    )
  }
  const text = await scrape(returns)
  t.equal(figure(text, 'vilkar_refunds_due', { when: 'overdue' }), 1)
  t.equal(figure(text, 'vilkar_refunds_due', { when: 'within-48h' }), 1)
  t.equal(figure(text, 'vilkar_returns_waiting', { awaits: 'payment' }), 3)
  t.equal(figure(text, 'vilkar_returns_waiting', { awaits: 'units' }), 0)
  t.equal(figure(text, 'vilkar_returns_waiting', { awaits: 'verdict' }), 1)
  t.ok(Number(figure(text, 'vilkar_returns_waiting_oldest_seconds', { awaits: 'verdict' })) >= 172_800)
})

t.test('a stranger is told nothing, and nothing else is served where the operator is told', async (t) => {
  for (const { url, metricsUrl } of Object.values(services)) {
    t.equal((await fetch(`${url}/metrics`)).status, 404)
    t.not(new URL(metricsUrl!).port, new URL(url).port)
    t.equal(new URL(metricsUrl!).hostname, '127.0.0.1')
    for (const path of ['/', '/orders', '/health/ready', '/docs'])
      t.equal((await fetch(new URL(path, metricsUrl))).status, 404, path)
  }
})

t.test('requests are counted by route, never by what was asked for', async (t) => {
  const before = await scrape(orders)
  const labels = (route: string, status: string) => ({ method: 'GET', route, status })
  const count = (text: string, of: object) =>
    Number(figure(text, 'vilkar_http_request_seconds_count', of as never)) || 0
  const id = crypto.randomUUID()
  await fetch(`${orders.url}/orders/${id}`)
  await fetch(`${orders.url}/orders/${crypto.randomUUID()}?secret=1`)
  await fetch(`${orders.url}/nothing/${id}`)
  const after = await scrape(orders)
  t.equal(count(after, labels('/orders/:id', '401')) - count(before, labels('/orders/:id', '401')), 2)
  const none = { method: 'none', route: 'none', status: '404' }
  t.ok(count(after, none) - count(before, none) >= 1)
  t.notMatch(after, id)
  t.notMatch(after, /secret/)
  t.match(
    after,
    /vilkar_http_request_seconds_bucket\{le="0.05",service="orders",method="GET",route="\/orders\/:id",status="401"\}/,
  )
})

t.test('asking often reads the database once in five seconds, and many who ask share an answer', async (t) => {
  // Of a kind that shipping has no watcher for, which would end it.
  const alarm = () => scrape(shipping).then((text) => figure(text, 'vilkar_alarms_open', { kind: 'jobs-failing' }))
  t.equal(await alarm(), 0)
  await shipping.pool.query(`insert into alarm (id, about, kind, detail, raised_at)
    values (gen_random_uuid(), 'queue', 'jobs-failing', '{}', now())`)
  t.strictSame(await Promise.all(Array.from({ length: 20 }, alarm)), Array(20).fill(0))
  later(t, READ_EVERY_MS)
  t.equal(await alarm(), 1)
})

t.test('what is read costs no more when tables grow: no statement reads one whole', async (t) => {
  const small = /Seq Scan on (relay|queue|unnest)/
  for (const [gauges, { pool }] of [
    [ofOrders, orders],
    [ofShipping, shipping],
    [ofReturns, returns],
    [ofPrivacy, privacy],
  ] as const) {
    const db = createDatabase<never>(pool)
    await pool.query('set enable_seqscan = off')
    for (const gauge of gauges) {
      const { sql, parameters } = gauge.find('2026-06-01T00:00:00Z').compile(db)
      const { rows } = await pool.query(`explain ${sql}`, parameters as unknown[])
      const plan = rows.map((row) => row['QUERY PLAN'] as string)
      t.strictSame(
        plan.filter((line) => line.includes('Seq Scan') && !small.test(line)),
        [],
        gauge.figures[0]!.name,
      )
    }
  }
})

t.test('a service that makes no progress is not ready, and says so to nobody but its operator', async (t) => {
  const ready = async () => {
    const response = await fetch(`${shipping.url}/health/ready`)
    return { status: response.status, text: await response.text() }
  }
  await shipping.pool.query(`
    insert into outbox (event_id, source, aggregate_id, aggregate_version, partition, type, data, occurred_at)
    values (gen_random_uuid(), '/shipping', gen_random_uuid(), 1, 0, 'Told', '{}', now())`)
  t.equal((await ready()).status, 200, 'a broker that is away is no stall')
  broker.resolve()
  await eventually('the event to be numbered', async () => {
    const { rows } = await shipping.pool.query('select from outbox where pub_no is null')
    return rows.length === 0
  })
  t.equal((await ready()).status, 200, 'nor is work that has just begun')
  later(t, STALLED_AFTER_MS)
  const { status, text } = await ready()
  t.equal(status, 503)
  t.notMatch(text, /relay|publish|progress/)
  t.equal(figure(await scrape(shipping), 'vilkar_stalled'), 1)
  published.resolve()
  await eventually('the service to be ready again', async () => (await ready()).status === 200)
  t.equal(figure(await scrape(shipping), 'vilkar_stalled'), 0)
})

t.test('rules and dashboard', async (t) => {
  const told = new Set<string>()
  for (const service of [...Object.values(services), pages])
    for (const [, name, type] of (await scrape(service)).matchAll(/^# TYPE (\w+) (\w+)$/gm)) {
      told.add(name!)
      if (type === 'histogram') for (const part of ['bucket', 'count', 'sum']) told.add(`${name}_${part}`)
    }
  const rules = (parse(read('infra/observability/vilkar.rules.yml')) as Rules).groups.flatMap(({ rules }) => rules)
  const dashboard = read('infra/observability/dashboard.json')
  const panels = (JSON.parse(dashboard) as { panels: { targets?: { expr: string }[] }[] }).panels
  const expressions = [
    ...rules.map(({ expr }) => expr),
    ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
  ]
  const namesIn = (text: string): string[] => text.match(/\b(vilkar|nodejs|process)_\w+/g) ?? []

  t.test('name only what a running service tells', async (t) => {
    t.ok(rules.length > 15 && expressions.length > 35)
    const named = new Set([...expressions.flatMap(namesIn), ...namesIn(dashboard)])
    t.ok(named.size > 20)
    t.strictSame(
      [...named].filter((name) => !told.has(name)),
      [],
    )
  })

  t.test('show everything that a service tells of its own', async (t) => {
    const own = [...told].filter((name) => /^vilkar_/.test(name) && !/request_seconds(_sum)?$/.test(name))
    t.strictSame(
      own.filter((name) => !expressions.some((expr) => namesIn(expr).includes(name))),
      [],
    )
  })

  const places = new Set([...read('docs/runbook.md').matchAll(/^#+ (.+)$/gm)].map(([, title]) => anchorOf(title!)))
  t.test('lead from every alert to its place in the runbook', async (t) => {
    for (const { alert, annotations, labels } of rules) {
      const [page, place] = annotations.runbook.split('#')
      t.equal(page, 'docs/runbook.md')
      if (place !== '{{ $labels.kind }}') t.ok(places.has(place!), `${alert}: ${place}`)
      t.match(labels.severity, /^(page|ticket)$/)
      t.ok(annotations.summary.length > 20)
    }
  })

  t.test('lead from every kind of alarm to its place in the runbook', async (t) => {
    for (const kind of new Set<string>([...kindsOfOrders, ...kindsOfReturns])) t.ok(places.has(kind), kind)
  })

  t.test('are what Prometheus can read', async (t) => {
    const promtool = (...args: string[]) =>
      spawnSync('promtool', args, { cwd: `${ROOT}/infra/observability`, encoding: 'utf8' })
    if (promtool('--version').error) return t.pass('There is no promtool on the PATH.', { skip: true })
    for (const args of [
      ['check', 'rules', '--lint-fatal', 'vilkar.rules.yml'],
      ['check', 'config', 'prometheus.yml'],
      ['test', 'rules', 'vilkar.rules.test.yml'],
    ]) {
      const { status, stdout, stderr } = promtool(...args)
      t.equal(status, 0, `promtool ${args.join(' ')}: ${stdout}${stderr}`)
    }
  })
})

type Rules = {
  groups: {
    rules: {
      alert: string
      expr: string
      labels: { severity: string }
      annotations: { summary: string; runbook: string }
    }[]
  }[]
}

/** Where a page shows a title: in small letters, with hyphens. */
function anchorOf(title: string) {
  return title
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-')
}
