import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { readSession } from '../../money/session-store.ts'
import { onAddressChangeAnswered } from '../../order/reactions/on-address-change-answered.ts'
import { alarm, alarmsOf, formed, historyOf, pageOf, resolved } from '../alarming.ts'
import { type OrdersForTest, startOrdersForTest } from '../orders-service.ts'

const NEW = { name: 'Kari Nordmann', street: 'Parkveien 12', postalCode: '0350', city: 'Oslo', country: 'NO' }

/** The goods are asked to go elsewhere, and shipping answers. */
async function move(house: OrdersForTest, id: string, address: object, changed = true) {
  const asked = await house.call('support', 'PUT', `/orders/${id}/shipping-address`, {
    shippingAddress: address,
    why: 'The customer has moved.',
  })
  t.equal(asked.status, 202, 'the change was asked for')
  const requested = (await historyOf(house, id)).findLast(
    ({ type }: { type: string }) => type === 'AddressChangeRequested',
  )
  const { requestId } = requested.data
  const answer = { orderId: id, requestId, changed, left: [], answeredAt: house.clock.now().toString() }
  await transact(house.deps, (trx) => onAddressChangeAnswered(trx, house.deps, answer as never))
}
const known = (house: OrdersForTest) => house.klarna.orders()[0]?.shipping_address as Record<string, string> | undefined
const knows = (house: OrdersForTest, street: string) =>
  eventually(`Klarna to know of ${street}`, async () => known(house)?.street_address === street)
const tells = (house: OrdersForTest) => house.klarna.journal().filter(({ path }) => path.endsWith('/customer-details'))
const DETAILS = { method: 'PATCH', path: '/customer-details$' }

t.test('who holds the money', async (t) => {
  t.test('is told that the goods go elsewhere, and of the last address last', async (t) => {
    const { house, id } = await formed(t)
    house.klarna.faults.add({ match: DETAILS, phase: 'before', action: { type: 'status', status: 503 } })
    await move(house, id, NEW)
    await knows(house, 'Parkveien 12')
    t.match(known(house), { given_name: 'Kari', family_name: 'Nordmann', postal_code: '0350', country: 'NO' })
    await move(house, id, { ...NEW, name: 'Kari', street: 'Storgata 1' })
    await knows(house, 'Storgata 1')
    t.strictSame(await alarmsOf(house, 'address-not-told'), [])
  })
  t.test('is not told of a change that came too late', async (t) => {
    const { house, id } = await formed(t)
    await move(house, id, NEW, false)
    await move(house, id, { ...NEW, street: 'Storgata 1' })
    await knows(house, 'Storgata 1')
    t.equal(tells(house).length, 1)
  })
  t.test('is told once it holds it, of what changed before', async (t) => {
    const house = await startOrdersForTest(t)
    await house.stock('SENSOR-1')
    const { body: order } = await house.place()
    const session = await pageOf(order.payment.url)
    await move(house, order.id, NEW)
    t.strictSame(tells(house), [])
    house.klarna.approve(session)
    await knows(house, 'Parkveien 12')
  })
  t.test('may refuse it: goods go there all the same and a person is called, until an address is taken', async (t) => {
    const { house, id, read } = await formed(t)
    const action = { type: 'status' as const, status: 403, code: 'NOT_ALLOWED', messages: ['Risk.'] }
    house.klarna.faults.add({ match: DETAILS, phase: 'before', action })
    await move(house, id, NEW)
    t.match((await alarm(house, 'address-not-told')).detail, { reason: 'not_allowed' })
    t.match(await read(), { shippingAddress: { street: 'Parkveien 12' } })
    await move(house, id, { ...NEW, street: 'Storgata 1' })
    await resolved(house, 'address-not-told')
  })
  t.test('is not asked where payments have no address', async (t) => {
    const house = await startOrdersForTest(t, { payAt: 'vipps' })
    await house.stock('SENSOR-1')
    const { body: order } = await house.place()
    const operationId: string = order.payment.url.split('/').at(-1)
    const opened = await eventually('the session', async () => (await readSession(house.db, operationId))!.opened)
    house.vipps.approve(opened.id)
    await eventually(
      'the contract',
      async () => (await house.call('support', 'GET', `/orders/${order.id}`)).body.status === 'formed',
    )
    await move(house, order.id, NEW)
    await eventually('the job to end', async () => {
      const { rows } = await house.pool.query(`select state from jobs.job where name = 'tell-address'`)
      return rows.length === 1 && rows[0].state === 'completed'
    })
    t.strictSame(await alarmsOf(house, 'address-not-told'), [])
  })
})
