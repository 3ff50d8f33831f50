import assert from 'node:assert/strict'
import { startCallbackServer } from '@vilkar/testing/callback-server.ts'
import t from 'tap'
import { goods, inShort, openShop, success, until } from './shop.ts'

t.test('an approved payment is completed, and its order can be read', async (t) => {
  const { simulator, klarna, order } = await openShop(t)
  const shipping = { ...goods(9_900), kind: 'shipping_fee' as const, name: 'Shipping', reference: 'shipping' }
  const off = { ...goods(-5_000), kind: 'discount' as const, name: 'Discount', reference: 'autumn' }
  const started = success(await klarna.start(order([goods(30_000, 2), shipping, off])))
  t.match(started.url, /^http:\/\/127\.0\.0\.1:\d+\/pay\//)
  t.equal(started.expiresAt?.toString(), '2026-11-24T09:30:00Z')
  t.strictSame(success(await klarna.readSession(started.sessionId)), { state: 'waiting' })

  simulator.approve(started.sessionId)
  const session = success(await klarna.readSession(started.sessionId))
  assert.ok(session.state === 'completed')
  const { authorised, captured, refunded, capturable, ...snapshot } = success(await klarna.read(session.paymentId))
  t.strictSame([authorised, captured, refunded, capturable], [64_900, 0, 0, 64_900])
  t.strictSame([snapshot.state, snapshot.review, snapshot.orderNumber], ['authorised', 'accepted', 'V-1001'])
  t.equal(snapshot.expiresAt?.toString(), '2026-12-20T00:00:00Z')
  t.strictSame(simulator.violations(), [])
})

t.test('a declined payment and a page that was left are told apart', async (t) => {
  const { simulator, klarna, order } = await openShop(t)
  const [first, second] = [
    success(await klarna.start(order([goods(100)]))),
    success(await klarna.start(order([goods(100)]))),
  ]
  simulator.decline(first.sessionId)
  simulator.close(second.sessionId)
  t.strictSame(success(await klarna.readSession(first.sessionId)), { state: 'declined' })
  t.strictSame(success(await klarna.readSession(second.sessionId)), { state: 'abandoned' })
  t.strictSame(simulator.orders(), [])
})

t.test('a page is over after two days', async (t) => {
  const { klarna, order, advance } = await openShop(t)
  const { sessionId } = success(await klarna.start(order([goods(100)])))
  advance(48 * 3_600_000)
  t.strictSame(success(await klarna.readSession(sessionId)), { state: 'expired' })
})

t.test('nobody can pay on a page that was closed, and closing it twice is fine', async (t) => {
  const { simulator, klarna, order } = await openShop(t)
  const { sessionId } = success(await klarna.start(order([goods(100)])))
  t.equal(inShort(await klarna.closeSession(sessionId)), 'ok')
  t.throws(() => simulator.approve(sessionId), /DISABLED/)
  t.strictSame(success(await klarna.readSession(sessionId)), { state: 'expired' })
  t.equal(inShort(await klarna.closeSession(sessionId)), 'ok')
})

t.test('closing a page that was paid is refused, so that the payment is not lost', async (t) => {
  const { simulator, klarna, order } = await openShop(t)
  const { sessionId } = success(await klarna.start(order([goods(100)])))
  simulator.approve(sessionId)
  t.equal(inShort(await klarna.closeSession(sessionId)), 'declined already_paid')
})

t.test('lines that do not add up are refused without asking Klarna', async (t) => {
  const { simulator, klarna, order, paid, move } = await openShop(t)
  const input = order([goods(30_000)])
  const result = await klarna.start({ ...input, total: { amount: 30_001, currency: 'NOK' } })
  t.equal(inShort(result), 'declined invalid_request')
  t.strictSame(simulator.journal(), [])

  const capture = move('capture', await paid(30_000), 20_000)
  const before = simulator.journal().length
  t.equal(inShort(await klarna.capture({ ...capture, lines: [goods(19_999)] })), 'declined invalid_request')
  t.equal(simulator.journal().length, before)
})

t.test('what Klarna does not take is refused in words without asking it', async (t) => {
  const { simulator, klarna, order } = await openShop(t)
  const result = await klarna.start({ ...order([goods(100)]), country: 'SE' })
  t.equal(inShort(result), 'declined invalid_request')
  assert.ok(result.kind === 'declined')
  t.strictSame(result.error.messages, ['Klarna takes SEK from SE, and not NOK.'])
  t.strictSame(simulator.journal(), [])
})

t.test('a start whose second half is lost is unknown, and starting again gives a page', async (t) => {
  const { simulator, klarna, order } = await openShop(t)
  simulator.faults.add({ match: { path: '/hpp/' }, phase: 'after', action: { type: 'reset' } })
  const input = order([goods(100)])
  t.equal(inShort(await klarna.start(input)), 'unknown connection_lost')
  t.equal(inShort(await klarna.start(input)), 'ok')
})

t.test('acknowledging names the order, twice if need be', async (t) => {
  const { simulator, klarna, intent, paid } = await openShop(t, { idempotency: { scope: 'global' } })
  const input = { paymentId: await paid(100), orderNumber: 'V-2002', intent: intent('acknowledge', 0) }
  t.equal(inShort(await klarna.acknowledge(input)), 'ok')
  t.equal(inShort(await klarna.acknowledge(input)), 'ok')
  t.equal(simulator.orders()[0]?.merchant_reference1, 'V-2002')
  t.strictSame(simulator.violations(), [])
})

t.test('the shop is called back until it answers, and can tell what about', async (t) => {
  const { calls, url: notification } = await startCallbackServer(t, ({ length }) => (length === 1 ? 500 : 204))
  const { simulator, klarna, order } = await openShop(t, { notification })
  const { sessionId } = success(await klarna.start(order([goods(100)])))
  const { order_id: paymentId } = simulator.approve(sessionId)
  await until(() => calls.length === 3)
  const told = calls.map((call) => klarna.parseNotification(call))
  t.ok(told.some((hint) => hint?.sessionId === sessionId && hint.paymentId === paymentId))
  t.ok(told.some((hint) => hint?.sessionId === undefined && hint?.paymentId === paymentId))
  t.ok(calls.every(({ query }) => query.secret === 'abc'))
})

t.test('an order that was captured is acknowledged, and no longer pushed', async (t) => {
  const { calls, url: notification } = await startCallbackServer(t, () => 500)
  const { klarna, paid, move } = await openShop(t, { notification })
  const paymentId = await paid(100)
  success(await klarna.capture(move('capture', paymentId, 100)))
  const earlier = calls.length
  const since = (name: string) => calls.slice(earlier).filter(({ query }) => query[name] !== undefined).length
  // Both kinds of callback keep the same pace, and one push may have been under way.
  await until(() => since('session_id') === 3)
  t.ok(since('order_id') <= 1)
})
