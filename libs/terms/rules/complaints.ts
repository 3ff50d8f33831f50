import { type Country, countedLastDayOf, isAfter, isNorway, lastDayOf, laterDay, osloDay } from '../calendar.ts'
import type { Agreed } from '../ruling/agreed.ts'
import { moreOf } from '../ruling/better-of.ts'
import { type Basis, granted, type Reason, type Ruling, refused, review } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { avtaleloven } from '../statute/avtaleloven.ts'
import { directive2019771, repairMonths } from '../statute/directive-2019-771.ts'
import { isInTheUnion } from '../statute/european-union.ts'
import { forbrukerkjopsloven, LONG_LIVED_YEARS, ORDINARY_YEARS } from '../statute/forbrukerkjopsloven.ts'
import { BUSINESS_COMPLAINT_YEARS, kjopsloven } from '../statute/kjopsloven.ts'
import { decidedLongLivedBy } from '../statute/product-lifetimes.ts'
import { regulation5932008 } from '../statute/regulation-593-2008.ts'
import { earliest, reasonableTime } from './complaint-time.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/**
 * Legal basis: forbrukerkjøpsloven §§ 18 a, 27 and 29; kjøpsloven § 32 for business customers; for consumers abroad Regulation (EC)
 * No 593/2008, Art. 6, and Directive (EU) 2019/771, Art. 10.
 */
const reasonsOf = (because: Because) => ({
  notDelivered: because('limit-not-begun', 'complaint', forbrukerkjopsloven('§ 27')),
  withinTwo: because('within-complaint-limit', 'complaint', 'complaint-limit', forbrukerkjopsloven('§ 27')),
  withinFive: because('within-complaint-limit', 'complaint', 'long-lived-complaint-limit', forbrukerkjopsloven('§ 27')),
  lifetimeUnknown: because(
    'lifetime-unknown',
    'long-lived-complaint-limit',
    forbrukerkjopsloven('§ 27'),
    avtaleloven('§ 37'),
  ),
  overTwo: because('complaint-limit-over', 'complaint-limit', forbrukerkjopsloven('§ 27')),
  overFive: because('complaint-limit-over', 'long-lived-complaint-limit', forbrukerkjopsloven('§ 27')),
  withinGuarantee: because('within-guarantee', 'complaint', forbrukerkjopsloven('§ 18 a'), forbrukerkjopsloven('§ 27')),
  overGuarantee: because('guarantee-over', 'complaint', forbrukerkjopsloven('§ 18 a'), forbrukerkjopsloven('§ 27')),
  neverLate: because('within-two-months-of-noticing', 'complaint', forbrukerkjopsloven('§ 27')),
  reasonableTime: because('reasonable-time-to-be-judged', 'complaint', forbrukerkjopsloven('§ 27')),
  late: because('complaint-late', 'complaint', forbrukerkjopsloven('§ 27')),
  limitMoved: because('limit-moved-to-working-day', forbrukerkjopsloven('§ 27'), avtaleloven('§ 37')),
  replaced: because('replacement-has-own-limit', forbrukerkjopsloven('§ 27'), forbrukerkjopsloven('§ 29')),
  digitalService: because('digital-service-still-supplied', forbrukerkjopsloven('§ 27')),
  repaired: because('repair-prolongs-liability', directive2019771('Art. 10(2a)'), regulation5932008('Art. 6(2)')),
  lawOfHome: because('law-of-home-may-give-longer', directive2019771('Art. 10(1)'), regulation5932008('Art. 6(2)')),
  sellerAtFault: because('seller-at-fault', forbrukerkjopsloven('§ 27')),
  businessWithinGuarantee: because('within-guarantee', kjopsloven('§ 32')),
  businessOverGuarantee: because('guarantee-over', kjopsloven('§ 32')),
  businessNotDelivered: because('limit-not-begun', kjopsloven('§ 32')),
  businessWithin: because('within-complaint-limit', kjopsloven('§ 32')),
  businessOver: because('complaint-limit-over', kjopsloven('§ 32')),
  businessReasonableTime: because('reasonable-time-to-be-judged', kjopsloven('§ 32')),
  businessLimitMoved: because('limit-moved-to-working-day', kjopsloven('§ 32'), avtaleloven('§ 37')),
  businessSellerAtFault: because('seller-at-fault', kjopsloven('§ 33')),
})
export type ComplaintEdition = Under<typeof reasonsOf>
type Edition = ComplaintEdition

export type ComplaintProduct = {
  customerKind: CustomerKind
  /** `longLived` is left out when nobody has judged it: then the longer limit holds and a person looks at it. */
  traits: { longLived?: boolean }
  /** What the product is, in kebab-case: of some kinds it has been decided how long they are meant to last. */
  productKind?: string
  /** Whole years for which the seller has taken on to answer for defects. */
  guaranteeYears?: number
  /** Years to complain that were agreed in writing: they stand for those of the terms, and of kjøpsloven towards a business. */
  agreed?: Agreed<number>
  /** Delivery of the product complained of, not of the whole order. */
  deliveredAt?: Temporal.Instant
  /** Where the customer lives: their calendar counts too. */
  country?: Country
}

/** The outer limit of complaints. Before delivery it has no last day. */
export type ComplaintLimit = {
  years: number
  /** As counted, and moved to the next working day, which is the one that holds. */
  strictLastDay?: Temporal.PlainDate
  lastDay?: Temporal.PlainDate
  basis: Basis
  termsUndercut?: boolean
  /** Why it is in time, or too late, and what a person has to look at. */
  within: Reason
  over: Reason
  doubts: Reason[]
  /** What was agreed in writing, if the years rest on that. */
  agreed?: Reason[]
}

/**
 * How long a product can be complained of. It runs for each product from its own delivery.
 * Clause 10 speaks of consumers; businesses have the limit of their own Act, however long the goods are meant to last. A
 * guarantee that the seller has taken on for longer comes before both. Neither Act has a rule for a limit that ends on a
 * weekend; it moves to the next working day here, since doubt goes to the customer (avtaleloven § 37), and a person sees what
 * comes in the days that this adds.
 */
function complaintLimit(edition: Edition, product: ComplaintProduct): ComplaintLimit {
  const ordinary =
    product.customerKind === 'business' ? businessLimit(edition, product) : consumerLimit(edition, product)
  const limit = product.agreed ? agreedLimit(ordinary, product, product.agreed) : ordinary
  const { guaranteeYears = 0, deliveredAt } = product
  const { years, ...rest } =
    guaranteeYears > limit.years ? guaranteed(edition, limit, product.customerKind, guaranteeYears) : limit
  if (deliveredAt === undefined) return { years, ...rest }
  const deliveredOn = osloDay(deliveredAt)
  const strictLastDay = countedLastDayOf(deliveredOn, { years })
  return { years, strictLastDay, lastDay: lastDayOf(deliveredOn, { years }, product.country), ...rest }
}

function consumerLimit(edition: Edition, product: ComplaintProduct): ComplaintLimit {
  const { traits, productKind, deliveredAt } = product
  const decidedBy = productKind === undefined ? undefined : decidedLongLivedBy(productKind)
  const longLived = traits.longLived ?? true
  const unknown = traits.longLived === undefined && decidedBy === undefined
  // Terms may promise more, and a judgement on a kind of product is the law whatever the shop thinks of it.
  const long = longLived || decidedBy !== undefined
  const { value: years, ...weighed } = long
    ? moreOf({ statute: LONG_LIVED_YEARS, terms: edition.figures.complaintYears.longLived })
    : moreOf({ statute: ORDINARY_YEARS, terms: edition.figures.complaintYears.ordinary })
  const decided =
    decidedBy &&
    edition.because(
      'lifetime-decided',
      'complaint',
      'long-lived-complaint-limit',
      forbrukerkjopsloven('§ 27'),
      decidedBy,
    )
  const within = decided ?? (long ? edition.why.withinFive : edition.why.withinTwo)
  return {
    years,
    ...weighed,
    within: deliveredAt === undefined ? edition.why.notDelivered : within,
    over: long ? edition.why.overFive : edition.why.overTwo,
    doubts: unknown ? [edition.why.lifetimeUnknown] : [],
  }
}

/** Towards a consumer never less than the law gives (forbrukerkjøpsloven § 3). */
function agreedLimit(
  limit: ComplaintLimit,
  { customerKind, traits, productKind }: ComplaintProduct,
  { value: years, reason }: Agreed<number>,
): ComplaintLimit {
  const decided = productKind !== undefined && decidedLongLivedBy(productKind) !== undefined
  const law = decided || (traits.longLived ?? true) ? LONG_LIVED_YEARS : ORDINARY_YEARS
  if (customerKind === 'consumer' && years < law) return { ...limit, years: law, basis: 'statute', termsUndercut: true }
  return { ...limit, years, basis: 'terms', termsUndercut: false, agreed: [reason] }
}

const businessLimit = (edition: Edition, { deliveredAt }: ComplaintProduct): ComplaintLimit => ({
  years: BUSINESS_COMPLAINT_YEARS,
  basis: 'statute',
  within: deliveredAt === undefined ? edition.why.businessNotDelivered : edition.why.businessWithin,
  over: edition.why.businessOver,
  doubts: [],
})

/** A guarantee adds to the law. Where it reaches as far as the longest limit, nobody needs to judge the product's lifetime. */
const guaranteed = ({ why }: Edition, limit: ComplaintLimit, kind: CustomerKind, years: number): ComplaintLimit => ({
  ...limit,
  years,
  basis: 'terms',
  termsUndercut: false,
  within: kind === 'business' ? why.businessWithinGuarantee : why.withinGuarantee,
  over: kind === 'business' ? why.businessOverGuarantee : why.overGuarantee,
  doubts: [],
  agreed: [],
})

export type Complaint = ComplaintProduct & {
  at: Temporal.Instant
  /** When the customer noticed the defect; left out while nobody has asked. */
  noticedAt?: Temporal.Instant
  /** The seller acted with gross negligence, or against honesty and good faith. */
  sellerAtFault?: boolean
  /** The day of the contract decides which law holds; left out, that of the delivery does. */
  contractAt?: Temporal.Instant
  /** When the product was last replaced by another, and last put right by a repair. */
  replacedAt?: Temporal.Instant
  repairedAt?: Temporal.Instant
  /** Until when updates or a digital service are supplied with the product. */
  digitalServiceUntil?: Temporal.Instant
}

export type ComplaintRuling = Ruling & {
  lastDay?: Temporal.PlainDate
  /** Whether it came within a reasonable time of noticing; left out when nobody knows when that was. */
  inReasonableTime?: 'yes' | 'to-be-judged'
  /** The last day on which no complaint of what was noticed is late; left out when there is none, or nobody knows it. */
  neverLateUntil?: Temporal.PlainDate
}

/**
 * The outer limit is final, unless the seller is at fault or `longerLimits` may reach further; whether a complaint inside it came
 * "within a reasonable time" is a judgement that no machine turns against the customer.
 */
function complaint(edition: Edition, facts: Complaint): ComplaintRuling {
  const limit = complaintLimit(edition, facts)
  const { within, over, doubts, strictLastDay, lastDay, basis, termsUndercut, agreed = [] } = limit
  const time = reasonableTime(edition, facts)
  const found = { basis, ...(termsUndercut !== undefined && { termsUndercut }), lastDay, inReasonableTime: time?.met }
  const on = osloDay(facts.at)
  if (lastDay !== undefined && isAfter(on, lastDay)) {
    const { outcome, reasons } = lateComplaint(edition, facts)
    if (outcome !== 'refused') return { ...found, outcome, reasons }
    const longer = facts.customerKind === 'consumer' ? longerLimits(edition, facts, lastDay) : []
    const open = longer.filter(({ until }) => until === undefined || !isAfter(on, until))
    const until = open.reduce((latest, limit) => laterDay(latest, limit.until ?? latest), lastDay)
    return open.length > 0
      ? { ...review(over, ...open.map(({ reason }) => reason)), ...found, lastDay: until }
      : { ...refused(over, ...agreed), ...found }
  }
  const open = [...doubts, ...(time?.met === 'to-be-judged' ? [time.reason] : [])]
  if (strictLastDay !== undefined && isAfter(on, strictLastDay))
    open.push(facts.customerKind === 'business' ? edition.why.businessLimitMoved : edition.why.limitMoved)
  const early = time?.met === 'yes' ? [time.reason] : []
  const ruling = open.length > 0 ? review(within, ...agreed, ...open) : granted(within, ...agreed, ...early)
  return { ...ruling, ...found, neverLateUntil: earliest(time?.until, strictLastDay) }
}

/**
 * What may give a consumer longer than the limit of the Act. None of it is certain enough for a machine, so that what falls into
 * it goes to a person: that a replacement has a period of its own is practice, a defect may lie in the service or in the thing,
 * and what the law of another country makes mandatory is for somebody who knows it. Without an `until` nobody here knows its end.
 */
function longerLimits(edition: Edition, facts: Complaint, lastDay: Temporal.PlainDate) {
  const { replacedAt, repairedAt, digitalServiceUntil, country = 'NO', deliveredAt } = facts
  const limits: { until?: Temporal.PlainDate; reason: Reason }[] = []
  if (replacedAt !== undefined) {
    const until = complaintLimit(edition, { ...facts, deliveredAt: replacedAt }).lastDay
    limits.push({ until, reason: edition.why.replaced })
  }
  if (digitalServiceUntil !== undefined)
    limits.push({ until: osloDay(digitalServiceUntil), reason: edition.why.digitalService })
  const contractOn = osloDay(facts.contractAt ?? deliveredAt!)
  const months = repairedAt && isInTheUnion(country) ? repairMonths(contractOn) : undefined
  if (months !== undefined) limits.push({ until: lastDay.add({ months }), reason: edition.why.repaired })
  if (!isNorway(country)) limits.push({ reason: edition.why.lawOfHome })
  return limits
}

/** What becomes of a complaint that came too late: the right is lost, but not to the gain of a seller who is at fault. */
function lateComplaint(
  edition: Edition,
  { customerKind, sellerAtFault = false }: Pick<Complaint, 'customerKind' | 'sellerAtFault'>,
): Ruling {
  const business = customerKind === 'business'
  if (sellerAtFault) return granted(business ? edition.why.businessSellerAtFault : edition.why.sellerAtFault)
  return refused(business ? edition.why.businessOver : edition.why.late)
}

export const complaintsRules = rulesOf(reasonsOf, { complaintLimit, complaint, lateComplaint })
