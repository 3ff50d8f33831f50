import { type Country, countedLastDayOf, endOfOsloDay, isAfter, isNorway, lastDayOf, osloDay } from '../calendar.ts'
import { regionsOf } from '../holidays/holidays.ts'
import type { Agreed } from '../ruling/agreed.ts'
import { laterOf, moreOf, type Weighed } from '../ruling/better-of.ts'
import { granted, type Reason, type Ruling, refused, review, type Traits } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { angrerettloven, WITHDRAWAL_DAYS, withdrawalLastDay } from '../statute/angrerettloven.ts'
import { avtaleloven } from '../statute/avtaleloven.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: angrerettloven §§ 3–9 and 20–25; Directive 2011/83/EU, Art. 6, 9, 10 and 13–16. */
const reasonsOf = (because: Because) => ({
  business: because('business-customer', 'withdrawal-right', angrerettloven('§ 5')),
  madeToOrder: because('made-to-order', 'made-to-order', angrerettloven('§ 22 bokstav e')),
  sealBroken: because('seal-broken', 'hygiene-seal', angrerettloven('§ 22 bokstav g')),
  mediaSealBroken: because('media-seal-broken', 'withdrawal-right', angrerettloven('§ 22 bokstav j')),
  sealMustBeIntact: because('seal-must-be-intact', 'hygiene-seal', angrerettloven('§ 22 bokstav g')),
  mediaSealMustBeIntact: because('media-seal-must-be-intact', 'withdrawal-right', angrerettloven('§ 22 bokstav j')),
  customUndisclosed: because('exception-not-disclosed', 'made-to-order', angrerettloven('§ 8 første ledd bokstav k')),
  sealUndisclosed: because('exception-not-disclosed', 'hygiene-seal', angrerettloven('§ 8 første ledd bokstav k')),
  mediaUndisclosed: because('exception-not-disclosed', 'withdrawal-right', angrerettloven('§ 8 første ledd bokstav k')),
  brokenInTransit: because(
    'seal-broken-in-transit',
    'hygiene-seal',
    angrerettloven('§ 22 bokstav g'),
    forbrukerkjopsloven('§ 14'),
  ),
  notBegun: because('period-not-begun', 'withdrawal-right', 'withdrawal-period', angrerettloven('§ 21')),
  within: because('within-period', 'withdrawal-right', 'withdrawal-period', angrerettloven('§ 21')),
  over: because(
    'period-over',
    'withdrawal-period',
    'withdrawal-notice',
    angrerettloven('§ 6'),
    angrerettloven('§ 20'),
    angrerettloven('§ 21'),
  ),
  regionalHoliday: because('holiday-of-a-region', 'withdrawal-period', angrerettloven('§ 6'), avtaleloven('§ 37')),
  // Neither Act says it; where it leaves doubt, the doubt is the consumer's gain.
  replaced: because(
    'replacement-received',
    'withdrawal-period',
    angrerettloven('§ 21'),
    forbrukerkjopsloven('§ 29'),
    avtaleloven('§ 37'),
  ),
  businessReplaced: because('replacement-received', 'withdrawal-period', kjopsloven('§ 34')),
  uninformed: because(
    'information-missing',
    'withdrawal-period',
    angrerettloven('§ 21'),
    angrerettloven('§ 3'),
    angrerettloven('§ 8 første ledd bokstav h'),
  ),
  lawLonger: because('law-gives-more-days', 'withdrawal-period', angrerettloven('§ 3'), angrerettloven('§ 21')),
})
type Edition = Under<typeof reasonsOf>

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
  /** When these goods came, if they were sent for others that were defective. */
  replacedAt?: Temporal.Instant
  /** When the notice was sent, not when it came. */
  declaredAt: Temporal.Instant
  /** Whether complete information, form included, was given before the purchase … */
  informationGiven: boolean
  /** … or else when it was given afterwards. */
  informationGivenAt?: Temporal.Instant
  /** Where the consumer lives; Norway when it is left out. */
  country?: Country
  /** Days to withdraw that were agreed in writing: they stand for those of the terms, and give a business the right too. */
  agreed?: Agreed<number>
}

/** Without a `lastDay` the period has not begun. `until` is the first instant that is too late. */
export type WithdrawalRuling = Ruling & { lastDay?: Temporal.PlainDate; until?: Temporal.Instant }

/**
 * Every exception that applies is named, so nobody is refused twice for two reasons. A business has the right only if it was agreed.
 * Goods that came for defective ones are goods that the customer received: that a period of their own begins with them no Act says,
 * so that a person looks at what the first period alone would not give.
 */
function withdrawal(edition: Edition, facts: Withdrawal): WithdrawalRuling {
  if (facts.customerKind === 'business' && facts.agreed === undefined) return refused(edition.why.business)
  const { against, doubts } = exceptionsOf(edition, facts)
  if (against.length > 0) return { ...refused(...against), basis: 'both' }

  const period = periodEnd(edition, facts)
  const agreed = facts.agreed && period?.basis !== 'statute' ? [facts.agreed.reason] : []
  const allow = (reason: Reason, ...more: Reason[]) =>
    doubts.length > 0 ? review(reason, ...agreed, ...more, ...doubts) : granted(reason, ...agreed, ...more)
  if (period === undefined) return { ...allow(edition.why.notBegun), basis: 'both' }

  const { value: firstDay, basis, termsUndercut } = period
  const anew = lastDayAnew(edition, facts, firstDay)
  const isBy = (day: Temporal.PlainDate) => Temporal.Instant.compare(facts.declaredAt, endOfOsloDay(day)) < 0
  const replaced =
    anew === undefined ? [] : [facts.customerKind === 'business' ? edition.why.businessReplaced : edition.why.replaced]
  const { outcome, reasons } = isBy(firstDay)
    ? allow(edition.why.within, ...replaced)
    : anew && isBy(anew)
      ? review(edition.why.within, ...agreed, ...replaced, ...doubts)
      : inTimeInARegion(edition, facts)
        ? review(edition.why.over, edition.why.regionalHoliday, ...doubts)
        : refused(edition.why.over, ...agreed)
  const extended = termsUndercut ? [isInformed(facts) ? edition.why.lawLonger : edition.why.uninformed] : []
  const lastDay = anew ?? firstDay
  return {
    ...{ outcome, reasons: [...reasons, ...extended], basis, termsUndercut, lastDay },
    until: endOfOsloDay(lastDay),
  }
}

/** The last day counted from the goods that came for defective ones, if that is later than the one counted from the order. */
function lastDayAnew(edition: Edition, { replacedAt, ...facts }: PeriodFacts, firstDay: Temporal.PlainDate) {
  if (replacedAt === undefined) return undefined
  const { value } = periodEnd(edition, { ...facts, lastReceivedAt: replacedAt })!
  return isAfter(value, firstDay) ? value : undefined
}

/** A country does not tell the holidays of its parts: who lives in one of them may have a later last day. A person asks where. */
function inTimeInARegion(edition: Edition, facts: Withdrawal) {
  const { country, declaredAt } = facts
  if (country === undefined || isNorway(country)) return false
  return regionsOf(country).some((region) => {
    const at = { ...facts, country: region }
    const end = periodEnd(edition, at)
    if (end === undefined) return false
    const last = lastDayAnew(edition, at, end.value) ?? end.value
    return Temporal.Instant.compare(declaredAt, endOfOsloDay(last)) < 0
  })
}

/** What speaks against the right, and what a person has to look at once the goods are back. */
function exceptionsOf(edition: Edition, { traits, sealBroken, exceptionDisclosed = true }: Withdrawal) {
  const against: Reason[] = []
  const doubts: Reason[] = []
  if (traits.madeToOrder) {
    if (exceptionDisclosed) against.push(edition.why.madeToOrder)
    else doubts.push(edition.why.customUndisclosed)
  }
  if (sealBroken === false) return { against, doubts }
  if (traits.hygieneSealed) {
    if (!exceptionDisclosed) doubts.push(edition.why.sealUndisclosed)
    else if (sealBroken) against.push(edition.why.sealBroken)
    else doubts.push(edition.why.sealMustBeIntact)
  }
  if (traits.sealedMedia) {
    if (!exceptionDisclosed) doubts.push(edition.why.mediaUndisclosed)
    else if (sealBroken) against.push(edition.why.mediaSealBroken)
    else doubts.push(edition.why.mediaSealMustBeIntact)
  }
  return { against, doubts }
}

/** A seal that broke on the way is no exception, and a defect besides, since the seller bears the risk until receipt. */
const brokenInTransit = (edition: Edition): { defect: true; reasons: Reason[] } => ({
  defect: true,
  reasons: [edition.why.brokenInTransit],
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

export type PeriodFacts = Omit<Withdrawal, 'customerKind' | 'traits' | 'declaredAt'> &
  Partial<Pick<Withdrawal, 'customerKind'>>

/** From which day to which, in every step. Undefined while the period has not begun. */
function withdrawalPeriod(edition: Edition, facts: PeriodFacts): WithdrawalPeriod | undefined {
  const end = periodEnd(edition, facts)
  if (end === undefined) return undefined
  const receivedOn = osloDay(facts.lastReceivedAt!)
  const days = moreOf({ statute: WITHDRAWAL_DAYS, terms: daysOf(edition, facts) })
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

const daysOf = ({ figures }: Edition, { agreed }: PeriodFacts) => agreed?.value ?? figures.withdrawalDays

/** The law gives a business no days: what was agreed with one holds as it is. */
function periodEnd(edition: Edition, facts: PeriodFacts): Weighed | undefined {
  const { lastReceivedAt, informationGiven, informationGivenAt, country } = facts
  if (lastReceivedAt === undefined) return undefined
  const receivedOn = osloDay(lastReceivedAt)
  const terms = lastDayOf(receivedOn, { days: daysOf(edition, facts) }, country)
  if (facts.customerKind === 'business') return { value: terms, basis: 'terms', termsUndercut: false }
  const informedOn = informationGivenAt ? osloDay(informationGivenAt) : informationGiven ? receivedOn : undefined
  return laterOf({
    statute: withdrawalLastDay({ receivedOn, informedOn, country }),
    terms,
  })
}

export const withdrawalRules = rulesOf(reasonsOf, {
  withdrawal,
  brokenInTransit,
  withdrawalPeriod,
})
