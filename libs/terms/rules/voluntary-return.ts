import { afterDiscount, type ReturnedUnits, stillPaidFor } from '../amounts/portion.ts'
import { type Country, isAfter, lastDayOf, osloDay } from '../calendar.ts'
import type { Agreed } from '../ruling/agreed.ts'
import { granted, type Reason, type Ruling, refused, review, type Traits } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { angrerettloven, sendBackLastDay } from '../statute/angrerettloven.ts'
import { avtaleloven } from '../statute/avtaleloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** No law asks for it; where it leaves doubt, the doubt is the customer's gain (avtaleloven § 37). */
const reasonsOf = (because: Because) => ({
  notBegun: because('voluntary-period-not-begun', 'voluntary-return'),
  within: because('within-voluntary-period', 'voluntary-return', avtaleloven('§ 37')),
  over: because('voluntary-period-over', 'voluntary-return'),
  replaced: because('replacement-received', 'voluntary-return', avtaleloven('§ 37')),
  businessReplaced: because('replacement-received', 'voluntary-return'),
  used: because('not-unused', 'voluntary-return-condition'),
  damaged: because('not-undamaged', 'voluntary-return-condition'),
  repacked: because('not-in-original-packaging', 'voluntary-return-condition'),
  toBeChecked: because('condition-to-be-checked', 'voluntary-return-condition'),
  customMade: because('made-to-order', 'voluntary-return', 'voluntary-return-condition', avtaleloven('§ 37')),
  sealed: because('seal-to-be-checked', 'voluntary-return-condition'),
  goodsOnly: because('goods-refunded', 'voluntary-return'),
  ownCost: because('voluntary-return-cost', 'voluntary-return', 'return-cost'),
  refundDue: because('due-from-return', 'refund-period', 'voluntary-return'),
  lawFirst: because('withdrawal-gives-more', 'voluntary-return', angrerettloven('§ 3'), angrerettloven('§ 20')),
  notThere: because('not-with-customer', 'voluntary-return'),
})
type Edition = Under<typeof reasonsOf>

export type VoluntaryReturn = {
  /** Receipt of the last parcel of the order. */
  lastReceivedAt?: Temporal.Instant
  /** When these goods came, if they were sent for others that were defective. */
  replacedAt?: Temporal.Instant
  customerKind?: CustomerKind
  /** The request, not the sending, must fall within the period. */
  requestedAt: Temporal.Instant
  unused?: boolean
  undamaged?: boolean
  originalPackaging?: boolean
  /** Whether the customer broke the seal; left out when nobody knows yet. */
  sealBroken?: boolean
  traits: Pick<Traits, 'madeToOrder' | 'hygieneSealed'>
  country?: Country
  /** Days to ask that were agreed in writing: they stand for those of the terms. */
  agreed?: Agreed<number>
}

/** `lastDay` is the last one to ask; `sendBackBy` the last one to hand the goods to a carrier after asking now. */
export type VoluntaryReturnRuling = Ruling & { lastDay?: Temporal.PlainDate; sendBackBy: Temporal.PlainDate }

/**
 * The offer of the terms to take goods back, for consumers and businesses alike. "We may offer" is an offer for as long as
 * the edition is in force, since doubt about it goes to the customer. A condition that nobody knows yet is checked when the goods come.
 * The clause names no day to send the goods; the one of a withdrawal is used. It names no other receipt than that of the product either: goods
 * that came for defective ones are received when they come.
 */
function voluntaryReturn(edition: Edition, facts: VoluntaryReturn): VoluntaryReturnRuling {
  const { lastReceivedAt, replacedAt, customerKind, country, agreed } = facts
  const days = agreed?.value ?? edition.figures.voluntaryReturnDays
  const lastDayFrom = (at: Temporal.Instant) => lastDayOf(osloDay(at), { days }, country)
  const firstDay = lastReceivedAt && lastDayFrom(lastReceivedAt)
  const fromReplacement = firstDay && replacedAt && lastDayFrom(replacedAt)
  const anew = fromReplacement && isAfter(fromReplacement, firstDay)
  const lastDay = anew ? fromReplacement : firstDay
  const replaced = customerKind === 'business' ? edition.why.businessReplaced : edition.why.replaced
  const because = agreed ? [agreed.reason] : []
  const requestedOn = osloDay(facts.requestedAt)
  const sendBackBy = sendBackLastDay(requestedOn, country)
  const over = lastDay !== undefined && isAfter(requestedOn, lastDay)
  const against = [...(over ? [edition.why.over, ...because] : []), ...failedConditions(edition, facts)]
  if (against.length > 0) return { ...refused(...against), basis: 'terms', lastDay, sendBackBy }

  const doubts = [...(anew ? [replaced] : []), ...doubtsOf(edition, facts)]
  const reason = lastDay === undefined ? edition.why.notBegun : edition.why.within
  const allowed = doubts.length > 0 ? review(reason, ...because, ...doubts) : granted(reason, ...because)
  return { ...allowed, basis: 'terms', lastDay, sendBackBy }
}

/** Which right a return rests on: the law's, which gives more back, before the offer; undefined when there is neither. */
export function returnBasis(rulings: {
  withdrawal: Pick<Ruling, 'outcome'>
  voluntaryReturn: Pick<Ruling, 'outcome'>
}) {
  if (rulings.withdrawal.outcome !== 'refused') return 'statutory'
  return rulings.voluntaryReturn.outcome === 'refused' ? undefined : 'voluntary'
}

/**
 * The offer stands beside the right of withdrawal and never instead of it: whoever can still withdraw gets more by the law, and is
 * told so. What has not left the seller is cancelled, not sent back.
 */
function voluntaryBeside(
  edition: Edition,
  { withdrawal, withCustomer }: { withdrawal: Pick<Ruling, 'outcome'>; withCustomer: boolean },
): Ruling {
  if (withdrawal.outcome !== 'refused') return refused(edition.why.lawFirst)
  return withCustomer ? granted(edition.why.within) : refused(edition.why.notThere)
}

/** A product that was sealed for hygiene and is open counts as used. */
function failedConditions(
  edition: Edition,
  {
    unused,
    undamaged,
    originalPackaging,
    sealBroken,
    traits,
  }: Pick<VoluntaryReturn, 'unused' | 'undamaged' | 'originalPackaging' | 'sealBroken' | 'traits'>,
) {
  const failed: Reason[] = []
  if (unused === false || (traits.hygieneSealed && sealBroken)) failed.push(edition.why.used)
  if (undamaged === false) failed.push(edition.why.damaged)
  if (originalPackaging === false) failed.push(edition.why.repacked)
  return failed
}

function doubtsOf(edition: Edition, { unused, undamaged, originalPackaging, sealBroken, traits }: VoluntaryReturn) {
  const doubts: Reason[] = []
  if (!(unused && undamaged && originalPackaging)) doubts.push(edition.why.toBeChecked)
  if (traits.madeToOrder) doubts.push(edition.why.customMade)
  if (traits.hygieneSealed && sealBroken === undefined) doubts.push(edition.why.sealed)
  return doubts
}

/** What a voluntary return gives back: the price of the goods. Delivery stays paid, and the way back is the customer's. */
function voluntaryRefund(
  edition: Edition,
  { lines, orderDiscount }: { lines: ReturnedUnits[]; orderDiscount?: number },
) {
  const amounts = afterDiscount(lines, orderDiscount).map(stillPaidFor)
  return {
    amount: amounts.reduce((sum, line) => sum + line, 0),
    parts: { lines: amounts, delivery: 0 },
    returnCost: { bearer: 'customer' as const, reasons: [edition.why.ownCost] },
    reasons: [edition.why.goodsOnly],
  }
}

/**
 * The offer names no day to pay back, so that of a withdrawal holds, counted from the return; without a day while the goods are not
 * back.
 */
const voluntaryRefundDue = (edition: Edition, { goodsReceivedAt }: { goodsReceivedAt?: Temporal.Instant }) => ({
  dueOn: goodsReceivedAt && lastDayOf(osloDay(goodsReceivedAt), { days: edition.figures.refundDays }),
  reasons: [edition.why.refundDue],
})

/** What the goods lack, of the conditions of the offer. Empty when they meet all of them. */
const voluntaryConditions = (
  edition: Edition,
  facts: Pick<VoluntaryReturn, 'unused' | 'undamaged' | 'originalPackaging'>,
) => ({
  reasons: failedConditions(edition, { ...facts, traits: { madeToOrder: false, hygieneSealed: false } }),
})

export const voluntaryReturnRules = rulesOf(reasonsOf, {
  ...{ voluntaryReturn, voluntaryBeside, voluntaryConditions, voluntaryRefund, voluntaryRefundDue },
})
