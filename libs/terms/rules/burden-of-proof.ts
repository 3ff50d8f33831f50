import { isAfter, laterDay, osloDay } from '../calendar.ts'
import type { Reason } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import {
  type DigitalSupply,
  forbrukerkjopsloven,
  presumptionLastDay,
  supplyPresumptionLastDay,
} from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven § 18; kjøpsloven § 21 for business customers. */
const reasonsOf = (because: Because) => ({
  presumed: because('presumed-at-delivery', forbrukerkjopsloven('§ 18')),
  notPresumed: because('not-presumed-at-delivery', forbrukerkjopsloven('§ 18')),
  businessNotPresumed: because('not-presumed-at-delivery', kjopsloven('§ 21')),
})
type Edition = Under<typeof reasonsOf>

export type Defect = {
  customerKind: CustomerKind
  /** Left out, the day of delivery stands for it: the later law is the better for the consumer. */
  contractAt?: Temporal.Instant
  deliveredAt: Temporal.Instant
  /** When it was last replaced by another: that one's own delivery. */
  replacedAt?: Temporal.Instant
  showedAt: Temporal.Instant
  /** The presumption does not fit the nature of the product, or of the defect. */
  unfitting?: boolean
  /** What is supplied with the product: while that goes on over time, a defect of it is the seller's to disprove. */
  digital?: DigitalSupply
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
  const { deliveredAt, replacedAt = deliveredAt } = defect
  const deliveredOn = osloDay(isLater(replacedAt, deliveredAt) ? replacedAt : deliveredAt)
  const contractOn = osloDay(defect.contractAt ?? deliveredAt)
  const ofThing = presumptionLastDay({ contractOn, deliveredOn })
  const ofSupply = defect.digital && supplyPresumptionLastDay({ ...defect.digital, contractOn, deliveredOn })
  const lastDay = ofSupply ? laterDay(ofThing, ofSupply) : ofThing
  const presumed = !isAfter(osloDay(defect.showedAt), lastDay) && !defect.unfitting
  return { presumed, lastDay, reasons: [presumed ? edition.why.presumed : edition.why.notPresumed] }
}

const isLater = (one: Temporal.Instant, other: Temporal.Instant) => Temporal.Instant.compare(one, other) > 0

export const burdenOfProofRules = rulesOf(reasonsOf, { presumedAtDelivery })
