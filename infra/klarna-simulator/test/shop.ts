import { randomUUID } from 'node:crypto'
import type { Timeouts } from '@vilkar/payments/exchange.ts'
import { idempotencyKey, type KeyedOp } from '@vilkar/payments/idempotency-key.ts'
import { createKlarna, type KlarnaOptions } from '@vilkar/payments/klarna/klarna.ts'
import type { CaptureInput, Intent, PaymentLine, Result, StartInput } from '@vilkar/payments/port.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import type { Test } from 'tap'
import { type SimulatorOptions, startKlarnaSimulator } from '../simulator.ts'

const CREDENTIALS = { username: 'shop', password: 'secret-of-the-shop' }
/** Long enough for a call to have gone out before it is given up, on a slow machine too. */
const IMPATIENCE_MS = 600
export const GRACE_MS = 65_000
const START = Temporal.Instant.from('2026-11-22T09:30:00Z')

/** Goods at 25 % tax for the given price in øre. */
export const goods = (unitPrice: number, quantity = 1): PaymentLine => ({
  kind: 'physical',
  reference: 'mug-blue',
  name: 'Blue mug',
  quantity,
  unitPrice,
  discount: 0,
  total: quantity * unitPrice,
  taxRate: 2500,
  tax: Math.round((quantity * unitPrice) / 5),
})

type Options = Partial<SimulatorOptions> & {
  password?: string
  baseUrl?: string
  notification?: string
  /** What the shop asks last of all, in Kustom's checkout. */
  frontEnd?: KlarnaOptions['frontEnd']
}

/** A simulator, an adapter that talks to it over HTTP, and a clock that stands still until it is moved. */
export async function openShop(t: Test, { notification, baseUrl, password, ...options }: Options = {}) {
  const { frontEnd } = options
  let time = START
  const now = () => time
  const simulator = await startKlarnaSimulator({ ...CREDENTIALS, now, pushDelayMs: 5, ...options })
  const adapters: ReturnType<typeof createKlarna>[] = []
  const adapter = (timeouts?: Timeouts, more: Partial<KlarnaOptions> = {}) => {
    const made = createKlarna({
      baseUrl: baseUrl ?? simulator.url,
      username: CREDENTIALS.username,
      password: password ?? CREDENTIALS.password,
      now,
      timeouts,
      graceMs: GRACE_MS,
      frontEnd,
      ...more,
    })
    adapters.push(made)
    return made
  }
  const klarna = adapter()
  /** The same, for calls that are not going to be answered. */
  const impatient = adapter({ checkoutMs: IMPATIENCE_MS, moneyMs: IMPATIENCE_MS })
  t.teardown(async () => {
    await simulator.stop()
    await Promise.all(adapters.map((made) => made.close()))
  })
  const advance = (ms: number) => {
    time = time.add({ milliseconds: ms })
  }

  function intent(op: KeyedOp, amount: number, attempt = 1): Intent {
    const intentId = randomUUID()
    const key = idempotencyKey({ op, intentId, amount, attempt })
    return { intentId, attempt, idempotencyKey: key, firstSentAt: now() }
  }

  const order = (lines: PaymentLine[]): StartInput => {
    const amount = lines.reduce((sum, line) => sum + line.total, 0)
    return {
      intent: intent('start', amount),
      orderId: randomUUID(),
      orderNumber: 'V-1001',
      total: { amount, currency: 'NOK' },
      tax: lines.reduce((sum, line) => sum + line.tax, 0),
      lines,
      country: 'NO',
      language: 'nb',
      urls: {
        success: 'http://127.0.0.1:9/thanks',
        cancel: 'http://127.0.0.1:9/cart',
        notification: notification ?? 'http://127.0.0.1:9/klarna',
        checkout: 'http://127.0.0.1:9/checkout',
        terms: 'http://127.0.0.1:9/terms',
      },
      customer: { email: 'kunde@example.com' },
    }
  }

  /** An order that its customer has approved, as the id of its payment. */
  async function paid(amount: number) {
    const { sessionId } = success(await klarna.start(order([goods(amount)])))
    return simulator.approve(sessionId).order_id!
  }

  /** What captures or refunds an amount, under an intent of its own. */
  const move = (op: 'capture' | 'refund', paymentId: string, amount: number): CaptureInput => ({
    paymentId,
    intent: intent(op, amount),
    amount: { amount, currency: 'NOK' },
    lines: [goods(amount)],
  })

  /** A request that bypasses the adapter and is answered as JSON, or as nothing. */
  async function raw(method: string, path: string, body?: object | string, headers: Record<string, string> = {}) {
    const authorization = `Basic ${Buffer.from(`${CREDENTIALS.username}:${CREDENTIALS.password}`).toString('base64')}`
    const response = await fetch(`${simulator.url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : body && JSON.stringify(body),
      redirect: 'manual',
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
  }

  return { simulator, klarna, impatient, adapter, now, advance, intent, order, paid, move, raw }
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

/** The same intent after a definite no: one attempt more, and so another key. */
export function nextAttempt<Input extends { intent: Intent }>(op: KeyedOp, amount: number, input: Input): Input {
  const { intentId } = input.intent
  const attempt = input.intent.attempt + 1
  return {
    ...input,
    intent: { ...input.intent, attempt, idempotencyKey: idempotencyKey({ op, intentId, amount, attempt }) },
  }
}

/** A call whose caller's time is up as soon as something is so, as if a deadline had passed just then. */
export async function giveUp<Value>(call: (signal: AbortSignal) => Promise<Value>, when: () => boolean) {
  const caller = new AbortController()
  const result = call(caller.signal)
  await until(when)
  caller.abort(new DOMException('Nobody waits any longer.', 'TimeoutError'))
  return result
}

export const until = (condition: () => boolean) => eventually('it to be so', async () => condition())
