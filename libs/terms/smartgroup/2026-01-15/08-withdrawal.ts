import { laterOf, type Weighed } from '../../better-of.ts'
import { endOfOsloDay, lastDayOf, osloDay } from '../../calendar.ts'
import { citing } from '../../citing.ts'
import { type CustomerKind, granted, type Reason, type Ruling, refused, review, type Traits } from '../../ruling.ts'
import { angrerettloven, sendBackLastDay, withdrawalLastDay } from '../../statute/angrerettloven.ts'
import { forbrukerkjopsloven } from '../../statute/forbrukerkjopsloven.ts'
import { EDITION, parameters } from './parameters.ts'

/** Clause 8, as printed. Legal basis: angrerettloven §§ 3–9 and 20–25; Directive 2011/83/EU, Art. 6, 9, 10 and 13–16. */
export const text = {
  '8.1':
    'If you are a consumer, you have a right to withdraw from the purchase under the Norwegian Right of Withdrawal Act.',
  '8.2': 'The period for it is 14 days from the day you receive the product.',
  '8.3': 'You must tell us clearly that you withdraw before the period ends.',
  '8.4': 'The cost of sending the product back is normally yours.',
  '8.5': 'We pay you back within 14 days of the return, or of proof that the product is on its way.',
  '8.6': 'The right does not cover custom-made products, as far as the law allows that exception.',
  '8.7': 'Nor does it cover products sealed for hygiene, as far as the law allows that exception.',
} as const

const because = citing(EDITION, text)

const why = {
  business: because('business-customer', '8.1', angrerettloven('§ 5')),
  madeToOrder: because('made-to-order', '8.6', angrerettloven('§ 22 bokstav e')),
  sealBroken: because('seal-broken', '8.7', angrerettloven('§ 22 bokstav g')),
  sealMustBeIntact: because('seal-must-be-intact', '8.7', angrerettloven('§ 22 bokstav g')),
  customUndisclosed: because('exception-not-disclosed', '8.6', angrerettloven('§ 8 første ledd bokstav k')),
  sealUndisclosed: because('exception-not-disclosed', '8.7', angrerettloven('§ 8 første ledd bokstav k')),
  notBegun: because('period-not-begun', '8.1', '8.2', angrerettloven('§ 21')),
  within: because('within-period', '8.1', '8.2', angrerettloven('§ 21')),
  over: because('period-over', '8.2', '8.3', angrerettloven('§ 6'), angrerettloven('§ 20'), angrerettloven('§ 21')),
  uninformed: because(
    'information-missing',
    '8.2',
    angrerettloven('§ 21'),
    angrerettloven('§ 3'),
    angrerettloven('§ 8 første ledd bokstav h'),
  ),
  defective: because('not-as-agreed', '8.4', forbrukerkjopsloven('§ 29')),
  sendBack: because('send-back', '8.4', angrerettloven('§ 25')),
  costAgreed: because('seller-agreed-to-pay', '8.4', angrerettloven('§ 25')),
  costUndisclosed: because(
    'return-cost-not-disclosed',
    '8.4',
    angrerettloven('§ 8 første ledd bokstav i'),
    angrerettloven('§ 9'),
    angrerettloven('§ 25'),
  ),
  costDisclosed: because('return-cost-disclosed', '8.4', angrerettloven('§ 25')),
}

export type Withdrawal = {
  customerKind: CustomerKind
  traits: Pick<Traits, 'madeToOrder' | 'hygieneSealed'>
  /** Whether the consumer broke the seal after delivery; left out when nobody knows yet. */
  sealBroken?: boolean
  /** Whether the exception was told before the purchase. The terms tell it, so only an explicit false is a no. */
  exceptionDisclosed?: boolean
  /** Physical receipt of the last parcel of the order; left out until all of it has come. */
  lastReceivedAt?: Temporal.Instant
  /** When the notice was sent, not when it came. */
  declaredAt: Temporal.Instant
  /** Whether complete information, form included, was given before the purchase … */
  informationGiven: boolean
  /** … or else when it was given afterwards. */
  informationGivenAt?: Temporal.Instant
}

/** Without a `lastDay` the period has not begun. `until` is the first instant that is too late. */
export type WithdrawalRuling = Ruling & { lastDay?: Temporal.PlainDate; until?: Temporal.Instant }

/** Clauses 8.1–8.3, 8.6 and 8.7, as code. Every exception that applies is named, so nobody is refused twice for two reasons. */
export function withdrawal(facts: Withdrawal): WithdrawalRuling {
  if (facts.customerKind === 'business') return refused(why.business)
  const { against, doubts } = exceptionsOf(facts)
  if (against.length > 0) return { ...refused(...against), basis: 'both' }

  const period = periodOf(facts)
  const allow = (reason: Reason) => (doubts.length > 0 ? review(reason, ...doubts) : granted(reason))
  if (period === undefined) return { ...allow(why.notBegun), basis: 'both' }

  const { day: lastDay, basis, termsUndercut } = period
  const until = endOfOsloDay(lastDay)
  const inTime = Temporal.Instant.compare(facts.declaredAt, until) < 0
  const { outcome, reasons } = inTime ? allow(why.within) : refused(why.over)
  return {
    outcome,
    reasons: termsUndercut ? [...reasons, why.uninformed] : reasons,
    basis,
    termsUndercut,
    lastDay,
    until,
  }
}

/** What speaks against the right, and what a person has to look at once the goods are back. */
function exceptionsOf({ traits, sealBroken, exceptionDisclosed = true }: Withdrawal) {
  const against: Reason[] = []
  const doubts: Reason[] = []
  if (traits.madeToOrder) {
    if (exceptionDisclosed) against.push(why.madeToOrder)
    else doubts.push(why.customUndisclosed)
  }
  if (traits.hygieneSealed && sealBroken !== false) {
    if (!exceptionDisclosed) doubts.push(why.sealUndisclosed)
    else if (sealBroken) against.push(why.sealBroken)
    else doubts.push(why.sealMustBeIntact)
  }
  return { against, doubts }
}

function periodOf({ lastReceivedAt, informationGiven, informationGivenAt }: Withdrawal): Weighed | undefined {
  if (lastReceivedAt === undefined) return undefined
  const receivedOn = osloDay(lastReceivedAt)
  const informedOn = informationGivenAt ? osloDay(informationGivenAt) : informationGiven ? receivedOn : undefined
  return laterOf({
    statute: withdrawalLastDay({ receivedOn, informedOn }),
    terms: lastDayOf(receivedOn, { days: parameters.withdrawalDays }),
  })
}

/** The last day to hand the goods to a carrier after a notice of withdrawal; arrival does not matter. */
export const sendBackBy = (noticeAt: Temporal.Instant): { lastDay: Temporal.PlainDate; reasons: Reason[] } => ({
  lastDay: sendBackLastDay(osloDay(noticeAt)),
  reasons: [why.sendBack],
})

export type ReturnCost = {
  /** Whether the consumer was told before the purchase that the way back is his to pay. */
  disclosed: boolean
  sellerAgreedToBear?: boolean
  /** A wrong or defective product: not a withdrawal's cost at all. */
  notAsAgreed?: boolean
  /** Too bulky for ordinary post; then the amount itself must have been told. */
  bulky?: boolean
  amountDisclosed?: boolean
}

/** Clause 8.4, as code. "Normally" means what the law says it does: the consumer pays only when told beforehand. */
export function returnCost(facts: ReturnCost): {
  bearer: 'seller' | 'customer'
  reasons: Reason[]
  termsUndercut: boolean
} {
  const { disclosed, sellerAgreedToBear = false, notAsAgreed = false, bulky = false, amountDisclosed = false } = facts
  if (notAsAgreed) return { bearer: 'seller', reasons: [why.defective], termsUndercut: true }
  if (sellerAgreedToBear) return { bearer: 'seller', reasons: [why.costAgreed], termsUndercut: false }
  if (!disclosed || (bulky && !amountDisclosed))
    return { bearer: 'seller', reasons: [why.costUndisclosed], termsUndercut: true }
  return { bearer: 'customer', reasons: [why.costDisclosed], termsUndercut: false }
}
