import type {
  AuthorisationExpired,
  PaymentAuthorised,
  PaymentCaptured,
  PaymentReauthorised,
  PaymentRefunded,
} from '@vilkar/contracts/orders.ts'
import type { Refusal } from '@vilkar/decider/decider.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import type { OrderCommand, PlacedOrder } from './order.ts'
import { isAllShipped, termsFor } from './order-decisions.ts'

type DataOf<Type extends OrderCommand['type']> = Extract<OrderCommand, { type: Type }>['data']

/** What the customer has to have held for us, in minor units: the order's total less what was taken. */
export const dueFor = ({ placed, captured }: PlacedOrder) => placed.totals.total - captured

/** The provider holds an amount: the first time it lets the order go on, after an expiry it lets the goods go. */
export function authorise(
  { orderId, at, provider, paymentId, amount, currency, expiresAt }: DataOf<'AuthorisePayment'>,
  state: PlacedOrder,
) {
  const first = state.status === 'awaiting-payment'
  const again = awaitsNewPayment(state) && state.payment!.paymentId !== paymentId
  if (!first && !again) return accept()
  const due = dueFor(state)
  if (amount !== due || currency !== state.placed.currency) return refuse(differs(amount, currency, due, state))
  const held = {
    orderId,
    provider,
    paymentId,
    amount,
    currency: state.placed.currency,
    ...(expiresAt && { expiresAt }),
  }
  return first
    ? accept({ type: 'PaymentAuthorised', data: { ...held, authorisedAt: at } } satisfies PaymentAuthorised)
    : accept({ type: 'PaymentReauthorised', data: { ...held, reauthorisedAt: at } } satisfies PaymentReauthorised)
}

const differs = (amount: number, currency: string, due: number, { placed }: PlacedOrder): Refusal => ({
  code: 'payment-amount-differs',
  detail: `The provider holds ${amount} ${currency}, the order is ${due} ${placed.currency} (minor units).`,
})

/** Whether the authorisation has run out while goods wait for it, so that the customer is to pay again. */
export const awaitsNewPayment = ({ status, payment }: PlacedOrder) =>
  payment?.expiredAt !== undefined && status !== 'cancelled'

/** Names the payment session that stands in for a payment which ran out. */
export const insteadOf = (paymentId: string) => `instead-of ${paymentId}`

/** Whether this payment session is one that the customer may pay by now: the first, or the one for what ran out. */
export const isOpen = ({ cause }: { cause: string }, state: PlacedOrder) =>
  state.status === 'awaiting-payment' || (awaitsNewPayment(state) && cause === insteadOf(state.payment!.paymentId))

/** An authorisation ran out. It matters while there are goods that have not left: they stay (clause 6.2). */
export function expire({ orderId, at, paymentId }: DataOf<'ExpireAuthorisation'>, state: PlacedOrder) {
  const { payment, placed, captured } = state
  if (payment === undefined || payment.paymentId !== paymentId || payment.expiredAt !== undefined) return accept()
  const amount = dueFor(state)
  if (state.status === 'cancelled' || amount === 0 || isAllShipped(state)) return accept()
  const { reasons } = termsFor(state).capture({
    customerKind: placed.customerKind,
    authorised: payment.amount,
    alreadyCaptured: captured,
    shipped: 'none',
    authorisationExpired: true,
  })
  return accept({
    type: 'AuthorisationExpired',
    data: { orderId, paymentId, amount, currency: placed.currency, expiredAt: at, reasons },
  } satisfies AuthorisationExpired)
}

/** The provider took an amount: for a shipment, or for the whole order where that was stated at checkout. */
export function capture(
  { orderId, at, shipmentId, amount, toldBefore, captureId }: DataOf<'RecordCapture'>,
  state: PlacedOrder,
) {
  if (state.settled.includes(shipmentId)) return accept()
  const { customerKind, disclosures, currency } = state.placed
  const { reasons } = termsFor(state).captureTiming({ earlyCaptureStated: disclosures.earlyCapture, customerKind })
  return accept({
    type: 'PaymentCaptured',
    data: {
      ...{ orderId, shipmentId, amount, currency, ...(toldBefore && { toldBefore }) },
      ...{ captureId, capturedAt: at, reasons },
    },
  } satisfies PaymentCaptured)
}

/** The provider gave an amount back: for a return, or for the whole order where it ended after it had been paid. */
export function refund(
  { orderId, at, returnId, amount, toldBefore, refundId }: DataOf<'RecordRefund'>,
  state: PlacedOrder,
) {
  if (state.settled.includes(settledBy({ orderId, returnId }))) return accept()
  const { currency } = state.placed
  return accept({
    type: 'PaymentRefunded',
    data: { orderId, returnId, amount, currency, ...(toldBefore && { toldBefore }), refundId, refundedAt: at },
  } satisfies PaymentRefunded)
}

/** What a refund is noted as settled by. A cancelled order's goes by the order's id, as its early capture does. */
export const settledBy = ({ orderId, returnId }: { orderId: string; returnId: string }) =>
  returnId === orderId ? `refund of ${orderId}` : returnId
