import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FaultAction } from '@vilkar/simulator/faults.ts'
import { GRACE_MS, giveUp, goods, inShort, nextAttempt, type Shop, success, until } from '../shop.ts'
import type { Scenario } from './scenario.ts'

type Op = 'capture' | 'refund'
type Input = ReturnType<Shop['move']>
const RETRY_AFTER_MS = [5_000, 300_000, 18_000_000]

/** A payment on which the operation is possible, and the paths at which it is asked for. */
async function ready({ klarna, paid, move }: Shop, op: Op, amount = 4_000) {
  const paymentId = await paid(10_000)
  if (op === 'refund') success(await klarna.capture(move('capture', paymentId, 10_000)))
  return move(op, paymentId, amount)
}
const pathOf = (op: Op, { paymentId }: Input) => `/ordermanagement/v1/orders/${paymentId}/${op}s$`
const strike = ({ simulator }: Shop, op: Op, input: Input, phase: 'before' | 'after', action: FaultAction, times = 1) =>
  simulator.faults.add({ match: { method: 'POST', path: pathOf(op, input) }, phase, action, times })
const asked = ({ simulator }: Shop, op: Op, input: Input) =>
  simulator.journal().filter(({ method, path }) => method === 'POST' && `${path}$` === pathOf(op, input)).length
const movements = ({ simulator }: Shop, op: Op, { paymentId }: Input) =>
  simulator.orders().find(({ order_id }) => order_id === paymentId)?.[`${op}s`].length

/** What becomes of a request: of one that is never answered, that nobody waits for it any more once it arrived. */
function answerTo(shop: Shop, op: Op, input: Input, { type }: Pick<FaultAction, 'type'>) {
  if (type !== 'hang') return shop.klarna[op](input)
  const before = asked(shop, op, input)
  return giveUp(
    (signal) => shop.klarna[op]({ ...input, signal }),
    () => asked(shop, op, input) > before,
  )
}

/** Calls back when the headers of an answer to a POST at this path are in hand: undici tells of it. */
function onHeaders(path: RegExp, heard: () => void) {
  const listen = (message: unknown) => {
    const { request } = message as { request: { method: string; path: string } }
    if (request.method !== 'POST' || !path.test(request.path)) return
    unsubscribe('undici:request:headers', listen)
    heard()
  }
  subscribe('undici:request:headers', listen)
}

/** Unknown, and it happened: the books show it, and the same key gives the same again. */
async function foundInBooks(shop: Shop, op: Op, action: FaultAction, expected: string) {
  const input = await ready(shop, op)
  strike(shop, op, input, 'after', action)
  assert.equal(inShort(await answerTo(shop, op, input, action)), expected)
  await until(() => movements(shop, op, input) === 1)
  const found = success(await shop.klarna.reconcile({ op, ...input }))
  assert.ok(found.verdict === 'executed')
  assert.equal(success(await shop.klarna[op](input)).providerId, found.providerId)
  assert.equal(movements(shop, op, input), 1)
}

/** Unknown, and it did not happen: nobody says so before the grace is over, and then the same key does it. */
async function notInBooks(shop: Shop, op: Op, action: FaultAction, expected: string) {
  const input = await ready(shop, op)
  strike(shop, op, input, 'before', action)
  assert.equal(inShort(await answerTo(shop, op, input, action)), expected)
  assert.equal(inShort(await shop.klarna.reconcile({ op, ...input })), 'pending provider_processing')
  shop.advance(GRACE_MS)
  assert.equal(success(await shop.klarna.reconcile({ op, ...input })).verdict, 'not_executed')
  success(await shop.klarna[op](input))
  assert.equal(movements(shop, op, input), 1)
}

const status = (code: number, error?: string): FaultAction => ({ type: 'status', status: code, code: error })

/** What the network and the provider do to a capture or a refund. */
export const transport = (op: Op): Scenario[] => [
  {
    says: `${op}: silence after the effect is found in the books`,
    run: (shop) => foundInBooks(shop, op, { type: 'hang' }, 'unknown timeout'),
  },
  {
    says: `${op}: silence before the effect is done by the same key after the grace`,
    run: (shop) => notInBooks(shop, op, { type: 'hang' }, 'unknown timeout'),
  },
  {
    says: `${op}: a connection that ends, rudely or politely, is as silence`,
    async run(shop) {
      for (const type of ['reset', 'fin'] as const) {
        await foundInBooks(shop, op, { type }, 'unknown connection_lost')
        await notInBooks(shop, op, { type }, 'unknown connection_lost')
      }
    },
  },
  {
    says: `${op}: a 503 is unknown, and the same key gets through`,
    async run(shop) {
      const input = await ready(shop, op)
      strike(shop, op, input, 'before', status(503, 'TEMPORARILY_UNAVAILABLE'))
      assert.equal(inShort(await shop.klarna[op](input)), 'unknown server_error')
      assert.equal(asked(shop, op, input), 1)
      shop.advance(RETRY_AFTER_MS[0]!)
      success(await shop.klarna[op](input))
    },
  },
  {
    says: `${op}: a 500 with effect is settled by the books`,
    run: (shop) => foundInBooks(shop, op, status(500, 'INTERNAL_SERVER_ERROR'), 'unknown server_error'),
  },
  {
    says: `${op}: a provider that is down for hours loses nothing and doubles nothing`,
    async run(shop) {
      const input = await ready(shop, op)
      strike(shop, op, input, 'before', status(503), RETRY_AFTER_MS.length)
      for (const wait of RETRY_AFTER_MS) {
        assert.equal(inShort(await shop.klarna[op](input)), 'unknown server_error')
        shop.advance(wait)
        assert.equal(
          success(await shop.klarna.reconcile({ op, ...input, lastSentAt: shop.now().subtract({ seconds: 65 }) }))
            .verdict,
          'not_executed',
        )
      }
      success(await shop.klarna[op](input))
      assert.equal(movements(shop, op, input), 1)
    },
  },
  {
    says: `${op}: a conflict is unknown until the books tell`,
    run: (shop) => foundInBooks(shop, op, status(409, 'CONFLICT'), 'unknown conflict'),
  },
  {
    says: `${op}: too many requests mean that nothing was sent, and the same key goes later`,
    async run(shop) {
      const input = await ready(shop, op)
      const headers = { 'retry-after': '7' }
      strike(shop, op, input, 'before', { type: 'status', status: 429, code: 'TOO_MANY_REQUESTS', headers })
      const result = await shop.klarna[op](input)
      assert.ok(result.kind === 'not_sent' && result.cause === 'throttled')
      assert.deepEqual(result.retryAfter, shop.now().add({ seconds: 7 }))
      success(await shop.klarna[op](input))
    },
  },
  {
    says: `${op}: a slow answer within the provider's own limit is waited for, and nothing is sent again`,
    async run(shop) {
      const input = await ready(shop, op)
      const slow = Promise.withResolvers<void>()
      strike(shop, op, input, 'after', { type: 'delay', until: slow.promise })
      const result = shop.klarna[op](input)
      await until(() => movements(shop, op, input) === 1)
      slow.resolve()
      success(await result)
      assert.equal(asked(shop, op, input), 1)
    },
  },
  {
    says: `${op}: an effect that comes late is not taken for none`,
    async run(shop) {
      const input = await ready(shop, op)
      const late = Promise.withResolvers<void>()
      strike(shop, op, input, 'before', { type: 'delay', until: late.promise })
      assert.equal(inShort(await answerTo(shop, op, input, { type: 'hang' })), 'unknown timeout')
      shop.advance(10_000)
      assert.equal(inShort(await shop.klarna.reconcile({ op, ...input })), 'pending provider_processing')
      late.resolve()
      await until(() => movements(shop, op, input) === 1)
      assert.equal(success(await shop.klarna.reconcile({ op, ...input })).verdict, 'executed')
    },
  },
  {
    says: `${op}: books that come broken settle nothing, and can be read again`,
    async run(shop) {
      const input = await ready(shop, op)
      const match = { method: 'GET', path: input.paymentId }
      for (const type of ['malformed', 'empty_body', 'truncate'] as const) {
        shop.simulator.faults.add({ match, phase: 'after', action: { type } })
        assert.equal(inShort(await shop.klarna.reconcile({ op, ...input })), 'unknown bad_response')
      }
      success(await shop.klarna.read(input.paymentId))
    },
  },
  {
    says: `${op}: a page of a proxy or a firewall is not the provider's word`,
    async run(shop) {
      await foundInBooks(shop, op, { type: 'html', status: 502 }, 'unknown server_error')
      await notInBooks(shop, op, { type: 'html', status: 403 }, 'unknown server_error')
    },
  },
  {
    says: `${op}: an answer that breaks off, stalls or has no body is ok when its headers named the movement`,
    async run(shop) {
      for (const type of ['truncate', 'empty_body', 'stall_body'] as const) {
        const input = await ready(shop, op)
        strike(shop, op, input, 'after', { type })
        let named = false
        onHeaders(new RegExp(pathOf(op, input)), () => setImmediate(() => (named = true)))
        const call = (signal?: AbortSignal) => shop.klarna[op]({ ...input, signal })
        const result = type === 'stall_body' ? giveUp(call, () => named) : call()
        const { providerId } = success(await result)
        assert.equal(success(await shop.klarna.read(input.paymentId))[`${op}s`][0]?.providerId, providerId)
      }
    },
  },
  {
    says: `${op}: a redirect is unknown and not followed`,
    async run(shop) {
      const location = `${shop.simulator.url}/elsewhere`
      await foundInBooks(shop, op, { type: 'redirect', location }, 'unknown bad_response')
      assert.ok(shop.simulator.journal().every(({ path }) => path !== '/elsewhere'))
    },
  },
  {
    says: `${op}: nobody there, or no such host, means that nothing was sent`,
    async run(shop) {
      const input = await ready(shop, op)
      for (const baseUrl of ['http://127.0.0.1:1', 'http://nowhere.invalid']) {
        assert.equal(inShort(await shop.adapter({}, { baseUrl })[op](input)), 'not_sent unreachable')
      }
    },
  },
  {
    says: `${op}: books that cannot be read leave it unknown, and nothing is sent`,
    async run(shop) {
      const input = await ready(shop, op)
      strike(shop, op, input, 'after', { type: 'reset' })
      assert.equal(inShort(await shop.klarna[op](input)), 'unknown connection_lost')
      shop.simulator.faults.add({
        match: { method: 'GET', path: input.paymentId },
        phase: 'before',
        action: status(503),
      })
      assert.equal(inShort(await shop.klarna.reconcile({ op, ...input })), 'unknown server_error')
      assert.equal(asked(shop, op, input), 1)
    },
  },
  {
    says: `${op}: a refusal under another key after an unknown is our own success, and not declined`,
    async run(shop) {
      const input = await ready(shop, op, 10_000)
      strike(shop, op, input, 'after', { type: 'reset' })
      assert.equal(inShort(await shop.klarna[op](input)), 'unknown connection_lost')
      const next = nextAttempt(op, 10_000, { ...input, lines: [goods(10_000)] })
      const again = { ...next, intent: { ...next.intent, earlierUnknown: true } }
      const { providerId } = success(await shop.klarna[op](again))
      const found = success(await shop.klarna.reconcile({ op, ...again }))
      assert.ok(found.verdict === 'executed' && found.providerId === providerId)
      assert.equal(movements(shop, op, input), 1)
    },
  },
]
