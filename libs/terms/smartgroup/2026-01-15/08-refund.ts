import { earlierOf } from '../../better-of.ts'
import { lastDayOf, osloDay } from '../../calendar.ts'
import { citing } from '../../citing.ts'
import { portionOf, type ReturnedUnits } from '../../portion.ts'
import type { Basis, Reason } from '../../ruling.ts'
import { angrerettloven, refundLastDay } from '../../statute/angrerettloven.ts'
import { text } from './08-withdrawal.ts'
import { EDITION, parameters } from './parameters.ts'

const because = citing(EDITION, text)

const why = {
  goods: because('goods-refunded', '8.5', angrerettloven('§ 24')),
  delivery: because('standard-delivery-refunded', '8.5', angrerettloven('§ 24')),
  dearerDelivery: because('dearer-delivery-not-refunded', '8.5', angrerettloven('§ 24')),
  fromNotice: because('due-from-notice', '8.5', angrerettloven('§ 3'), angrerettloven('§ 24')),
  fromReturn: because('due-from-return', '8.5', angrerettloven('§ 24')),
  collects: because('seller-collects', '8.5', angrerettloven('§ 24')),
  withheld: because('withheld-until-goods-or-proof', '8.5', angrerettloven('§ 24')),
}

export type Refund = {
  lines: ReturnedUnits[]
  deliveryPaid: number
  /** What the cheapest ordinary delivery on offer cost. */
  standardDeliveryPrice: number
  /** Whether with this return nothing of the order is left with the consumer. */
  emptiesOrder: boolean
}

/**
 * What a withdrawal gives back, in the smallest unit of the currency: for each line what was paid for the units that go
 * back, and the standard delivery with the return that empties the order. What a dearer delivery cost extra is not paid back,
 * and a delivery that was free because of the order's size is not charged afterwards.
 */
export function refund(facts: Refund): {
  amount: number
  parts: { lines: number[]; delivery: number }
  reasons: Reason[]
} {
  const lines = facts.lines.map(portionOf)
  const delivery = facts.emptiesOrder ? Math.min(facts.deliveryPaid, facts.standardDeliveryPrice) : 0
  const reasons = [why.goods]
  if (delivery > 0) reasons.push(why.delivery)
  if (facts.emptiesOrder && facts.deliveryPaid > delivery) reasons.push(why.dearerDelivery)
  return { amount: lines.reduce((sum, line) => sum + line, delivery), parts: { lines, delivery }, reasons }
}

export type RefundDue = {
  noticeReceivedAt: Temporal.Instant
  goodsReceivedAt?: Temporal.Instant
  proofOfSendingAt?: Temporal.Instant
  /** The seller offered to collect the goods. */
  sellerCollects?: boolean
  /** The goods never left the seller, so there is nothing to wait for. */
  neverShipped?: boolean
}

/** Without a `dueOn` the refund is rightly `withheld`. */
export type RefundDueRuling = {
  dueOn?: Temporal.PlainDate
  withheld: boolean
  reasons: Reason[]
  basis: Basis
  termsUndercut: boolean
}

/**
 * Clause 8.5, as code: the last day to pay back. The printed clause counts from the return, the law from the notice;
 * the earlier of the two days holds. Nothing is added once the wait for the goods is over.
 */
export function refundDue(facts: RefundDue): RefundDueRuling {
  const { sellerCollects = false, neverShipped = false } = facts
  const backAt = earliest(facts.goodsReceivedAt, facts.proofOfSendingAt)
  const backOn = backAt && osloDay(backAt)
  const waitsForGoods = !sellerCollects && !neverShipped
  const statute = refundLastDay({ noticeReceivedOn: osloDay(facts.noticeReceivedAt), backOn, waitsForGoods })
  if (statute === undefined) return { withheld: true, reasons: [why.withheld], basis: 'both', termsUndercut: false }

  const reason = sellerCollects ? why.collects : why.fromNotice
  if (backOn === undefined)
    return { dueOn: statute, withheld: false, reasons: [reason], basis: 'statute', termsUndercut: true }
  const {
    day: dueOn,
    basis,
    termsUndercut,
  } = earlierOf({
    statute,
    terms: lastDayOf(backOn, { days: parameters.refundDays }),
  })
  return { dueOn, withheld: false, reasons: [basis === 'terms' ? why.fromReturn : reason], basis, termsUndercut }
}

const earliest = (a: Temporal.Instant | undefined, b: Temporal.Instant | undefined) =>
  a && b ? (Temporal.Instant.compare(a, b) < 0 ? a : b) : (a ?? b)
