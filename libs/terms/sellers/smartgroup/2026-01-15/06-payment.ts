import type { Promised } from '../../../editions/edition-figures.ts'
import { citing } from '../../../ruling/citing.ts'
import { type CustomerKind, granted, type Reason, type Ruling, refused } from '../../../ruling/ruling.ts'
import { directive201183 } from '../../../statute/directive-2011-83.ts'
import { directive20152366 } from '../../../statute/directive-2015-2366.ts'
import { forbrukerkjopsloven } from '../../../statute/forbrukerkjopsloven.ts'
import { EDITION, parameters } from './parameters.ts'

/** Clause 6, as printed. Legal basis: forbrukerkjøpsloven § 38; Directive (EU) 2015/2366, Art. 62(4). */
export const text = {
  '6.1': 'You can pay by Visa, Mastercard, American Express, PayPal or Klarna.',
  '6.2': 'We normally take the payment when the order is shipped, or earlier where we said so.',
} as const

const because = citing(EDITION, text)

const why = {
  accepted: because('payment-method-accepted', '6.1'),
  notAccepted: because('payment-method-not-accepted', '6.1'),
  consumerAtShipment: because('capture-at-shipment', '6.2', forbrukerkjopsloven('§ 38')),
  businessAtShipment: because('capture-at-shipment', '6.2'),
  noSurcharge: because('no-surcharge', '6.1'),
  consumerSurcharge: because('surcharge', '6.1', directive20152366('Art. 62(4)'), directive201183('Art. 19')),
  businessSurcharge: because('surcharge', '6.1'),
  early: because('early-capture-stated', '6.2'),
  nothingShipped: because('nothing-shipped', '6.2'),
  shipped: because('shipped', '6.2'),
  nothingLeft: because('all-captured', '6.2'),
}

/** Clause 6.1, as code. The method is in kebab-case: `visa`, `american-express` … */
export const paymentMethod = (method: string, { paymentMethods }: Promised = parameters): Ruling => {
  const ruling = paymentMethods.includes(method) ? granted(why.accepted) : refused(why.notAccepted)
  return { ...ruling, basis: 'terms' }
}

/** Whether a fee for the means of payment may be added. Clause 6.1 names the means and no fee, so not for a business either. */
export function paymentFee({ fee, customerKind = 'consumer' }: { fee: number; customerKind?: CustomerKind }): Ruling {
  if (fee <= 0) return { ...granted(why.noSurcharge), basis: 'terms' }
  if (customerKind === 'business') return { ...refused(why.businessSurcharge), basis: 'terms' }
  return { ...refused(why.consumerSurcharge), basis: 'both' }
}

/** Clause 6.2, as code. "Earlier" needs to have been said at checkout and kept with the order. */
export function captureTiming(facts: { earlyCaptureStated: boolean; customerKind?: CustomerKind }): {
  timing: 'at-shipment' | 'early'
  reasons: Reason[]
} {
  if (facts.earlyCaptureStated) return { timing: 'early', reasons: [why.early] }
  const business = facts.customerKind === 'business'
  return { timing: 'at-shipment', reasons: [business ? why.businessAtShipment : why.consumerAtShipment] }
}

export type Capturable = {
  /** What was paid for the units that this shipment handed to the carrier. */
  shippedLines: number
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
export function capturable(facts: Capturable): { amount: number; reasons: Reason[] } {
  if (facts.shippedLines <= 0) return { amount: 0, reasons: [why.nothingShipped] }
  const left = Math.max(0, facts.authorised - facts.alreadyCaptured)
  const due = facts.shippedLines + (facts.deliveryCaptured ? 0 : facts.deliveryPrice)
  return { amount: Math.min(due, left), reasons: [left === 0 ? why.nothingLeft : why.shipped] }
}
