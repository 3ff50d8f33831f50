import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import { goods, inShort, openShop, success } from './shop.ts'

const HOUR_MS = 3_600_000

const openKustom = (t: TestContext, options = {}) => openShop(t, { frontEnd: 'kustom', ...options })
const checkoutId = (sessionId: string) => sessionId.split('/').at(-1) ?? ''

test('a checkout order is made, and its address is taken from Location', async (t) => {
  const { klarna, order } = await openKustom(t)
  const input = order([goods(6_000)])
  const { sessionId, url, widget } = success(await klarna.start(input))
  assert.match(sessionId, /^\/checkout\/v3\/orders\/[0-9a-f-]{36}$/)
  assert.equal(url, input.urls.checkout)
  assert.match(widget?.kind === 'html' ? widget.value : '', /<div id="klarna-checkout-container">/)
  assert.deepEqual(success(await klarna.readSession(sessionId)), { state: 'waiting' })
  assert.equal(
    inShort(await klarna.start({ ...input, urls: { ...input.urls, terms: undefined } })),
    'declined invalid_request',
  )
})

test('a checkout that was paid is read, and not closed', async (t) => {
  const { klarna, order, simulator } = await openKustom(t)
  const { sessionId } = success(await klarna.start(order([goods(6_000)])))
  simulator.completeCheckout(checkoutId(sessionId))
  const paymentId = checkoutId(sessionId)
  assert.deepEqual(success(await klarna.readSession(sessionId)), { state: 'completed', paymentId })
  assert.equal(success(await klarna.read(paymentId)).authorised, 6_000)
  assert.equal(inShort(await klarna.closeSession(sessionId)), 'declined already_paid')
})

test('a checkout that was left for two days is gone, without a word', async (t) => {
  const { klarna, order, advance, simulator } = await openKustom(t)
  const { sessionId } = success(await klarna.start(order([goods(100)])))
  advance(48 * HOUR_MS)
  assert.deepEqual(success(await klarna.readSession(sessionId)), { state: 'expired' })
  assert.equal(inShort(await klarna.closeSession(sessionId)), 'ok')
  assert.equal(simulator.journal().at(-1)?.status, 404)
  assert.equal(inShort(await klarna.start(order([goods(100)]))), 'ok')
})

test('a checkout that was aborted cannot be paid', async (t) => {
  const { klarna, order, simulator } = await openKustom(t)
  const { sessionId } = success(await klarna.start(order([goods(100)])))
  assert.equal(inShort(await klarna.closeSession(sessionId)), 'ok')
  assert.throws(() => simulator.completeCheckout(checkoutId(sessionId)), /no open checkout/)
  assert.deepEqual(success(await klarna.readSession(sessionId)), { state: 'expired' })
})
