import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FaultAction } from '@vilkar/simulator/faults.ts'
import t from 'tap'
import { GRACE_MS, inShort, openShop, type Shop, success, until } from './shop.ts'

type Op = 'capture' | 'refund'
const OPS: Op[] = ['capture', 'refund']

/** A payment on which the operation is possible: a refund needs something captured. */
async function ready({ vipps, paid, move }: Shop, op: Op) {
  const paymentId = await paid(10_000)
  if (op === 'refund') success(await vipps.capture(move('capture', paymentId, 10_000)))
  return move(op, paymentId, 4_000)
}

const strike = ({ simulator }: Shop, op: Op | 'cancel', phase: 'before' | 'after', action: FaultAction) =>
  simulator.faults.add({ match: { method: 'POST', path: `/${op}$` }, phase, action })

const movements = ({ simulator }: Shop, op: Op) =>
  simulator
    .payments()[0]
    ?.events.filter(({ name, success: done }) => done && name === (op === 'capture' ? 'CAPTURED' : 'REFUNDED')).length

for (const op of OPS) {
  const afterEffect: [string, FaultAction, string][] = [
    ['50 silence', { type: 'hang' }, 'unknown timeout'],
    ['52 a reset connection', { type: 'reset' }, 'unknown connection_lost'],
    ['52 a closed connection', { type: 'fin' }, 'unknown connection_lost'],
    ['54 500', { type: 'status', status: 500, code: '3010' }, 'unknown server_error'],
    ['53 503 without a body', { type: 'status', status: 503 }, 'unknown server_error'],
    ['56 409', { type: 'status', status: 409, code: '4020' }, 'unknown conflict'],
    ['61 a proxy’s page', { type: 'html', status: 502 }, 'unknown server_error'],
    ['61 a 403 that is not Vipps’', { type: 'html', status: 403 }, 'unknown server_error'],
    ['61 a 423 that is not Vipps’', { type: 'html', status: 423 }, 'unknown server_error'],
    ['63 a redirect', { type: 'status', status: 302, headers: { location: '/elsewhere' } }, 'unknown bad_response'],
    ['60 a body that is not JSON', { type: 'malformed' }, 'unknown bad_response'],
    ['62 a body that breaks off', { type: 'truncate' }, 'unknown bad_response'],
    ['62 a body that stalls', { type: 'stall_body' }, 'unknown bad_response'],
    ['48 no body', { type: 'empty_body' }, 'unknown bad_response'],
  ]
  for (const [name, action, expected] of afterEffect) {
    t.test(`${op}: ${name} after the effect is unknown, found by its key, and safe to repeat`, async (t) => {
      const shop = await openShop(t)
      const input = await ready(shop, op)
      strike(shop, op, 'after', action)
      const isSilent = action.type === 'hang' || action.type === 'stall_body'
      const vipps = isSilent ? shop.impatient : shop.vipps
      t.equal(inShort(await vipps[op](input)), expected)
      await until(() => movements(shop, op) === 1)
      const found = success(await shop.vipps.reconcile({ op, ...input }))
      t.strictSame([found.verdict, 'by' in found && found.by], ['executed', 'idempotency_key'])
      const repeated = success(await shop.vipps[op](input))
      t.ok('providerId' in found && found.providerId === repeated.providerId)
      t.equal(movements(shop, op), 1)
      t.strictSame(shop.simulator.violations(), [])
    })
  }

  const beforeEffect: [string, FaultAction, string][] = [
    ['51 silence', { type: 'hang' }, 'unknown timeout'],
    ['52 a reset connection', { type: 'reset' }, 'unknown connection_lost'],
    ['53 503', { type: 'status', status: 503, code: '3010' }, 'unknown server_error'],
    ['48 200 that speaks of nothing', { type: 'empty_body' }, 'unknown bad_response'],
  ]
  for (const [name, action, expected] of beforeEffect) {
    t.test(`${op}: ${name} before the effect is settled only after the grace period`, async (t) => {
      const shop = await openShop(t)
      const input = await ready(shop, op)
      strike(shop, op, 'before', action)
      const vipps = action.type === 'hang' ? shop.impatient : shop.vipps
      t.equal(inShort(await vipps[op](input)), expected)
      shop.advance({ milliseconds: GRACE_MS - 1 })
      const early = await shop.vipps.reconcile({ op, ...input })
      t.equal(inShort(early), 'pending provider_processing')
      shop.advance({ milliseconds: 1 })
      t.ok(early.kind === 'pending' && early.checkAfter.equals(shop.now()))
      t.equal(success(await shop.vipps.reconcile({ op, ...input })).verdict, 'not_executed')
      success(await shop.vipps[op](input))
      t.equal(movements(shop, op), 1)
    })
  }

  t.test(
    `${op}: 57 too many requests and a locked payment mean that nothing was done: the same key, later`,
    async (t) => {
      const shop = await openShop(t)
      const input = await ready(shop, op)
      for (const [status, code] of [
        [429, '9999'],
        [423, '9999'],
        [429, undefined],
      ] as const) {
        strike(shop, op, 'before', { type: 'status', status, code, headers: { 'retry-after': '7' } })
        const throttled = await shop.vipps[op](input)
        t.equal(inShort(throttled), 'not_sent throttled')
        t.ok(throttled.kind === 'not_sent' && throttled.retryAfter?.equals(shop.now().add({ seconds: 7 })))
      }
      success(await shop.vipps[op](input))
      t.equal(movements(shop, op), 1)
    },
  )

  t.test(`${op}: 59 an effect that comes after our patience ends is not taken for none`, async (t) => {
    const shop = await openShop(t)
    const late = Promise.withResolvers<void>()
    const input = await ready(shop, op)
    strike(shop, op, 'before', { type: 'delay', until: late.promise })
    t.equal(inShort(await shop.impatient[op](input)), 'unknown timeout')
    t.equal(inShort(await shop.vipps.reconcile({ op, ...input })), 'pending provider_processing')
    late.resolve()
    await until(() => movements(shop, op) === 1)
    t.equal(success(await shop.vipps.reconcile({ op, ...input })).verdict, 'executed')
  })

  t.test(`${op}: 49 another movement of the same amount at the same time is not taken for ours`, async (t) => {
    const shop = await openShop(t)
    const input = await ready(shop, op)
    success(await shop.vipps[op](shop.move(op, input.paymentId, 4_000)))
    strike(shop, op, 'before', { type: 'reset' })
    t.equal(inShort(await shop.vipps[op](input)), 'unknown connection_lost')
    shop.advance({ milliseconds: GRACE_MS })
    t.equal(success(await shop.vipps.reconcile({ op, ...input })).verdict, 'not_executed')
  })

  t.test(`${op}: 67 a refusal that is about our own earlier success is that success`, async (t) => {
    const shop = await openShop(t)
    const input = await ready(shop, op)
    strike(shop, op, 'after', { type: 'status', status: 400, code: '6080' })
    t.strictSame(success(await shop.vipps[op](input)), { providerId: input.intent.idempotencyKey })
    t.equal(movements(shop, op), 1)
  })

  t.test(`${op}: 67 a refusal after an unknown attempt is not believed`, async (t) => {
    const shop = await openShop(t)
    const { paymentId } = await ready(shop, op)
    const input = shop.move(op, paymentId, 10_000)
    strike(shop, op, 'after', { type: 'reset' })
    t.equal(inShort(await shop.vipps[op](input)), 'unknown connection_lost')
    const rotated = { ...input, intent: { ...shop.intent(op, 10_000, 2), earlierUnknown: true } }
    t.equal(inShort(await shop.vipps[op](rotated)), 'unknown conflict')
    t.equal(success(await shop.vipps.reconcile({ op, ...input })).verdict, 'executed')
    t.equal(movements(shop, op), 1)
  })
}

t.test('a release is not believed until the answer shows that all was let go', async (t) => {
  const shop = await openShop(t)
  const input = { paymentId: await shop.paid(10_000), intent: shop.intent('release', 0) }
  strike(shop, 'cancel', 'before', { type: 'empty_body' })
  t.equal(inShort(await shop.vipps.release(input)), 'unknown bad_response')
  t.equal(success(await shop.vipps.read(input.paymentId)).capturable, 10_000)
  t.strictSame(success(await shop.vipps.release(input)), { released: 10_000 })
})

t.test('a lost cancellation is found in the books, and repeating it is ok', async (t) => {
  const shop = await openShop(t)
  const input = { paymentId: await shop.paid(10_000), intent: shop.intent('release', 0) }
  const amount = { amount: 10_000, currency: 'NOK' }
  strike(shop, 'cancel', 'before', { type: 'hang' })
  t.equal(inShort(await shop.impatient.release(input)), 'unknown timeout')
  t.equal(inShort(await shop.vipps.reconcile({ op: 'release', ...input, amount })), 'pending provider_processing')
  strike(shop, 'cancel', 'after', { type: 'reset' })
  t.equal(inShort(await shop.vipps.release(input)), 'unknown connection_lost')
  t.equal(success(await shop.vipps.reconcile({ op: 'release', ...input, amount })).verdict, 'executed')
  t.equal(inShort(await shop.vipps.release(input)), 'ok')
})

t.test('a customer is not kept waiting for as long as money is', async (t) => {
  const shop = await openShop(t)
  const input = await ready(shop, 'capture')
  const vipps = shop.adapter({ checkoutMs: 200 })
  success(await vipps.read(input.paymentId))
  const answered = Promise.withResolvers<void>()
  strike(shop, 'capture', 'after', { type: 'delay', until: answered.promise })
  const capture = vipps.capture(input)
  await until(() => movements(shop, 'capture') === 1)
  shop.simulator.faults.add({ match: { method: 'GET' }, phase: 'before', action: { type: 'hang' } })
  t.equal(inShort(await vipps.read(input.paymentId)), 'unknown timeout')
  answered.resolve()
  t.equal(inShort(await capture), 'ok')
})

t.test('a read that is broken, unreachable or not Vipps’ never settles anything', async (t) => {
  const shop = await openShop(t)
  const input = await ready(shop, 'capture')
  const actions: FaultAction[] = [{ type: 'malformed' }, { type: 'truncate' }, { type: 'html' }, { type: 'empty_body' }]
  for (const action of actions) {
    for (const path of [`/${input.paymentId}$`, '/events$']) {
      shop.simulator.faults.add({ match: { method: 'GET', path }, phase: 'before', action })
      t.equal((await shop.vipps.reconcile({ op: 'capture', ...input })).kind, 'unknown', `${action.type} ${path}`)
    }
  }
  success(await shop.vipps.read(input.paymentId))
})

t.test('a redirect to another host is not followed, so the credentials stay at home', async (t) => {
  const visitors: string[] = []
  const stranger = createServer((request, response) => {
    visitors.push(request.url ?? '')
    response.end('{}')
  })
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  t.teardown(() => stranger.close())
  const location = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`
  const shop = await openShop(t)
  const input = await ready(shop, 'capture')
  for (const status of [301, 302, 307, 308]) {
    shop.simulator.faults.add({ phase: 'before', action: { type: 'status', status, headers: { location } } })
    t.equal(inShort(await shop.vipps.capture(input)), 'unknown bad_response')
    shop.simulator.faults.add({ phase: 'before', action: { type: 'status', status, headers: { location } } })
    t.equal(inShort(await shop.vipps.read(input.paymentId)), 'unknown bad_response')
  }
  t.strictSame(visitors, [])
})

t.test('nobody is there when nobody listens', async (t) => {
  const { vipps, move } = await openShop(t, { baseUrl: 'http://127.0.0.1:1' })
  const nobody = move('capture', '00000000-0000-4000-8000-000000000000', 100)
  t.equal(inShort(await vipps.capture(nobody)), 'not_sent unreachable')
})

t.test('a call that its caller gives up on is unknown', async (t) => {
  const shop = await openShop(t)
  const input = await ready(shop, 'capture')
  const caller = new AbortController()
  strike(shop, 'capture', 'after', { type: 'hang' })
  const result = shop.vipps.capture({ ...input, signal: caller.signal })
  caller.abort()
  t.equal((await result).kind, 'unknown')
})

t.test('no result and no journal shows the credentials', async (t) => {
  const shop = await openShop(t)
  const input = await ready(shop, 'capture')
  const results = []
  for (const action of [{ type: 'reset' }, { type: 'html' }, { type: 'malformed' }, { type: 'hang' }] as const) {
    strike(shop, 'capture', 'before', action)
    results.push(await shop.impatient.capture(input))
  }
  const secrets = /secret-of-the-shop|subscription-of-the-shop|Bearer |simulated-/
  t.notMatch(JSON.stringify(results), secrets)
  t.notMatch(JSON.stringify(shop.simulator.journal()), secrets)
})
