import { businessDays, isAfter, osloDay } from '../calendar.ts'
import { granted, type Reason, type Ruling, refused, review } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { forbrukerkjopsloven, latestDeliveryOn } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven §§ 6 and 19–24; kjøpsloven §§ 9 and 22–25. */
const reasonsOf = (because: Because) => ({
  estimate: because('delivery-estimate', 'delivery-time', forbrukerkjopsloven('§ 6')),
  consumerInTime: because('not-late', 'delivery-time', forbrukerkjopsloven('§ 6')),
  consumerLate: because('late', forbrukerkjopsloven('§ 6'), forbrukerkjopsloven('§ 19')),
  businessInTime: because('not-late', 'delivery-time', kjopsloven('§ 9')),
  businessLate: because('late', kjopsloven('§ 9'), kjopsloven('§ 22')),
  reasonableTime: because('reasonable-time-to-be-judged', 'delivery-time', kjopsloven('§ 9')),
  consumerInsists: because('withhold-or-insist', forbrukerkjopsloven('§ 20'), forbrukerkjopsloven('§ 21')),
  businessInsists: because('withhold-or-insist', kjopsloven('§ 22')),
  consumerRescinds: because('may-rescind', forbrukerkjopsloven('§ 23')),
  businessRescinds: because('may-rescind', kjopsloven('§ 25')),
  consumerDamages: because('damages-possible', forbrukerkjopsloven('§ 24')),
  businessDamages: because('damages-possible', kjopsloven('§ 22')),
})
type Edition = Under<typeof reasonsOf>

/**
 * The days between which delivery is expected (an estimate that binds nobody), and the day that the
 * law sets as the last, 30 days after the purchase.
 */
function deliveryEstimate(edition: Edition, { confirmedAt }: { confirmedAt: Temporal.Instant }) {
  const { from, to } = edition.figures.deliveryEstimate
  const confirmedOn = osloDay(confirmedAt)
  return {
    from: businessDays(confirmedOn, from),
    to: businessDays(confirmedOn, to),
    latest: latestDeliveryOn(confirmedOn),
    reasons: [edition.why.estimate],
  }
}

export type Delay = {
  customerKind: CustomerKind
  confirmedAt: Temporal.Instant
  at: Temporal.Instant
  /** When the customer had the goods; left out while they have not. */
  deliveredAt?: Temporal.Instant
  /** A day agreed with this customer; the estimate of the terms is none. */
  agreedOn?: Temporal.PlainDate
  /** Delivery on the day decided the purchase, and the seller knew. */
  dateEssential?: boolean
  sellerRefuses?: boolean
  /** The last day of reasonable extra time that the customer set. */
  extraTimeUntil?: Temporal.PlainDate
}

export type DelayRemedy = 'withhold-payment' | 'demand-delivery' | 'set-extra-time' | 'rescind'

/** Granted means that delivery is late; `lastDay` is the last on which it was not. */
export type DelayRuling = Ruling & {
  lastDay: Temporal.PlainDate
  remedies: readonly DelayRemedy[]
  mayRescind: boolean
  damagesPossible: boolean
}

/**
 * Whether delivery is late and what the customer may do about it. With no day agreed a consumer's is 30 days after the
 * purchase, however late the seller expected to be; a business has "a reasonable time", of which the end of the estimate
 * is the least, and beyond that a person judges. Cancelling the purchase takes extra time that ran out, unless the day was
 * essential or the seller refuses, and then it need not even be late.
 */
function delay(edition: Edition, facts: Delay): DelayRuling {
  const lastDay = facts.agreedOn ?? dayToDeliver(edition, facts)
  const late = isAfter(osloDay(facts.deliveredAt ?? facts.at), lastDay)
  const consumer = facts.customerKind === 'consumer'
  const undelivered = facts.deliveredAt === undefined
  const mayRescind = undelivered && (facts.sellerRefuses === true || (late && mayRescindLate(facts)))
  const remedies: DelayRemedy[] = late && undelivered ? ['withhold-payment', 'demand-delivery', 'set-extra-time'] : []
  if (mayRescind) remedies.push('rescind')
  const reasons: Reason[] = []
  if (late && undelivered) reasons.push(consumer ? edition.why.consumerInsists : edition.why.businessInsists)
  if (mayRescind) reasons.push(consumer ? edition.why.consumerRescinds : edition.why.businessRescinds)
  if (late || mayRescind) reasons.push(consumer ? edition.why.consumerDamages : edition.why.businessDamages)
  const { outcome, reasons: first } = lateness(edition, facts, late)
  return {
    outcome,
    reasons: [...first, ...reasons],
    basis: 'statute',
    lastDay,
    remedies,
    mayRescind,
    damagesPossible: late || mayRescind,
  }
}

function dayToDeliver(edition: Edition, { customerKind, confirmedAt }: Delay) {
  const { to, latest } = deliveryEstimate(edition, { confirmedAt })
  return customerKind === 'consumer' ? latest : to
}

function lateness(edition: Edition, { customerKind, agreedOn }: Delay, late: boolean): Ruling {
  if (customerKind === 'consumer') return late ? granted(edition.why.consumerLate) : refused(edition.why.consumerInTime)
  if (!late) return refused(edition.why.businessInTime)
  return agreedOn === undefined ? review(edition.why.reasonableTime) : granted(edition.why.businessLate)
}

const mayRescindLate = ({ dateEssential, extraTimeUntil, at }: Delay) =>
  dateEssential === true || (extraTimeUntil !== undefined && isAfter(osloDay(at), extraTimeUntil))

export const deliveryRules = rulesOf(reasonsOf, { deliveryEstimate, delay })
