import assert from 'node:assert/strict'
import type { Intent, Moved, Result } from '@vilkar/payments/port.ts'
import type { FaultAction } from '@vilkar/simulator/faults.ts'
import t from 'tap'
import { openShop, SETTINGS, type Shop } from './shop.ts'

const PAYMENTS = 4
const MAX_TRIES = 100
const PATIENCE_MS = 150
const FAULTS: FaultAction[] = [
  { type: 'delay', ms: 5 },
  { type: 'delay', ms: PATIENCE_MS + 20 },
  { type: 'hang' },
  { type: 'reset' },
  { type: 'fin' },
  { type: 'html' },
  { type: 'malformed' },
  { type: 'truncate' },
  { type: 'empty_body' },
  ...[302, 401, 409, 423, 429, 500, 503].map((status) => ({ type: 'status' as const, status })),
]

/** Whole numbers below a bound, the same for the same seed (mulberry32). */
function createRandom(seed: number) {
  let state = seed
  return (bound: number) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound
  }
}

/** What a worker does with one intent: send, and when it cannot know, wait and look, until it knows. */
async function settle({ shop, random, vipps }: Weather, op: 'capture' | 'refund', paymentId: string, amount: number) {
  const input = shop.move(op, paymentId, amount)
  const intent: Intent = { ...input.intent }
  let uncertain = false
  let lastSentAt = shop.now()
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    strike(shop, random)
    if (!uncertain) {
      lastSentAt = shop.now()
      const result: Result<Moved> = await vipps[op]({ ...input, intent })
      if (result.kind === 'ok') return
      assert.notEqual(result.kind, 'declined', JSON.stringify(result))
      uncertain = result.kind === 'unknown'
      continue
    }
    const found = await vipps.reconcile({ op, ...input, intent, lastSentAt })
    if (found.kind === 'pending') shop.advance({ milliseconds: 65_000 })
    if (found.kind !== 'ok') continue
    assert.notEqual(found.value.verdict, 'ambiguous')
    if (found.value.verdict === 'executed') return
    intent.earlierUnknown = true
    uncertain = false
  }
  assert.fail(`The ${op} did not come to an end.`)
}

type Weather = { shop: Shop; random: (bound: number) => number; vipps: Shop['vipps'] }

function strike({ simulator }: Shop, random: Weather['random']) {
  if (random(3) === 0) return
  const action = FAULTS[random(FAULTS.length)]!
  simulator.faults.add({ phase: random(2) === 0 ? 'before' : 'after', match: { nth: 1 + random(2) }, action })
}

for (const [index, idempotency] of SETTINGS.entries()) {
  const setting = Object.values(idempotency).join(', ')
  t.test(`whatever the weather, the provider's books end as ours (seed ${index + 1}; ${setting})`, async (t) => {
    const shop = await openShop(t, { idempotency })
    const vipps = shop.adapter({ checkoutMs: PATIENCE_MS, moneyMs: PATIENCE_MS })
    const weather = { shop, random: createRandom(index + 1), vipps }
    for (let count = 0; count < PAYMENTS; count++) {
      const paymentId = await shop.paid(10_000)
      const first = 1 + weather.random(9_000)
      const second = weather.random(2) === 0 ? 10_000 - first : 500
      const refunds = [1 + weather.random(first), 100]
      for (const amount of [first, second]) await settle(weather, 'capture', paymentId, amount)
      for (const amount of refunds) await settle(weather, 'refund', paymentId, amount)
      shop.simulator.faults.clear()
      const { sums } = shop.simulator.payments().at(-1)!
      t.strictSame([sums.captured, sums.refunded], [first + second, refunds[0]! + 100])
    }
    t.ok(shop.simulator.faults.struck() > PAYMENTS)
    t.strictSame(shop.simulator.violations(), [])
  })
}
