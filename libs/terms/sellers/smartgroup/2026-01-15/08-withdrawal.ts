import { type Country, countedLastDayOf, endOfOsloDay, lastDayOf, osloDay } from '../../../calendar.ts'
import type { Promised } from '../../../editions/edition-figures.ts'
import { laterOf, moreOf, type Weighed } from '../../../ruling/better-of.ts'
import { citing } from '../../../ruling/citing.ts'
import {
  type CustomerKind,
  granted,
  type Reason,
  type Ruling,
  refused,
  review,
  type Traits,
} from '../../../ruling/ruling.ts'
import { angrerettloven, WITHDRAWAL_DAYS, withdrawalLastDay } from '../../../statute/angrerettloven.ts'
import { directive201183 } from '../../../statute/directive-2011-83.ts'
import { forbrukerkjopsloven } from '../../../statute/forbrukerkjopsloven.ts'
import { withdrawalFunctionDuty } from '../../../statute/withdrawal-function.ts'
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
  mediaSealBroken: because('media-seal-broken', '8.1', angrerettloven('§ 22 bokstav j')),
  sealMustBeIntact: because('seal-must-be-intact', '8.7', angrerettloven('§ 22 bokstav g')),
  mediaSealMustBeIntact: because('media-seal-must-be-intact', '8.1', angrerettloven('§ 22 bokstav j')),
  customUndisclosed: because('exception-not-disclosed', '8.6', angrerettloven('§ 8 første ledd bokstav k')),
  sealUndisclosed: because('exception-not-disclosed', '8.7', angrerettloven('§ 8 første ledd bokstav k')),
  mediaUndisclosed: because('exception-not-disclosed', '8.1', angrerettloven('§ 8 første ledd bokstav k')),
  brokenInTransit: because(
    'seal-broken-in-transit',
    '8.7',
    angrerettloven('§ 22 bokstav g'),
    forbrukerkjopsloven('§ 14'),
  ),
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
  lawLonger: because('law-gives-more-days', '8.2', angrerettloven('§ 3'), angrerettloven('§ 21')),
  informed: because('information-complete', '8.1', angrerettloven('§ 8 første ledd bokstav h')),
  textMissing: because('withdrawal-text-missing', '8.1', angrerettloven('§ 8 første ledd bokstav h')),
  formMissing: because('withdrawal-form-missing', '8.1', angrerettloven('§ 8 første ledd bokstav h')),
  foreignLanguage: because('information-not-in-norwegian', '8.1', angrerettloven('§ 8 tredje ledd')),
  functionUntold: because(
    'withdrawal-function-not-told',
    '8.1',
    directive201183('Art. 6(1)(h)'),
    directive201183('Art. 10'),
  ),
}

export type Withdrawal = {
  customerKind: CustomerKind
  /** `sealedMedia`: sound, pictures or software under a seal; left out means that it is none. */
  traits: Pick<Traits, 'madeToOrder' | 'hygieneSealed'> & { sealedMedia?: boolean }
  /** Whether the consumer broke the seal after delivery; left out when nobody knows yet. */
  sealBroken?: boolean
  /** Whether the exception was told before the purchase. The terms tell it, so only an explicit false is a no. */
  exceptionDisclosed?: boolean
  /** Physical receipt of the last parcel of the order; left out until all of it has come. See `possessionAt`. */
  lastReceivedAt?: Temporal.Instant
  /** When the notice was sent, not when it came. */
  declaredAt: Temporal.Instant
  /** Whether complete information, form included, was given before the purchase … */
  informationGiven: boolean
  /** … or else when it was given afterwards. */
  informationGivenAt?: Temporal.Instant
  /** Where the consumer lives; Norway when it is left out. */
  country?: Country
}

/** Without a `lastDay` the period has not begun. `until` is the first instant that is too late. */
export type WithdrawalRuling = Ruling & { lastDay?: Temporal.PlainDate; until?: Temporal.Instant }

/** Clauses 8.1–8.3, 8.6 and 8.7, as code. Every exception that applies is named, so nobody is refused twice for two reasons. */
export function withdrawal(facts: Withdrawal, promised: Promised = parameters): WithdrawalRuling {
  if (facts.customerKind === 'business') return refused(why.business)
  const { against, doubts } = exceptionsOf(facts)
  if (against.length > 0) return { ...refused(...against), basis: 'both' }

  const period = periodEnd(facts, promised)
  const allow = (reason: Reason) => (doubts.length > 0 ? review(reason, ...doubts) : granted(reason))
  if (period === undefined) return { ...allow(why.notBegun), basis: 'both' }

  const { value: lastDay, basis, termsUndercut } = period
  const until = endOfOsloDay(lastDay)
  const inTime = Temporal.Instant.compare(facts.declaredAt, until) < 0
  const { outcome, reasons } = inTime ? allow(why.within) : refused(why.over)
  const extended = termsUndercut ? [isInformed(facts) ? why.lawLonger : why.uninformed] : []
  return { outcome, reasons: [...reasons, ...extended], basis, termsUndercut, lastDay, until }
}

/** What speaks against the right, and what a person has to look at once the goods are back. */
function exceptionsOf({ traits, sealBroken, exceptionDisclosed = true }: Withdrawal) {
  const against: Reason[] = []
  const doubts: Reason[] = []
  if (traits.madeToOrder) {
    if (exceptionDisclosed) against.push(why.madeToOrder)
    else doubts.push(why.customUndisclosed)
  }
  if (sealBroken === false) return { against, doubts }
  if (traits.hygieneSealed) {
    if (!exceptionDisclosed) doubts.push(why.sealUndisclosed)
    else if (sealBroken) against.push(why.sealBroken)
    else doubts.push(why.sealMustBeIntact)
  }
  if (traits.sealedMedia) {
    if (!exceptionDisclosed) doubts.push(why.mediaUndisclosed)
    else if (sealBroken) against.push(why.mediaSealBroken)
    else doubts.push(why.mediaSealMustBeIntact)
  }
  return { against, doubts }
}

/** A seal that broke on the way is no exception, and a defect besides, since the seller bears the risk until receipt. */
export const brokenInTransit = (): { defect: true; reasons: Reason[] } => ({
  defect: true,
  reasons: [why.brokenInTransit],
})

const isInformed = ({ informationGiven, informationGivenAt }: Withdrawal) =>
  informationGiven || informationGivenAt !== undefined

export type WithdrawalPeriod = {
  receivedOn: Temporal.PlainDate
  /** The length of the ordinary period: the better of law and terms. */
  days: Weighed<number>
  /** The ordinary period's last day as counted, and as moved to a working day. */
  countedOn: Temporal.PlainDate
  originalLastDay: Temporal.PlainDate
  /** The last day that holds, with the extension for missing information. */
  lastDay: Temporal.PlainDate
  basis: Weighed['basis']
  termsUndercut: boolean
}

type PeriodFacts = Omit<Withdrawal, 'customerKind' | 'traits' | 'declaredAt'>

/** Clause 8.2, as code: from which day to which, in every step. Undefined while the period has not begun. */
export function withdrawalPeriod(facts: PeriodFacts, promised: Promised = parameters): WithdrawalPeriod | undefined {
  const end = periodEnd(facts, promised)
  if (end === undefined) return undefined
  const receivedOn = osloDay(facts.lastReceivedAt!)
  const days = moreOf({ statute: WITHDRAWAL_DAYS, terms: promised.withdrawalDays })
  return {
    receivedOn,
    days,
    countedOn: countedLastDayOf(receivedOn, { days: days.value }),
    originalLastDay: lastDayOf(receivedOn, { days: days.value }, facts.country),
    lastDay: end.value,
    basis: end.basis,
    termsUndercut: end.termsUndercut,
  }
}

function periodEnd(facts: PeriodFacts, { withdrawalDays }: Promised): Weighed | undefined {
  const { lastReceivedAt, informationGiven, informationGivenAt, country } = facts
  if (lastReceivedAt === undefined) return undefined
  const receivedOn = osloDay(lastReceivedAt)
  const informedOn = informationGivenAt ? osloDay(informationGivenAt) : informationGiven ? receivedOn : undefined
  return laterOf({
    statute: withdrawalLastDay({ receivedOn, informedOn, country }),
    terms: lastDayOf(receivedOn, { days: withdrawalDays }, country),
  })
}

export type WithdrawalInformation = {
  /** Whether the right, its conditions, time limits and procedure were told; and whether the form was given. */
  text: boolean
  form: boolean
  /** The language of it, BCP 47. */
  locale?: string
  /** The country that the shop markets to, or of the consumer. */
  market?: Country
  /** Whether the consumer was told that there is a withdrawal function, and where. */
  functionTold?: boolean
  orderedOn?: Temporal.PlainDate
}

const NORWEGIAN = new Set(['nb', 'nn', 'no'])

/**
 * Whether the information of angrerettloven § 8 was complete; if not, the period is twelve months longer. Nothing says in so
 * many words that the wrong language counts as missing information, but in doubt the consumer gains.
 */
export function withdrawalInformation(facts: WithdrawalInformation): { complete: boolean; reasons: Reason[] } {
  const { text: told, form, locale, market, functionTold = true, orderedOn } = facts
  const missing: Reason[] = []
  if (!told) missing.push(why.textMissing)
  if (!form) missing.push(why.formMissing)
  if (market === 'NO' && locale !== undefined && !NORWEGIAN.has(locale.split('-')[0]!))
    missing.push(why.foreignLanguage)
  if (!functionTold && market !== undefined && withdrawalFunctionDuty({ market, orderedOn }).mandatory)
    missing.push(why.functionUntold)
  return missing.length > 0 ? { complete: false, reasons: missing } : { complete: true, reasons: [why.informed] }
}
