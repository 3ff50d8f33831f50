import { businessDays, isAfter, osloDay } from '../../../calendar.ts'
import type { Promised } from '../../../editions/edition-figures.ts'
import { citing } from '../../../ruling/citing.ts'
import { type CustomerKind, granted, type Reason, type Ruling, refused, review } from '../../../ruling/ruling.ts'
import { forbrukerkjopsloven, latestDeliveryOn } from '../../../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../../../statute/kjopsloven.ts'
import { EDITION, parameters } from './parameters.ts'

/** Clause 7.2, as printed. Legal basis: forbrukerkjøpsloven §§ 6 and 19–24; kjøpsloven §§ 9 and 22–25. */
export const text = {
  '7.2': 'We expect delivery to take 2–7 business days, subject to stock and to delays at the carrier.',
} as const

const because = citing(EDITION, text)

const why = {
  estimate: because('delivery-estimate', '7.2', forbrukerkjopsloven('§ 6')),
  consumerInTime: because('not-late', '7.2', forbrukerkjopsloven('§ 6')),
  consumerLate: because('late', forbrukerkjopsloven('§ 6'), forbrukerkjopsloven('§ 19')),
  businessInTime: because('not-late', '7.2', kjopsloven('§ 9')),
  businessLate: because('late', kjopsloven('§ 9'), kjopsloven('§ 22')),
  reasonableTime: because('reasonable-time-to-be-judged', '7.2', kjopsloven('§ 9')),
  consumerInsists: because('withhold-or-insist', forbrukerkjopsloven('§ 20'), forbrukerkjopsloven('§ 21')),
  businessInsists: because('withhold-or-insist', kjopsloven('§ 22')),
  consumerRescinds: because('may-rescind', forbrukerkjopsloven('§ 23')),
  businessRescinds: because('may-rescind', kjopsloven('§ 25')),
  consumerDamages: because('damages-possible', forbrukerkjopsloven('§ 24')),
  businessDamages: because('damages-possible', kjopsloven('§ 22')),
}

/**
 * Clause 7.2, as code: the days between which delivery is expected (an estimate that binds nobody), and the day that the
 * law sets as the last, 30 days after the purchase.
 */
export function deliveryEstimate(
  { confirmedAt }: { confirmedAt: Temporal.Instant },
  { deliveryEstimate: { from, to } }: Promised = parameters,
) {
  const confirmedOn = osloDay(confirmedAt)
  return {
    from: businessDays(confirmedOn, from),
    to: businessDays(confirmedOn, to),
    latest: latestDeliveryOn(confirmedOn),
    reasons: [why.estimate],
  }
}

export type Delay = {
  customerKind: CustomerKind
  confirmedAt: Temporal.Instant
  at: Temporal.Instant
  /** When the customer had the goods; left out while he has not. */
  deliveredAt?: Temporal.Instant
  /** A day agreed with this customer; the estimate of clause 7.2 is none. */
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
export function delay(facts: Delay, promised: Promised = parameters): DelayRuling {
  const lastDay = facts.agreedOn ?? dayToDeliver(facts, promised)
  const late = isAfter(osloDay(facts.deliveredAt ?? facts.at), lastDay)
  const consumer = facts.customerKind === 'consumer'
  const undelivered = facts.deliveredAt === undefined
  const mayRescind = undelivered && (facts.sellerRefuses === true || (late && mayRescindLate(facts)))
  const remedies: DelayRemedy[] = late && undelivered ? ['withhold-payment', 'demand-delivery', 'set-extra-time'] : []
  if (mayRescind) remedies.push('rescind')
  const reasons: Reason[] = []
  if (late && undelivered) reasons.push(consumer ? why.consumerInsists : why.businessInsists)
  if (mayRescind) reasons.push(consumer ? why.consumerRescinds : why.businessRescinds)
  if (late || mayRescind) reasons.push(consumer ? why.consumerDamages : why.businessDamages)
  const { outcome, reasons: first } = lateness(facts, late)
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

function dayToDeliver({ customerKind, confirmedAt }: Delay, promised: Promised) {
  const { to, latest } = deliveryEstimate({ confirmedAt }, promised)
  return customerKind === 'consumer' ? latest : to
}

function lateness({ customerKind, agreedOn }: Delay, late: boolean): Ruling {
  if (customerKind === 'consumer') return late ? granted(why.consumerLate) : refused(why.consumerInTime)
  if (!late) return refused(why.businessInTime)
  return agreedOn === undefined ? review(why.reasonableTime) : granted(why.businessLate)
}

const mayRescindLate = ({ dateEssential, extraTimeUntil, at }: Delay) =>
  dateEssential === true || (extraTimeUntil !== undefined && isAfter(osloDay(at), extraTimeUntil))
