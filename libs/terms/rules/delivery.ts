import { businessDays, isAfter, osloDay } from '../calendar.ts'
import { granted, type Reason, type Ruling, refused, review } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { forbrukerkjopsloven, latestDeliveryOn } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven, type MadeToOrder } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven §§ 6 and 19–24; kjøpsloven §§ 9, 22–26 and 29. */
const reasonsOf = (because: Because) => ({
  reasonableTime: because('reasonable-time-to-be-judged', 'delivery-time', kjopsloven('§ 9')),
  purposeDefeated: because('purpose-defeated-to-be-judged', kjopsloven('§ 26')),
  consumer: {
    estimate: because('delivery-estimate', 'delivery-time', forbrukerkjopsloven('§ 6')),
    customersDoing: because('not-the-sellers-delay', forbrukerkjopsloven('§ 19')),
    inTime: because('not-late', 'delivery-time', forbrukerkjopsloven('§ 6')),
    late: because('late', forbrukerkjopsloven('§ 6'), forbrukerkjopsloven('§ 19')),
    insists: because('withhold-or-insist', forbrukerkjopsloven('§ 20'), forbrukerkjopsloven('§ 21')),
    rescinds: because('may-rescind', forbrukerkjopsloven('§ 23')),
    rescindsDelivered: because('may-rescind-in-reasonable-time', forbrukerkjopsloven('§ 23')),
    extraTime: because('extra-time-to-be-judged', forbrukerkjopsloven('§ 23')),
    damages: because('damages-possible', forbrukerkjopsloven('§ 24')),
  },
  business: {
    estimate: because('delivery-estimate', 'delivery-time', kjopsloven('§ 9')),
    customersDoing: because('not-the-sellers-delay', kjopsloven('§ 22')),
    inTime: because('not-late', 'delivery-time', kjopsloven('§ 9')),
    late: because('late', kjopsloven('§ 9'), kjopsloven('§ 22')),
    insists: because('withhold-or-insist', kjopsloven('§ 22')),
    rescinds: because('may-rescind', kjopsloven('§ 25')),
    rescindsDelivered: because('may-rescind-in-reasonable-time', kjopsloven('§ 25'), kjopsloven('§ 29')),
    extraTime: because('extra-time-to-be-judged', kjopsloven('§ 25')),
    damages: because('damages-possible', kjopsloven('§ 22')),
  },
})
type Edition = Under<typeof reasonsOf>

/**
 * Business days, after the day on which it was set, that extra time has to last for nobody to doubt that it was reasonable. The Acts say
 * only "reasonable" (forbrukerkjøpsloven § 23, kjøpsloven § 25 andre ledd): three are this house's reading (decision 70).
 */
export const UNDOUBTED_EXTRA_TIME = 3

/**
 * The days between which delivery is expected (an estimate that binds nobody), and the day that the law sets as a consumer's last, 30
 * days after the purchase (forbrukerkjøpsloven § 6). For a business it sets none but a reasonable time (kjøpsloven § 9).
 */
function deliveryEstimate(
  edition: Edition,
  { customerKind, confirmedAt }: Pick<Delay, 'customerKind' | 'confirmedAt'>,
) {
  const { from, to } = edition.figures.deliveryEstimate
  const confirmedOn = osloDay(confirmedAt)
  return {
    from: businessDays(confirmedOn, from),
    to: businessDays(confirmedOn, to),
    ...(customerKind === 'consumer' && { latest: latestDeliveryOn(confirmedOn) }),
    reasons: [edition.why[customerKind].estimate],
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
  /** When they set it; where nobody knows, its length is not doubted. */
  extraTimeSetAt?: Temporal.Instant
  /** What has not come was brought in time and not taken, or waits for the customer to pay. */
  customersDoing?: boolean
  /** How much of what is late was made specially for this customer; left out of goods that others buy as well. */
  madeToOrder?: MadeToOrder
}

export type DelayRemedy = 'withhold-payment' | 'demand-delivery' | 'set-extra-time' | 'rescind'

/**
 * `late` says whether delivery is, and `lastDay` is the last on which it was not. The outcome is the same, but `review` also where a
 * person judges whether the customer may cancel; `mayRescind` is what holds until then.
 */
export type DelayRuling = Ruling & {
  late: Ruling['outcome']
  lastDay: Temporal.PlainDate
  remedies: readonly DelayRemedy[]
  mayRescind: boolean
  damagesPossible: boolean
}

/**
 * Whether delivery is late and what the customer may do about it. With no day agreed a consumer's is 30 days after the
 * purchase, however late the seller expected to be; a business has "a reasonable time", of which the end of the estimate
 * is the least, and beyond that a person judges. It is not late for what the customer does (forbrukerkjøpsloven § 19,
 * kjøpsloven § 22).
 */
function delay(edition: Edition, facts: Delay): DelayRuling {
  const lastDay = facts.agreedOn ?? dayToDeliver(edition, facts)
  const late = !facts.customersDoing && isAfter(osloDay(facts.deliveredAt ?? facts.at), lastDay)
  const why = edition.why[facts.customerKind]
  const lateness = latenessOf(edition, facts, late)
  const rescission = rescissionOf(edition, facts, late)
  const insists = late && facts.deliveredAt === undefined
  const damagesPossible = late || rescission.outcome !== 'refused'
  const remedies: DelayRemedy[] = insists ? ['withhold-payment', 'demand-delivery', 'set-extra-time'] : []
  if (rescission.may) remedies.push('rescind')
  const reasons: Reason[] = [...lateness.reasons, ...(insists ? [why.insists] : []), ...rescission.reasons]
  if (damagesPossible) reasons.push(why.damages)
  return {
    outcome: late && rescission.outcome === 'review' ? 'review' : lateness.outcome,
    ...{ reasons, basis: 'statute', late: lateness.outcome, lastDay, remedies },
    ...{ mayRescind: rescission.may, damagesPossible },
  }
}

function dayToDeliver(edition: Edition, facts: Delay) {
  const { to, latest } = deliveryEstimate(edition, facts)
  return latest ?? to
}

function latenessOf({ why }: Edition, { customerKind, agreedOn, customersDoing }: Delay, late: boolean): Ruling {
  if (customersDoing) return refused(why[customerKind].customersDoing)
  if (!late) return refused(why[customerKind].inTime)
  const isJudged = customerKind === 'business' && agreedOn === undefined
  return isJudged ? review(why.reasonableTime) : granted(why[customerKind].late)
}

/**
 * Whether the delay lets the customer cancel. The right outlives the delivery for a reasonable time after the customer learnt of it
 * (forbrukerkjøpsloven § 23 tredje ledd, kjøpsloven § 29), which a person judges. So they do whether the delay substantially defeats what
 * a business bought goods for that were made to its order, and until then it may not cancel those (kjøpsloven § 26); a seller who will not
 * deliver at all has defeated it. The Consumer Purchases Act has no such rule. Whether extra time was reasonable is judged where it was short.
 */
function rescissionOf({ why }: Edition, facts: Delay, late: boolean) {
  const { customerKind, deliveredAt, sellerRefuses, madeToOrder } = facts
  if (!hasGainedRescission(facts, late)) return { outcome: 'refused', may: false, reasons: [] } as const
  const { rescinds, rescindsDelivered, extraTime } = why[customerKind]
  const defeats = customerKind === 'business' && !sellerRefuses ? madeToOrder : undefined
  const may = defeats !== 'all'
  const delivered = deliveredAt !== undefined
  const short = restsOnShortExtraTime(facts)
  const reasons = [
    ...(may ? [delivered ? rescindsDelivered : rescinds] : []),
    ...(short ? [extraTime] : []),
    ...(defeats === undefined ? [] : [why.purposeDefeated]),
  ]
  return { outcome: delivered || short || defeats !== undefined ? 'review' : 'granted', may, reasons } as const
}

/**
 * Whether the customer had the right to cancel, as of when the goods came if they have: when extra time ran out, when the day was
 * essential, or when the seller refuses, and then it need not even be late. A business that set extra time waits for its end, essential
 * or not (kjøpsloven § 25 tredje ledd); of a consumer the Act does not ask that (forbrukerkjøpsloven § 23 andre ledd).
 */
function hasGainedRescission(facts: Delay, late: boolean) {
  const { customerKind, sellerRefuses, dateEssential, extraTimeUntil, deliveredAt, at } = facts
  if (sellerRefuses) return late || deliveredAt === undefined
  if (!late) return false
  const isOver = extraTimeUntil !== undefined && isAfter(osloDay(deliveredAt ?? at), extraTimeUntil)
  const isWaiting = extraTimeUntil !== undefined && !isOver && customerKind === 'business'
  return isOver || (dateEssential === true && !isWaiting)
}

/** Whether they may cancel only because extra time ran out, and it was so short that somebody may doubt that it was reasonable. */
function restsOnShortExtraTime({ sellerRefuses, dateEssential, extraTimeUntil, extraTimeSetAt }: Delay) {
  if (sellerRefuses || dateEssential || extraTimeUntil === undefined || extraTimeSetAt === undefined) return false
  return isAfter(businessDays(osloDay(extraTimeSetAt), UNDOUBTED_EXTRA_TIME), extraTimeUntil)
}

export const deliveryRules = rulesOf(reasonsOf, { deliveryEstimate, delay })
