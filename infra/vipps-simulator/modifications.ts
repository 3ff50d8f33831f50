import type { Reply } from '@vilkar/simulator/reply.ts'
import { type EventName, type Payment, restOf } from './payment.ts'
import { isAmount } from './payment-request.ts'
import { refuse } from './reply.ts'

/** What a modification came to: an event of the log with its amount, or a refusal; `tried` is the amount of that. */
export type Outcome = { name: EventName; moved: number } | { refusal: Reply; tried: number }
export type Modification = (payment: Payment, body: Record<string, unknown>, runOut: boolean) => Outcome

const no = (detail: string, tried = 0): Outcome => ({ refusal: refuse(400, '6080', detail), tried })

export const capture: Modification = (payment, { modificationAmount: amount }, runOut) => {
  if (!isAmount(amount) || amount.value === 0) return invalid
  const { value, currency } = amount
  if (currency !== payment.amount.currency) return invalid
  if (payment.state !== 'AUTHORIZED') return no('Nothing is reserved.', value)
  if (runOut) return no('The reservation has run out.', value)
  if (value > restOf(payment)) return no('The amount is more than is left of the reservation.', value)
  payment.sums.captured += value
  return { name: 'CAPTURED', moved: value }
}

export const refund: Modification = (payment, { modificationAmount: amount }) => {
  if (!isAmount(amount) || amount.value === 0) return invalid
  const { value, currency } = amount
  if (currency !== payment.amount.currency) return invalid
  const { captured, refunded } = payment.sums
  if (value > captured - refunded) return no('The amount is more than was captured and not refunded.', value)
  payment.sums.refunded += value
  return { name: 'REFUNDED', moved: value }
}

/** Ends a payment that nobody approved, else lets the rest of the reservation go. */
export const cancel: Modification = (payment, { cancelTransactionOnly }, runOut) => {
  const { sums, amount } = payment
  if (payment.state === 'CREATED') {
    payment.state = 'TERMINATED'
    sums.cancelled = amount.value
    return { name: 'TERMINATED', moved: amount.value }
  }
  if (payment.state !== 'AUTHORIZED') return no(`The payment is ${payment.state}.`)
  if (cancelTransactionOnly === true) return no('The payment has been approved.')
  const moved = restOf(payment)
  if (runOut || moved === 0) return no('There is nothing left to cancel.')
  sums.cancelled += moved
  return { name: 'CANCELLED', moved }
}

const invalid: Outcome = {
  refusal: refuse(400, '4040', 'modificationAmount is not an amount of this payment.'),
  tried: 0,
}
