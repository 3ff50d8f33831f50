import { randomUUID } from 'node:crypto'
import type { Reply } from '@vilkar/simulator/reply.ts'
import { brokenInvariants } from './invariants.ts'
import { cancel, capture, type Modification, refund } from './modifications.ts'
import { type Event, type EventName, newPayment, type Payment, readModel, restOf } from './payment.ts'
import { checkedPayment } from './payment-request.ts'
import { type Ask, type Route, refuse, route } from './reply.ts'

/** How long a customer may take to approve. */
const APPROVAL_MINUTES = 10
/** How long a reservation lasts in Norway: 180 days. */
const RESERVATION_MINUTES = 180 * 24 * 60

type Deps = {
  now(): Temporal.Instant
  note(violation: string): void
  /** Where a browser finds the pages. */
  publicUrl: string
  told(event: Event): void
}

/**
 * Vipps' ePayment API (v1), in memory. Where its documents are silent it assumes: a refused capture or refund is in
 * the log as a failure, what nobody captured in time is cancelled by Vipps under no key, and a cancellation that would
 * let nothing go is refused with 400.
 */
export function createPayments({ now, note, publicUrl, told }: Deps) {
  const payments = new Map<string, Payment>()
  const isPast = (since: string, minutes: number) =>
    Temporal.Instant.compare(now(), Temporal.Instant.from(since).add({ minutes })) >= 0
  const hasRunOut = ({ authorisedAt }: Payment) => authorisedAt !== null && isPast(authorisedAt, RESERVATION_MINUTES)

  /** Writes what happened, or was tried in vain, into the log; what happened is told by webhook. */
  function log(payment: Payment, name: EventName, value: number, idempotencyKey: string | null, success = true) {
    const { reference, amount } = payment
    const pspReference = randomUUID()
    const timestamp = now().toString()
    const event: Event = {
      reference,
      pspReference,
      name,
      amount: { value, currency: amount.currency },
      timestamp,
      idempotencyKey,
      success,
    }
    payment.events.push(event)
    if (success) told(event)
    return event
  }

  function end(payment: Payment, state: 'ABORTED' | 'EXPIRED') {
    payment.state = state
    log(payment, state, payment.amount.value, null)
    return payment
  }

  /** Lets time have its effect on a payment before anybody looks at it. */
  function find(reference: string) {
    const payment = payments.get(reference)
    if (payment === undefined) return undefined
    if (payment.state === 'CREATED' && isPast(payment.createdAt, APPROVAL_MINUTES)) end(payment, 'EXPIRED')
    const rest = restOf(payment)
    if (rest > 0 && hasRunOut(payment)) {
      payment.sums.cancelled += rest
      log(payment, 'CANCELLED', rest, null)
    }
    return payment
  }

  const pageOf = ({ token }: Payment) => `${publicUrl}/pay/${token}`

  function create({ body, key }: Ask): Reply {
    const request = checkedPayment(body)
    if (typeof request === 'string') return refuse(400, null, request)
    const { reference } = request
    if (payments.has(reference)) return refuse(409, '4020', `The reference ${reference} is taken.`)
    const payment = newPayment(request, now())
    payments.set(reference, payment)
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

  const modify =
    (name: EventName, modification: Modification) =>
    (payment: Payment, { body, key }: Ask) => {
      const outcome = modification(payment, body, hasRunOut(payment))
      if ('refusal' in outcome) {
        if (outcome.tried > 0) log(payment, name, outcome.tried, key, false)
        return outcome.refusal
      }
      const { pspReference } = log(payment, outcome.name, outcome.moved, key)
      return { status: 200, body: { ...readModel(payment), pspReference } }
    }

  const routes = [
    route('POST', '/epayment/v1/payments', create),
    onPayment('GET', '', (payment) => ({
      status: 200,
      body: { ...readModel(payment), redirectUrl: pageOf(payment) },
    })),
    onPayment('GET', '/events', ({ events }) => ({ status: 200, body: events })),
    onPayment('POST', '/capture', modify('CAPTURED', capture)),
    onPayment('POST', '/refund', modify('REFUNDED', refund)),
    onPayment('POST', '/cancel', modify('CANCELLED', cancel)),
  ]

  /** The payment, if its customer can still do something. Throws when not: that is its caller's mistake. */
  function open(reference: string) {
    const payment = find(reference)
    if (payment?.state !== 'CREATED') throw new RangeError(`Payment ${reference} is ${payment?.state ?? 'unknown'}.`)
    return payment
  }

  function approve(reference: string) {
    const payment = open(reference)
    payment.state = 'AUTHORIZED'
    payment.authorisedAt = now().toString()
    payment.sums.authorised = payment.amount.value
    // As at Vipps, the approval bears the key of the creation.
    log(payment, 'AUTHORIZED', payment.amount.value, payment.events[0]?.idempotencyKey ?? null)
    brokenInvariants(payment).forEach(note)
    return payment
  }

  /** What somebody did in the portal, under no key of the shop's. Throws when it is not possible. */
  const byHand = (done: string, change: ReturnType<typeof modify>) => (reference: string, value: number) => {
    const payment = find(reference)
    if (payment === undefined) throw new RangeError(`There is no payment ${reference}.`)
    const modificationAmount = { value, currency: payment.amount.currency }
    const { status } = change(payment, { reference, key: null, body: { modificationAmount } })
    if (status !== 200) throw new RangeError(`Payment ${reference} cannot be ${done}.`)
  }

  return {
    routes,
    approve,
    abort: (reference: string) => end(open(reference), 'ABORTED'),
    expire: (reference: string) => end(open(reference), 'EXPIRED'),
    captureInPortal: byHand('captured', modify('CAPTURED', capture)),
    refundInPortal: byHand('refunded', modify('REFUNDED', refund)),
    all: () => [...payments.keys()].map((reference) => find(reference)!),
    ofToken(token: string) {
      const found = payments.values().find((payment) => payment.token === token)
      return found && find(found.reference)
    },
  }
}
export type Payments = ReturnType<typeof createPayments>
