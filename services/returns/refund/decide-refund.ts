import type { LinePart, TermsPin } from '@vilkar/contracts/parts.ts'
import type { RefundDecided, WithdrawalDeclared } from '@vilkar/contracts/returns.ts'
import type { Deduction } from '@vilkar/contracts/returns-inspection.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import { comingBack, standingReturns } from '@vilkar/terms/order/lines.ts'
import { countOf, priceBack, stoppedUnits } from '@vilkar/terms/order/price-back.ts'

type Declared = Omit<WithdrawalDeclared['data'], 'personal' | 'terms'> & { terms: TermsPin }
type Back = { goodsReceivedAt?: string; proofOfSendingAt?: string; collectionOfferedAt?: string }

/**
 * What was paid for these very units goes back, worked out now, from what is known of the order and from the refunds that
 * were decided before; it is due at the latest fourteen days after the notice, or when withholding ends if that is later (§ 24).
 */
export function decideRefund(
  declared: Declared,
  at: string,
  { facts, left, back, deductions = [] }: { facts: OrderFacts; left: LinePart[]; back: Back; deductions?: Deduction[] },
): RefundDecided {
  const { returnId, orderId, terms, currency, declaredAt } = declared
  const { dueOn, reasons } = termsOf(terms.edition).refundDue({
    noticeReceivedAt: Temporal.Instant.from(declaredAt),
    ...(back.goodsReceivedAt && { goodsReceivedAt: Temporal.Instant.from(back.goodsReceivedAt) }),
    ...(back.proofOfSendingAt && { proofOfSendingAt: Temporal.Instant.from(back.proofOfSendingAt) }),
    ...(back.collectionOfferedAt && { collectionOfferedAt: Temporal.Instant.from(back.collectionOfferedAt) }),
    neverShipped: left.length === 0,
  })
  const lines = lessDeductions(linesBack(returnId, left, facts), deductions)
  const deliveryAmount = deliveryBack(declared, left, facts)
  const less = deductions.length > 0 ? { deductions } : {}
  return decidedAt(at, { returnId, orderId, currency, lines, ...less, deliveryAmount, dueOn: dueOn!, reasons })
}

type Decided = Omit<RefundDecided['data'], 'amount' | 'decidedAt' | 'dueOn'> & { dueOn: Temporal.PlainDate }

/** A refund of these lines and this part of the delivery, decided at a moment: its amount is what they add up to. */
const decidedAt = (at: string, { dueOn, ...data }: Decided): RefundDecided => ({
  type: 'RefundDecided',
  data: {
    ...data,
    amount: data.lines.reduce((sum, line) => sum + line.amount, data.deliveryAmount),
    dueOn: dueOn.toString(),
    decidedAt: at,
  },
})

/** What was paid for the goods alone goes back by the offer of the terms: delivery stays paid (clause 9). */
export function decideGoodsRefund(
  { returnId, orderId, terms, currency }: Pick<Declared, 'returnId' | 'orderId' | 'terms' | 'currency'>,
  at: string,
  { facts, units, receivedAt }: { facts: OrderFacts; units: LinePart[]; receivedAt: string },
): RefundDecided {
  const { dueOn, reasons } = termsOf(terms.edition).voluntaryRefundDue({
    goodsReceivedAt: Temporal.Instant.from(receivedAt),
  })
  const lines = linesBack(returnId, units, facts)
  return decidedAt(at, { returnId, orderId, currency, lines, deliveryAmount: 0, dueOn: dueOn!, reasons })
}

/** What was judged not to be paid back is taken off the price of its line, and never more than that. */
const lessDeductions = (lines: RefundDecided['data']['lines'], deductions: Deduction[]) =>
  lines.map(({ lineId, quantity, amount }) => {
    const kept = deductions.reduce((sum, each) => (each.lineId === lineId ? sum + each.amount : sum), 0)
    return { lineId, quantity, amount: Math.max(0, amount - kept) }
  })

/** What is paid back for goods that are given back since they were defective: all that was paid for them, and the delivery once nothing is left. */
export function decideRescission(
  { returnId, orderId, terms, lines: units }: { returnId: string; orderId: string; terms: TermsPin; lines: LinePart[] },
  at: string,
  { facts, receivedAt }: { facts: OrderFacts; receivedAt: string },
): RefundDecided {
  const { customerKind, currency } = facts
  const from = Temporal.Instant.from(receivedAt)
  const { dueOn, reasons } = termsOf(terms.edition).remedyRefundDue({ customerKind, remedy: 'rescission', from })
  const lines = linesBack(returnId, units, facts)
  const deliveryAmount = deliveryBack({ returnId }, units, facts)
  return decidedAt(at, { returnId, orderId, currency, lines, deliveryAmount, dueOn: dueOn!, reasons })
}

/**
 * What was paid for units that never arrived, and the delivery once nothing else of the order comes: all that was paid for it if
 * nothing of the order ever came (forbrukerkjøpsloven §§ 23 and 49), the standard delivery if other goods did and went back.
 */
export function decideLoss({ returnId, at, facts, lines: units, settledAt }: LossSettledOf): RefundDecided {
  const { orderId, terms, customerKind, currency } = facts
  const from = Temporal.Instant.from(settledAt)
  const { dueOn, reasons } = termsOf(terms.edition).remedyRefundDue({ customerKind, remedy: 'never-arrived', from })
  const lines = linesBack(returnId, units, facts)
  const back = lines.length > 0 && emptiesOrder(returnId, lines, facts)
  const deliveryAmount = neverCame(facts) && back ? facts.delivery.paid : standardDelivery(facts, back)
  return decidedAt(at, { returnId, orderId, currency, lines, deliveryAmount, dueOn: dueOn!, reasons })
}
/** Whether goods of the order were lost, and none ever reached the customer. */
const neverCame = ({ parcels, returns }: OrderFacts) =>
  returns.some(({ right }) => right === 'loss') && !parcels.some(({ receivedAt }) => receivedAt !== undefined)

type LossSettledOf = { returnId: string; at: string; facts: OrderFacts; lines: LinePart[]; settledAt: string }

/** What is paid back for units: their price, less what lowering it gave back before. */
function linesBack(returnId: string, left: LinePart[], facts: OrderFacts) {
  return left.flatMap(({ lineId, quantity: wanted }) => {
    const { quantity, price, lowered } = priceBack(facts, returnId, { lineId, quantity: wanted })
    return quantity > 0 ? [{ lineId, quantity, amount: price - lowered }] : []
  })
}

/**
 * The delivery alone goes back when the last units of the order are cancelled after all that left was paid back: nothing of
 * the order is left with the customer then either. A return that is still open gives it back with its own refund.
 */
export function decideDelivery(
  { returnId, orderId, terms, currency }: Pick<Declared, 'returnId' | 'orderId' | 'terms' | 'currency'>,
  { at, facts, deliveryRefundId, requestedAt }: Later,
): RefundDecided[] {
  const standing = standingReturns(facts.returns)
  const gone = [...standing.flatMap(({ decided = [] }) => decided), ...stoppedUnits(facts)]
  if (standing.some(({ deliveryRefunded }) => deliveryRefunded) || !empties(gone, facts)) return []
  const amount = neverCame(facts) ? facts.delivery.paid : standardDelivery(facts, true)
  if (amount === 0) return []
  const { dueOn, reasons } = termsOf(terms.edition).refundDue({
    noticeReceivedAt: Temporal.Instant.from(requestedAt),
    neverShipped: true,
  })
  const decided = { decidedAt: at, dueOn: dueOn!.toString(), reasons }
  const data = { returnId, orderId, deliveryRefundId, amount, deliveryAmount: amount, currency, lines: [], ...decided }
  return [{ type: 'RefundDecided', data }]
}
type Later = { at: string; facts: OrderFacts; deliveryRefundId: string; requestedAt: string }

const empties = (gone: { lineId: string; quantity: number }[], { lines }: OrderFacts) =>
  lines.every(({ lineId, quantity }) => countOf(gone, lineId) >= quantity)

const standardDelivery = ({ terms, delivery }: OrderFacts, emptiesOrder: boolean) =>
  termsOf(terms.edition).refund({
    lines: [],
    deliveryPaid: delivery.paid,
    standardDeliveryPrice: delivery.standardPrice,
    emptiesOrder,
  }).parts.delivery

/**
 * The standard delivery goes back, once, with the withdrawal that leaves nothing of the order with the customer: all of it
 * is on its way back or never left. Nothing goes back of an order of which nothing left, for that is charged nothing.
 */
export const deliveryBack = ({ returnId }: Pick<Declared, 'returnId'>, left: LinePart[], facts: OrderFacts) =>
  standardDelivery(facts, emptiesOrder(returnId, left, facts))

function emptiesOrder(returnId: string, left: LinePart[], facts: OrderFacts) {
  const others = standingReturns(facts.returns).filter((each) => each.returnId !== returnId)
  const gone = [...others.flatMap((each) => comingBack(each, facts.stops).lines), ...left, ...stoppedUnits(facts)]
  return (
    (left.length > 0 || facts.parcels.some(({ handedOverAt }) => handedOverAt !== undefined)) &&
    empties(gone, facts) &&
    !others.some(({ deliveryRefunded }) => deliveryRefunded)
  )
}
