import type { DataOf } from '@vilkar/contracts/all-events.ts'
import type { ReturnsEvent } from '@vilkar/contracts/returns.ts'
import type { ComplaintFacts, OrderFacts, ReturnFacts, Units } from '@vilkar/terms/order/facts.ts'
import { priceBack } from '@vilkar/terms/order/price-back.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { agreementRecorded, deliveryLowered } from './agreements.ts'
import { complaintChanged, cureDone, cureUnderway, priceLowered, remedyChosen } from './complaint-facts.ts'
import { informedBy } from './informed.ts'
import { goneByLoss, lossSettled } from './lost.ts'
import { askedBack } from './lowered.ts'
import { inOrder, leftInstead, replacementStopped, type SentInstead, sentAgain, withReceipt } from './replaced.ts'
import { stopConcluded, stopRequested } from './stops.ts'
import { unchanged } from './unchanged.ts'

/** What the rights of an order depend on, and what a mail about them needs. */
export type PlacedFacts = OrderFacts & {
  number: string
  locale: Locale
  /** What the lines are called, by their ids; orders of before that was kept have none. */
  names?: Record<string, string>
  /** Shipments of which all units were lost and others sent: what is told of them later changes nothing. */
  replacedShipments?: string[]
  sentInstead?: SentInstead[]
}
export type OrderPersonal = { placedBy: string; email: string; name: string }
export type PlacedOrder = { facts: PlacedFacts; personal: OrderPersonal }

/** What is known of an order so far. Before OrderPlaced is heard it is only what other producers told of it. */
export type OrderSoFar = {
  facts: Partial<PlacedFacts> & Pick<PlacedFacts, 'orderId' | 'parcels' | 'returns'>
  personal: Partial<OrderPersonal>
}

export const nothingKnown = (orderId: string): OrderSoFar => ({
  facts: { orderId, parcels: [], returns: [] },
  personal: {},
})

/** Whether OrderPlaced was heard: only then can anybody be told what the order entitles to. */
export const isPlaced = (order: OrderSoFar | PlacedOrder): order is PlacedOrder => order.facts.placedAt !== undefined

/** The events that change what is known of an order. */
export type AppliedName =
  | 'OrderPlaced'
  | 'EmailCorrected'
  | 'ContractFormed'
  | 'ContractReconfirmed'
  | 'ConfirmationBounced'
  | 'StopRequested'
  | 'StopConcluded'
  | 'OrderCancelled'
  | 'DeliveryHindered'
  | 'AdditionalPeriodSet'
  | 'ShipmentDispatched'
  | 'ShipmentDelivered'
  | 'DeliveryCorrected'
  | 'LossSettled'
  | 'DamageReportEnded'
  | 'DeliveryFailureEnded'
  | ReturnsEvent['type']
/**
 * What is known of an order after an event. Producers are not ordered against each other, and every merge of what they
 * tell gives the same; the events of one aggregate come in their order. Throws when a parcel arrives that never left.
 */
export const apply = <Name extends AppliedName>(
  order: OrderSoFar,
  { type, data }: { type: Name; data: DataOf<Name> },
): OrderSoFar => after[type](order, data)

const withFacts = (order: OrderSoFar, change: Partial<OrderSoFar['facts']>): OrderSoFar => ({
  ...order,
  facts: { ...order.facts, ...change },
})

const withReturn = (order: OrderSoFar, returnId: string, change: Partial<ReturnFacts>) =>
  withFacts(order, {
    returns: order.facts.returns.map((each) => (each.returnId === returnId ? { ...each, ...change } : each)),
  })

function placed(order: OrderSoFar, data: DataOf<'OrderPlaced'>): OrderSoFar {
  const { number, locale, terms, customerKind, country, currency, placedAt, delivery, deliverBy } = data
  const { placedBy, email, name } = data.personal
  const lines = data.lines.map(({ lineId, sku, quantity, total, traits, guarantee, digital, bulky }) => ({
    ...{ lineId, sku, quantity, total, traits },
    ...(guarantee && { guarantee }),
    ...(digital && { digital }),
    ...(bulky && { bulky }),
  }))
  const paid = { paid: delivery.price, standardPrice: delivery.standardPrice }
  const names = Object.fromEntries(data.lines.map(({ lineId, name }) => [lineId, name]))
  const about = { number, locale, names, terms, customerKind, country, currency }
  // No right of an order hangs on whether marketing could be left.
  const { marketingOptOut: _, ...disclosures } = data.disclosures
  const facts = { ...about, placedAt, lines, delivery: paid, ...(deliverBy && { deliverBy }), disclosures }
  return { ...withFacts(order, facts), personal: { placedBy, email, name } }
}

/** What the customer was told is what went out with the confirmation, if that was kept; else what the order said. */
const contractFormed = (order: OrderSoFar, { formedAt, ...told }: DataOf<'ContractFormed'>) =>
  withFacts(order, { formedAt, ...informedBy(order.facts, told) })

/** A contract that was confirmed to somebody else informed nobody: until it is confirmed anew, the customer was not told. */
function emailCorrected(order: OrderSoFar, { wasFormed, personal: { email } }: DataOf<'EmailCorrected'>): OrderSoFar {
  const { disclosures } = order.facts
  const uninformed = wasFormed && disclosures && { disclosures: { ...disclosures, withdrawalInformation: false } }
  return { ...withFacts(order, { ...uninformed }), personal: { ...order.personal, email } }
}

/** Informed late: the period to withdraw counts from here if that is later (angrerettloven § 21). */
function contractReconfirmed(order: OrderSoFar, { reconfirmedAt, ...told }: DataOf<'ContractReconfirmed'>) {
  const { disclosures } = { ...order.facts, ...informedBy(order.facts, told) }
  if (!disclosures?.withdrawalInformation) return order
  const informed = { ...disclosures, withdrawalInformation: false, withdrawalInformationGivenAt: reconfirmedAt }
  return withFacts(order, { disclosures: informed })
}

function confirmationBounced(order: OrderSoFar): OrderSoFar {
  const { formedAt: _, ...facts } = order.facts
  return { ...order, facts }
}

/** The parcel is on its way: it cannot be cancelled any more. Shipments of an order come in any order; here, by their ids. */
function shipmentDispatched(order: OrderSoFar, data: DataOf<'ShipmentDispatched'>) {
  const { shipmentId, handedOverAt } = data
  const lines = data.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
  const instead = leftInstead(order.facts, data)
  const parcels = [...(instead.parcels ?? order.facts.parcels), { shipmentId, lines, handedOverAt }]
  return withFacts(order, { ...instead, parcels: inOrder(parcels) })
}

/** The customer has the parcel: periods run from the last of them. Corrected without a moment, they do not have it. */
const received = (
  order: OrderSoFar,
  { shipmentId, receivedAt }: Pick<DataOf<'DeliveryCorrected'>, 'shipmentId' | 'receivedAt'>,
) => withFacts(order, withReceipt(order.facts, shipmentId, receivedAt))

const unitsOf = (lines: Units[]) => lines.map(({ lineId, quantity }) => ({ lineId, quantity }))

function withdrawalDeclared(order: OrderSoFar, data: DataOf<'WithdrawalDeclared'>) {
  const { returnId, declaredAt: noticeReceivedAt } = data
  const unanswered = data.lines.some(({ unsent = 0 }) => unsent > 0)
  const declared = {
    ...{ returnId, lines: unitsOf(data.lines), noticeReceivedAt, deliveryRefunded: data.deliveryAmount > 0 },
    ...(unanswered && { unanswered }),
  }
  return withFacts(order, askedBack(order.facts, { ...declared, outcome: 'open' }))
}

function voluntaryReturnRequested(order: OrderSoFar, data: DataOf<'VoluntaryReturnRequested'>) {
  const { returnId, requestedAt: noticeReceivedAt } = data
  const requested = { returnId, right: 'voluntary' as const, lines: unitsOf(data.lines), noticeReceivedAt }
  return withFacts(order, askedBack(order.facts, { ...requested, outcome: 'open' }))
}

const withComplaint = (order: OrderSoFar, returnId: string, change: Partial<ComplaintFacts>) =>
  withFacts(order, complaintChanged(order.facts, returnId, change))

/** A rejected proof is as if it had not been shown. */
function proofJudged(order: OrderSoFar, { returnId, verdict }: DataOf<'ProofOfSendingJudged'>): OrderSoFar {
  if (verdict !== 'rejected') return order
  const returns = order.facts.returns.map((each) => {
    const { proofOfSendingAt: _, ...rest } = each
    return each.returnId === returnId ? rest : each
  })
  return withFacts(order, { returns })
}

function refundDecided(order: OrderSoFar, data: DataOf<'RefundDecided'>): OrderSoFar {
  const { returnId, deliveryRefundId, overrideId, reduction, lines, deliveryAmount } = data
  // What was deducted and is paid back after all is of units that went back before.
  if (overrideId) return order
  if (reduction)
    return withFacts(order, {
      ...priceLowered(order.facts, returnId, lines),
      ...deliveryLowered(order.facts, deliveryAmount),
    })
  const decided = unitsOf(lines).map((units) => {
    const lowered = isPlaced(order) ? priceBack(order.facts, returnId, units).lowered : 0
    return { ...units, ...(lowered > 0 && { lowered }) }
  })
  const gone = deliveryRefundId ? {} : { decided, ...goneByLoss(order.facts, returnId, unitsOf(lines)) }
  return withReturn(order, returnId, { ...gone, deliveryRefunded: deliveryAmount > 0 })
}

const after: { [Name in AppliedName]: (order: OrderSoFar, data: DataOf<Name>) => OrderSoFar } = {
  OrderPlaced: placed,
  EmailCorrected: emailCorrected,
  ContractReconfirmed: contractReconfirmed,
  ContractFormed: contractFormed,
  ConfirmationBounced: confirmationBounced,
  StopRequested: (order, data) => withFacts(order, stopRequested(order.facts, data)),
  StopConcluded: (order, data) => withFacts(order, stopConcluded(order.facts, data)),
  OrderCancelled: (order, { cancelledAt }) => withFacts(order, { cancelledAt }),
  AdditionalPeriodSet: (order, { until, setAt }) => withFacts(order, { additionalPeriod: { until, setAt } }),
  DeliveryHindered: (order, { event, foreseeable, avoidable }) =>
    withFacts(order, { impediment: { event, foreseeable, avoidable, customerTold: true } }),
  ShipmentDispatched: shipmentDispatched,
  ShipmentDelivered: received,
  DeliveryCorrected: received,
  AgreementRecorded: (order, data) => withFacts(order, agreementRecorded(order.facts, data)),
  ...unchanged,
  // Of an erasure, which is about many orders, and of none.
  ReturnDataErased: (order) => order,
  ReturnWrittenSince: (order) => order,
  ReturnUnitsKnown: (order) => order,
  ReturnLabelRequested: (order) => order,
  ReturnInspected: (order) => order,
  ReturnAssessed: (order) => order,
  LossSettled: (order, data) => withFacts(order, lossSettled(order.facts, data)),
  DamageReportEnded: (order, data) => withFacts(order, replacementStopped(order.facts, data)),
  DeliveryFailureEnded: (order, data) => withFacts(order, sentAgain(order.facts, data)),
  WithdrawalDeclared: withdrawalDeclared,
  VoluntaryReturnRequested: voluntaryReturnRequested,
  VoluntaryReturnChecked: (order, { returnId, accepted }) =>
    // Of what is not taken, nothing goes back: it ends, or these units alone are paid back.
    accepted.length > 0 ? withReturn(order, returnId, { lines: unitsOf(accepted) }) : order,
  ComplaintReceived: (order, { returnId, lines }) =>
    withComplaint(order, returnId, { lines: unitsOf(lines), outcome: lines.length > 0 ? 'open' : 'closed' }),
  ComplaintAssessed: (order, { returnId, outcome }) =>
    withComplaint(order, returnId, { outcome: outcome === 'accepted' ? 'open' : 'closed' }),
  RemedyChosen: (order, data) => withFacts(order, remedyChosen(order.facts, data)),
  CureDone: (order, data) => withFacts(order, cureDone(order.facts, data)),
  ComplaintNarrowed: (order, { returnId, left }) => withComplaint(order, returnId, { lines: unitsOf(left) }),
  CureUnderway: (order, data) => withFacts(order, cureUnderway(order.facts, data)),
  CureFailed: (order, { returnId }) => withComplaint(order, returnId, { outcome: 'open' }),
  ComplaintEnded: (order, { returnId }) =>
    withReturn(withComplaint(order, returnId, { outcome: 'closed' }), returnId, { outcome: 'closed' }),
  VoluntaryReturnEnded: (order, { returnId }) => withReturn(order, returnId, { outcome: 'closed' }),
  ReturnSent: (order, { returnId, sentAt, shownAt = sentAt }) =>
    withReturn(order, returnId, { proofOfSendingAt: shownAt }),
  ProofOfSendingJudged: proofJudged,
  CollectionOffered: (order, { returnId, offeredAt }) =>
    withReturn(order, returnId, { collectionOfferedAt: offeredAt }),
  ReturnReceived: (order, { returnId, receivedAt }) => withReturn(order, returnId, { goodsReceivedAt: receivedAt }),
  ReturnUnitsAsked: (order, { returnId }) => withReturn(order, returnId, { unanswered: true }),
  RefundDecided: refundDecided,
  ReturnClosed: (order, { returnId, outcome, amount }) =>
    withReturn(order, returnId, { outcome: 'closed', ...(outcome === 'refunded' && { refunded: amount }) }),
}
