import { startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'
import type { FaultRule } from '@vilkar/simulator/faults.ts'
import { startVippsSimulator } from '@vilkar/vipps-simulator/simulator.ts'
import { KLARNA_CREDENTIALS, type ProviderName, VIPPS_CREDENTIALS } from './provider.ts'

/** A movement of money in a provider's books. `intent` is our operation's id, or the key under which it was asked for. */
export type Movement = { intent: string; amount: number }
export type ProviderBooks = {
  paymentId: string
  authorised: number
  /** What can still be captured. */
  capturable: number
  captures: Movement[]
  refunds: Movement[]
}

/** A provider in this process, as the storm needs it. */
export type Simulator = {
  url: string
  /** Parts of the addresses at which money moves or its truth is told. */
  moneyPaths: readonly string[]
  /** Definite refusals, each with the part of an address at which it may be given. */
  refusals: readonly { path: string; status: number; code: string }[]
  addFault(rule: FaultRule): void
  clearFaults(): void
  faultsStruck(): number
  books(): ProviderBooks[]
  /** What a provider must never see, such as an intent executed twice. */
  violations(): string[]
  stop(): Promise<void>
}

type Options = {
  now(): Temporal.Instant
  /** Where the shop hears of all payments, for a provider that knows one address. */
  webhookUrl: string
}

export const startSimulator = (name: ProviderName, options: Options): Promise<Simulator> =>
  name === 'klarna' ? startKlarna(options) : startVipps(options)

async function startKlarna({ now }: Options): Promise<Simulator> {
  const simulator = await startKlarnaSimulator({ ...KLARNA_CREDENTIALS, now })
  return {
    ...common(simulator),
    moneyPaths: [
      '/captures$',
      '/refunds$',
      '/cancel$',
      '/release-remaining-authorization$',
      '/acknowledge$',
      '/ordermanagement/v1/orders/[^/]+$',
      '/hpp/v1/sessions',
      '/payments/v1/sessions',
    ],
    refusals: [
      { path: '/captures$', status: 403, code: 'PAYMENT_METHOD_FAILED' },
      { path: '/captures$', status: 403, code: 'CAPTURE_NOT_ALLOWED' },
      { path: '/refunds$', status: 403, code: 'REFUND_NOT_ALLOWED' },
      { path: '/(cancel|release-remaining-authorization)$', status: 403, code: 'NOT_ALLOWED' },
    ],
    books: () =>
      simulator.orders().map((order) => ({
        paymentId: order.order_id,
        authorised: order.order_amount,
        capturable: order.remaining_authorized_amount,
        captures: order.captures.map((each) => ({
          intent: each.reference ?? each.capture_id,
          amount: each.captured_amount,
        })),
        refunds: order.refunds.map((each) => ({
          intent: each.reference ?? each.refund_id,
          amount: each.refunded_amount,
        })),
      })),
  }
}

async function startVipps({ now, webhookUrl }: Options): Promise<Simulator> {
  const simulator = await startVippsSimulator({ ...VIPPS_CREDENTIALS, now, webhookUrl })
  return {
    ...common(simulator),
    moneyPaths: [
      '/capture$',
      '/refund$',
      '/cancel$',
      '/payments/[^/]+$',
      '/events$',
      '/epayment/v1/payments$',
      '/accesstoken/get$',
    ],
    refusals: [
      { path: '/(capture|refund|cancel)$', status: 400, code: '4050' },
      { path: '/(capture|refund|cancel)$', status: 403, code: '4030' },
    ],
    books: () =>
      simulator
        .payments()
        .filter(({ sums }) => sums.authorised > 0)
        .map(({ reference, sums, events }) => ({
          paymentId: reference,
          authorised: sums.authorised,
          capturable: sums.authorised - sums.captured - sums.cancelled,
          captures: movementsOf(events, 'CAPTURED'),
          refunds: movementsOf(events, 'REFUNDED'),
        })),
  }
}

type Event = { name: string; success: boolean; idempotencyKey: string | null; amount: { value: number } }

/** A Vipps movement bears the key that it was asked for under. A new attempt has a new one, and comes after a refusal only. */
const movementsOf = (events: readonly Event[], name: string): Movement[] =>
  events
    .filter((event) => event.name === name && event.success)
    .map(({ idempotencyKey, amount }) => ({ intent: idempotencyKey ?? '', amount: amount.value }))

type Common = {
  url: string
  faults: { add(rule: FaultRule): void; clear(): void; struck(): number }
  violations(): string[]
  stop(): Promise<void>
}

const common = ({ url, faults, violations, stop }: Common) => ({
  url,
  addFault: faults.add,
  clearFaults: faults.clear,
  faultsStruck: faults.struck,
  violations,
  stop,
})
