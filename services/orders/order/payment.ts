import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type {
  AuthorisationExpired,
  PaymentAuthorised,
  PaymentCaptured,
  PaymentClaimed,
  PaymentClaimReduced,
  PaymentReauthorised,
  PaymentRefunded,
  PaymentReleased,
} from '@vilkar/contracts/orders-payment.ts'
import type { PayoutMade } from '@vilkar/contracts/orders-payout.ts'
import { accept, type Decision, type Refusal, refuse } from '@vilkar/decider/decider.ts'
import { endForWantOf } from './reservation.ts'
import { type DataOf, type PlacedOrder, termsFor } from './state.ts'
import { isAllGone, stoppedAmount } from './units.ts'

/** What the customer has to have held for us, in minor units: the total less what was taken, what never leaves and what is claimed. */
export const dueFor = (state: PlacedOrder) => Math.max(0, mostFor(state) - stoppedAmount(state) - claimedAmount(state))

/** What left, was not taken and is claimed of the customer, in minor units. */
export const claimedAmount = ({ claims = [] }: PlacedOrder) => claims.reduce((sum, { amount }) => sum + amount, 0)

/** What of that is claimed still, once credit notes are taken off. */
export const claimedStill = ({ claims = [] }: PlacedOrder) =>
  claims.reduce((sum, { amount, credited = 0 }) => sum + Math.max(0, amount - credited), 0)

const isClaimed = ({ claims = [] }: PlacedOrder, id: string) => claims.some(({ shipmentId }) => shipmentId === id)

/** Whether nothing of a shipment is to be taken any more. */
export const isSettled = (state: PlacedOrder, id: string) => state.settled.includes(id) || isClaimed(state, id)

/** What left, is not taken and is not claimed yet, in minor units, at most what is due. */
export const owedFor = (state: PlacedOrder) => {
  const { shipments, placed } = state
  if (placed.disclosures.earlyCapture && shipments.length > 0) return dueFor(state)
  const left = shipments.filter(({ shipmentId }) => !isSettled(state, shipmentId))
  return Math.min(
    dueFor(state),
    left.reduce((sum, { captureAmount }) => sum + captureAmount, 0),
  )
}

/** The same while nothing was stopped: whoever is about to pay may have been asked for that much. */
const mostFor = ({ placed, captured }: PlacedOrder) => placed.totals.total - captured

/**
 * Whether what is held and not taken is the customer's again: nothing is to be sent any more, and all that left is paid
 * for. A cancelled order ends by itself.
 */
export const isToBeReleased = (state: PlacedOrder) =>
  state.payment !== undefined &&
  state.status !== 'cancelled' &&
  !state.released &&
  isAllGone(state) &&
  mostFor(state) > 0 &&
  (!state.placed.disclosures.earlyCapture || isSettled(state, state.placed.orderId)) &&
  state.shipments.every(({ shipmentId, captureAmount }) => captureAmount === 0 || isSettled(state, shipmentId))

/**
 * The provider holds the money: awaiting-payment → awaiting-confirmation, or the end of the order when its units were not kept
 * any more and are gone; after an expiry shipping may resume.
 */
export function authorise(
  { orderId, at, provider, paymentId, amount, currency, expiresAt, shortages = [] }: DataOf<'AuthorisePayment'>,
  state: PlacedOrder,
): Decision<OrderEvent> {
  const first = state.status === 'awaiting-payment'
  const again = awaitsNewPayment(state) && state.payment!.paymentId !== paymentId
  if (!first && !again) return accept()
  // Units may have been cancelled since the page was opened: what is held for those is let go in the end.
  const [due, most] = [dueFor(state), mostFor(state)]
  if (amount < due || amount > most || currency !== state.placed.currency)
    return refuse(differs(amount, currency, due, state))
  const held = {
    orderId,
    provider,
    paymentId,
    amount,
    currency: state.placed.currency,
    ...(expiresAt && { expiresAt }),
  }
  const authorised = { type: 'PaymentAuthorised', data: { ...held, authorisedAt: at } } satisfies PaymentAuthorised
  if (first && shortages.length > 0)
    return accept<OrderEvent>(authorised, endForWantOf(shortages, { orderId, at }, state))
  return first
    ? accept(authorised)
    : accept({ type: 'PaymentReauthorised', data: { ...held, reauthorisedAt: at } } satisfies PaymentReauthorised)
}

const differs = (amount: number, currency: string, due: number, { placed }: PlacedOrder): Refusal => ({
  code: 'payment-amount-differs',
  detail: `The provider holds ${amount} ${currency}, the order is ${due} ${placed.currency} (minor units).`,
})

/** Whether the authorisation has run out before all was taken, so that the customer is to pay again. */
export const awaitsNewPayment = (order: PlacedOrder) =>
  order.payment?.expiredAt !== undefined && order.status !== 'cancelled' && dueFor(order) > 0

/**
 * Whether nobody is to pay any more: the order is cancelled, or an authorisation ran out and what it was held for never
 * leaves. What is paid all the same is let go.
 */
export const isPaymentOver = (order: PlacedOrder) =>
  order.status === 'cancelled' || (order.payment?.expiredAt !== undefined && dueFor(order) === 0)

/** Whether it is not paid yet, or is to be paid again since what was held ran out. */
export const awaitsPayment = (order: PlacedOrder) => order.status === 'awaiting-payment' || awaitsNewPayment(order)

/** An authorisation ran out with something still to be taken: goods that have not left stay (clause 6.2), those that have are owed. */
export function expire({ orderId, at, paymentId }: DataOf<'ExpireAuthorisation'>, state: PlacedOrder) {
  const { payment, placed, captured } = state
  if (payment === undefined || payment.paymentId !== paymentId || payment.expiredAt !== undefined) return accept()
  const amount = dueFor(state)
  if (state.status === 'cancelled' || amount === 0) return accept()
  const owed = owedFor(state)
  const terms = termsFor(state)
  const { reasons } = terms.capture({
    customerKind: placed.customerKind,
    authorised: payment.amount,
    alreadyCaptured: captured,
    shipped: 'none',
    authorisationExpired: true,
  })
  return accept({
    type: 'AuthorisationExpired',
    data: {
      ...{ orderId, paymentId, amount, owed, currency: placed.currency, expiredAt: at },
      reasons: owed === 0 ? reasons : [...reasons, ...terms.priceOwed(placed).reasons],
    },
  } satisfies AuthorisationExpired)
}

/**
 * What left was not taken, its authorisation is gone, and the customer has not paid again: it is claimed of them, and no page
 * asks for it any more.
 */
export function claim({ orderId, at, shipmentId, amount }: DataOf<'ClaimPayment'>, state: PlacedOrder) {
  if (isSettled(state, shipmentId)) return accept()
  if (!awaitsNewPayment(state))
    return refuse({
      code: 'payment-not-expired',
      detail:
        'The customer has not been asked to pay again: what they authorised may still be taken. Try the capture again.',
    })
  const { placed } = state
  return accept({
    type: 'PaymentClaimed',
    data: {
      ...{ orderId, shipmentId, amount, currency: placed.currency, claimedAt: at },
      reasons: termsFor(state).priceOwed(placed).reasons,
    },
  } satisfies PaymentClaimed)
}

/** A credit note took something off a claim; of what is no claim any more nothing can be taken off. */
export function reduceClaim({ orderId, at, shipmentId, amount }: DataOf<'ReduceClaim'>, state: PlacedOrder) {
  const claimed = state.claims?.find((each) => each.shipmentId === shipmentId)
  if (claimed === undefined) return accept()
  const left = Math.max(0, claimed.amount - (claimed.credited ?? 0) - amount)
  return accept({
    type: 'PaymentClaimReduced',
    data: { orderId, shipmentId, amount, claimed: left, currency: state.placed.currency, reducedAt: at },
  } satisfies PaymentClaimReduced)
}

export const withClaim = ({ claims = [] }: PlacedOrder, { shipmentId, amount }: PaymentClaimed['data']) => [
  ...claims,
  { shipmentId, amount },
]
export const withCredit = ({ claims = [] }: PlacedOrder, { shipmentId, amount }: PaymentClaimReduced['data']) =>
  claims.map((each) => (each.shipmentId === shipmentId ? { ...each, credited: (each.credited ?? 0) + amount } : each))

/** The provider took an amount: for a shipment, or for the whole order where that was stated at checkout. */
export function capture(
  { orderId, at, shipmentId, amount, alreadyRecordedAmount, captureId }: DataOf<'RecordCapture'>,
  state: PlacedOrder,
) {
  if (state.settled.includes(shipmentId)) return accept()
  const { customerKind, disclosures, currency } = state.placed
  const { reasons } = termsFor(state).captureTiming({ earlyCaptureStated: disclosures.earlyCapture, customerKind })
  return accept({
    type: 'PaymentCaptured',
    data: {
      ...{ orderId, shipmentId, amount, currency, ...(alreadyRecordedAmount && { alreadyRecordedAmount }) },
      ...{ captureId, capturedAt: at, reasons },
    },
  } satisfies PaymentCaptured)
}

/** The provider gave an amount back: for a return, or for the whole order where it ended after it had been paid. */
export function refund(
  { orderId, at, returnId, amount, alreadyRecordedAmount, refundId }: DataOf<'RecordRefund'>,
  state: PlacedOrder,
) {
  if (state.settled.includes(settledBy({ orderId, returnId }))) return accept()
  const { currency } = state.placed
  return accept({
    type: 'PaymentRefunded',
    data: {
      orderId,
      returnId,
      amount,
      currency,
      ...(alreadyRecordedAmount && { alreadyRecordedAmount }),
      refundId,
      refundedAt: at,
    },
  } satisfies PaymentRefunded)
}

/** What a refund is noted as settled by. A cancelled order's goes by the order's id, as its early capture does. */
export const settledBy = ({ orderId, returnId }: { orderId: string; returnId: string }) =>
  returnId === orderId ? `refund of ${orderId}` : returnId

/** A person has paid what was to be paid besides refunds: it is no part of what was refunded. */
export function payOut({ at, ...made }: DataOf<'RecordPayout'>, { settled }: PlacedOrder): Decision<OrderEvent> {
  if (settled.includes(made.payoutId)) return accept()
  return accept({ type: 'PayoutMade', data: { ...made, paidAt: at } } satisfies PayoutMade)
}

/** What was held and is not owed was let go. */
export const release = ({ orderId, at }: DataOf<'RecordRelease'>, { released }: PlacedOrder) =>
  released
    ? accept<PaymentReleased>()
    : accept({ type: 'PaymentReleased', data: { orderId, releasedAt: at } } satisfies PaymentReleased)

/** So much was taken for it, so that it is not owed. */
export const withCapture = (state: PlacedOrder, data: PaymentCaptured['data']): PlacedOrder => ({
  ...state,
  captured: state.captured + data.amount - (data.alreadyRecordedAmount ?? 0),
  settled: [...state.settled, data.shipmentId],
  // It was taken all the same, so that it is not owed.
  ...(state.claims && { claims: state.claims.filter(({ shipmentId }) => shipmentId !== data.shipmentId) }),
})

/** What is paid back with one more refund, and that it is. */
export const withRefund = ({ refunded, settled }: PlacedOrder, refund: PaymentRefunded['data']) => ({
  refunded: refunded + refund.amount - (refund.alreadyRecordedAmount ?? 0),
  settled: [...settled, settledBy(refund)],
})
