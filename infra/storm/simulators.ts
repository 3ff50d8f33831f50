import type { FaultRule } from '@vilkar/klarna-simulator/faults.ts'
import { startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'
import type { CREDENTIALS } from './provider.ts'

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

/** Klarna's simulator. */
export async function startSimulator(options: Options): Promise<Simulator> {
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
