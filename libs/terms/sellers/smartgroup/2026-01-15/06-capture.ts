import { citing } from '../../../ruling/citing.ts'
import { type CustomerKind, granted, type Ruling, refused, review } from '../../../ruling/ruling.ts'
import { angrerettloven } from '../../../statute/angrerettloven.ts'
import { forbrukerkjopsloven } from '../../../statute/forbrukerkjopsloven.ts'
import { text as cancellationText } from './04-cancellation.ts'
import { text as formationText } from './04-formation.ts'
import { text as pricesText } from './05-prices.ts'
import { capturable, text as paymentText } from './06-payment.ts'
import { EDITION } from './parameters.ts'

const because = citing(EDITION, { ...formationText, ...cancellationText, ...pricesText, ...paymentText })

const why = {
  noAgreement: because('no-agreement-yet', '4.1', '6.2'),
  cancelled: because('cancelled', '4.3', '6.2'),
  withdrawn: because('withdrawn', '6.2', angrerettloven('§ 23')),
  repeated: because('taken-already', '6.2'),
  expired: because('authorisation-expired', '6.2'),
  labelOnly: because('label-is-no-shipment', '6.2'),
  early: because('early-capture-stated', '6.2'),
  prepayment: because('prepayment-to-be-checked', '6.2', forbrukerkjopsloven('§ 38')),
  aboveConfirmed: because('above-what-was-confirmed', '5.2', '6.2'),
  aboveDue: because('above-what-is-due', '6.2'),
}

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
 * Clause 6.2, as code: whether money may be taken now, and how much. It is for what the carrier has accepted, and delivery
 * once; never for a label, never twice, never above what was confirmed, and never early to save an authorisation.
 */
export function capture(facts: Capture): CaptureRuling {
  if (facts.cancelled) return undone(facts, refused(why.cancelled))
  if (facts.withdrawn) return undone(facts, refused(why.withdrawn))
  if (facts.formed === false) return nothing(refused(why.noAgreement))
  if (facts.repeated) return nothing(refused(why.repeated))
  if (facts.authorisationExpired) return { ...nothing(refused(why.expired)), action: 're-authorise' }
  const { ruling, amount: due } = dueNow(facts)
  const { requested = due } = facts
  if (ruling.outcome !== 'granted') return nothing(ruling)
  if (requested > leftOf(facts)) return nothing(refused(why.aboveConfirmed))
  if (requested > due) return nothing(refused(why.aboveDue))
  return { ...ruling, basis: 'terms', amount: requested, release: 0, stopShipment: false }
}

/** What may be taken at most, all captures counted. */
const leftOf = ({ authorised, alreadyCaptured = 0, confirmedTotal = authorised }: Capture) =>
  Math.max(0, Math.min(authorised, confirmedTotal) - alreadyCaptured)

function dueNow(facts: Capture): { ruling: Ruling; amount: number } {
  const { customerKind = 'consumer', prepaidDays = 0, shipped, labelOnly, earlyCaptureStated } = facts
  const left = leftOf(facts)
  if (shipped === 'none' && earlyCaptureStated) {
    const doubtful = customerKind === 'consumer' && prepaidDays > 0
    if (!doubtful) return { ruling: granted(why.early), amount: left }
    return { ruling: { ...review(why.early, why.prepayment), basis: 'statute' }, amount: 0 }
  }
  if (labelOnly) return { ruling: refused(why.labelOnly), amount: 0 }
  const { amount, reasons } = capturable({
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
