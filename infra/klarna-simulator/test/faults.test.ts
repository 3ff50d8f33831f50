import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FaultAction } from '@vilkar/simulator/faults.ts'
import t from 'tap'
import { GRACE_MS, inShort, openShop, type Shop, success, until } from './shop.ts'

type Op = 'capture' | 'refund'
const OPS: Op[] = ['capture', 'refund']

/** A payment on which the operation is possible: a refund needs something captured. */
async function ready({ klarna, paid, move }: Shop, op: Op) {
  const paymentId = await paid(10_000)
  if (op === 'refund') success(await klarna.capture(move('capture', paymentId, 10_000)))
  return move(op, paymentId, 4_000)
}

const strike = ({ simulator }: Shop, op: Op, phase: 'before' | 'after', action: FaultAction) =>
  simulator.faults.add({ match: { method: 'POST', path: `/${op}s$` }, phase, action })

const movements = ({ simulator }: Shop, op: Op) => simulator.orders()[0]?.[`${op}s`].length

for (const op of OPS) {
  const afterEffect: [string, FaultAction, string][] = [
    ['silence', { type: 'hang' }, 'unknown timeout'],
    ['a reset connection', { type: 'reset' }, 'unknown connection_lost'],
    ['500', { type: 'status', status: 500, code: 'INTERNAL_SERVER_ERROR' }, 'unknown server_error'],
    ['503 without a body', { type: 'status', status: 503 }, 'unknown server_error'],
    ['409', { type: 'status', status: 409, code: 'CONFLICT' }, 'unknown conflict'],
    ['a proxy’s page', { type: 'html', status: 502 }, 'unknown server_error'],
    ['a 403 that is not Klarna’s', { type: 'html', status: 403 }, 'unknown server_error'],
    ['a redirect', { type: 'status', status: 302, headers: { location: '/elsewhere' } }, 'unknown bad_response'],
    ['201 without the id', { type: 'drop_header', name: `${op}-id` }, 'unknown bad_response'],
  ]
  for (const [name, action, expected] of afterEffect) {
    t.test(`${op}: ${name} after the effect is unknown, found in the books, and safe to repeat`, async (t) => {
      const shop = await openShop(t)
      const input = await ready(shop, op)
      strike(shop, op, 'after', action)
      const klarna = action.type === 'hang' ? shop.impatient : shop.klarna
      t.equal(inShort(await klarna[op](input)), expected)
      await until(() => movements(shop, op) === 1)
      const found = success(await shop.klarna.reconcile({ op, ...input }))
      t.strictSame([found.verdict, 'by' in found && found.by], ['executed', 'reference'])
      const repeated = success(await shop.klarna[op](input))
      t.ok('providerId' in found && found.providerId === repeated.providerId)
      t.equal(movements(shop, op), 1)
      t.strictSame(shop.simulator.violations(), [])
    })
  }

  const beforeEffect: [string, FaultAction, string][] = [
    ['silence', { type: 'hang' }, 'unknown timeout'],
    ['a reset connection', { type: 'reset' }, 'unknown connection_lost'],
    ['503', { type: 'status', status: 503, code: 'TEMPORARILY_UNAVAILABLE' }, 'unknown server_error'],
  ]
  for (const [name, action, expected] of beforeEffect) {
    t.test(`${op}: ${name} before the effect is settled only after the grace period`, async (t) => {
      const shop = await openShop(t)
      const input = await ready(shop, op)
      strike(shop, op, 'before', action)
      const klarna = action.type === 'hang' ? shop.impatient : shop.klarna
      t.equal(inShort(await klarna[op](input)), expected)
      shop.advance(GRACE_MS - 1)
      const early = await shop.klarna.reconcile({ op, ...input })
      t.equal(inShort(early), 'pending provider_processing')
      shop.advance(1)
      t.ok(early.kind === 'pending' && early.checkAfter.equals(shop.now()))
      t.equal(success(await shop.klarna.reconcile({ op, ...input })).verdict, 'not_executed')
      success(await shop.klarna[op](input))
      t.equal(movements(shop, op), 1)
    })
  }

  t.test(`${op}: an answer that breaks off after its headers is ok, for the id was in them`, async (t) => {
    const shop = await openShop(t)
    const input = await ready(shop, op)
    strike(shop, op, 'after', { type: 'truncate' })
    const { providerId } = success(await shop.klarna[op](input))
    t.equal(success(await shop.klarna.read(input.paymentId))[`${op}s`][0]?.providerId, providerId)
  })

  t.test(`${op}: too many requests and refused credentials mean that nothing was done`, async (t) => {
    const shop = await openShop(t)
    const input = await ready(shop, op)
    strike(shop, op, 'before', {
      type: 'status',
      status: 429,
      code: 'TOO_MANY_REQUESTS',
      headers: { 'retry-after': '7' },
    })
    const throttled = await shop.klarna[op](input)
    t.equal(inShort(throttled), 'not_sent throttled')
    t.ok(throttled.kind === 'not_sent' && throttled.retryAfter?.equals(shop.now().add({ seconds: 7 })))
    strike(shop, op, 'before', { type: 'status', status: 403, code: 'MERCHANT_INACTIVE' })
    t.equal(inShort(await shop.klarna[op](input)), 'not_sent misconfigured')
    success(await shop.klarna[op](input))
    t.equal(movements(shop, op), 1)
  })

  t.test(`${op}: an effect that comes after our patience ends is not taken for none`, async (t) => {
    const shop = await openShop(t)
    const late = Promise.withResolvers<void>()
    const input = await ready(shop, op)
    strike(shop, op, 'before', { type: 'delay', until: late.promise })
    t.equal(inShort(await shop.impatient[op](input)), 'unknown timeout')
    t.equal(inShort(await shop.klarna.reconcile({ op, ...input })), 'pending provider_processing')
    late.resolve()
    await until(() => movements(shop, op) === 1)
    t.equal(success(await shop.klarna.reconcile({ op, ...input })).verdict, 'executed')
  })

  t.test(`${op}: a refusal after an unknown attempt is not believed, even when no reference is shown`, async (t) => {
    const shop = await openShop(t, { echoReferences: false })
    const input = { ...(await ready(shop, op)), ...shop.move(op, '', 10_000) }
    input.paymentId = shop.simulator.orders()[0]!.order_id
    strike(shop, op, 'after', { type: 'reset' })
    t.equal(inShort(await shop.klarna[op](input)), 'unknown connection_lost')
    const rotated = { ...input.intent, attempt: 2, idempotencyKey: shop.intent(op, 10_000, 2).idempotencyKey }
    const again = { ...input, intent: { ...rotated, earlierUnknown: true } }
    t.equal(inShort(await shop.klarna[op](again)), 'unknown conflict')
    const found = success(await shop.klarna.reconcile({ op, ...again }))
    t.strictSame([found.verdict, 'by' in found && found.by], ['executed', 'amount_and_time'])
    t.equal(movements(shop, op), 1)
  })

  t.test(`${op}: a refusal that is about our own earlier success is that success`, async (t) => {
    const shop = await openShop(t)
    const input = { ...(await ready(shop, op)), ...shop.move(op, '', 10_000) }
    input.paymentId = shop.simulator.orders()[0]!.order_id
    const first = success(await shop.klarna[op](input))
    const rotated = { ...input.intent, attempt: 2, idempotencyKey: shop.intent(op, 10_000, 2).idempotencyKey }
    t.strictSame(success(await shop.klarna[op]({ ...input, intent: rotated })), first)
  })
}

t.test('a lost cancellation is found in the books, and repeating it is ok', async (t) => {
  const shop = await openShop(t)
  const input = { paymentId: await shop.paid(10_000), intent: shop.intent('release', 0) }
  const amount = { amount: 10_000, currency: 'NOK' }
  shop.simulator.faults.add({ match: { path: '/cancel$' }, phase: 'before', action: { type: 'hang' } })
  t.equal(inShort(await shop.impatient.release(input)), 'unknown timeout')
  t.equal(inShort(await shop.klarna.reconcile({ op: 'release', ...input, amount })), 'pending provider_processing')
  shop.simulator.faults.add({ match: { path: '/cancel$' }, phase: 'after', action: { type: 'reset' } })
  t.equal(inShort(await shop.klarna.release(input)), 'unknown connection_lost')
  t.equal(success(await shop.klarna.reconcile({ op: 'release', ...input, amount })).verdict, 'executed')
  t.equal(inShort(await shop.klarna.release(input)), 'ok')
})

t.test('a customer is not kept waiting for as long as money is', async (t) => {
  const shop = await openShop(t)
  const input = await ready(shop, 'capture')
  const klarna = shop.adapter({ checkoutMs: 100 })
  const answered = Promise.withResolvers<void>()
  strike(shop, 'capture', 'after', { type: 'delay', until: answered.promise })
  const capture = klarna.capture(input)
  await until(() => movements(shop, 'capture') === 1)
  shop.simulator.faults.add({ match: { method: 'GET' }, phase: 'before', action: { type: 'hang' } })
  t.equal(inShort(await klarna.read(input.paymentId)), 'unknown timeout')
  answered.resolve()
  t.equal(inShort(await capture), 'ok')
})

t.test('a read that is broken, unreachable or not Klarna’s never settles anything', async (t) => {
  const shop = await openShop(t)
  const input = await ready(shop, 'capture')
  const actions: FaultAction[] = [{ type: 'malformed' }, { type: 'truncate' }, { type: 'html' }, { type: 'hang' }]
  for (const action of actions) {
    shop.simulator.faults.add({ match: { method: 'GET' }, phase: 'before', action })
    t.equal((await shop.impatient.reconcile({ op: 'capture', ...input })).kind, 'unknown')
  }
  success(await shop.klarna.read(input.paymentId))
})

t.test('refused credentials are a misconfiguration, and nobody is there when nobody listens', async (t) => {
  const stranger = await openShop(t, { password: 'not-the-password' })
  t.equal(inShort(await stranger.klarna.read('00000000-0000-4000-8000-000000000000')), 'not_sent misconfigured')

  const { klarna, move } = await openShop(t, { baseUrl: 'http://127.0.0.1:1' })
  const nobody = move('capture', '00000000-0000-4000-8000-000000000000', 100)
  t.equal(inShort(await klarna.capture(nobody)), 'not_sent unreachable')
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
    shop.simulator.faults.add({ match: {}, phase: 'before', action: { type: 'status', status, headers: { location } } })
    t.equal(inShort(await shop.klarna.capture(input)), 'unknown bad_response')
    shop.simulator.faults.add({ match: {}, phase: 'before', action: { type: 'status', status, headers: { location } } })
    t.equal(inShort(await shop.klarna.read(input.paymentId)), 'unknown bad_response')
  }
  t.strictSame(visitors, [])
})

t.test('a call that its caller gives up on is unknown', async (t) => {
  const shop = await openShop(t)
  const input = await ready(shop, 'capture')
  const caller = new AbortController()
  strike(shop, 'capture', 'after', { type: 'hang' })
  const result = shop.klarna.capture({ ...input, signal: caller.signal })
  caller.abort()
  t.equal((await result).kind, 'unknown')
})

t.test('no result shows the credentials', async (t) => {
  const shop = await openShop(t)
  const input = await ready(shop, 'capture')
  const results = []
  for (const action of [{ type: 'reset' }, { type: 'html' }, { type: 'malformed' }, { type: 'hang' }] as const) {
    strike(shop, 'capture', 'before', action)
    results.push(await shop.impatient.capture(input))
  }
  t.notMatch(JSON.stringify(results), /secret-of-the-shop|Basic /)
  t.notMatch(JSON.stringify(shop.simulator.journal()), /secret-of-the-shop|Basic /)
})
