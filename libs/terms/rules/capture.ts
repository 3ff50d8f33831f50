import { granted, type Reason, type Ruling, refused, review } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

const reasonsOf = (because: Because) => ({
  noAgreement: because('no-agreement-yet', 'agreement', 'payment-taken'),
  cancelled: because('cancelled', 'customer-may-cancel', 'payment-taken'),
  withdrawn: because('withdrawn', 'payment-taken', angrerettloven('§ 23')),
  repeated: because('taken-already', 'payment-taken'),
  expired: because('authorisation-expired', 'payment-taken'),
  owed: {
    consumer: because('price-owed', 'payment-taken', forbrukerkjopsloven('§ 44')),
    business: because('price-owed', 'payment-taken', kjopsloven('§ 52')),
  },
  labelOnly: because('label-is-no-shipment', 'payment-taken'),
  early: because('early-capture-stated', 'payment-taken'),
  prepayment: because('prepayment-to-be-checked', 'payment-taken', forbrukerkjopsloven('§ 38')),
  aboveConfirmed: because('above-what-was-confirmed', 'delivery-cost', 'payment-taken'),
  nothingShipped: because('nothing-shipped', 'payment-taken'),
  shipped: because('shipped', 'payment-taken'),
  nothingLeft: because('all-captured', 'payment-taken'),
  aboveDue: because('above-what-is-due', 'payment-taken'),
})
type Edition = Under<typeof reasonsOf>

/** Amounts are in the currency's smallest unit. What is left out has not happened. */
export type Capture = {
  customerKind?: CustomerKind
  /** False while there is no agreement, by `formation`: then nothing is owed. */
  formed?: boolean
  authorised: number
  alreadyCaptured?: number
  /** The total that was confirmed; left out, it is what was authorised. */
  confirmedTotal?: number
  /** What was paid for the units that the carrier has accepted, or all of the order. */
  shipped: number | 'all' | 'none'
  /** A label was printed and the carrier has not scanned it. */
  labelOnly?: boolean
  deliveryPrice?: number
  /** Whether an earlier capture took the delivery price. */
  deliveryCaptured?: boolean
  earlyCaptureStated?: boolean
  /** How long before shipment the terms of a sale want the money. */
  prepaidDays?: number
  /** What somebody asks to take; left out, whatever is due. */
  requested?: number
  cancelled?: boolean
  withdrawn?: boolean
  authorisationExpired?: boolean
  /** The shipment that would be charged was charged before. */
  repeated?: boolean
}

export type CaptureRuling = Ruling & {
  amount: number
  /** What of the authorisation is given back untaken. */
  release: number
  action?: 're-authorise'
  /** What has not left yet must not leave. */
  stopShipment: boolean
}

/**
 * Whether money may be taken now, and how much. It is for what the carrier has accepted, and delivery
 * once; never for a label, never twice, never above what was confirmed, and never early to save an authorisation.
 */
function capture(edition: Edition, facts: Capture): CaptureRuling {
  if (facts.cancelled) return undone(facts, refused(edition.why.cancelled))
  if (facts.withdrawn) return undone(facts, refused(edition.why.withdrawn))
  if (facts.formed === false) return nothing(refused(edition.why.noAgreement))
  if (facts.repeated) return nothing(refused(edition.why.repeated))
  if (facts.authorisationExpired) return { ...nothing(refused(edition.why.expired)), action: 're-authorise' }
  const { ruling, amount: due } = dueNow(edition, facts)
  const { requested = due } = facts
  if (ruling.outcome !== 'granted') return nothing(ruling)
  if (requested > leftOf(facts)) return nothing(refused(edition.why.aboveConfirmed))
  if (requested > due) return nothing(refused(edition.why.aboveDue))
  return { ...ruling, basis: 'terms', amount: requested, release: 0, stopShipment: false }
}

/** What may be taken at most, all captures counted. */
const leftOf = ({ authorised, alreadyCaptured = 0, confirmedTotal = authorised }: Capture) =>
  Math.max(0, Math.min(authorised, confirmedTotal) - alreadyCaptured)

function dueNow(edition: Edition, facts: Capture): { ruling: Ruling; amount: number } {
  const { customerKind = 'consumer', prepaidDays = 0, shipped, labelOnly, earlyCaptureStated } = facts
  const left = leftOf(facts)
  if (shipped === 'none' && earlyCaptureStated) {
    const doubtful = customerKind === 'consumer' && prepaidDays > 0
    if (!doubtful) return { ruling: granted(edition.why.early), amount: left }
    return { ruling: { ...review(edition.why.early, edition.why.prepayment), basis: 'statute' }, amount: 0 }
  }
  if (labelOnly) return { ruling: refused(edition.why.labelOnly), amount: 0 }
  const { amount, reasons } = capturable(edition, {
    shippedLines: shipped === 'all' ? left : shipped === 'none' ? 0 : shipped,
    deliveryPrice: facts.deliveryPrice ?? 0,
    deliveryCaptured: facts.deliveryCaptured ?? false,
    authorised: left,
    alreadyCaptured: 0,
  })
  return { ruling: amount > 0 ? granted(...reasons) : refused(...reasons), amount }
}

const nothing = (ruling: Ruling): CaptureRuling => ({
  basis: 'terms',
  ...ruling,
  amount: 0,
  release: 0,
  stopShipment: false,
})

/** The duties of both sides have ended: what was not taken goes back, and what has not left stays. */
const undone = ({ authorised, alreadyCaptured = 0, shipped }: Capture, ruling: Ruling): CaptureRuling => ({
  ...ruling,
  basis: 'both',
  amount: 0,
  release: Math.max(0, authorised - alreadyCaptured),
  stopShipment: shipped !== 'all',
})

export type Capturable = {
  /** What was paid for the units that this shipment handed to the carrier. */
  shippedLines: number
  /** Whether the carrier took anything, be it goods that cost nothing; left out, whether they cost something. */
  parcelLeft?: boolean
  deliveryPrice: number
  /** Whether an earlier capture took the delivery price. */
  deliveryCaptured: boolean
  authorised: number
  alreadyCaptured: number
}

/**
 * How much a shipment lets the seller take, in the currency's smallest unit: what was shipped, and delivery once, but
 * never more than what is left of the authorisation. Goods that the carrier has not taken are not charged.
 */
function capturable(edition: Edition, facts: Capturable): { amount: number; reasons: Reason[] } {
  const { parcelLeft = facts.shippedLines > 0 } = facts
  if (!parcelLeft) return { amount: 0, reasons: [edition.why.nothingShipped] }
  const left = Math.max(0, facts.authorised - facts.alreadyCaptured)
  const due = facts.shippedLines + (facts.deliveryCaptured ? 0 : facts.deliveryPrice)
  return { amount: Math.min(due, left), reasons: [left === 0 ? edition.why.nothingLeft : edition.why.shipped] }
}

/**
 * What left and could not be taken is still owed: the seller may stand by the purchase and claim the price (clause 6.2;
 * forbrukerkjøpsloven § 44, kjøpsloven § 52).
 */
const priceOwed = (edition: Edition, { customerKind }: { customerKind: CustomerKind }): Ruling =>
  granted(edition.why.owed[customerKind])

export const captureRules = rulesOf(reasonsOf, { capture, capturable, priceOwed })
