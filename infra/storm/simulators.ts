import { type KlarnaSimulator, startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'
import { press } from '@vilkar/local/shopper.ts'
import type { ProviderName } from '@vilkar/payments/providers.ts'
import type { LifeOf } from '@vilkar/simulator/authorisation-life.ts'
import type { FaultRule } from '@vilkar/simulator/faults.ts'
import { startVippsSimulator } from '@vilkar/vipps-simulator/simulator.ts'
import { CREDENTIAL } from './provider.ts'

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

/** What a customer who wants to pay has on the screen. */
export type Shown = { page: string; widget?: { value: string } }
export type Choice = 'approve' | 'decline'

/** A provider in this process, as the storm needs it. */
export type Simulator = {
  url: string
  /**
   * The customer decides; under `review` the provider has not decided yet. Gives the approval that the browser gets, where
   * the shop places the order. Throws when nothing is open there.
   */
  decide(shown: Shown, choice: Choice, review: boolean): Promise<string | undefined>
  /** The review of an order's payment ends; nothing when there is none. */
  endReview(orderId: string, verdict: 'ACCEPTED' | 'REJECTED'): void
  /** Somebody moves money in the portal. Throws when the provider would not do it. */
  moveByHand(kind: 'capture' | 'refund', paymentId: string, amount: number): void
  /** An authorisation ends before its time. Throws when there is none. */
  endEarly(paymentId: string): void
  /** Parts of the addresses at which money moves or its truth is told. */
  moneyPaths: readonly string[]
  /** Definite refusals, each with the part of an address at which it may be given. */
  refusals: readonly { path: string; status: number; code: string }[]
  addFault(rule: FaultRule): void
  clearFaults(): void
  faultsStruck(): number
  /** How many requests the shop has made. */
  calls(): number
  books(): ProviderBooks[]
  /** What a provider must never see, such as an intent executed twice. */
  violations(): string[]
  stop(): Promise<void>
}

type Options = {
  now(): Temporal.Instant
  /** Where the shop hears of all payments, for a provider that knows one address. */
  webhookUrl: string
  lifeOf: LifeOf
}

/** How each provider's simulator is started for the storm. */
const simulators: Readonly<Record<ProviderName, (options: Options) => Promise<Simulator>>> = {
  klarna: (options) => startKlarna('klarna', options),
  'klarna-payments': (options) => startKlarna('klarna-payments', options),
  kustom: (options) => startKlarna('kustom', options),
  vipps: startVipps,
}

export const startSimulator = (name: ProviderName, options: Options): Promise<Simulator> => simulators[name](options)

/** How customers pay at Klarna's front ends, and where the calls of each can fail. */
const FRONT_ENDS = {
  klarna: { paths: ['/hpp/v1/sessions', '/payments/v1/sessions'], decide: onThePage },
  'klarna-payments': { paths: ['/payments/v1/sessions', '/authorizations/[^/]+/order$'], decide: inTheWidget },
  kustom: { paths: ['/checkout/v3/orders'], decide: inTheCheckout },
}
type Decide = (klarna: KlarnaSimulator, ...decision: Parameters<Simulator['decide']>) => ReturnType<Simulator['decide']>

async function onThePage(...[klarna, { page }, choice, review]: Parameters<Decide>) {
  const session = page.split('/').at(-1)!
  if (choice === 'decline') klarna.decline(session)
  else klarna.approve(session, review ? 'PENDING' : 'ACCEPTED')
  return undefined
}

async function inTheWidget(...[klarna, { widget }, choice, review]: Parameters<Decide>) {
  const session = widget!.value.slice('simulated-'.length)
  const verdict = choice === 'decline' ? 'REJECTED' : review ? 'PENDING' : 'ACCEPTED'
  return (klarna.authorize(session, verdict) as { authorization_token: string }).authorization_token
}

async function inTheCheckout(...[klarna, { widget }, choice, review]: Parameters<Decide>) {
  const [id] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(widget!.value)!
  // A checkout has no button to decline: who does not want to leaves it.
  if (choice === 'approve') await klarna.completeCheckout(id, review ? 'PENDING' : 'ACCEPTED')
  return undefined
}

async function startKlarna(name: keyof typeof FRONT_ENDS, { now, lifeOf }: Options): Promise<Simulator> {
  const simulator = await startKlarnaSimulator({ username: CREDENTIAL, password: CREDENTIAL, now, lifeOf })
  const { paths, decide } = FRONT_ENDS[name]
  return {
    ...common(simulator),
    decide: (...decision) => decide(simulator, ...decision),
    endReview(orderId, verdict) {
      for (const { order_id, merchant_reference2, fraud_status } of simulator.orders())
        if (merchant_reference2 === orderId && fraud_status === 'PENDING') simulator.portal.review(order_id, verdict)
    },
    endEarly: (paymentId) => void simulator.portal.expire(paymentId),
    moveByHand: (kind, paymentId, amount) => void simulator.portal[kind](paymentId, amount),
    moneyPaths: [
      ...paths,
      '/captures$',
      '/refunds$',
      '/cancel$',
      '/release-remaining-authorization$',
      '/acknowledge$',
      '/ordermanagement/v1/orders/[^/]+$',
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

async function startVipps({ now, webhookUrl, lifeOf }: Options): Promise<Simulator> {
  const simulator = await startVippsSimulator({
    clientId: CREDENTIAL,
    clientSecret: CREDENTIAL,
    subscriptionKey: CREDENTIAL,
    merchantSerialNumber: CREDENTIAL,
    webhookSecret: CREDENTIAL,
    now,
    webhookUrl,
    lifeOf,
  })
  return {
    ...common(simulator),
    decide: async ({ page }, choice) => void (await press(page, choice)),
    endReview() {},
    endEarly: (paymentId) => void simulator.runOut(paymentId),
    moveByHand: (kind, paymentId, amount) => simulator[`${kind}InPortal`](paymentId, amount),
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

type Event = {
  name: string
  success: boolean
  idempotencyKey: string | null
  pspReference: string
  amount: { value: number }
}

/**
 * A Vipps movement bears the key that it was asked for under, or Vipps' own name when it was made by hand. A new attempt has
 * a new one, and comes after a refusal only.
 */
const movementsOf = (events: readonly Event[], name: string): Movement[] =>
  events
    .filter((event) => event.name === name && event.success)
    .map(({ idempotencyKey, pspReference, amount }) => ({
      intent: idempotencyKey ?? pspReference,
      amount: amount.value,
    }))

type Common = {
  url: string
  faults: { add(rule: FaultRule): void; clear(): void; struck(): number }
  calls(): number
  violations(): string[]
  stop(): Promise<void>
}

const common = ({ url, faults, calls, violations, stop }: Common) => ({
  url,
  addFault: faults.add,
  clearFaults: faults.clear,
  faultsStruck: faults.struck,
  calls,
  violations,
  stop,
})
