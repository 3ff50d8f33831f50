import assert from 'node:assert/strict'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startHouse } from './house.ts'
import { startShopping } from './load.ts'

const PLENTY = 100_000
/** Enough that the outbox has a backlog of several batches. */
const MANY = 100
/** Within which what a killed process was about is another's. */
/** It is 15 s on a machine that does nothing else (decision 30), and three minutes without a sign of life. */
const TAKEN_OVER_WITHIN_MS = 60_000

const house = await startHouse()
const { shop, nats, pools, klarna } = house
const { orders, shipping, returns } = house.services

t.test(
  'nothing is lost or doubled when orders is killed before it publishes, and again before it notes that it has',
  async (t) => {
    const sku = await shop.stock(PLENTY)
    await orders.stop()
    orders.launch({ FAIL_POINT: 'relay:before-publish' })
    const shopping = startShopping(shop, sku)
    await orders.ended()
    t.ok((await unpublished()) > 0, 'it was killed between the commit and the publication')
    orders.launch({ FAIL_POINT: 'relay:after-publish' })
    await orders.ended()
    t.ok((await unpublished()) > 0, 'it was killed between the publication and the note of it')
    await orders.start()
    await allArrive(await shopping.stop(), sku)
  },
)

const outages = {
  hangs: { begin: async () => nats.pause(), end: async () => nats.resume() },
  'is down': { begin: nats.kill, end: () => nats.restart() },
}
for (const [what, { begin, end }] of Object.entries(outages)) {
  t.test(`orders are accepted and paid while the broker ${what}, and all arrive after`, async (t) => {
    const sku = await shop.stock(PLENTY)
    const troubles = brokerTroubles()
    const before = complaints()
    await begin()
    await using outage = new AsyncDisposableStack()
    outage.defer(end)
    const paid = await shop.place({ sku })
    await shop.pay(paid)
    const shopping = startShopping(shop, sku)
    await shopping.until(MANY)
    const placed = [paid.id, ...(await shopping.stop())]
    await eventually('the outage to be noticed', async () => brokerTroubles() > troubles)
    placed.push((await shop.place({ sku })).id)
    t.ok((await unpublished()) > placed.length, 'none of it was with the broker')
    await outage.disposeAsync()
    const [complaint, ...more] = complaints().slice(before.length)
    t.match(complaint, /^broker: trouble/)
    t.strictSame(more, [], 'one outage is one line, however many are in it')
    await shop.shipmentOf(paid)
    await allArrive(placed, sku)
  })
}

t.test('the broker may lose its whole store while events wait in it unread', async (t) => {
  const sku = await shop.stock(PLENTY)
  const listeners = [shipping, returns]
  for (const service of listeners) service.freeze()
  using frozen = new DisposableStack()
  frozen.defer(() => {
    for (const service of listeners) service.thaw()
  })
  const shopping = startShopping(shop, sku)
  await shopping.until(MANY)
  const placed = await shopping.stop()
  await eventually('all to be published', async () => (await unpublished()) === 0)
  const before = await epoch()
  await nats.restart({ wipe: true })
  // Until then all seems to be at rest, where those who listen had it on their connections already.
  await eventually('the loss to be noticed', async () => (await epoch()) > before)
  const [told, heard] = [await count(pools.orders, 'orders'), await count(pools.shipping, 'order_to_ship')]
  t.equal(told - heard, placed.length, 'nothing of it had been read')
  frozen.dispose()
  await allArrive(placed, sku)
})

t.test(
  'a capture whose process is killed while it waits for the answer is booked by another as soon as its sign of life is missed',
  async (t) => {
    const placed = await shop.place({ sku: await shop.stock(PLENTY) })
    await shop.pay(placed)
    const shipmentId = await shop.shipmentOf(placed)
    const answer = Promise.withResolvers<void>()
    t.teardown(() => answer.resolve())
    const match = { method: 'POST', path: '/captures$' }
    klarna.faults.add({ match, phase: 'after', action: { type: 'delay', until: answer.promise } } as never)
    const capturesOf = () =>
      klarna.orders().find(({ merchant_reference1 }) => merchant_reference1 === placed.number)!.captures

    await house.call('warehouse', 'PUT', `${house.urls.shipping}/shipments/${shipmentId}/dispatch`, {
      body: { carrier: 'Posten', trackingNumber: 'NO12345' },
    })
    await eventually('the provider to have captured', async () => capturesOf().length === 1)
    await house.startAnother('orders')
    await orders.kill()
    const killedAt = performance.now()
    await eventually('the capture to be booked', async () => {
      const { rows } = await pools.orders.query(`select from ledger_entry where kind = 'captured' and order_id = $1`, [
        placed.id,
      ])
      return rows.length === 1
    })
    t.ok(performance.now() - killedAt < TAKEN_OVER_WITHIN_MS, `it took ${Math.round(performance.now() - killedAt)} ms`)
    t.equal(capturesOf().length, 1)
    await orders.start()
    await house.settle()
  },
)

/** What orders complained about events, in its own words. */
const complaints = () =>
  orders
    .output()
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [(JSON.parse(line) as { msg: string }).msg] : []))
    .filter((msg) => /^(broker|relay of|inbox of)/.test(msg))

/** How often orders has said that it cannot reach the broker. */
const brokerTroubles = () => orders.output().split('broker: trouble').length

/** How many events of the orders service are committed and not known to be with the broker. */
async function unpublished() {
  const { rows } = await pools.orders.query<{ lag: number }>(
    'select (select count(*)::int from outbox) - published_no::int as lag from relay',
  )
  return rows[0]!.lag
}

/** Grows whenever what was published is to be published again. */
const epoch = async () =>
  (await pools.orders.query<{ epoch: number }>('select publish_epoch::int as epoch from relay')).rows[0]!.epoch

const count = async (pool: (typeof pools)['orders'], table: string) =>
  (await pool.query<{ count: number }>(`select count(*)::int from ${table}`)).rows[0]!.count

/** What the customers were told is what there is: each order once, here and, when all has come to rest, everywhere. */
async function allArrive(placed: string[], sku: string) {
  const { rows } = await pools.orders.query<{ id: string }>(
    `select id from orders where state -> 'placed' -> 'lines' -> 0 ->> 'sku' = $1`,
    [sku],
  )
  assert.deepEqual(rows.map(({ id }) => id).sort(), placed.toSorted())
  await house.settle()
}
