import type { FaultRule } from '@vilkar/klarna-simulator/faults.ts'
import { startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'
import { startVippsSimulator } from '@vilkar/vipps-simulator/simulator.ts'
import { type CREDENTIALS, MERCHANT_SERIAL_NUMBER, type ProviderName } from './provider.ts'

/** A movement of money in a provider's books. `intent` is what tells which of our operations it answers. */
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
  addFault(rule: FaultRule): void
  clearFaults(): void
  faultsStruck(): number
  books(): ProviderBooks[]
  /** What a provider must never see, such as an intent executed twice. */
  violations(): string[]
  stop(): Promise<void>
}

type Options = typeof CREDENTIALS & { now(): Temporal.Instant }

export const startSimulator = (name: ProviderName, options: Options): Promise<Simulator> =>
  name === 'klarna' ? klarna(options) : vipps(options)

async function klarna(options: Options): Promise<Simulator> {
  const simulator = await startKlarnaSimulator(options)
  return {
    url: simulator.url,
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
    addFault: simulator.faults.add,
    clearFaults: simulator.faults.clear,
    faultsStruck: simulator.faults.struck,
    violations: simulator.violations,
    stop: simulator.stop,
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

async function vipps({ username, password, now }: Options): Promise<Simulator> {
  const simulator = await startVippsSimulator({
    ...{ clientId: username, clientSecret: password, subscriptionKey: password },
    merchantSerialNumber: MERCHANT_SERIAL_NUMBER,
    now,
  })
  return {
    url: simulator.url,
    moneyPaths: [
      '/capture$',
      '/refund$',
      '/cancel$',
      '/events$',
      '/epayment/v1/payments/[^/]+$',
      '/epayment/v1/payments$',
    ],
    addFault: (rule) => simulator.faults.add(rule as Parameters<typeof simulator.faults.add>[0]),
    clearFaults: simulator.faults.clear,
    faultsStruck: simulator.faults.struck,
    violations: simulator.violations,
    stop: simulator.stop,
    books: () =>
      simulator
        .payments()
        .filter(({ authorisedAt }) => authorisedAt !== null)
        .map(({ reference, sums, events }) => ({
          paymentId: reference,
          authorised: sums.authorised,
          capturable: sums.authorised - sums.captured - sums.cancelled,
          captures: movements(events, 'CAPTURED'),
          refunds: movements(events, 'REFUNDED'),
        })),
  }
}

/** A key is all that tells two movements of one amount apart at Vipps. */
const movements = (
  events: {
    name: string
    success: boolean
    idempotencyKey: string | null
    pspReference: string
    amount: { value: number }
  }[],
  kind: string,
) =>
  events
    .filter(({ name, success }) => success && name === kind)
    .map(({ idempotencyKey, pspReference, amount }) => ({
      intent: idempotencyKey ?? pspReference,
      amount: amount.value,
    }))
