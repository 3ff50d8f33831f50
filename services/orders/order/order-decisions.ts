import type {
  CancellationLapsed,
  CancellationRequested,
  OrderCancelled,
  OrderDispatched,
  OrderEvent,
  OrderPlaced,
} from '@vilkar/contracts/orders.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { portionOf } from '@vilkar/terms/amounts/portion.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { sellerOf, termsOf } from '@vilkar/terms/editions/registry.ts'
import type { Quote } from '../checkout/quote.ts'
import type { OrderCommand, PlacedOrder, PlaceOrder } from './order.ts'

/** Mail servers quote the address that they refuse; facts hold no personal data. */
export const withoutAddresses = (text: string) => text.replaceAll(/[^\s<>()"',:;]+@[^\s<>()"',:;]+/g, '…')

export const termsFor = ({ placed }: PlacedOrder) => termsOf(placed.terms.edition)

export function place({ data }: PlaceOrder) {
  const { orderId, at, quote, currentTerms, shortages } = data
  if (data.quoteUsed)
    return refuse({ code: 'quote-used', detail: 'This quote has already become an order. Ask for a new one.' })
  if (Temporal.Instant.compare(at, quote.expiresAt) >= 0) {
    return refuse({ code: 'quote-expired', detail: `The quote was good until ${quote.expiresAt}. Ask for a new one.` })
  }
  if (quote.terms.sha256 !== currentTerms.sha256 || data.acceptedSha256 !== currentTerms.sha256) {
    return refuse({
      code: 'terms-stale',
      detail: `The accepted terms are not the ones in force. Show edition ${currentTerms.edition} and have it accepted.`,
      extra: { currentTerms },
    })
  }
  if (shortages.length > 0) {
    const list = shortages
      .map(({ sku, wanted, available }) => `${wanted} of ${sku} were asked for and ${available} are left`)
      .join('; ')
    return refuse({ code: 'out-of-stock', detail: `${list}.`, extra: { shortages } })
  }
  const lines = quote.lines.map(({ shown: _, available: __, ...line }) => line)
  const { customerKind, country, currency, terms, delivery, totals } = quote
  const placed: OrderPlaced = {
    type: 'OrderPlaced',
    data: {
      orderId,
      number: data.number,
      seller: sellerOf(quote.terms.edition).id,
      placedAt: at,
      customerKind,
      country,
      currency,
      locale: data.locale,
      terms,
      lines,
      delivery,
      totals,
      disclosures: {
        withdrawalInformation: informedOfWithdrawal(quote, data.locale, at),
        returnCost: true,
        earlyCapture: quote.capture.timing === 'early',
      },
      paymentDueAt: data.paymentDueAt,
      personal: data.personal,
    },
  }
  return accept(placed)
}

/**
 * Text and form come with the confirmation, in Norwegian to whoever lives in Norway. Nobody is told of a withdrawal function
 * yet, which leaves the period open for a year where the law has it (angrerettloven § 21; Directive 2011/83/EU, Art. 10).
 */
const informedOfWithdrawal = ({ terms, country }: Quote, locale: 'nb' | 'en', at: string) =>
  termsOf(terms.edition).withdrawalInformation({
    ...{ text: true, form: true, functionTold: false, market: country },
    locale: country === 'NO' ? 'nb' : locale,
    orderedOn: osloDay(Temporal.Instant.from(at)),
  }).complete

/** Before the contract the order simply ends; after it, shipping must first say that the goods have not left. */
export function cancel(
  { orderId, at, by, reason, customerConsents, approvedBy }: (OrderCommand & { type: 'CancelOrder' })['data'],
  state: PlacedOrder,
) {
  if (state.status === 'cancelled' || state.status === 'cancelling') return accept()
  const formed = state.formedAt !== undefined
  const dispatched = state.shipments.length > 0
  const { customerKind } = state.placed
  const ruling = termsFor(state).cancellation({
    by,
    customerKind,
    formed,
    dispatched,
    delivered: state.status === 'delivered',
    madeToOrder: state.placed.lines.every(({ traits }) => traits.madeToOrder),
    reason,
    customerConsents,
    approvedBy,
  })
  if (ruling.outcome === 'review')
    return refuse({
      code: 'cancellation-needs-person',
      detail:
        'The goods are made to order and with the carrier. By law you may still cancel until they are delivered; a person at the shop decides what that costs.',
      reasons: ruling.reasons,
    })
  if (ruling.outcome === 'refused') {
    const detail = dispatched
      ? 'The goods are with the carrier. What remains is to withdraw or to return them.'
      : !formed
        ? 'Before the contract the seller may cancel because of stock, a pricing error or a technical mistake, or with the customer’s consent.'
        : 'The contract stands: the seller may end it only for an obvious mistake that a person has approved, or with the customer’s consent.'
    return refuse({ code: 'cancellation-refused', detail, reasons: ruling.reasons })
  }
  if (!formed) return accept(cancelled(orderId, by, reason, at, ruling.reasons))
  const data = { orderId, by, reason, requestedAt: at, reasons: ruling.reasons }
  return accept({ type: 'CancellationRequested', data } satisfies CancellationRequested)
}

/** How many units of a line are in these shipments. */
const unitsOf = (shipments: PlacedOrder['shipments'], lineId: string) =>
  shipments
    .flatMap(({ lines }) => lines)
    .filter((line) => line.lineId === lineId)
    .reduce((sum, { quantity }) => sum + quantity, 0)

const hold = ({ placed }: PlacedOrder, shipments: PlacedOrder['shipments']) =>
  placed.lines.every(({ lineId, quantity }) => unitsOf(shipments, lineId) >= quantity)

/** Whether every unit that was ordered has left. */
export const isAllShipped = (state: PlacedOrder) => hold(state, state.shipments)

/** Whether the customer has every unit that was ordered. */
export const isAllDelivered = (state: PlacedOrder) =>
  hold(
    state,
    state.shipments.filter(({ deliveredAt }) => deliveredAt !== undefined),
  )

/** What was due before this shipment, taken by now or not: all of it where that was stated, else for what left earlier. */
const dueBefore = ({ placed, shipments }: PlacedOrder) =>
  placed.disclosures.earlyCapture
    ? placed.totals.total
    : shipments.reduce((sum, { captureAmount }) => sum + captureAmount, 0)

/**
 * Goods left. Each unit of a line is worth the same and the last takes the remainder, so that however an order is parted
 * its captures add up to exactly what was paid.
 */
export function dispatch(
  { orderId, at, shipmentId, lines, carrier, trackingNumber }: (OrderCommand & { type: 'RecordDispatch' })['data'],
  state: PlacedOrder,
) {
  if (state.shipments.some((each) => each.shipmentId === shipmentId)) return accept()
  if (state.status === 'cancelled')
    return refuse({ code: 'order-cancelled', detail: `Shipment ${shipmentId} left although the order is cancelled.` })
  const { placed } = state
  const terms = termsFor(state)
  const portions = lines.map(({ lineId, quantity }) => {
    const { total, quantity: ordered } = placed.lines.find((line) => line.lineId === lineId)!
    const before = unitsOf(state.shipments, lineId)
    return {
      lineId,
      quantity,
      amount: portionOf({ total, quantity: ordered, returning: quantity, returnedBefore: before }),
    }
  })
  const shippedLines = portions.reduce((sum, { amount }) => sum + amount, 0)
  const { amount, reasons } = terms.capturable({
    shippedLines,
    deliveryPrice: placed.delivery.price,
    deliveryCaptured: state.shipments.length > 0,
    authorised: state.payment === undefined ? 0 : placed.totals.total,
    alreadyCaptured: dueBefore(state),
  })
  const { currency } = placed
  const events: OrderEvent[] = []
  if (state.status === 'cancelling') {
    const { reasons: why } = terms.cancellation({
      by: state.cancellation!.by,
      customerKind: placed.customerKind,
      formed: true,
      dispatched: true,
      madeToOrder: placed.lines.every(({ traits }) => traits.madeToOrder),
      reason: state.cancellation!.reason,
    })
    events.push({
      type: 'CancellationLapsed',
      data: { orderId, shipmentId, lapsedAt: at, reasons: why },
    } satisfies CancellationLapsed)
  }
  events.push({
    type: 'OrderDispatched',
    data: {
      orderId,
      shipmentId,
      dispatchedAt: at,
      captureAmount: amount,
      currency,
      lines: portions,
      deliveryAmount: Math.max(0, amount - shippedLines),
      ...(carrier && { carrier }),
      ...(trackingNumber && { trackingNumber }),
      reasons,
    },
  } satisfies OrderDispatched)
  return accept(...events)
}

export function cancelled(
  orderId: string,
  by: 'customer' | 'seller' | 'system',
  reason: string,
  at: string,
  reasons: OrderCancelled['data']['reasons'],
): OrderCancelled {
  return { type: 'OrderCancelled', data: { orderId, by, reason, cancelledAt: at, reasons } }
}
