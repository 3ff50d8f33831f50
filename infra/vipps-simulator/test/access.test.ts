import type { FaultAction } from '@vilkar/simulator/faults.ts'
import t from 'tap'
import { inShort, openShop, success } from './shop.ts'

type Shop = Awaited<ReturnType<typeof openShop>>
const tokensAsked = ({ simulator }: Shop) =>
  simulator.journal().filter(({ path }) => path === '/accesstoken/get').length

t.test('refused credentials are a misconfiguration: nothing was sent', async (t) => {
  const shop = await openShop(t, { secret: 'not-the-secret' })
  t.equal(inShort(await shop.vipps.start(shop.order(1_000))), 'not_sent misconfigured')
  t.strictSame(shop.simulator.payments(), [])
})

t.test('a token is fetched once, whoever waits for it, and again when it is about to run out', async (t) => {
  const shop = await openShop(t)
  await Promise.all([shop.vipps.start(shop.order(1_000)), shop.vipps.start(shop.order(1_000)), shop.paid(1_000)])
  t.equal(tokensAsked(shop), 1)
  shop.advance({ minutes: 58, milliseconds: 59_999 })
  await shop.paid(1_000)
  t.equal(tokensAsked(shop), 1)
  shop.advance({ milliseconds: 1 })
  await shop.paid(1_000)
  t.equal(tokensAsked(shop), 2)
})

t.test('a token that was taken back early costs one call, which is repeated under the same key', async (t) => {
  const shop = await openShop(t)
  const capture = shop.move('capture', await shop.paid(10_000), 4_000)
  shop.simulator.revokeTokens()
  t.equal(inShort(await shop.vipps.capture(capture)), 'not_sent throttled')
  success(await shop.vipps.capture(capture))
  t.equal(shop.simulator.payments()[0]?.sums.captured, 4_000)
})

t.test('a new token that is refused accuses us', async (t) => {
  const shop = await openShop(t)
  shop.simulator.faults.add({
    match: { path: '/epayment' },
    phase: 'before',
    action: { type: 'status', status: 401 },
  })
  t.equal(inShort(await shop.vipps.start(shop.order(1_000))), 'not_sent misconfigured')
})

t.test('whatever goes wrong with a token, the call behind it was not sent', async (t) => {
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
    t.equal(inShort(await vipps.start(shop.order(1_000))), `not_sent ${cause}`, action.type)
  }
  t.strictSame(shop.simulator.payments(), [])
  success(await shop.vipps.start(shop.order(1_000)))
})

t.test('what Vipps forbids is refused, and nothing moved', async (t) => {
  const shop = await openShop(t)
  shop.simulator.faults.add({
    match: { path: '/payments$' },
    phase: 'before',
    action: { type: 'status', status: 403, code: '7010' },
  })
  t.equal(inShort(await shop.vipps.start(shop.order(1_000))), 'declined not_allowed')
})
