import { businessDays, lastDayOf, osloDay } from '../../calendar.ts'
import { citing } from '../../citing.ts'
import { type CustomerKind, granted, type Reason, type Ruling, review } from '../../ruling.ts'
import { forbrukerkjopsloven, latestDeliveryOn } from '../../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../../statute/kjopsloven.ts'
import { EDITION, parameters } from './parameters.ts'

/** Clause 7, as printed. Legal basis: forbrukerkjøpsloven §§ 6, 14 and 27; kjøpsloven §§ 7, 13 and 32. */
export const text = {
  '7.2': 'We expect delivery to take 2–7 business days, subject to stock and to delays at the carrier.',
  '7.3': 'If you are a consumer, the risk becomes yours when you physically receive the product.',
  '7.4':
    'If you are a business customer, the risk becomes yours when the product is handed to the carrier, unless we agreed on something else.',
  '7.5': 'You must report damage in transit without undue delay.',
} as const

const because = citing(EDITION, text)

const why = {
  estimate: because('delivery-estimate', '7.2', forbrukerkjopsloven('§ 6')),
  consumerNotReceived: because('not-received', '7.3', forbrukerkjopsloven('§ 14')),
  consumerReceived: because('received', '7.3', forbrukerkjopsloven('§ 14')),
  ownCarrier: because('customers-own-carrier', '7.3', forbrukerkjopsloven('§ 14')),
  businessNotHandedOver: because('not-handed-over', '7.4', kjopsloven('§ 7'), kjopsloven('§ 13')),
  businessHandedOver: because('handed-over', '7.4', kjopsloven('§ 7'), kjopsloven('§ 13')),
  agreedOnArrival: because('agreed-on-arrival', '7.4', kjopsloven('§ 7'), kjopsloven('§ 13')),
  consumerDamage: because('damage-reported', '7.5', forbrukerkjopsloven('§ 3'), forbrukerkjopsloven('§ 27')),
  businessDamage: because('damage-reported', '7.5', kjopsloven('§ 32')),
  lateDamageReport: because('damage-reported-late', '7.5', kjopsloven('§ 32')),
}

/**
 * Clause 7.2, as code: the days between which delivery is expected (an estimate that binds nobody), and the day that the
 * law sets as the last, 30 days after the purchase.
 */
export function deliveryEstimate({ confirmedAt }: { confirmedAt: Temporal.Instant }) {
  const confirmedOn = osloDay(confirmedAt)
  return {
    from: businessDays(confirmedOn, parameters.deliveryEstimate.from),
    to: businessDays(confirmedOn, parameters.deliveryEstimate.to),
    latest: latestDeliveryOn(confirmedOn),
    reasons: [why.estimate],
  }
}

export type Risk = {
  customerKind: CustomerKind
  handedOverAt?: Temporal.Instant
  /** Physical receipt by the customer or whom he named. A pickup point, a doorstep and a refusal are none. */
  receivedAt?: Temporal.Instant
  at: Temporal.Instant
  /** `customer`: the customer engaged a carrier that the seller had not offered. */
  carrierArrangedBy?: 'seller' | 'customer'
  /** A business customer was promised delivery at a place, or the seller drives the goods himself. */
  agreedOnArrival?: boolean
}

export type Bearer = { bearer: 'seller' | 'customer'; since?: Temporal.Instant; reasons: Reason[] }

/** Clauses 7.3 and 7.4, as code: who bears accidental loss at a moment, and since when if it is the customer. */
export function risk(facts: Risk): Bearer {
  return facts.customerKind === 'consumer' ? consumerRisk(facts) : businessRisk(facts)
}

function consumerRisk({ handedOverAt, receivedAt, at, carrierArrangedBy }: Risk): Bearer {
  // A carrier that works for the customer receives the product on the customer's behalf.
  if (carrierArrangedBy === 'customer' && hasHappened(handedOverAt, at))
    return { bearer: 'customer', since: handedOverAt, reasons: [why.ownCarrier] }
  if (hasHappened(receivedAt, at)) return { bearer: 'customer', since: receivedAt, reasons: [why.consumerReceived] }
  return { bearer: 'seller', reasons: [why.consumerNotReceived] }
}

function businessRisk({ handedOverAt, receivedAt, at, agreedOnArrival = false }: Risk): Bearer {
  // What was received was handed over, even if nobody noted when.
  const passedAt = agreedOnArrival ? receivedAt : (handedOverAt ?? receivedAt)
  const agreed = agreedOnArrival ? [why.agreedOnArrival] : []
  if (hasHappened(passedAt, at))
    return { bearer: 'customer', since: passedAt, reasons: [...agreed, why.businessHandedOver] }
  return { bearer: 'seller', reasons: [...agreed, why.businessNotHandedOver] }
}

const hasHappened = (moment: Temporal.Instant | undefined, at: Temporal.Instant) =>
  moment !== undefined && Temporal.Instant.compare(moment, at) <= 0

/** What a business customer has for a report that the carrier will still take; the terms name no figure. */
const BUSINESS_REPORT_DAYS = 7

export type TransportDamage = { customerKind: CustomerKind; receivedAt: Temporal.Instant; reportedAt: Temporal.Instant }

/**
 * Clause 7.5, as code. "Without undue delay" costs a consumer nothing, since the time to complain that the law gives
 * cannot be cut short; a business customer's late report goes to a person.
 */
export function transportDamage({ customerKind, receivedAt, reportedAt }: TransportDamage): Ruling {
  if (customerKind === 'consumer') return { ...granted(why.consumerDamage), basis: 'statute', termsUndercut: true }
  const lastDay = lastDayOf(osloDay(receivedAt), { days: BUSINESS_REPORT_DAYS })
  const inTime = Temporal.PlainDate.compare(osloDay(reportedAt), lastDay) <= 0
  return { ...(inTime ? granted(why.businessDamage) : review(why.lateDamageReport)), basis: 'terms' }
}
