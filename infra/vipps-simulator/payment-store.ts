import { randomUUID } from 'node:crypto'
import { type Event, type EventName, type Payment, restOf } from './payment.ts'

/** How long a customer may take to approve. */
const APPROVAL_MINUTES = 10
/** How long a reservation lasts in Norway: 180 days. */
export const RESERVATION_MINUTES = 180 * 24 * 60

/** The payments with their logs; what has run out does so before anybody looks at it. */
export function createPaymentStore({ now, told }: { now(): Temporal.Instant; told(event: Event): void }) {
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

  /** Lets the reservation of a payment end so many minutes from now, as if it had been approved as much earlier. */
  function lasts(payment: Payment, minutes: number) {
    payment.authorisedAt = now()
      .subtract({ minutes: RESERVATION_MINUTES - minutes })
      .toString()
    for (const event of payment.events) if (event.name === 'AUTHORIZED') event.timestamp = payment.authorisedAt
  }

  return {
    lasts,
    has: (reference: string) => payments.has(reference),
    add: (payment: Payment) => void payments.set(payment.reference, payment),
    find,
    hasRunOut,
    log,
    end,
    all: () => [...payments.keys()].map((reference) => find(reference)!),
    ofToken(token: string) {
      const found = payments.values().find((payment) => payment.token === token)
      return found && find(found.reference)
    },
  }
}
export type PaymentStore = ReturnType<typeof createPaymentStore>
