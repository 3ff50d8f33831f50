import t, { type Test } from 'tap'
import { goods, inShort, openShop, success } from './shop.ts'

const HOUR_MS = 3_600_000

const openKustom = (t: Test, options = {}) => openShop(t, { frontEnd: 'kustom', ...options })
const checkoutId = (sessionId: string) => sessionId.split('/').at(-1) ?? ''

t.test('a checkout order is made, and its address is taken from Location', async (t) => {
  const { klarna, order } = await openKustom(t)
  const input = order([goods(6_000)])
  const { sessionId, url, widget } = success(await klarna.start(input))
  t.match(sessionId, /^\/checkout\/v3\/orders\/[0-9a-f-]{36}$/)
  t.equal(url, input.urls.checkout)
  t.match(widget?.kind === 'html' ? widget.value : '', /<div id="klarna-checkout-container">/)
  t.strictSame(success(await klarna.readSession(sessionId)), { state: 'waiting' })
  t.equal(
    inShort(await klarna.start({ ...input, urls: { ...input.urls, terms: undefined } })),
    'declined invalid_request',
  )
})

t.test('a checkout that was paid is read, and not closed', async (t) => {
  const { klarna, order, simulator } = await openKustom(t)
  const { sessionId } = success(await klarna.start(order([goods(6_000)])))
  simulator.completeCheckout(checkoutId(sessionId))
  const paymentId = checkoutId(sessionId)
  t.strictSame(success(await klarna.readSession(sessionId)), { state: 'completed', paymentId })
  t.equal(success(await klarna.read(paymentId)).authorised, 6_000)
  t.equal(inShort(await klarna.closeSession(sessionId)), 'declined already_paid')
})

t.test('a checkout that was left for two days is gone, without a word', async (t) => {
  const { klarna, order, advance, simulator } = await openKustom(t)
  const { sessionId } = success(await klarna.start(order([goods(100)])))
  advance(48 * HOUR_MS)
  t.strictSame(success(await klarna.readSession(sessionId)), { state: 'expired' })
  t.equal(inShort(await klarna.closeSession(sessionId)), 'ok')
  t.equal(simulator.journal().at(-1)?.status, 404)
  t.equal(inShort(await klarna.start(order([goods(100)]))), 'ok')
})

t.test('a checkout that was aborted cannot be paid', async (t) => {
  const { klarna, order, simulator } = await openKustom(t)
  const { sessionId } = success(await klarna.start(order([goods(100)])))
  t.equal(inShort(await klarna.closeSession(sessionId)), 'ok')
  t.throws(() => simulator.completeCheckout(checkoutId(sessionId)), /no open checkout/)
  t.strictSame(success(await klarna.readSession(sessionId)), { state: 'expired' })
})
