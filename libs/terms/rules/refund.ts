import { afterDiscount, type ReturnedUnits, stillPaidFor } from '../amounts/portion.ts'
import { lastDayOf, osloDay } from '../calendar.ts'
import { earlierOf, lessOf } from '../ruling/better-of.ts'
import type { Basis, Reason } from '../ruling/ruling.ts'
import { angrerettloven, mayDeductDiminishedValue, REFUND_DAYS, refundLastDay } from '../statute/angrerettloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

const reasonsOf = (because: Because) => ({
  goods: because('goods-refunded', 'refund-period', angrerettloven('§ 24')),
  delivery: because('standard-delivery-refunded', 'refund-period', angrerettloven('§ 24')),
  deliveryDifference: because('delivery-difference-refunded', 'refund-period', angrerettloven('§ 24')),
  dearerDelivery: because('dearer-delivery-not-refunded', 'refund-period', angrerettloven('§ 24')),
  ancillary: because('ancillary-contract-ended', 'refund-period', angrerettloven('§ 27')),
  diminished: because('diminished-value-deducted', angrerettloven('§ 25 tredje ledd')),
  necessaryHandling: because('necessary-handling-free', angrerettloven('§ 25 tredje ledd')),
  uninformed: because(
    'not-informed-of-withdrawal',
    angrerettloven('§ 8 første ledd bokstav h'),
    angrerettloven('§ 25 tredje ledd'),
  ),
  label: because('return-label-netted', 'return-cost', angrerettloven('§ 25')),
  labelUndisclosed: because('return-cost-not-disclosed', 'return-cost', angrerettloven('§ 9'), angrerettloven('§ 25')),
  neverMoreThanPaid: because('already-refunded', 'refund-period', angrerettloven('§ 24')),
  fromNotice: because('due-from-notice', 'refund-period', angrerettloven('§ 3'), angrerettloven('§ 24')),
  fromReturn: because('due-from-return', 'refund-period', angrerettloven('§ 24')),
  collects: because('seller-collects', 'refund-period', angrerettloven('§ 24')),
  withheld: because('withheld-until-goods-or-proof', 'refund-period', angrerettloven('§ 24')),
})
type Edition = Under<typeof reasonsOf>

/** Amounts in the smallest unit of the currency. A charge whose conditions nobody has stated is not made. */
export type Refund = {
  lines: ReturnedUnits[]
  deliveryPaid: number
  /** What the cheapest ordinary delivery on offer cost. */
  standardDeliveryPrice: number
  /** The delivery was the only one on offer: then it was the standard one, whatever it cost. */
  onlyDelivery?: boolean
  /** Whether with this return nothing of the order is left with the consumer. */
  emptiesOrder: boolean
  /** What an ordinary delivery of the goods that stay would have cost by itself; left out, as much as of all of them. */
  deliveryForKept?: number
  /** A discount on the order as a whole that the totals of the lines do not show yet. */
  orderDiscount?: number
  /** Paid for contracts tied to the goods that go back, such as an insurance. */
  ancillary?: number
  /** Paid back on the order before; `lines` are then all the lines of the order, those that stay returning none. */
  alreadyRefunded?: number
  /** The loss of value that was assessed, from handling beyond the necessary unless `handling` says otherwise. */
  diminishedValue?: number
  handling?: 'necessary' | 'beyond-necessary'
  /** Whether the consumer got the information of § 8 on their right to withdraw. */
  informationGiven?: boolean
  /** What a label for the way back cost that the seller paid for. */
  returnLabel?: number
  /** Whether the consumer bears the way back, as `returnCost` rules. */
  returnCostBorneBy?: 'seller' | 'customer'
}

export type RefundAmount = {
  amount: number
  parts: { lines: number[]; delivery: number; ancillary: number }
  deductions: { diminishedValue: number; returnLabel: number }
  reasons: Reason[]
}

/**
 * What a withdrawal gives back, in the smallest unit of the currency: for each line what was paid for the units that go
 * back, its share of an order discount taken off; the standard delivery with the return that empties the order, and before
 * that what the delivery of the goods that stay would have cost less; and what hung on the goods. What a dearer delivery
 * cost extra is not paid back, and a delivery that was free because of the order's size is not charged afterwards.
 */
function refund(edition: Edition, facts: Refund): RefundAmount {
  const discounted = afterDiscount(facts.lines, facts.orderDiscount)
  const lines = discounted.map(stillPaidFor)
  const goods = sumOf(lines)
  const { delivery, standard, reasons: deliveryReasons } = deliveryBack(edition, facts)
  const { ancillary = 0, alreadyRefunded = 0 } = facts
  const diminished = diminishedValueOf(edition, facts, goods)
  const label = returnLabelOf(edition, facts)

  const before = goods + delivery + ancillary - diminished.amount
  const open = Math.max(0, sumOf(discounted.map(({ total }) => total)) + standard + ancillary - alreadyRefunded)
  const most = Math.min(before, open)
  const returnLabel = Math.min(label.amount, most)
  const reasons = [edition.why.goods, ...deliveryReasons]
  if (ancillary > 0) reasons.push(edition.why.ancillary)
  reasons.push(...diminished.reasons, ...label.reasons)
  if (most < before) reasons.push(edition.why.neverMoreThanPaid)
  return {
    amount: most - returnLabel,
    parts: { lines, delivery, ancillary },
    deductions: { diminishedValue: diminished.amount, returnLabel },
    reasons,
  }
}

function deliveryBack(edition: Edition, facts: Refund) {
  const { deliveryPaid, emptiesOrder, onlyDelivery = false } = facts
  const standard = onlyDelivery ? deliveryPaid : Math.min(deliveryPaid, facts.standardDeliveryPrice)
  const delivery = emptiesOrder ? standard : Math.max(0, standard - (facts.deliveryForKept ?? standard))
  const reasons: Reason[] = []
  if (delivery > 0) reasons.push(emptiesOrder ? edition.why.delivery : edition.why.deliveryDifference)
  if (emptiesOrder && deliveryPaid > standard) reasons.push(edition.why.dearerDelivery)
  return { delivery, standard, reasons }
}

/** A deduction is never more than the goods cost: the delivery is no part of what lost value. */
function diminishedValueOf(
  edition: Edition,
  { diminishedValue = 0, handling, informationGiven = false }: Refund,
  goods: number,
) {
  if (handling === 'necessary') return { amount: 0, reasons: [edition.why.necessaryHandling] }
  if (diminishedValue === 0) return { amount: 0, reasons: [] }
  if (!mayDeductDiminishedValue({ informationGiven })) return { amount: 0, reasons: [edition.why.uninformed] }
  return { amount: Math.min(diminishedValue, goods), reasons: [edition.why.diminished] }
}

function returnLabelOf(edition: Edition, { returnLabel = 0, returnCostBorneBy = 'seller' }: Refund) {
  if (returnLabel === 0) return { amount: 0, reasons: [] }
  if (returnCostBorneBy === 'seller') return { amount: 0, reasons: [edition.why.labelUndisclosed] }
  return { amount: returnLabel, reasons: [edition.why.label] }
}

const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, each) => sum + each, 0)

export type RefundDue = {
  noticeReceivedAt: Temporal.Instant
  goodsReceivedAt?: Temporal.Instant
  proofOfSendingAt?: Temporal.Instant
  /** The seller offered to collect the goods, before the notice or with no moment known. */
  sellerCollects?: boolean
  /** When the seller offered to collect them: the wait for the goods is over then. */
  collectionOfferedAt?: Temporal.Instant
  /** The goods never left the seller, so there is nothing to wait for. */
  neverShipped?: boolean
}

/** Without a `dueOn` the refund is rightly `withheld`. `countedFromNoticeOn` is the last of the 14 days after the notice. */
export type RefundDueRuling = {
  dueOn?: Temporal.PlainDate
  countedFromNoticeOn: Temporal.PlainDate
  withheld: boolean
  reasons: Reason[]
  basis: Basis
  termsUndercut: boolean
}

/**
 * The last day to pay back. Terms may count from the return, the law counts from the notice; the
 * earlier of the two days holds. Nothing is added once the wait for the goods is over.
 */
function refundDue(edition: Edition, facts: RefundDue): RefundDueRuling {
  const { sellerCollects = false, neverShipped = false } = facts
  const backAt = earliest(facts.goodsReceivedAt, facts.proofOfSendingAt)
  const backOn = backAt && osloDay(backAt)
  const endedAt = earliest(backAt, facts.collectionOfferedAt)
  const endedOn = endedAt && osloDay(endedAt)
  const waitsForGoods = !sellerCollects && !neverShipped
  const noticeReceivedOn = osloDay(facts.noticeReceivedAt)
  const countedFromNoticeOn = lastDayOf(noticeReceivedOn, { days: REFUND_DAYS })
  const statute = refundLastDay({ noticeReceivedOn, backOn: endedOn, waitsForGoods })
  if (statute === undefined)
    return { countedFromNoticeOn, withheld: true, reasons: [edition.why.withheld], basis: 'both', termsUndercut: false }

  const reason = sellerCollects || (endedAt && endedAt !== backAt) ? edition.why.collects : edition.why.fromNotice
  const due = { countedFromNoticeOn, withheld: false }
  const terms = dueByTerms(edition, { noticeReceivedOn, backOn, endedOn, waitsForGoods })
  if (terms === undefined) return { ...due, dueOn: statute, reasons: [reason], basis: 'statute', termsUndercut: true }
  const { value: dueOn, basis, termsUndercut } = earlierOf({ statute, terms })
  const fromReturn = basis === 'terms' && edition.wording.refundCountedFrom === 'return'
  return { ...due, dueOn, reasons: [fromReturn ? edition.why.fromReturn : reason], basis, termsUndercut }
}

type Back = Parameters<typeof refundLastDay>[0] & { endedOn?: Temporal.PlainDate }

/** What the terms alone promise; undefined while they count from a return that has not come. */
function dueByTerms({ figures: { refundDays: days }, wording }: Edition, back: Back) {
  if (wording.refundCountedFrom === 'notice') return refundLastDay({ ...back, backOn: back.endedOn, days })
  return back.backOn && lastDayOf(back.backOn, { days })
}

const earliest = (a: Temporal.Instant | undefined, b: Temporal.Instant | undefined) =>
  a && b ? (Temporal.Instant.compare(a, b) < 0 ? a : b) : (a ?? b)

/** The days to pay back as such. Terms may promise fewer than the law's fourteen, never more. */
function refundPeriod(edition: Edition) {
  const { value: days, basis, termsUndercut } = lessOf({ statute: REFUND_DAYS, terms: edition.figures.refundDays })
  const byLaw = termsUndercut || edition.wording.refundCountedFrom === 'notice'
  return { days, basis, termsUndercut, reasons: [byLaw ? edition.why.fromNotice : edition.why.fromReturn] }
}

export const refundRules = rulesOf(reasonsOf, { refund, refundDue, refundPeriod })
