import { afterDiscount, portionOf, type ReturnedUnits } from '../../../amounts/portion.ts'
import { type Country, isAfter, lastDayOf, osloDay } from '../../../calendar.ts'
import type { Promised } from '../../../editions/edition-figures.ts'
import { citing } from '../../../ruling/citing.ts'
import { granted, type Reason, type Ruling, refused, review, type Traits } from '../../../ruling/ruling.ts'
import { sendBackLastDay } from '../../../statute/angrerettloven.ts'
import { avtaleloven } from '../../../statute/avtaleloven.ts'
import { text as withdrawalText } from './08-withdrawal.ts'
import { EDITION, parameters } from './parameters.ts'

/** Clause 9, as printed. No law asks for it; where it leaves doubt, the doubt is the customer's gain (avtaleloven § 37). */
export const text = {
  '9.1': 'On top of your rights by law we may offer a voluntary return within 30 days.',
  '9.2': 'The product must be unused, undamaged and in its original packaging.',
} as const

const because = citing(EDITION, { ...text, ...withdrawalText })

const why = {
  notBegun: because('voluntary-period-not-begun', '9.1'),
  within: because('within-voluntary-period', '9.1', avtaleloven('§ 37')),
  over: because('voluntary-period-over', '9.1'),
  used: because('not-unused', '9.2'),
  damaged: because('not-undamaged', '9.2'),
  repacked: because('not-in-original-packaging', '9.2'),
  toBeChecked: because('condition-to-be-checked', '9.2'),
  customMade: because('made-to-order', '9.1', '9.2', avtaleloven('§ 37')),
  sealed: because('seal-to-be-checked', '9.2'),
  goodsOnly: because('goods-refunded', '9.1'),
  ownCost: because('voluntary-return-cost', '9.1', '8.4'),
  refundDue: because('due-from-return', '8.5', '9.1'),
}

export type VoluntaryReturn = {
  /** Receipt of the last parcel of the order. */
  lastReceivedAt?: Temporal.Instant
  /** The request, not the sending, must fall within the period. */
  requestedAt: Temporal.Instant
  unused?: boolean
  undamaged?: boolean
  originalPackaging?: boolean
  /** Whether the customer broke the seal; left out when nobody knows yet. */
  sealBroken?: boolean
  traits: Pick<Traits, 'madeToOrder' | 'hygieneSealed'>
  country?: Country
}

/** `lastDay` is the last one to ask; `sendBackBy` the last one to hand the goods to a carrier after asking now. */
export type VoluntaryReturnRuling = Ruling & { lastDay?: Temporal.PlainDate; sendBackBy: Temporal.PlainDate }

/**
 * Clauses 9.1 and 9.2, as code, for consumers and businesses alike. "We may offer" is an offer for as long as the edition
 * is in force, since doubt about it goes to the customer. A condition that nobody knows yet is checked when the goods come.
 * The clause names no day to send the goods; the one of a withdrawal is used.
 */
export function voluntaryReturn(
  facts: VoluntaryReturn,
  { voluntaryReturnDays }: Promised = parameters,
): VoluntaryReturnRuling {
  const { lastReceivedAt, country } = facts
  const lastDay = lastReceivedAt && lastDayOf(osloDay(lastReceivedAt), { days: voluntaryReturnDays }, country)
  const requestedOn = osloDay(facts.requestedAt)
  const sendBackBy = sendBackLastDay(requestedOn, country)
  const over = lastDay !== undefined && isAfter(requestedOn, lastDay)
  const against = [...(over ? [why.over] : []), ...failedConditions(facts)]
  if (against.length > 0) return { ...refused(...against), basis: 'terms', lastDay, sendBackBy }

  const doubts = doubtsOf(facts)
  const reason = lastDay === undefined ? why.notBegun : why.within
  return { ...(doubts.length > 0 ? review(reason, ...doubts) : granted(reason)), basis: 'terms', lastDay, sendBackBy }
}

/** Which right a return rests on: the law's, which gives more back, before the offer; undefined when there is neither. */
export function returnBasis(rulings: {
  withdrawal: Pick<Ruling, 'outcome'>
  voluntaryReturn: Pick<Ruling, 'outcome'>
}) {
  if (rulings.withdrawal.outcome !== 'refused') return 'statutory'
  return rulings.voluntaryReturn.outcome === 'refused' ? undefined : 'voluntary'
}

/** A product that was sealed for hygiene and is open counts as used. */
function failedConditions({ unused, undamaged, originalPackaging, sealBroken, traits }: VoluntaryReturn) {
  const failed: Reason[] = []
  if (unused === false || (traits.hygieneSealed && sealBroken)) failed.push(why.used)
  if (undamaged === false) failed.push(why.damaged)
  if (originalPackaging === false) failed.push(why.repacked)
  return failed
}

function doubtsOf({ unused, undamaged, originalPackaging, sealBroken, traits }: VoluntaryReturn) {
  const doubts: Reason[] = []
  if (!(unused && undamaged && originalPackaging)) doubts.push(why.toBeChecked)
  if (traits.madeToOrder) doubts.push(why.customMade)
  if (traits.hygieneSealed && sealBroken === undefined) doubts.push(why.sealed)
  return doubts
}

/** What a voluntary return gives back: the price of the goods. Delivery stays paid, and the way back is the customer's. */
export function voluntaryRefund({ lines, orderDiscount }: { lines: ReturnedUnits[]; orderDiscount?: number }) {
  const amounts = afterDiscount(lines, orderDiscount).map(portionOf)
  return {
    amount: amounts.reduce((sum, line) => sum + line, 0),
    parts: { lines: amounts, delivery: 0 },
    returnCost: { bearer: 'customer' as const, reasons: [why.ownCost] },
    reasons: [why.goodsOnly],
  }
}

/** Clause 9 names no day to pay back, so that of clause 8.5 holds: within 14 days of the return. */
export const voluntaryRefundDue = (
  { goodsReceivedAt }: { goodsReceivedAt: Temporal.Instant },
  { refundDays }: Promised = parameters,
) => ({
  dueOn: lastDayOf(osloDay(goodsReceivedAt), { days: refundDays }),
  reasons: [why.refundDue],
})
