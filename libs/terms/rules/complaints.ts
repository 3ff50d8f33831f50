import { type Country, countedLastDayOf, isAfter, lastDayOf, osloDay } from '../calendar.ts'
import { moreOf } from '../ruling/better-of.ts'
import { type Basis, granted, type Reason, type Ruling, refused, review } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { avtaleloven } from '../statute/avtaleloven.ts'
import {
  forbrukerkjopsloven,
  LONG_LIVED_YEARS,
  neverLateUntil,
  ORDINARY_YEARS,
  presumptionLastDay,
} from '../statute/forbrukerkjopsloven.ts'
import { BUSINESS_COMPLAINT_YEARS, kjopsloven } from '../statute/kjopsloven.ts'
import { decidedLongLivedBy } from '../statute/product-lifetimes.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven §§ 18 and 27; kjøpsloven § 32 for business customers. */
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
  sellerAtFault: because('seller-at-fault', forbrukerkjopsloven('§ 27')),
  presumed: because('presumed-at-delivery', forbrukerkjopsloven('§ 18')),
  notPresumed: because('not-presumed-at-delivery', forbrukerkjopsloven('§ 18')),
  businessNotDelivered: because('limit-not-begun', kjopsloven('§ 32')),
  businessWithin: because('within-complaint-limit', kjopsloven('§ 32')),
  businessOver: because('complaint-limit-over', kjopsloven('§ 32')),
  businessReasonableTime: because('reasonable-time-to-be-judged', kjopsloven('§ 32')),
  businessLimitMoved: because('limit-moved-to-working-day', kjopsloven('§ 32'), avtaleloven('§ 37')),
  businessSellerAtFault: because('seller-at-fault', kjopsloven('§ 33')),
  businessNotPresumed: because('not-presumed-at-delivery', kjopsloven('§ 21')),
})
type Edition = Under<typeof reasonsOf>

export type ComplaintProduct = {
  customerKind: CustomerKind
  /** `longLived` is left out when nobody has judged it: then the longer limit holds and a person looks at it. */
  traits: { longLived?: boolean }
  /** What the product is, in kebab-case: of some kinds it has been decided how long they are meant to last. */
  productKind?: string
  /** Whole years for which the seller has taken on to answer for defects. */
  guaranteeYears?: number
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
}

/**
 * How long a product can be complained of. It runs for each product from its own delivery.
 * Clause 10 speaks of consumers; businesses have the limit of their own Act, however long the goods are meant to last. A
 * guarantee that the seller has taken on for longer comes before both. Neither Act has a rule for a limit that ends on a
 * weekend; it moves to the next working day here, since doubt goes to the customer (avtaleloven § 37), and a person sees what
 * comes in the days that this adds.
 */
function complaintLimit(edition: Edition, product: ComplaintProduct): ComplaintLimit {
  const limit = product.customerKind === 'business' ? businessLimit(edition, product) : consumerLimit(edition, product)
  const { guaranteeYears = 0, deliveredAt } = product
  const { years, ...rest } = guaranteeYears > limit.years ? guaranteed(edition, limit, guaranteeYears) : limit
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

const businessLimit = (edition: Edition, { deliveredAt }: ComplaintProduct): ComplaintLimit => ({
  years: BUSINESS_COMPLAINT_YEARS,
  basis: 'statute',
  within: deliveredAt === undefined ? edition.why.businessNotDelivered : edition.why.businessWithin,
  over: edition.why.businessOver,
  doubts: [],
})

/** A guarantee adds to the law. Where it reaches as far as the longest limit, nobody needs to judge the product's lifetime. */
const guaranteed = (edition: Edition, limit: ComplaintLimit, years: number): ComplaintLimit => ({
  ...limit,
  years,
  basis: 'terms',
  termsUndercut: false,
  within: edition.why.withinGuarantee,
  over: edition.why.overGuarantee,
  doubts: [],
})

export type Complaint = ComplaintProduct & {
  at: Temporal.Instant
  /** When the customer noticed the defect; left out while nobody has asked. */
  noticedAt?: Temporal.Instant
  /** The seller acted with gross negligence, or against honesty and good faith. */
  sellerAtFault?: boolean
}

export type ComplaintRuling = Ruling & {
  lastDay?: Temporal.PlainDate
  /** Whether it came within a reasonable time of noticing; left out when nobody knows when that was. */
  inReasonableTime?: 'yes' | 'to-be-judged'
  /** The last day on which no complaint of what was noticed is late; left out when there is none, or nobody knows it. */
  neverLateUntil?: Temporal.PlainDate
}

/**
 * The outer limit is final, unless the seller is at fault; whether a complaint inside it came
 * "within a reasonable time" is a judgement that no machine turns against the customer.
 */
function complaint(edition: Edition, facts: Complaint): ComplaintRuling {
  const { within, over, doubts, strictLastDay, lastDay, basis, termsUndercut } = complaintLimit(edition, facts)
  const time = reasonableTime(edition, facts)
  const found = { basis, ...(termsUndercut !== undefined && { termsUndercut }), lastDay, inReasonableTime: time?.met }
  const on = osloDay(facts.at)
  if (lastDay !== undefined && isAfter(on, lastDay)) {
    const { outcome, reasons } = lateComplaint(edition, facts)
    return { ...found, outcome, reasons: outcome === 'refused' ? [over] : reasons }
  }
  const open = [...doubts, ...(time?.met === 'to-be-judged' ? [time.reason] : [])]
  if (strictLastDay !== undefined && isAfter(on, strictLastDay))
    open.push(facts.customerKind === 'business' ? edition.why.businessLimitMoved : edition.why.limitMoved)
  const early = time?.met === 'yes' ? [time.reason] : []
  const ruling = open.length > 0 ? review(within, ...open) : granted(within, ...early)
  return { ...ruling, ...found, neverLateUntil: earliest(time?.until, strictLastDay) }
}

/** The two months of a consumer never reach beyond the outer limit. Source: forbrukerkjøpsloven § 27 andre ledd. */
const earliest = (until: Temporal.PlainDate | undefined, limit: Temporal.PlainDate | undefined) =>
  until !== undefined && limit !== undefined && isAfter(until, limit) ? limit : until

/** For businesses the Act has no floor of two months, so that every "reasonable time" of theirs is judged. */
function reasonableTime(edition: Edition, { customerKind, noticedAt, at, country }: Complaint) {
  if (noticedAt === undefined) return undefined
  if (customerKind === 'business')
    return { met: 'to-be-judged', reason: edition.why.businessReasonableTime, until: undefined } as const
  const until = neverLateUntil(osloDay(noticedAt), country)
  return isAfter(osloDay(at), until)
    ? ({ met: 'to-be-judged', reason: edition.why.reasonableTime, until } as const)
    : ({ met: 'yes', reason: edition.why.neverLate, until } as const)
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

export type Defect = {
  customerKind: CustomerKind
  /** Left out, the day of delivery stands for it: the later law is the better for the consumer. */
  contractAt?: Temporal.Instant
  deliveredAt: Temporal.Instant
  showedAt: Temporal.Instant
  /** The presumption does not fit the nature of the product, or of the defect. */
  unfitting?: boolean
}

/**
 * Whether the seller has to prove that a defect was not there at delivery, rather than the customer that it was; `lastDay` is
 * the last on which a defect may show for that. Source: forbrukerkjøpsloven § 18.
 */
function presumedAtDelivery(
  edition: Edition,
  defect: Defect,
): {
  presumed: boolean
  lastDay?: Temporal.PlainDate
  reasons: Reason[]
} {
  if (defect.customerKind === 'business') return { presumed: false, reasons: [edition.why.businessNotPresumed] }
  const deliveredOn = osloDay(defect.deliveredAt)
  const contractOn = defect.contractAt ? osloDay(defect.contractAt) : deliveredOn
  const lastDay = presumptionLastDay({ contractOn, deliveredOn })
  const presumed = !isAfter(osloDay(defect.showedAt), lastDay) && !defect.unfitting
  return { presumed, lastDay, reasons: [presumed ? edition.why.presumed : edition.why.notPresumed] }
}

export const complaintsRules = rulesOf(reasonsOf, { complaintLimit, complaint, lateComplaint, presumedAtDelivery })
