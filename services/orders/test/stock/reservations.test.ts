import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { checkPayment } from '../../money/jobs/check-payment.ts'
import { pageOf } from '../alarming.ts'
import { type OrdersForTest, startOrdersForTest } from '../orders-service.ts'

type Order = { id: string; payment: { url: string; reservedUntil: string } }
const read = async (house: OrdersForTest, id: string) => (await house.call('support', 'GET', `/orders/${id}`)).body
const reaches = (house: OrdersForTest, id: string, status: string) =>
  eventually(
    `the order to be ${status}`,
    async () => (await read(house, id)).status === status && (await read(house, id)),
  )
const stockOf = async ({ db }: OrdersForTest) =>
  (await db.selectFrom('product').select('stock').executeTakeFirstOrThrow()).stock
const ended = (house: OrdersForTest, id: string) =>
  eventually('the end of the reservation', async () => (await read(house, id)).payment.reservationEndedAt)

/** A shop with so many sensors, and orders of one each whose payment pages are open and whose reservations have ended. */
async function abandoned(t: Test, stock: number, orders: number) {
  const house = await startOrdersForTest(t, { watch: true })
  await house.stock('SENSOR-1', { stock })
  const placed: { order: Order; page: string }[] = []
  for (let n = 0; n < orders; n += 1) {
    const { body: order } = await house.place({ email: `kari-${n}@example.com` })
    placed.push({ order, page: await pageOf(order.payment.url) })
    house.clock.advance('PT31M')
    await ended(house, order.id)
  }
  return { house, placed }
}

t.test('an order that is not paid for half an hour lets its goods go, and stays payable', async (t) => {
  const { house, placed } = await abandoned(t, 1, 1)
  const { order, page } = placed[0]!
  t.equal(await stockOf(house), 1)
  const seen = await read(house, order.id)
  t.equal(seen.status, 'awaiting-payment')
  t.equal(seen.payment.reservedUntil, undefined)
  house.klarna.approve(page)
  t.ok((await reaches(house, order.id, 'formed')).formedAt, 'what is still there is theirs')
  t.equal(await stockOf(house), 0)
})

t.test(
  'who comes back to pay for goods that are gone hears so before they pay, and pays when there are some again',
  async (t) => {
    const { house, placed } = await abandoned(t, 1, 1)
    const { order } = placed[0]!
    const link = new URL(order.payment.url).pathname
    t.equal((await house.call('nobody', 'GET', link)).status, 303)
    await house.pool.query('update product set stock = 0')
    const gone = await house.call('nobody', 'GET', link)
    assertProblem(gone, 409, 'out-of-stock', /not enough of them now \(Sensor: 1 ordered, 0 left\)\. Nothing was taken/)
    t.strictSame(gone.body.shortages, [{ sku: 'SENSOR-1', wanted: 1, available: 0 }])
    const approval = await house.call('nobody', 'POST', `${link}/approval`, { approvalToken: 'token' })
    assertProblem(approval, 409, 'out-of-stock', /Nothing was taken/)
    await house.pool.query('update product set stock = 1')
    t.equal((await house.call('nobody', 'GET', link)).status, 303)
  },
)

t.test('two who pay at once for the last that is left: one gets it, the other their money and a word', async (t) => {
  const { house, placed } = await abandoned(t, 1, 2)
  for (const { page } of placed) house.klarna.approve(page)
  const seen = await Promise.all(
    placed.map(({ order }) =>
      eventually('an end', async () => {
        const now = await read(house, order.id)
        return (now.status === 'formed' || (now.status === 'cancelled' && now.payment.released)) && now
      }),
    ),
  )
  t.strictSame(seen.map(({ status }) => status).sort(), ['cancelled', 'formed'])
  t.equal(await stockOf(house), 0)
  const loser = seen.find(({ status }) => status === 'cancelled')
  t.hasStrict(loser.cancelled, { by: 'seller', reason: 'stock' })
  t.strictSame(
    house.klarna
      .orders()
      .map(({ status, captured_amount }) => [status, captured_amount])
      .sort(),
    [
      ['AUTHORIZED', 0],
      ['CANCELLED', 0],
    ],
  )
  const told = await eventually('the mail', async () =>
    house.mailbox.to(loser.customer.email).find(({ subject }) => /is cancelled/.test(subject ?? '')),
  )
  t.match(
    told.text,
    /kept for you until .*When your payment came, there was not enough left of these:\s+1 × Sensor, and we have 0/s,
  )
  t.match(told.text, /clause 4\.2 of the terms/)
  t.match(told.text, /Nothing was taken, and the reservation of .* is let go/)
  t.notOk(house.mailbox.to(loser.customer.email).some(({ subject }) => /confirmation/i.test(subject ?? '')))
  const { body: history } = await house.call('support', 'GET', `/orders/${loser.id}/history`)
  t.strictSame(
    history.items.map(({ type }: { type: string }) => type),
    ['OrderPlaced', 'ReservationEnded', 'PaymentAuthorised', 'OrderCancelled', 'PaymentReleased'],
  )
})

t.test('who paid and waits for the provider’s review keeps the goods; who did not pay does not', async (t) => {
  const house = await startOrdersForTest(t)
  await house.stock('SENSOR-1', { stock: 2 })
  const { body: reviewed } = await house.place({ email: 'kari@example.com' })
  const { body: unpaid } = await house.place({ email: 'ola@example.com' })
  await pageOf(unpaid.payment.url)
  house.klarna.approve(await pageOf(reviewed.payment.url), 'PENDING')
  house.clock.advance('PT31M')
  for (const { id } of [reviewed, unpaid]) await checkPayment(house.deps).run({ orderId: id })
  t.equal((await read(house, reviewed.id)).payment.reservationEndedAt, undefined)
  t.ok((await read(house, unpaid.id)).payment.reservationEndedAt)
  t.equal(await stockOf(house), 1)
})

t.test('while the provider does not say whether anybody paid, the goods are kept', async (t) => {
  const house = await startOrdersForTest(t)
  await house.stock('SENSOR-1', { stock: 1 })
  const { body: order } = await house.place()
  const page = await pageOf(order.payment.url)
  house.klarna.approve(page)
  house.clock.advance('PT31M')
  await house.pool.query('delete from jobs.job')
  house.klarna.faults.add({ match: { method: 'GET', path: page }, phase: 'before', action: { type: 'reset' } } as never)
  await checkPayment(house.deps)
    .run({ orderId: order.id })
    .catch(() => undefined)
  t.equal((await read(house, order.id)).payment.reservationEndedAt, undefined)
  house.klarna.faults.clear()
  await checkPayment(house.deps).run({ orderId: order.id })
  t.equal((await read(house, order.id)).payment.reservationEndedAt, undefined, 'it was paid in time, and heard late')
  t.ok(['awaiting-confirmation', 'formed'].includes((await read(house, order.id)).status))
})

t.test('a customer may keep only so much unpaid', async (t) => {
  const house = await startOrdersForTest(t)
  const { call, clock } = house
  const before = { ...house.deps.settings }
  t.teardown(() => Object.assign(house.deps.settings, before))
  Object.assign(house.deps.settings, { unpaidOrdersMax: 2, unpaidUnitsMax: 10 })
  await house.stock('SENSOR-1', { stock: 1_000 })
  const order = async (email: string, { role = 'storefront', quantity = 1 } = {}) => {
    const quoted = await house.quote({ lines: [{ sku: 'SENSOR-1', quantity }] }, role)
    return call(role, 'POST', '/orders', house.orderOf(quoted, { email }), { 'idempotency-key': crypto.randomUUID() })
  }
  const limited = (answer: Awaited<ReturnType<typeof order>>) =>
    assertProblem(answer, 409, 'reservation-limit', /At most 2 unpaid orders may keep 10 units/)

  const first = await order('kari@example.com')
  t.equal(first.status, 201)
  t.equal((await order('Kari+more@Example.com')).status, 201)
  const refused = await order('kari+even.more@example.com')
  limited(refused)
  t.hasStrict(refused.body, { unpaidOrders: 2, reservedUnits: 2, reservedUntil: first.body.payment.reservedUntil })
  t.equal((await order('ola@example.com')).status, 201, 'the storefront orders for others too')
  t.equal((await order('per@example.com', { quantity: 6 })).status, 201)
  limited(await order('per@example.com', { quantity: 6 }))
  const tooMany = await house.quote({ lines: [{ sku: 'SENSOR-1', quantity: 11 }] })
  t.hasStrict(tooMany, { status: 409, type: '/problems/reservation-limit' }, 'who can get a quote can order')

  for (const email of ['a@example.com', 'b@example.com'])
    t.equal((await order(email, { role: 'customer' })).status, 201)
  limited(await order('c@example.com', { role: 'customer' }))

  await call('storefront', 'PUT', `/orders/${first.body.id}/cancellation`, { by: 'customer' })
  t.equal((await order('kari@example.com')).status, 201, 'a cancelled order keeps nothing')
  limited(await order('kari@example.com'))
  clock.advance('PT31M')
  const many = await Promise.all([1, 2, 3, 4].map(() => order('siri@example.com')))
  t.equal(many.filter(({ status }) => status === 201).length, 2, 'those that come at once are counted together')
})
