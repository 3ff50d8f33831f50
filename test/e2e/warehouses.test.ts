import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startCarrierSimulator } from '@vilkar/carrier-simulator/simulator.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { temporaryFolder } from '@vilkar/testing/temporary-folder.ts'
import { openBooks } from '@vilkar/warehouse-simulator/books.ts'
import t from 'tap'
import { startHouse } from './house.ts'

const ORDERS = 16
const UNITS = 3
const ACK_WAIT_MS = 3_000
const MAIN = fileURLToPath(new URL('../../infra/warehouse-simulator/main.ts', import.meta.url))

const house = await startHouse({ ackWaitMs: ACK_WAIT_MS })
const { shop, call, pools, urls, nats, issuer } = house
const carriers = await startCarrierSimulator({ now: systemClock.now })
t.teardown(() => carriers.stop())
const file = join(await temporaryFolder(), 'warehouse.db')

/** A warehouse process on the one set of books, from the durable of the broker. */
async function startWarehouse() {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...{ PATH: process.env.PATH, NATS_URL: nats.url('warehouse'), SHIPPING_URL: urls.shipping },
      ...{ CARRIERS_URL: carriers.url, TOKEN: await issuer.token('warehouse'), BOOKS: file },
      ...{ PACE: 'fast', SHORTAGE: '0.8' },
    },
  })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  t.teardown(() => end('SIGTERM'))
  return { kill: () => end('SIGKILL') }
}

const books = () => openBooks(file, () => systemClock.now().epochMilliseconds)
const rowsOf = async (sql: string) => (await pools.shipping.query(sql)).rows

const LEFT = `
  select id as "shipmentId", state #>> '{dispatched,trackingNumber}' as "trackingNumber", line ->> 'lineId' as "lineId",
    (line ->> 'quantity')::int as quantity
  from shipment, jsonb_array_elements(state #> '{dispatched,lines}') line where state ? 'dispatched' order by id, 3`
/** Units by order, as each service counts them. */
const DISPATCHED = `
  select order_id as "orderId", sum((line ->> 'quantity')::int)::int as units
  from shipment, jsonb_array_elements(state #> '{dispatched,lines}') line where state ? 'dispatched' group by 1 order by 1`
const HERE = `select id from shipment where status in ('requested', 'accepted', 'packed', 'held')`

t.test('two warehouses share the work while one is killed: each unit leaves once', async (t) => {
  const sku = await shop.stock(ORDERS * UNITS)
  const [first] = [await startWarehouse(), await startWarehouse()]
  const placed = await Promise.all(Array.from({ length: ORDERS }, () => shop.place({ sku, quantity: UNITS })))
  const cancelling = placed.slice(0, ORDERS / 4)
  await Promise.all(placed.map(shop.pay))
  await eventually('some to have left', async () => (await rowsOf(LEFT)).length > 2)
  await first!.kill()
  // What it had when it died waits for the broker, or for its claim to end; meanwhile some customers change their mind.
  await Promise.all(
    cancelling.map(({ id }) =>
      call('support', 'PUT', `${urls.orders}/orders/${id}/cancellation`, {
        body: { by: 'customer' },
        expect: [200, 202, 409],
      }),
    ),
  )
  await startWarehouse()
  await eventually('every contract to be formed or ended', async () => {
    const { rows } = await pools.orders.query(
      `select id from orders where status in ('awaiting-payment', 'awaiting-confirmation', 'cancelling')`,
    )
    return rows.length === 0
  })
  await eventually('every shipment to have left or be stopped', async () => {
    const asked = await rowsOf('select id from shipment')
    return asked.length >= ORDERS && (await rowsOf(HERE)).length === 0
  })
  await house.settle()

  const left = await rowsOf(LEFT)
  const kept = books()
  t.teardown(() => kept.close())
  await eventually('the warehouse to have noted all of it', async () => kept.isIdle())
  const sent = kept
    .tasks()
    .filter(({ step }) => step === 'sent')
    .flatMap(({ shipmentId, parcel }) =>
      parcel!.lines.map((line) => ({ shipmentId, trackingNumber: parcel!.trackingNumber!, ...line })),
    )
  assert.deepEqual(sent, left, 'what the warehouse put into parcels is what shipping tells to have left')
  t.equal(new Set(left.map(({ trackingNumber }) => trackingNumber)).size, left.length, 'each parcel has its own number')
  t.ok(
    left.some(({ quantity }) => quantity < UNITS),
    'some left in parts',
  )

  const told = await pools.shipping.query<{ units: number }>(
    `select sum((line ->> 'quantity')::int)::int as units from outbox, jsonb_array_elements(data -> 'lines') line
     where type = 'ShipmentDispatched'`,
  )
  const units = left.reduce((sum, { quantity }) => sum + quantity, 0)
  t.equal(told.rows[0]!.units, units, 'each unit is told to have left once')
  for (const { orderId, units: away } of await rowsOf(DISPATCHED)) {
    const account = (await call('warehouse', 'GET', `${urls.shipping}/orders/${orderId}/units`)).body.lines[0]
    assert.deepEqual(account, { lineId: '1', requested: UNITS, open: 0, dispatched: away, stopped: UNITS - away })
    const { payment, totals } = await shop.read(orderId)
    if (away === UNITS) t.equal(payment.captured, totals.total, 'what left is paid, once')
  }
})
