import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { personalData as ofOrders } from '@vilkar/orders/personal-data.ts'
import { personalData as ofReturns } from '@vilkar/returns/personal-data.ts'
import { personalData as ofShipping } from '@vilkar/shipping/personal-data.ts'
import { startCollector, type ToldSpan } from '@vilkar/testing/collector.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startHouse } from './house.ts'

/** What a collector of OpenTelemetry's is told of orders, by the services as they run. */

const collector = await startCollector()
t.teardown(() => collector.stop())
const house = await startHouse({ environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } })
const { shop, urls, pools } = house
const sku = await shop.stock(50)

type Placed = Awaited<ReturnType<typeof shop.place>>
const hex = (bytes: number) =>
  crypto
    .randomUUID()
    .replaceAll('-', '')
    .slice(0, 2 * bytes)

/** Places an order as a storefront does that traces its own requests; answers it and the trace. */
async function placeTraced() {
  const trace = hex(16)
  const parent = hex(8)
  const headers = { 'idempotency-key': crypto.randomUUID(), traceparent: `00-${trace}-${parent}-01` }
  const { body } = await house.call('storefront', 'POST', `${urls.orders}/orders`, {
    ...{ headers, body: await shop.cart({ sku }), expect: [201] },
  })
  return { order: body as Placed, trace, parent }
}

const inTrace = (trace: string) => collector.spans().filter((span) => span.trace === trace)
/** `service name ← service name ← …`, from a span up to what began its trace. */
function wayOf(span: ToldSpan | undefined): string {
  if (span === undefined) return ''
  const above = wayOf(collector.spans().find(({ id }) => id === span.parent))
  return `${span.service} ${span.name}${above && ` ← ${above}`}`
}
/** Waits until the collector was told of all these ways in a trace. */
const told = (trace: string, ways: string[]) =>
  eventually('a trace to be whole', async () => {
    const away = missing(trace, ways)
    if (away.length > 0)
      throw new Error(`It lacks\n${away.join('\n')}\nand has\n${inTrace(trace).map(wayOf).join('\n')}`)
    return true
  })
function missing(trace: string, ways: string[]) {
  const found = new Set(inTrace(trace).map(wayOf))
  return ways.filter((way) => !found.has(way))
}

const PLACED = 'orders POST /orders'
const PAID = `orders job check-payment ← orders hint of a payment ← ${PLACED}`
const FORMED = `orders job send-mail ← ${PAID}`
const SHIPPED = `shipping PUT /shipments/:id/dispatch ← shipping process ContractFormed ← ${FORMED}`
const CAPTURED = `orders job settle-payment ← orders process ShipmentDispatched ← ${SHIPPED}`

t.test('one trace joins what all services do about an order', async (t) => {
  const { order, trace, parent } = await placeTraced()
  await shop.pay(order)
  await shop.dispatch(await shop.shipmentOf(order), order.id)
  await told(trace, [
    ...[PLACED, PAID, FORMED, SHIPPED, CAPTURED],
    // To the broker, and out of it in another service.
    `orders publish OrderPlaced ← ${PLACED}`,
    `returns process OrderPlaced ← ${PLACED}`,
    `shipping publish ShipmentDispatched ← ${SHIPPED}`,
    `orders publish PaymentCaptured ← ${CAPTURED}`,
    // To the provider and the mail server.
    `orders POST 127.0.0.1 ← orders job start-payment ← ${PLACED}`,
    `orders GET 127.0.0.1 ← ${PAID}`,
    `orders POST 127.0.0.1 ← ${CAPTURED}`,
    `orders send mail ← ${FORMED}`,
  ])
  const spans = inTrace(trace)
  t.equal(
    spans.find(({ name }) => name === 'POST /orders')!.parent,
    parent,
    "the storefront's span is the first parent",
  )
  t.strictSame([...new Set(spans.map(({ service }) => service))].sort(), ['orders', 'privacy', 'returns', 'shipping'])
  // A span is told when it has ended, and of what it set going some ends before it.
  await eventually('every other span to have its parent in the trace', async () => {
    const begins = inTrace(trace).filter((span) => !inTrace(trace).some(({ id }) => id === span.parent))
    assert.deepEqual(begins.map(wayOf), [PLACED])
    return true
  })
  t.strictSame(spans.filter(({ failed }) => failed).map(wayOf), [])

  const hint = spans.find(({ name }) => name === 'hint of a payment')!
  const from = collector.spans().find(({ id }) => id === hint.links[0]?.id)
  t.match(from?.name, /^POST \/payments\/:provider\/notifications/, 'a notification has a trace of its own, linked to')
  t.not(from?.trace, trace)
})

t.test('orders that share transactions keep their traces, and the transaction links to all of them', async (t) => {
  const placed = await Promise.all(Array.from({ length: 8 }, placeTraced))
  await Promise.all(placed.map(({ order }) => shop.pay(order)))
  for (const { trace } of placed) await told(trace, [FORMED, `shipping process ContractFormed ← ${FORMED}`])
  for (const { order, trace } of placed) {
    const about = collector.spans().filter(({ attributes }) => attributes['vilkar.aggregate.id'] === order.id)
    t.ok(about.length > 3)
    t.strictSame([...new Set(about.map((span) => span.trace))], [trace], 'no span about an order is of another trace')
  }
  const traces = new Set(placed.map(({ trace }) => trace))
  for (const name of ['place orders', 'transaction of many', 'apply events of orders']) {
    const shared = collector.spans().filter((span) => span.name === name && span.links.length > 1)
    const linked = shared.map(({ links }) => links.filter(({ trace }) => traces.has(trace)).length)
    t.ok(Math.max(...linked) > 1, `${name} served several orders, and links to each`)
    t.notOk(
      shared.some(({ trace }) => traces.has(trace)),
      `${name} is of none of their traces`,
    )
  }
})

t.test('nothing is told of a person', async (t) => {
  const [, table] = /## Traces\n([\s\S]*?)\n## /.exec(
    readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8'),
  )!
  const listed = new Set([...table!.matchAll(/^\| `([\w.]+)`/gm)].map(([, name]) => name))
  const seen = new Set(collector.spans().flatMap(({ attributes }) => Object.keys(attributes)))
  t.strictSame([...seen.difference(listed)], [], 'docs/operations.md lists every attribute')

  const text = collector.texts().join('\n')
  const ids = new Set(collector.spans().map(({ attributes }) => attributes['vilkar.aggregate.id']))
  let looked = 0
  for (const [service, { columns }] of Object.entries({ orders: ofOrders, returns: ofReturns, shipping: ofShipping })) {
    const values = await Promise.all(Object.keys(columns).map((place) => valuesAt(service as ServiceName, place)))
    const telling = values.flat().filter((value) => value.length > 5 && !ids.has(value))
    looked += telling.length
    t.strictSame(
      telling.filter((value) => text.includes(value)),
      [],
      `of what the map of ${service} names`,
    )
  }
  t.ok(looked > 100, `${looked} texts were looked for`)
})

/** Every text that stands in a place of a personal-data map. */
async function valuesAt(service: ServiceName, place: string) {
  const [column = '', ...path] = place.split('->')
  const names = column.split('.')
  const table = names.slice(0, -1).join('.')
  const { rows } = await pools[service].query<{ value: unknown }>(
    `select case when pg_typeof("${names.at(-1)}") = 'bytea'::regtype then null else to_jsonb("${names.at(-1)}") end as value from ${table.replace(/(\w+)$/, '"$1"')}`,
  )
  return rows.flatMap(({ value }) => textsIn(path.reduce(within, value as Json)))
}
type Json = null | string | number | boolean | Json[] | { [name: string]: Json }
const within = (value: Json, name: string): Json =>
  Array.isArray(value)
    ? value.map((each) => within(each, name))
    : value !== null && typeof value === 'object'
      ? (value[name] ?? null)
      : null
const textsIn = (value: Json): string[] =>
  typeof value === 'string'
    ? [value]
    : value === null || typeof value !== 'object'
      ? []
      : Object.values(value).flatMap(textsIn)

t.test('a service that stops tells what it has not told yet', async () => {
  const another = await house.startAnother('shipping')
  const trace = hex(16)
  const headers = { traceparent: `00-${trace}-${hex(8)}-01` }
  await house.call('warehouse', 'GET', `${another.url}/shipments?orderId=${crypto.randomUUID()}`, { headers })
  await another.stop()
  await told(trace, ['shipping GET /shipments'])
})

t.test('a collector that never answers holds up neither work nor the stop', async (t) => {
  const mute = await startCollector({ mute: true })
  const another = await house.startAnother('shipping', { OTEL_EXPORTER_OTLP_ENDPOINT: mute.url })
  const ask = () => house.call('warehouse', 'GET', `${another.url}/shipments?orderId=${crypto.randomUUID()}`)
  await ask()
  await eventually('the collector to be told', async () => mute.asked() > 0)
  t.equal((await ask()).status, 200)
  await another.stop()
  t.notMatch(another.output(), /did not stop in order/, 'within the time that a stop may take')
  await mute.stop()
})
