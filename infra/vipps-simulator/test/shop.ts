import { randomUUID } from 'node:crypto'
import type { Timeouts } from '@vilkar/payments/exchange.ts'
import { idempotencyKey } from '@vilkar/payments/idempotency-key.ts'
import type { Intent, MoveInput, PaymentLine, Result, StartInput } from '@vilkar/payments/port.ts'
import { createVipps } from '@vilkar/payments/vipps/vipps.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import type { Test } from 'tap'
import type { IdempotencyOptions } from '../idempotency-store.ts'
import { type SimulatorOptions, startVippsSimulator } from '../simulator.ts'

export const CREDENTIALS = {
  clientId: 'shop',
  clientSecret: 'secret-of-the-shop',
  subscriptionKey: 'subscription-of-the-shop',
  merchantSerialNumber: '123456',
}
const WEBHOOK_SECRET = 'secret-of-the-webhook'
/** Long enough for a call to have gone out before it is given up, on a slow machine too. */
const IMPATIENCE_MS = 600
export const GRACE_MS = 65_000
const START = Temporal.Instant.from('2026-11-22T09:30:00Z')

/** All ways in which Vipps may keep its promise about keys, as far as its documents leave it open. */
export const SETTINGS: Required<IdempotencyOptions>[] = (['global', 'endpoint'] as const).flatMap((scope) =>
  [true, false].flatMap((replayErrors) =>
    (['wait', '409', '423'] as const).map((inflight) => ({ scope, replayErrors, inflight })),
  ),
)

/** Goods at 25 % tax for the given price in øre. */
const goods = (total: number): PaymentLine => ({
  kind: 'physical',
  reference: 'mug-blue',
  name: 'Blue mug',
  quantity: 1,
  unitPrice: total,
  discount: 0,
  total,
  taxRate: 2500,
  tax: total / 5,
})

type Options = Partial<SimulatorOptions> & { secret?: string; baseUrl?: string; returnUrl?: string }

/** A simulator, an adapter that talks to it over HTTP, and a clock that stands still until it is moved. */
export async function openShop(t: Test, { secret, baseUrl, returnUrl, ...options }: Options = {}) {
  let time = START
  const now = () => time
  const simulator = await startVippsSimulator({
    ...CREDENTIALS,
    webhookSecret: WEBHOOK_SECRET,
    now,
    pushDelayMs: 5,
    ...options,
  })
  const adapters: ReturnType<typeof createVipps>[] = []
  const adapter = (timeouts?: Timeouts) => {
    const made = createVipps({
      baseUrl: baseUrl ?? simulator.url,
      ...CREDENTIALS,
      ...(secret !== undefined && { clientSecret: secret }),
      now,
      timeouts,
      webhookSecret: WEBHOOK_SECRET,
      graceMs: GRACE_MS,
    })
    adapters.push(made)
    return made
  }
  const vipps = adapter()
  /** The same, for calls that are not going to be answered. */
  const impatient = adapter({ checkoutMs: IMPATIENCE_MS, moneyMs: IMPATIENCE_MS })
  t.teardown(async () => {
    await simulator.stop()
    await Promise.all(adapters.map((made) => made.close()))
  })

  function intent(op: 'start' | 'capture' | 'refund' | 'release', amount: number, attempt = 1): Intent {
    const intentId = randomUUID()
    const key = idempotencyKey({ op, intentId, amount, attempt })
    return { intentId, attempt, idempotencyKey: key, firstSentAt: now() }
  }

  const order = (amount: number): StartInput => ({
    intent: intent('start', amount),
    orderId: randomUUID(),
    orderNumber: 'V-1001',
    total: { amount, currency: 'NOK' },
    tax: amount / 5,
    lines: [goods(amount)],
    country: 'NO',
    language: 'nb',
    urls: {
      success: returnUrl ?? 'https://shop.example/thanks',
      cancel: 'https://shop.example/cart',
      notification: 'https://shop.example/vipps',
    },
    customer: { email: 'kunde@example.com' },
  })

  /** A payment that its customer has approved, as its id. */
  async function paid(amount: number) {
    const { sessionId } = success(await vipps.start(order(amount)))
    simulator.approve(sessionId)
    return sessionId
  }

  /** What captures or refunds an amount, under an intent of its own. */
  const move = (op: 'capture' | 'refund', paymentId: string, amount: number): MoveInput => ({
    paymentId,
    intent: intent(op, amount),
    amount: { amount, currency: 'NOK' },
    lines: [goods(amount)],
  })

  const advance = (duration: Temporal.DurationLike) => {
    time = time.add(duration)
  }
  return { simulator, vipps, impatient, adapter, now, advance, intent, order, paid, move }
}
export type Shop = Awaited<ReturnType<typeof openShop>>

/** The value of a result that went well. Throws with the whole result when it did not. */
export function success<Value>(result: Result<Value>): Value {
  if (result.kind !== 'ok') throw new Error(`This is not ok: ${JSON.stringify(result)}`)
  return result.value
}

/** A result as one word or two, such as `declined exceeds_captured`. */
export function inShort(result: Result<unknown>) {
  if (result.kind === 'ok') return 'ok'
  return `${result.kind} ${'reason' in result ? result.reason : result.cause}`
}

export const until = (condition: () => boolean) => eventually('it to be so', async () => condition())
