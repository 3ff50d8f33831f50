import type { LifeOf } from '@vilkar/simulator/authorisation-life.ts'
import type { Reply } from '@vilkar/simulator/reply.ts'
import { brokenInvariants } from './invariants.ts'
import { cancel, capture, type Modification, refund } from './modifications.ts'
import { type Event, type EventName, newPayment, type Payment, readModel } from './payment.ts'
import { checkedPayment } from './payment-request.ts'
import { createPaymentStore, type PaymentStore, RESERVATION_MINUTES } from './payment-store.ts'
import { type Ask, type Route, refuse, route } from './reply.ts'

type Deps = {
  now(): Temporal.Instant
  note(violation: string): void
  /** Where a browser finds the pages. */
  publicUrl: string
  told(event: Event): void
  lifeOf?: LifeOf
}

/**
 * Vipps' ePayment API (v1), in memory. Where its documents are silent it assumes: a refused capture or refund is in
 * the log as a failure, what nobody captured in time is cancelled by Vipps under no key, and a cancellation that would
 * let nothing go is refused with 400.
 */
export function createPayments({ now, note, publicUrl, told, lifeOf }: Deps) {
  const store = createPaymentStore({ now, told })
  const { find, log, end, lasts } = store
  const pageOf = ({ token }: Payment) => `${publicUrl}/pay/${token}`

  function create({ body, key }: Ask): Reply {
    const request = checkedPayment(body)
    if (typeof request === 'string') return refuse(400, null, request)
    const { reference } = request
    if (store.has(reference)) return refuse(409, '4020', `The reference ${reference} is taken.`)
    const payment = newPayment(request, now())
    store.add(payment)
    log(payment, 'CREATED', payment.amount.value, key)
    return { status: 201, body: { redirectUrl: pageOf(payment), reference } }
  }

  const onPayment = (method: string, rest: string, answer: (payment: Payment, ask: Ask) => Reply): Route =>
    route(method, `/epayment/v1/payments/:reference${rest}`, (ask) => {
      const payment = find(ask.reference)
      if (payment === undefined) return refuse(404, null, 'There is no such payment.')
      const before = payment.state
      const reply = answer(payment, ask)
      brokenInvariants(payment, before).forEach(note)
      return reply
    })

  const routes = [
    route('POST', '/epayment/v1/payments', create),
    onPayment('GET', '', (payment) => ({
      status: 200,
      body: { ...readModel(payment), redirectUrl: pageOf(payment) },
    })),
    onPayment('GET', '/events', ({ events }) => ({ status: 200, body: events })),
    onPayment('POST', '/capture', modify(store, 'CAPTURED', capture)),
    onPayment('POST', '/refund', modify(store, 'REFUNDED', refund)),
    onPayment('POST', '/cancel', modify(store, 'CANCELLED', cancel)),
  ]

  return {
    routes,
    approve(reference: string) {
      const payment = open(store, reference)
      payment.state = 'AUTHORIZED'
      const { orderId } = (payment.metadata ?? {}) as { orderId?: string }
      const life = orderId === undefined ? undefined : lifeOf?.(orderId)
      payment.sums.authorised = payment.amount.value
      // As at Vipps, the approval bears the key of the creation.
      log(payment, 'AUTHORIZED', payment.amount.value, payment.events[0]?.idempotencyKey ?? null)
      lasts(payment, life?.minutes ?? RESERVATION_MINUTES)
      brokenInvariants(payment).forEach(note)
      return payment
    },
    /** The reservation has just run out. Throws RangeError when there is none. */
    runOut(reference: string) {
      const payment = find(reference)
      if (payment?.state !== 'AUTHORIZED') throw new RangeError(`Payment ${reference} reserves nothing.`)
      lasts(payment, 0)
      return payment
    },
    abort: (reference: string) => end(open(store, reference), 'ABORTED'),
    expire: (reference: string) => end(open(store, reference), 'EXPIRED'),
    captureInPortal: inPortal(store, 'captured', modify(store, 'CAPTURED', capture)),
    refundInPortal: inPortal(store, 'refunded', modify(store, 'REFUNDED', refund)),
    all: store.all,
    ofToken: store.ofToken,
  }
}
export type Payments = ReturnType<typeof createPayments>

/** Changes a payment and logs that, or logs what was tried in vain. */
const modify =
  ({ log, hasRunOut }: PaymentStore, name: EventName, modification: Modification) =>
  (payment: Payment, { body, key }: Ask): Reply => {
    const outcome = modification(payment, body, hasRunOut(payment))
    if ('refusal' in outcome) {
      if (outcome.tried > 0) log(payment, name, outcome.tried, key, false)
      return outcome.refusal
    }
    const { pspReference } = log(payment, outcome.name, outcome.moved, key)
    return { status: 200, body: { ...readModel(payment), pspReference } }
  }

/** The payment, if its customer can still do something. Throws when not: that is its caller's mistake. */
function open({ find }: PaymentStore, reference: string) {
  const payment = find(reference)
  if (payment?.state !== 'CREATED') throw new RangeError(`Payment ${reference} is ${payment?.state ?? 'unknown'}.`)
  return payment
}

/** What somebody did in the portal, under no key of the shop's. Throws when it is not possible. */
const inPortal =
  ({ find }: PaymentStore, done: string, change: ReturnType<typeof modify>) =>
  (reference: string, value: number) => {
    const payment = find(reference)
    if (payment === undefined) throw new RangeError(`There is no payment ${reference}.`)
    const modificationAmount = { value, currency: payment.amount.currency }
    const { status } = change(payment, { reference, key: null, body: { modificationAmount } })
    if (status !== 200) throw new RangeError(`Payment ${reference} cannot be ${done}.`)
  }
