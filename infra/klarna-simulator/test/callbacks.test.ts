import { startCallbackServer } from '@vilkar/testing/callback-server.ts'
import t, { type Test } from 'tap'
import { goods, inShort, openShop, success, until } from './shop.ts'

/** A shop with a callbackServer for callbacks that is told of a new order, and its id. */
async function sold(t: Test, fraudStatus?: 'PENDING', answer = (_: unknown[]) => 200) {
  const callbackServer = await startCallbackServer(t, answer)
  const shop = await openShop(t, { notification: callbackServer.url })
  const { sessionId } = success(await shop.klarna.start(shop.order([goods(10_000)])))
  const buy = () => shop.simulator.approve(sessionId, fraudStatus).order_id!
  const pushes = () => callbackServer.calls.filter(({ query }) => query.order_id !== undefined)
  const notices = () =>
    callbackServer.calls.filter(({ said }) => (said as { event_type?: string } | undefined)?.event_type !== undefined)
  return { ...shop, buy, pushes, notices }
}

const pushed = { path: 'order_id=' }

t.test('a push comes twice at once when it is told to', async (t) => {
  const { simulator, klarna, buy, pushes } = await sold(t)
  simulator.faults.add({ match: pushed, phase: 'after', action: { type: 'duplicate_push' } })
  const paymentId = buy()
  await until(() => pushes().length === 2)
  for (const call of pushes()) t.strictSame(klarna.parseNotification(call), { paymentId })
})

t.test('a push that is dropped comes again', async (t) => {
  const { simulator, buy, pushes } = await sold(t)
  simulator.faults.add({ match: pushed, phase: 'before', action: { type: 'drop_push' }, times: 2 })
  buy()
  await until(() => pushes().length === 1)
  t.equal(simulator.faults.struck(), 2)
  const answered = () => simulator.deliveries().filter(({ url }) => url.includes('order_id='))
  await until(() => answered().length === 1)
  t.equal(answered()[0]?.attempt, 3)
})

t.test('a push that is late comes after the order was captured, and speaks of it still', async (t) => {
  const { simulator, klarna, buy, pushes, move } = await sold(t)
  const captured = Promise.withResolvers<void>()
  simulator.faults.add({ match: pushed, phase: 'before', action: { type: 'delay_push', until: captured.promise } })
  const paymentId = buy()
  await until(() => simulator.faults.struck() === 1)
  success(await klarna.capture(move('capture', paymentId, 10_000)))
  t.strictSame(pushes(), [])
  captured.resolve()
  await until(() => pushes().length === 1)
})

t.test('a fraud review that ends is told until the shop answers, and the books say how it ended', async (t) => {
  const { simulator, klarna, buy, notices, move } = await sold(t, 'PENDING', ({ length }) => (length < 6 ? 500 : 200))
  const paymentId = buy()
  t.equal(success(await klarna.read(paymentId)).review, 'pending')
  simulator.portal.review(paymentId, 'ACCEPTED')
  await until(() => notices().length >= 2)
  for (const call of notices()) t.strictSame(klarna.parseNotification(call), { paymentId })
  t.equal(success(await klarna.read(paymentId)).review, 'accepted')
  success(await klarna.capture(move('capture', paymentId, 10_000)))
})

t.test('a review that ends badly after the order was cancelled leaves it cancelled', async (t) => {
  const { simulator, klarna, buy, notices, intent } = await sold(t, 'PENDING')
  const paymentId = buy()
  success(await klarna.release({ paymentId, intent: intent('release', 0) }))
  simulator.portal.review(paymentId, 'REJECTED')
  await until(() => notices().length === 1)
  const { state, review } = success(await klarna.read(paymentId))
  t.strictSame([state, review], ['cancelled', 'rejected'])
  t.strictSame(simulator.violations(), [])
})

t.test('a forged notice names an order, and the books say that nothing was decided', async (t) => {
  const { klarna, buy } = await sold(t, 'PENDING')
  const paymentId = buy()
  const body = JSON.stringify({ order_id: paymentId, event_type: 'FRAUD_RISK_ACCEPTED' })
  const forged = { url: 'http://shop.example/klarna', headers: {}, body }
  t.strictSame(klarna.parseNotification(forged), { paymentId })
  t.equal(success(await klarna.read(paymentId)).review, 'pending')
})

t.test('what somebody captures in the portal is in the books, and nobody takes it for ours', async (t) => {
  const { simulator, klarna, paid, move } = await openShop(t)
  const input = move('capture', await paid(10_000), 4_000)
  simulator.portal.capture(input.paymentId, 3_000)
  simulator.portal.refund(input.paymentId, 1_000)
  const { captures, refunded } = success(await klarna.read(input.paymentId))
  t.strictSame(
    captures.map(({ reference, amount }) => [reference, amount]),
    [[null, 3_000]],
  )
  t.equal(refunded, 1_000)
  t.equal(inShort(await klarna.reconcile({ op: 'capture', ...input })), 'pending provider_processing')
  t.throws(() => simulator.portal.capture(input.paymentId, 7_001), /CAPTURE_NOT_ALLOWED/)
  t.throws(() => simulator.portal.cancel(input.paymentId), /CANCEL_NOT_ALLOWED/)
})

t.test('another process moves the clock, ends reviews and authorisations, and captures in the portal', async (t) => {
  const { simulator, klarna, order, raw } = await openShop(t)
  const { sessionId } = success(await klarna.start(order([goods(10_000)])))
  const paymentId = simulator.approve(sessionId, 'PENDING').order_id!
  const path = `/__sim/orders/${paymentId}`
  t.equal((await raw('POST', `${path}/fraud`, { verdict: 'MAYBE' })).status, 400)
  t.equal((await raw('POST', `${path}/fraud`, { verdict: 'ACCEPTED' })).status, 200)
  t.equal((await raw('POST', `${path}/captures`, { amount: 2_500 })).status, 200)
  t.equal((await raw('POST', `${path}/captures`, { amount: 7_501 })).status, 409)
  t.equal((await raw('POST', `${path}/refunds`, { amount: 500 })).status, 200)
  const snapshot = success(await klarna.read(paymentId))
  t.strictSame([snapshot.review, snapshot.captured, snapshot.refunded], ['accepted', 2_500, 500])
  t.equal((await raw('POST', '/__sim/clock', { advance: 'PT672H' })).status, 204)
  t.equal(success(await klarna.read(paymentId)).state, 'expired')
  for (const advance of ['-PT1S', 'tomorrow', 7]) {
    t.ok([400, 409].includes((await raw('POST', '/__sim/clock', { advance })).status), String(advance))
  }
  t.equal((await raw('POST', `${path}/nothing`)).status, 400)
  t.equal((await raw('POST', '/__sim/orders/nobody/expire')).status, 409)
})

t.test('another process approves in the widget and pays in the checkout', async (t) => {
  const payments = await openShop(t, { frontEnd: 'payments' })
  const started = success(await payments.klarna.start(payments.order([goods(100)])))
  const approval = await payments.raw('POST', `/__sim/payments/${started.sessionId}/authorize`, { verdict: 'PENDING' })
  const placed = await payments.klarna.authorise({
    intent: payments.intent('authorise', 100),
    approvalToken: approval.body.authorization_token,
    request: started.request ?? '',
  })
  t.equal(inShort(placed), 'pending fraud_review')

  const kustom = await openShop(t, { frontEnd: 'kustom' })
  const { sessionId } = success(await kustom.klarna.start(kustom.order([goods(100)])))
  const id = sessionId.split('/').at(-1)
  t.equal((await kustom.raw('POST', `/__sim/checkout/${id}/complete`)).body.status, 'checkout_complete')
  t.equal((await kustom.raw('POST', `/__sim/checkout/${id}/complete`)).status, 409)
})

t.test('what it remembers outlives it: sessions, approvals and orders', async (t) => {
  const first = await openShop(t, { frontEnd: 'payments' })
  const started = success(await first.klarna.start(first.order([goods(100)])))
  const approvalToken = first.simulator.authorize(started.sessionId).authorization_token
  const remembered = first.simulator.remembered()
  const second = await openShop(t, { frontEnd: 'payments', remembered })
  const input = { intent: second.intent('authorise', 100), approvalToken, request: started.request ?? '' }
  const { paymentId } = success(await second.klarna.authorise(input))
  const third = await openShop(t, { remembered: second.simulator.remembered() })
  t.equal(success(await third.klarna.read(paymentId)).authorised, 100)
})

t.test('captures and refunds are checked as Klarna checks them', async (t) => {
  const { paid, raw } = await openShop(t)
  const path = `/ordermanagement/v1/orders/${await paid(10_000)}/captures`
  const line = { name: 'Mug', quantity: 1, unit_price: 100, total_amount: 100 }
  const bad: [object, RegExp][] = [
    [{}, /captured_amount/],
    [{ captured_amount: 0 }, /captured_amount/],
    [{ captured_amount: 1.5 }, /captured_amount/],
    [{ captured_amount: 200_000_001 }, /captured_amount/],
    [{ captured_amount: 1, reference: 'x'.repeat(256) }, /reference/],
    [{ captured_amount: 1, description: 'x'.repeat(256) }, /description/],
    [{ captured_amount: 1, order_lines: Array(1_001).fill(line) }, /order_lines/],
    [{ captured_amount: 1, order_lines: [{ ...line, type: 'magic' }] }, /order_lines\[0\]\.type/],
    [{ captured_amount: 1, order_lines: [line, { ...line, total_amount: 99 }] }, /order_lines\[1\]\.total_amount/],
    [{ captured_amount: 1, shipping_info: [{ shipping_company: 'x'.repeat(101) }] }, /shipping_info/],
  ]
  for (const [body, expected] of bad) {
    const headers = { 'klarna-idempotency-key': crypto.randomUUID() }
    const { status, body: said } = await raw('POST', path, body, headers)
    t.strictSame([status, said.error_code], [422, 'UNPROCESSABLE_ENTITY'])
    t.match(said.error_messages[0], expected)
  }
})
