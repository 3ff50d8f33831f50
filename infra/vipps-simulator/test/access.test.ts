import assert from 'node:assert/strict'
import test from 'node:test'
import type { FaultAction } from '@vilkar/simulator/faults.ts'
import { inShort, openShop, success } from './shop.ts'

type Shop = Awaited<ReturnType<typeof openShop>>
const tokensAsked = ({ simulator }: Shop) =>
  simulator.journal().filter(({ path }) => path === '/accesstoken/get').length

test('refused credentials are a misconfiguration: nothing was sent', async (t) => {
  const shop = await openShop(t, { secret: 'not-the-secret' })
  assert.equal(inShort(await shop.vipps.start(shop.order(1_000))), 'not_sent misconfigured')
  assert.deepEqual(shop.simulator.payments(), [])
})

test('a token is fetched once, whoever waits for it, and again when it is about to run out', async (t) => {
  const shop = await openShop(t)
  await Promise.all([shop.vipps.start(shop.order(1_000)), shop.vipps.start(shop.order(1_000)), shop.paid(1_000)])
  assert.equal(tokensAsked(shop), 1)
  shop.advance({ minutes: 58, milliseconds: 59_999 })
  await shop.paid(1_000)
  assert.equal(tokensAsked(shop), 1)
  shop.advance({ milliseconds: 1 })
  await shop.paid(1_000)
  assert.equal(tokensAsked(shop), 2)
})

test('a token that was taken back early costs one call, which is repeated under the same key', async (t) => {
  const shop = await openShop(t)
  const capture = shop.move('capture', await shop.paid(10_000), 4_000)
  shop.simulator.revokeTokens()
  assert.equal(inShort(await shop.vipps.capture(capture)), 'not_sent throttled')
  success(await shop.vipps.capture(capture))
  assert.equal(shop.simulator.payments()[0]?.sums.captured, 4_000)
})

test('a new token that is refused accuses us', async (t) => {
  const shop = await openShop(t)
  shop.simulator.faults.add({
    match: { path: '/epayment' },
    phase: 'before',
    action: { type: 'status', status: 401 },
  })
  assert.equal(inShort(await shop.vipps.start(shop.order(1_000))), 'not_sent misconfigured')
})

test('whatever goes wrong with a token, the call behind it was not sent', async (t) => {
  const shop = await openShop(t)
  const failures: [FaultAction, string][] = [
    [{ type: 'hang' }, 'unreachable'],
    [{ type: 'reset' }, 'unreachable'],
    [{ type: 'html', status: 502 }, 'unreachable'],
    [{ type: 'malformed' }, 'unreachable'],
    [{ type: 'empty_body' }, 'unreachable'],
    [{ type: 'status', status: 400, code: '1' }, 'misconfigured'],
    [{ type: 'status', status: 429 }, 'throttled'],
  ]
  for (const [action, cause] of failures) {
    shop.simulator.faults.add({ match: { path: '/accesstoken' }, phase: 'after', action })
    const vipps = action.type === 'hang' ? shop.impatient : shop.vipps
    assert.equal(inShort(await vipps.start(shop.order(1_000))), `not_sent ${cause}`, action.type)
  }
  assert.deepEqual(shop.simulator.payments(), [])
  success(await shop.vipps.start(shop.order(1_000)))
})

test('what Vipps forbids is refused, and nothing moved', async (t) => {
  const shop = await openShop(t)
  shop.simulator.faults.add({
    match: { path: '/payments$' },
    phase: 'before',
    action: { type: 'status', status: 403, code: '7010' },
  })
  assert.equal(inShort(await shop.vipps.start(shop.order(1_000))), 'declined not_allowed')
})
