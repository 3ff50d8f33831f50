import assert from 'node:assert/strict'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { ENVELOPE, subjectOf } from '@vilkar/messaging/outbox/outbox.ts'
import { connectNats } from '@vilkar/messaging/wire/nats-wire.ts'
import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { PATIENCE_MS } from '@vilkar/testing/patience.ts'
import t from 'tap'
import { auditHouse } from './audit.ts'
import { sharedHouse } from './house.ts'
import { business } from './shop.ts'

const house = await sharedHouse()
const { shop, call, urls, mailbox, klarna } = house
const clausesOf = (reasons: { cites: { clause?: string }[] }[]) =>
  reasons.flatMap(({ cites }) => cites.map(({ clause }) => clause))
const subjectsTo = (email: string) => mailbox.to(email).map(({ subject }) => subject)

t.test('a consumer orders, pays, receives, withdraws and gets all the money back', async (t) => {
  const email = 'kari.story@example.com'
  const sku = await shop.stock(10)
  const order = await shop.place({ sku, quantity: 2, email })
  await eventually('the acknowledgement by mail', async () => mailbox.to(email).length === 1)

  await shop.pay(order)
  const shipmentId = await shop.shipmentOf(order)
  const formed = await shop.read(order.id)
  t.equal(formed.payment.authorised, order.totals.total)
  t.equal(formed.payment.captured, 0, 'nothing is taken before the goods leave')
  const [, confirmation] = mailbox.to(email)
  t.equal(confirmation?.attachments.length, 8, 'terms and withdrawal form come as text and PDF, in Norwegian too')

  const { payment } = await shop.dispatch(shipmentId, order.id)
  t.equal(payment.captured, order.totals.total)
  await shop.deliver(shipmentId, order.id)

  const withdrawal = await shop.withdraw(order.id)
  t.ok(clausesOf(withdrawal.reasons).includes('8.1'))
  await eventually('the receipt by mail', async () =>
    subjectsTo(email).some((subject) => /withdrawal|angremelding/.test(subject ?? '')),
  )
  t.equal(new Set(subjectsTo(email)).size, 4, 'received, confirmed, sent with its invoice, withdrawn')

  const received = await call('warehouse', 'PUT', `${urls.returns}/returns/${withdrawal.id}/receipt`, {
    body: { fitForSale: [{ lineId: '1', quantity: 1 }] },
  })
  t.equal(received.body.refund.amount, order.totals.total)
  await eventually('the return to be closed', async () => {
    const { body } = await call('support', 'GET', `${urls.returns}/returns/${withdrawal.id}`)
    return body.status === 'closed' && body.closed.amount === order.totals.total
  })
  t.equal((await shop.read(order.id)).payment.refunded, order.totals.total)
  const [booked] = klarna.orders().filter(({ merchant_reference1 }) => merchant_reference1 === order.number)
  t.equal(booked?.refunded_amount, order.totals.total)
  await house.settle()
  const { body: changes } = await call('warehouse', 'GET', `${urls.orders}/products/${sku}/stock-changes`)
  t.strictSame(
    changes.items.map(({ units, reason, stock }: Record<string, unknown>) => [units, reason, stock]),
    [
      [10, 'opened', 10],
      [1, 'returned', 9],
    ],
    'of two that came back one is fit for sale',
  )
})

t.test('8.1 a business cannot withdraw', async (t) => {
  const order = await shop.place({ sku: await shop.stock(10), customer: business })
  const refused = await eventually('the returns service to know the order', async () => {
    const url = `${urls.returns}/orders/${order.id}/withdrawals`
    const answer = await call('storefront', 'POST', url, { body: {}, expect: [404, 409] })
    return answer.status === 409 && answer.body
  })
  t.equal(refused.type, '/problems/withdrawal-refused')
  t.ok(clausesOf(refused.reasons).includes('8.1'))
  await house.settle()
})

t.test('an event that is delivered twice is acted on once', async (t) => {
  const [telling, shipped] = (['orders', 'shipping'] as const).map((service) => {
    const wire = connectNats({ servers: house.nats.url(service), log: { info() {}, warn() {}, error() {} } })
    t.teardown(() => wire.close())
    return wire
  })
  const order = await shop.place({ sku: await shop.stock(10) })
  await shop.pay(order)
  const shipmentId = await shop.shipmentOf(order)
  await shop.dispatch(shipmentId, order.id)
  await house.settle()

  t.strictSame(await tellAgain(telling!, 'orders', order.id), [
    'OrderPlaced',
    'PaymentAuthorised',
    'ContractFormed',
    'OrderDispatched',
    'PaymentCaptured',
  ])
  t.strictSame(await tellAgain(shipped!, 'shipping', shipmentId), ['ShipmentRequested', 'ShipmentDispatched'])
  // What comes after the copies is heard after them: once the delivery is known to all, so are they.
  await shop.deliver(shipmentId, order.id)
  await house.settle()

  const { rows } = await house.pools.returns.query(
    `select jsonb_array_length(facts -> 'parcels') as parcels from order_facts where order_id = $1`,
    [order.id],
  )
  t.strictSame(rows, [{ parcels: 1 }])
})

const STRANGER = `'00000000-0000-4000-8000-000000000000'`
const DELIVERED = `status = 'delivered'`
const sevenMore = (field: string) => `jsonb_set(state, '{${field}}', to_jsonb((state -> '${field}')::int + 7))`

type Damage = [check: string, service: ServiceName, table: string, column: string, value: string, where?: string]

/** What could go wrong, done by hand to a row of a service: which check must find it, and what becomes of the row. */
const damages: Damage[][] = [
  [
    ['an event was never heard', 'returns', 'inbox', 'event_id', STRANGER],
    ['an event was heard that nobody told', 'shipping', 'inbox', 'event_id', STRANGER],
    ['an event was heard differently from how it was told', 'orders', 'inbox', 'aggregate_version', '99'],
    ['a thing contradicts its events', 'orders', 'orders', 'version', 'version + 1000'],
    ['a thing contradicts its events', 'shipping', 'shipment', 'version', 'version - 1000'],
    ['a thing contradicts its events', 'returns', 'return', 'id', STRANGER],
    ['an order is not known once', 'shipping', 'order_to_ship', 'order_id', STRANGER],
    ['an order is not known once', 'returns', 'order_facts', 'order_id', STRANGER],
    ['the stock does not add up', 'orders', 'product', 'stock', 'stock + 1000'],
  ],
  [
    ['a contract has no shipment', 'shipping', 'shipment', 'order_id', STRANGER],
    ['Klarna booked something else', 'orders', 'orders', 'state', sevenMore('captured'), DELIVERED],
  ],
  [['a shipment was captured twice', 'orders', 'orders', 'state', `jsonb_set(state, '{shipments}', '[]')`, DELIVERED]],
  [['a payment has not one order', 'orders', 'orders', 'state', `state - 'payment'`, DELIVERED]],
]

t.test('the audit finds every damage that is done by hand, and nothing once it is mended', async (t) => {
  for (const round of damages) {
    const mends = []
    for (const damage of round) mends.push(await doDamage(damage))
    const found = (await auditHouse(house.books)).map(({ check, service }) => `${service}: ${check}`)
    for (const mend of mends) await mend()
    for (const [check, service] of round) t.ok(found.includes(`${service}: ${check}`), `${service}: ${check}`)
  }
  t.strictSame(await auditHouse(house.books), [])
})

/** Changes one row and answers how to mend it. What was put there names the row: a service that looks at it meanwhile may move it. */
async function doDamage([, service, table, column, value, where = 'true']: Damage) {
  const pool = house.pools[service]
  const { rows } = await pool.query<{ place: string; before: string }>(
    `select ctid::text as place, "${column}"::text as before from "${table}" where ${where} limit 1`,
  )
  const { place, before } = rows[0]!
  const damaged = await pool.query<{ after: string }>(
    `update "${table}" set "${column}" = ${value} where ctid = '${place}' returning "${column}"::text as after`,
  )
  const mend = `update "${table}" set "${column}" = $1 where "${column}"::text = $2`
  return async () => assert.equal((await pool.query(mend, [before, damaged.rows[0]!.after])).rowCount, 1)
}

/** Puts all that ever happened to a thing on the wire once more, under message ids that the broker has not seen. */
async function tellAgain(wire: Wire, service: ServiceName, aggregateId: string) {
  const { rows } = await house.pools[service].query<{ type: string; partition: number; pub_no: number; body: string }>(
    `select type, partition, pub_no, ${ENVELOPE}::text as body from outbox where aggregate_id = $1 order by pub_no`,
    [aggregateId],
  )
  await wire.ready(AbortSignal.timeout(PATIENCE_MS))
  const stored = await wire.publish(
    service,
    rows.map(({ type, partition, pub_no, body }) => ({
      subject: subjectOf(service, partition, type, aggregateId),
      id: crypto.randomUUID(),
      eventNo: pub_no,
      body,
    })),
  )
  assert.ok(stored.every(({ duplicate }) => !duplicate))
  return rows.map(({ type }) => type)
}
