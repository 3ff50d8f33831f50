import { afterDiscount, portionOf, type ReturnedUnits } from '../../../amounts/portion.ts'
import { lastDayOf, osloDay } from '../../../calendar.ts'
import type { Promised } from '../../../editions/edition-figures.ts'
import { earlierOf, lessOf } from '../../../ruling/better-of.ts'
import { citing } from '../../../ruling/citing.ts'
import type { Basis, Reason } from '../../../ruling/ruling.ts'
import {
  angrerettloven,
  mayDeductDiminishedValue,
  REFUND_DAYS,
  refundLastDay,
} from '../../../statute/angrerettloven.ts'
import { text } from './08-withdrawal.ts'
import { EDITION, parameters } from './parameters.ts'

const because = citing(EDITION, text)

const why = {
  goods: because('goods-refunded', '8.5', angrerettloven('§ 24')),
  delivery: because('standard-delivery-refunded', '8.5', angrerettloven('§ 24')),
  deliveryDifference: because('delivery-difference-refunded', '8.5', angrerettloven('§ 24')),
  dearerDelivery: because('dearer-delivery-not-refunded', '8.5', angrerettloven('§ 24')),
  ancillary: because('ancillary-contract-ended', '8.5', angrerettloven('§ 27')),
  diminished: because('diminished-value-deducted', angrerettloven('§ 25 tredje ledd')),
  necessaryHandling: because('necessary-handling-free', angrerettloven('§ 25 tredje ledd')),
  uninformed: because(
    'not-informed-of-withdrawal',
    angrerettloven('§ 8 første ledd bokstav h'),
    angrerettloven('§ 25 tredje ledd'),
  ),
  label: because('return-label-netted', '8.4', angrerettloven('§ 25')),
  labelUndisclosed: because('return-cost-not-disclosed', '8.4', angrerettloven('§ 9'), angrerettloven('§ 25')),
  neverMoreThanPaid: because('already-refunded', '8.5', angrerettloven('§ 24')),
  fromNotice: because('due-from-notice', '8.5', angrerettloven('§ 3'), angrerettloven('§ 24')),
  fromReturn: because('due-from-return', '8.5', angrerettloven('§ 24')),
  collects: because('seller-collects', '8.5', angrerettloven('§ 24')),
  withheld: because('withheld-until-goods-or-proof', '8.5', angrerettloven('§ 24')),
}

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
  /** Whether the consumer got the information of § 8 on his right to withdraw. */
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
export function refund(facts: Refund): RefundAmount {
  const discounted = afterDiscount(facts.lines, facts.orderDiscount)
  const lines = discounted.map(portionOf)
  const goods = sumOf(lines)
  const { delivery, standard, reasons: deliveryReasons } = deliveryBack(facts)
  const { ancillary = 0, alreadyRefunded = 0 } = facts
  const diminished = diminishedValueOf(facts, goods)
  const label = returnLabelOf(facts)

  const before = goods + delivery + ancillary - diminished.amount
  const open = Math.max(0, sumOf(discounted.map(({ total }) => total)) + standard + ancillary - alreadyRefunded)
  const most = Math.min(before, open)
  const returnLabel = Math.min(label.amount, most)
  const reasons = [why.goods, ...deliveryReasons]
  if (ancillary > 0) reasons.push(why.ancillary)
  reasons.push(...diminished.reasons, ...label.reasons)
  if (most < before) reasons.push(why.neverMoreThanPaid)
  return {
    amount: most - returnLabel,
    parts: { lines, delivery, ancillary },
    deductions: { diminishedValue: diminished.amount, returnLabel },
    reasons,
  }
}

function deliveryBack(facts: Refund) {
  const { deliveryPaid, emptiesOrder, onlyDelivery = false } = facts
  const standard = onlyDelivery ? deliveryPaid : Math.min(deliveryPaid, facts.standardDeliveryPrice)
  const delivery = emptiesOrder ? standard : Math.max(0, standard - (facts.deliveryForKept ?? standard))
  const reasons: Reason[] = []
  if (delivery > 0) reasons.push(emptiesOrder ? why.delivery : why.deliveryDifference)
  if (emptiesOrder && deliveryPaid > standard) reasons.push(why.dearerDelivery)
  return { delivery, standard, reasons }
}

/** A deduction is never more than the goods cost: the delivery is no part of what lost value. */
function diminishedValueOf({ diminishedValue = 0, handling, informationGiven = false }: Refund, goods: number) {
  if (handling === 'necessary') return { amount: 0, reasons: [why.necessaryHandling] }
  if (diminishedValue === 0) return { amount: 0, reasons: [] }
  if (!mayDeductDiminishedValue({ informationGiven })) return { amount: 0, reasons: [why.uninformed] }
  return { amount: Math.min(diminishedValue, goods), reasons: [why.diminished] }
}

function returnLabelOf({ returnLabel = 0, returnCostBorneBy = 'seller' }: Refund) {
  if (returnLabel === 0) return { amount: 0, reasons: [] }
  if (returnCostBorneBy === 'seller') return { amount: 0, reasons: [why.labelUndisclosed] }
  return { amount: returnLabel, reasons: [why.label] }
}

const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, each) => sum + each, 0)

export type RefundDue = {
  noticeReceivedAt: Temporal.Instant
  goodsReceivedAt?: Temporal.Instant
  proofOfSendingAt?: Temporal.Instant
  /** The seller offered to collect the goods. */
  sellerCollects?: boolean
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
 * Clause 8.5, as code: the last day to pay back. The printed clause counts from the return, the law from the notice;
 * the earlier of the two days holds. Nothing is added once the wait for the goods is over.
 */
export function refundDue(facts: RefundDue, { refundDays }: Promised = parameters): RefundDueRuling {
  const { sellerCollects = false, neverShipped = false } = facts
  const backAt = earliest(facts.goodsReceivedAt, facts.proofOfSendingAt)
  const backOn = backAt && osloDay(backAt)
  const waitsForGoods = !sellerCollects && !neverShipped
  const noticeReceivedOn = osloDay(facts.noticeReceivedAt)
  const countedFromNoticeOn = lastDayOf(noticeReceivedOn, { days: REFUND_DAYS })
  const statute = refundLastDay({ noticeReceivedOn, backOn, waitsForGoods })
  if (statute === undefined)
    return { countedFromNoticeOn, withheld: true, reasons: [why.withheld], basis: 'both', termsUndercut: false }

  const reason = sellerCollects ? why.collects : why.fromNotice
  const due = { countedFromNoticeOn, withheld: false }
  if (backOn === undefined) return { ...due, dueOn: statute, reasons: [reason], basis: 'statute', termsUndercut: true }
  const weighed = earlierOf({ statute, terms: lastDayOf(backOn, { days: refundDays }) })
  const { value: dueOn, basis, termsUndercut } = weighed
  return { ...due, dueOn, reasons: [basis === 'terms' ? why.fromReturn : reason], basis, termsUndercut }
}

const earliest = (a: Temporal.Instant | undefined, b: Temporal.Instant | undefined) =>
  a && b ? (Temporal.Instant.compare(a, b) < 0 ? a : b) : (a ?? b)

/** Clause 8.5, as code: the days to pay back as such. Terms may promise fewer than the law's fourteen, never more. */
export function refundPeriod({ refundDays }: Pick<Promised, 'refundDays'> = parameters) {
  const { value: days, basis, termsUndercut } = lessOf({ statute: REFUND_DAYS, terms: refundDays })
  return { days, basis, termsUndercut, reasons: [termsUndercut ? why.fromNotice : why.fromReturn] }
}
