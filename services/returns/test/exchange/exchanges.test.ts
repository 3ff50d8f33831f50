import { randomUUID } from 'node:crypto'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { checkExchanges } from '../../exchange/jobs/watch-exchanges.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, mailbox, deps, look: lookAtCases, hear, call, delivered, ordered } = await startReturnsForTest()
const one = [{ lineId: '1', quantity: 1 }]
const TOTAL = 99_800 + 129_900 + 14_900
const agree = (orderId: string, body: object, id: string = randomUUID(), role = 'storefront') =>
  call(role, 'PUT', `/orders/${orderId}/exchanges/${id}`, body)
const toldOf = async (id: string) =>
  (await db.selectFrom('outbox').select(['type', 'data']).where('aggregate_id', '=', id).orderBy('seq').execute()).map(
    ({ type, data }) => ({ type, data }),
  )
const mailTo = (email: string, subject: RegExp) =>
  eventually('the mail', async () => mailbox.to(email).find((mail) => subject.test(mail.subject)))

/** A withdrawal from a sensor, and a new order by the same customer. */
async function parts(placed: object = {}) {
  const { id, email } = await delivered()
  clock.at = '2026-06-10T08:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${id}/withdrawals`, { lines: one })
  const { id: newOrderId } = await ordered({ placed: { placedAt: '2026-06-10T08:05:00Z', ...placed } })
  clock.at = '2026-06-10T08:10:00Z'
  return { id, email, returnId: body.id as string, newOrderId }
}
const receive = (returnId: string) => call('warehouse', 'PUT', `/returns/${returnId}/receipt`, { receivedAt: clock.at })
const payBack = (id: string, returnId: string) =>
  hear('PaymentRefunded', id, { returnId, amount: 49_900, refundedAt: clock.at })
async function deliver(orderId: string) {
  const shipmentId = randomUUID()
  await hear('ShipmentDispatched', orderId, { shipmentId, handedOverAt: '2026-06-12T08:00:00Z' })
  await hear('ShipmentDelivered', orderId, { shipmentId, receivedAt: '2026-06-14T08:00:00Z' })
}
async function look(at: string) {
  clock.at = at
  await checkExchanges(deps)
}
const endOf = async (exchangeId: string) => (await toldOf(exchangeId))[1]

t.test(
  'goods go back by their own right, others come by an order of their own, and the difference is told',
  async (t) => {
    const { id, email, returnId, newOrderId } = await parts()
    const exchangeId = randomUUID()
    const { status, body } = await agree(id, { returnId, newOrderId }, exchangeId)
    t.equal(status, 201)
    t.hasStrict(body, {
      ...{ right: 'withdrawal', lines: one, refundEstimate: 49_900, newTotal: TOTAL, difference: TOTAL - 49_900 },
      ...{ status: 'agreed', reasons: [{ code: 'within-period' }] },
    })
    const { text } = await mailTo(email, /Slik bytter du/)
    t.match(text, /1 × Lekkasjesensor.*499,00.*betaler du altså.*angrerettloven § 21/s)
    for (const orderId of [id, newOrderId])
      t.hasStrict((await call('storefront', 'GET', `/orders/${orderId}/exchanges`)).body.items, [{ id: exchangeId }])
    await receive(returnId)
    await payBack(id, returnId)
    await look('2026-06-12T08:00:00Z')
    t.strictSame(await endOf(exchangeId), undefined, 'the new goods are awaited')
    await deliver(newOrderId)
    await look('2026-06-14T09:00:00Z')
    t.hasStrict(await endOf(exchangeId), { type: 'ExchangeEnded', data: { outcome: 'exchanged', paidBack: 49_900 } })
    const { body: rights } = await call('storefront', 'GET', `/orders/${newOrderId}/eligibility`)
    t.equal(rights.lines[0].withdrawal.until, '2026-06-29', 'the new goods have a period of their own')
    t.equal((await call('support', 'GET', `/returns/${exchangeId}/case`)).body.status, 'ended')
  },
)

t.test('in whatever order its parts are done, it ends once', async (t) => {
  const { id, returnId, newOrderId } = await parts()
  const exchangeId = randomUUID()
  await agree(id, { returnId, newOrderId }, exchangeId)
  await deliver(newOrderId)
  await receive(returnId)
  await payBack(id, returnId)
  clock.at = '2026-06-20T08:00:00Z'
  await Promise.all([checkExchanges(deps), checkExchanges(deps)])
  await look('2026-06-21T08:00:00Z')
  t.strictSame(
    (await toldOf(exchangeId)).map(({ type }) => type),
    ['ExchangeAgreed', 'ExchangeEnded'],
  )
})

t.test('a new order that is never paid, or is out of stock, ends it, and the return is paid back whole', async (t) => {
  const { id, email, returnId, newOrderId } = await parts()
  const exchangeId = randomUUID()
  await agree(id, { returnId, newOrderId }, exchangeId)
  await hear('OrderCancelled', newOrderId, {
    by: 'system',
    reason: 'payment-abandoned',
    cancelledAt: '2026-06-11T08:00:00Z',
  })
  await look('2026-06-11T09:00:00Z')
  t.hasStrict(await endOf(exchangeId), { data: { outcome: 'new-order-cancelled' } })
  t.match((await mailTo(email, /ikke noe av/)).text, /Returen gjelder som før/)
  await receive(returnId)
  t.hasStrict((await call('support', 'GET', `/returns/${returnId}`)).body, { refund: { amount: 49_900 } })
})

t.test('goods that are never sent back end it, and the new order and the withdrawal stay', async (t) => {
  const { id, email, returnId, newOrderId } = await parts()
  const exchangeId = randomUUID()
  await agree(id, { returnId, newOrderId }, exchangeId)
  await deliver(newOrderId)
  await look('2026-07-22T08:00:00Z')
  t.strictSame(await endOf(exchangeId), undefined)
  await look('2026-07-23T08:00:00Z')
  t.hasStrict(await endOf(exchangeId), { data: { outcome: 'never-returned' } })
  await mailTo(email, /ikke noe av/)
  t.hasStrict((await call('support', 'GET', `/returns/${returnId}`)).body, { status: 'declared' })
})

t.test('a voluntary return is exchanged too, and what ends it ends the exchange', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-22T08:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${id}/voluntary-returns`, { lines: one })
  const { id: newOrderId } = await ordered({ placed: { placedAt: '2026-06-22T08:05:00Z' } })
  const exchangeId = randomUUID()
  t.hasStrict((await agree(id, { returnId: body.id, newOrderId }, exchangeId)).body, { right: 'voluntary-return' })
  t.equal((await call('storefront', 'PUT', `/voluntary-returns/${body.id}/giving-up`)).status, 200)
  await look('2026-06-22T09:00:00Z')
  t.hasStrict(await endOf(exchangeId), { data: { outcome: 'never-returned' } })
})

t.test('a person is called for a new order that neither comes nor ends', async (t) => {
  const { id, returnId, newOrderId } = await parts()
  const exchangeId = randomUUID()
  await agree(id, { returnId, newOrderId }, exchangeId)
  await receive(returnId)
  await payBack(id, returnId)
  const { body } = await call('support', 'GET', `/returns/${exchangeId}/case`)
  t.hasStrict(body, { awaits: 'exchange', dueOn: '2026-07-22' })
  clock.at = '2026-08-10T08:00:00Z'
  await lookAtCases()
  const { items } = (await call('support', 'GET', '/alarms')).body
  t.ok(
    items.some(
      ({ about, kind }: { about: string; kind: string }) => about === exchangeId && kind === 'exchange-unended',
    ),
  )
})

t.test('two who agree at once on the same make one exchange, and neither part is in two', async (t) => {
  const { id, returnId, newOrderId } = await parts()
  const exchangeId = randomUUID()
  const both = await Promise.all([1, 2].map(() => agree(id, { returnId, newOrderId }, exchangeId)))
  t.strictSame(both.map(({ status }) => status).sort(), [200, 201])
  t.equal((await agree(id, { returnId, newOrderId })).body.type, '/problems/exchange-mismatch')
  const { id: third } = await ordered({ placed: { placedAt: '2026-06-10T08:06:00Z' } })
  t.equal((await agree(id, { returnId, newOrderId: third })).body.type, '/problems/exchange-mismatch')
  t.equal((await agree(id, { returnId, newOrderId: third }, exchangeId)).status, 409)
})

t.test('what cannot be exchanged is refused in words', async (t) => {
  const { id, returnId, newOrderId } = await parts()
  const { id: unpaid } = await ordered({ placed: { placedAt: '2026-06-10T08:05:00Z' } })
  await hear('OrderCancelled', unpaid)
  const over = await agree(id, { returnId, newOrderId: unpaid })
  t.match(over.body, { type: '/problems/exchange-refused', reasons: [{ code: 'order-cancelled', cites: [{}] }] })
  const euro = await ordered({ placed: { placedAt: '2026-06-10T08:05:00Z', currency: 'EUR' } })
  const older = await ordered({ placed: { placedAt: '2026-05-10T08:05:00Z' } })
  for (const other of [euro.id, older.id, id])
    t.equal((await agree(id, { returnId, newOrderId: other })).body.type, '/problems/exchange-mismatch')
  t.equal((await agree(id, { returnId: randomUUID(), newOrderId })).body.type, '/problems/return-unknown')
  t.equal(
    (await agree(id, { returnId, newOrderId: randomUUID() })).body.type,
    '/problems/order-unknown',
    'not heard of yet',
  )
  t.equal((await agree(id, { returnId, newOrderId }, randomUUID(), 'customer')).status, 404, 'of somebody else')
  t.equal((await agree(newOrderId, { returnId, newOrderId: id })).body.type, '/problems/return-unknown')
})
