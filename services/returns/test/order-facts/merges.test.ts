import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, hear, call } = await startReturnsForTest()
type Heard = Parameters<typeof hear>[0]
const ofOrders: Heard[] = ['OrderPlaced', 'ContractFormed', 'EmailCorrected', 'ContractReconfirmed']
const ofShipping: Heard[] = ['ShipmentDispatched', 'ShipmentDelivered', 'DeliveryCorrected']

/** All ways to hear two sequences, each in its own order. */
function merges(some: Heard[], others: Heard[]): Heard[][] {
  const [one, ...rest] = some
  const [other, ...more] = others
  if (one === undefined || other === undefined) return [[...some, ...others]]
  return [
    ...merges(rest, others).map((merge) => [one, ...merge]),
    ...merges(some, more).map((merge) => [other, ...merge]),
  ]
}

/** What is known of an order, less the order's own id. */
async function known(orderId: string) {
  const { facts, personal } = await db
    .selectFrom('order_facts')
    .selectAll()
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow()
  return { facts: { ...facts, orderId: '' }, personal }
}
async function knownAfter(...heard: Heard[]) {
  const orderId = crypto.randomUUID()
  for (const name of heard) await hear(name, orderId)
  return known(orderId)
}

t.test('however the events of orders and shipping are merged, the database holds the same facts', async (t) => {
  const inOrder = await knownAfter(...ofOrders, ...ofShipping)
  t.equal(inOrder.facts.parcels[0]!.receivedAt, '2026-06-05T16:00:00Z')
  const all = merges(ofOrders, ofShipping)
  t.equal(all.length, 35)
  for (const merge of all) t.strictSame(await knownAfter(...merge), inOrder, merge.join(', '))
})

t.test('heard at the same time, neither is lost', async (t) => {
  const inOrder = await knownAfter('OrderPlaced', 'ShipmentDispatched')
  for (let i = 0; i < 20; i += 1) {
    const orderId = crypto.randomUUID()
    await Promise.all([hear('ShipmentDispatched', orderId), hear('OrderPlaced', orderId)])
    t.strictSame(await known(orderId), inOrder)
  }
})

t.test('an order of which only a parcel is known is not known yet, to staff neither', async (t) => {
  const orderId = crypto.randomUUID()
  await hear('ShipmentDispatched', orderId)
  await changesNothing(db, async () => {
    for (const role of ['storefront', 'support']) {
      for (const what of ['eligibility', 'entitlements', 'returns'])
        assertProblem(await call(role, 'GET', `/orders/${orderId}/${what}`), 404, 'order-unknown', /no such order/)
      assertProblem(
        await call(role, 'POST', `/orders/${orderId}/withdrawals`, {}),
        404,
        'order-unknown',
        /no such order/,
      )
    }
  })
  await hear('OrderPlaced', orderId)
  const { status, body } = await call('support', 'GET', `/orders/${orderId}/eligibility?at=2026-06-03T00:00:00Z`)
  t.strictSame([status, body.cancel.outcome], [200, 'refused'])
})

t.test('a withdrawal between two parcels keeps both', async (t) => {
  const orderId = crypto.randomUUID()
  const shipmentId = crypto.randomUUID()
  await hear('ShipmentDispatched', orderId)
  await hear('OrderPlaced', orderId)
  const lines = [{ lineId: '1', quantity: 1 }]
  t.equal((await call('support', 'POST', `/orders/${orderId}/withdrawals`, { lines })).status, 201)
  await hear('ShipmentDispatched', orderId, { shipmentId })
  await hear('ShipmentDelivered', orderId, { shipmentId })
  const { facts } = await known(orderId)
  t.strictSame([facts.parcels.length, facts.returns.length], [2, 1])
})
