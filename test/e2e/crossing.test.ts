import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { sharedHouse } from './house.ts'

/** A withdrawal, a cancellation and the carrier are about the same units at once: whatever comes first, each unit is decided once. */

const house = await sharedHouse()
const { shop, call, pools, urls } = house
const UNITS = 3

type Deed = 'withdraw' | 'cancel' | 'dispatch'
const orders: Deed[][] = [
  ['withdraw', 'cancel', 'dispatch'],
  ['withdraw', 'dispatch', 'cancel'],
  ['cancel', 'withdraw', 'dispatch'],
  ['cancel', 'dispatch', 'withdraw'],
  ['dispatch', 'withdraw', 'cancel'],
  ['dispatch', 'cancel', 'withdraw'],
]

/** A paid order that returns knows too, and what may be done about it by different people. */
async function readyOrder(sku: string) {
  const order = await shop.place({ sku, quantity: UNITS })
  await shop.pay(order)
  const shipmentId = await shop.shipmentOf(order)
  const eligibility = `${urls.returns}/orders/${order.id}/eligibility`
  await eventually('returns to know the contract', async () => {
    const { status } = await call('storefront', 'GET', eligibility, { expect: [200, 404] })
    return status === 200
  })
  const does: Record<Deed, () => Promise<number>> = {
    withdraw: async () => {
      const said = { body: {}, expect: [201, 409] }
      return (await call('storefront', 'POST', `${urls.returns}/orders/${order.id}/withdrawals`, said)).status
    },
    cancel: async () => {
      const said = { body: { by: 'customer' }, expect: [200, 202, 409] }
      return (await call('support', 'PUT', `${urls.orders}/orders/${order.id}/cancellation`, said)).status
    },
    dispatch: async () => {
      const said = { body: { carrier: 'Posten', trackingNumber: `NO-${order.number}` }, expect: [200, 409] }
      return (await call('warehouse', 'PUT', `${urls.shipping}/shipments/${shipmentId}/dispatch`, said)).status
    },
  }
  /** What was said first has come to shipping by the time that the others cross. */
  const isHeard = () =>
    eventually('shipping to have heard of it', async () => {
      const { body } = await call('warehouse', 'GET', `${urls.shipping}/shipments/${shipmentId}`)
      return body.status === 'cancelled' || body.status === 'dispatched'
    })
  return { ...order, shipmentId, does, isHeard }
}

type Said = { requestId?: string; lines: { stopped: number }[]; left?: { quantity: number }[] }
const told = async (service: 'orders' | 'shipping' | 'returns', orderId: string, type: string) =>
  (
    await pools[service].query<{ data: Said }>(
      `select data from outbox where type = $2 and data ->> 'orderId' = $1 order by seq`,
      [orderId, type],
    )
  ).rows.map(({ data }) => data)
const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0)

t.test('a withdrawal, a cancellation and a dispatch of the same units at once decide each unit once', async (t) => {
  const sku = await shop.stock(100)
  const all = await Promise.all(
    // Each order of the three, all at once, and with the first done before the two others cross.
    orders
      .flatMap((order) => [order, order])
      .map(async (order, n) => ({ order, first: n % 2, placed: await readyOrder(sku) })),
  )
  const answers = await Promise.all(
    all.map(async ({ order, first, placed }) => {
      const before = []
      for (const deed of order.slice(0, first)) {
        before.push([deed, await placed.does[deed]()] as const)
        await placed.isHeard()
      }
      const rest = await Promise.all(order.slice(first).map(async (deed) => [deed, await placed.does[deed]()] as const))
      return Object.fromEntries([...before, ...rest])
    }),
  )
  await house.settle()

  for (const [n, { order, first, placed }] of all.entries()) {
    const { id } = placed
    const name = `${order.join(', ')} ${first ? 'after the first' : 'at once'}: ${JSON.stringify(answers[n])}`
    const [account] = (await call('warehouse', 'GET', `${urls.shipping}/orders/${id}/units`)).body.lines
    const { dispatched, stopped } = account
    t.match(account, { requested: UNITS, open: 0 }, name)
    t.equal(dispatched + stopped, UNITS, name)
    t.equal(dispatched, answers[n]!.dispatch === 200 ? UNITS : 0, `${name}: what was answered to the warehouse holds`)

    const given = await told('shipping', id, 'StopAnswered')
    const asked = await told('orders', id, 'StopRequested')
    t.equal(new Set(given.map(({ requestId }) => requestId)).size, given.length, `${name}: each is answered once`)
    t.ok(given.length >= asked.length, name)
    t.equal(
      sum(given.flatMap(({ lines }) => lines.map((line) => line.stopped))),
      stopped,
      `${name}: each is stopped once`,
    )

    const { payment, totals, status } = await shop.read(id)
    t.equal(payment.captured, dispatched > 0 ? totals.total : 0, `${name}: what left is paid, and nothing else`)
    t.equal(status === 'cancelled', dispatched === 0, name)
    const withdrawn = await told('returns', id, 'ReturnUnitsKnown')
    const back = withdrawn.flatMap(({ left = [] }) => left)
    t.ok(sum(back.map(({ quantity }) => quantity)) <= dispatched, `${name}: no more comes back than left`)
  }
  t.ok(
    new Set(answers.map(({ dispatch }) => dispatch)).size === 2,
    'the carrier came first in some, and too late in others',
  )
})
