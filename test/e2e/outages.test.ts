import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '@vilkar/testing/eventually.ts'
import { startHouse } from './house.ts'
import { shopFor } from './load.ts'

const OUTAGE_MS = 10_000
const BACKLOG_MS = 2_000
const PLENTY = 100_000

const house = await startHouse()
const { shop, nats, pools } = house
const { orders, shipping, returns } = house.services

for (const place of ['relay:before-publish', 'relay:after-publish']) {
  test(`nothing is lost or doubled when the orders service is killed at ${place}`, async () => {
    const sku = await shop.stock(PLENTY)
    await orders.stop()
    await orders.start({ FAIL_POINT: place })
    const shopping = shopFor(BACKLOG_MS, shop, sku)
    await orders.ended()
    assert.ok((await unpublished()) > 0, 'it was killed between the commit and the note of the publication')
    await orders.start()
    await allArrive(await shopping, sku)
  })
}

const outages = {
  hangs: { begin: nats.pause, end: async () => nats.resume() },
  'is down': { begin: nats.kill, end: () => nats.restart() },
}
for (const [what, { begin, end }] of Object.entries(outages)) {
  test(`orders are accepted while the broker ${what} for ten seconds, and all arrive after`, async () => {
    const sku = await shop.stock(PLENTY)
    await begin()
    const placed = await shopFor(OUTAGE_MS, shop, sku)
    const waiting = await unpublished()
    await end()
    assert.ok(placed.length >= 100, `only ${placed.length} orders were placed`)
    assert.ok(waiting >= 100, `only ${waiting} events waited`)
    await allArrive(placed, sku)
  })
}

test('the broker may lose its whole store while events wait in it unread', async () => {
  const sku = await shop.stock(PLENTY)
  for (const service of [shipping, returns]) service.freeze()
  const placed = await shopFor(BACKLOG_MS, shop, sku)
  await eventually('all to be published', async () => (await unpublished()) === 0)
  const { rows } = await pools.shipping.query<{ heard: number }>('select count(*)::int as heard from order_to_ship')
  const [told] = (await pools.orders.query<{ count: number }>('select count(*)::int from orders')).rows
  assert.ok(told!.count - rows[0]!.heard > 50, 'there is a backlog')
  await nats.restart({ wipe: true })
  for (const service of [shipping, returns]) service.thaw()
  await allArrive(placed, sku)
})

/** How many events of the orders service are committed and not known to be with the broker. */
async function unpublished() {
  const { rows } = await pools.orders.query<{ lag: number }>(
    'select (select count(*)::int from outbox) - published_no::int as lag from relay',
  )
  return rows[0]!.lag
}

/** What the customers were told is what there is: each order once, here and, when all has come to rest, everywhere. */
async function allArrive(placed: string[], sku: string) {
  const { rows } = await pools.orders.query<{ id: string }>(
    `select id from orders where state -> 'placed' -> 'lines' -> 0 ->> 'sku' = $1`,
    [sku],
  )
  assert.deepEqual(rows.map(({ id }) => id).sort(), placed.toSorted())
  await house.settle()
}
