import { laterOf } from '../../better-of.ts'
import { lastDayOf, osloDay } from '../../calendar.ts'
import { citing } from '../../citing.ts'
import { type CustomerKind, granted, type Ruling, refused, review } from '../../ruling.ts'
import { avtaleloven } from '../../statute/avtaleloven.ts'
import { complaintLastDay, forbrukerkjopsloven } from '../../statute/forbrukerkjopsloven.ts'
import { businessComplaintLastDay, kjopsloven } from '../../statute/kjopsloven.ts'
import { EDITION, parameters } from './parameters.ts'

/** Clause 10, as printed. Legal basis: forbrukerkjøpsloven § 27; kjøpsloven § 32 for business customers. */
export const text = {
  '10.1': 'If a product is defective, you may as a consumer complain within a reasonable time.',
  '10.2': 'The limit set by law for complaints is 2 years.',
  '10.3': 'The limit is 5 years if the product is meant to last considerably longer.',
} as const

const because = citing(EDITION, text)

const why = {
  notDelivered: because('limit-not-begun', '10.1', forbrukerkjopsloven('§ 27')),
  withinTwo: because('within-complaint-limit', '10.1', '10.2', forbrukerkjopsloven('§ 27')),
  withinFive: because('within-complaint-limit', '10.1', '10.3', forbrukerkjopsloven('§ 27')),
  lifetimeUnknown: because('lifetime-unknown', '10.3', forbrukerkjopsloven('§ 27'), avtaleloven('§ 37')),
  overTwo: because('complaint-limit-over', '10.2', forbrukerkjopsloven('§ 27')),
  overFive: because('complaint-limit-over', '10.3', forbrukerkjopsloven('§ 27')),
  businessNotDelivered: because('limit-not-begun', kjopsloven('§ 32')),
  businessWithin: because('within-complaint-limit', kjopsloven('§ 32')),
  businessOver: because('complaint-limit-over', kjopsloven('§ 32')),
}

export type Complaint = {
  customerKind: CustomerKind
  /** `longLived` is left out when nobody has judged it: then the longer limit holds and a person looks at it. */
  traits: { longLived?: boolean }
  /** Delivery of the product complained of, not of the whole order. */
  deliveredAt?: Temporal.Instant
  at: Temporal.Instant
}

export type ComplaintRuling = Ruling & { lastDay?: Temporal.PlainDate }

/**
 * Clauses 10.1–10.3, as code: the outer limit. Whether a complaint inside it came "within a reasonable time" is a judgement
 * that no machine turns against the customer. Clause 10 speaks of consumers; businesses have the limit of their own Act.
 */
export function complaint(facts: Complaint): ComplaintRuling {
  return facts.customerKind === 'business' ? businessComplaint(facts) : consumerComplaint(facts)
}

function consumerComplaint({ traits, deliveredAt, at }: Complaint): ComplaintRuling {
  const longLived = traits.longLived ?? true
  const doubts = traits.longLived === undefined ? [why.lifetimeUnknown] : []
  const allow = doubts.length > 0 ? review : granted
  if (deliveredAt === undefined) return { ...allow(why.notDelivered, ...doubts), basis: 'both' }

  const deliveredOn = osloDay(deliveredAt)
  const years = parameters.complaintYears[longLived ? 'longLived' : 'ordinary']
  const { day, basis, termsUndercut } = laterOf({
    statute: complaintLastDay(deliveredOn, longLived),
    terms: lastDayOf(deliveredOn, { years }),
  })
  const ruling = isInTime(at, day)
    ? allow(longLived ? why.withinFive : why.withinTwo, ...doubts)
    : refused(longLived ? why.overFive : why.overTwo)
  return { ...ruling, basis, termsUndercut, lastDay: day }
}

function businessComplaint({ deliveredAt, at }: Complaint): ComplaintRuling {
  if (deliveredAt === undefined) return { ...granted(why.businessNotDelivered), basis: 'statute' }
  const lastDay = businessComplaintLastDay(osloDay(deliveredAt))
  const ruling = isInTime(at, lastDay) ? granted(why.businessWithin) : refused(why.businessOver)
  return { ...ruling, basis: 'statute', lastDay }
}

const isInTime = (at: Temporal.Instant, lastDay: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(osloDay(at), lastDay) <= 0
