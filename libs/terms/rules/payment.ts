import { granted, type Reason, type Ruling, refused } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { directive201183 } from '../statute/directive-2011-83.ts'
import { directive20152366 } from '../statute/directive-2015-2366.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven § 38; Directive (EU) 2015/2366, Art. 62(4). */
const reasonsOf = (because: Because) => ({
  accepted: because('payment-method-accepted', 'payment-methods'),
  notAccepted: because('payment-method-not-accepted', 'payment-methods'),
  consumerAtShipment: because('capture-at-shipment', 'payment-taken', forbrukerkjopsloven('§ 38')),
  businessAtShipment: because('capture-at-shipment', 'payment-taken'),
  noSurcharge: because('no-surcharge', 'payment-methods'),
  consumerSurcharge: because(
    'surcharge',
    'payment-methods',
    directive20152366('Art. 62(4)'),
    directive201183('Art. 19'),
  ),
  businessSurcharge: because('surcharge', 'payment-methods'),
  early: because('early-capture-stated', 'payment-taken'),
})
type Edition = Under<typeof reasonsOf>

/** The method is in kebab-case: `visa`, `american-express` … */
const paymentMethod = (edition: Edition, method: string): Ruling => {
  const ruling = edition.figures.paymentMethods.includes(method)
    ? granted(edition.why.accepted)
    : refused(edition.why.notAccepted)
  return { ...ruling, basis: 'terms' }
}

/** Whether a fee for the means of payment may be added. The terms name the means and no fee, so not for a business either. */
function paymentFee(
  edition: Edition,
  { fee, customerKind = 'consumer' }: { fee: number; customerKind?: CustomerKind },
): Ruling {
  if (fee <= 0) return { ...granted(edition.why.noSurcharge), basis: 'terms' }
  if (customerKind === 'business') return { ...refused(edition.why.businessSurcharge), basis: 'terms' }
  return { ...refused(edition.why.consumerSurcharge), basis: 'both' }
}

/** When money is taken. "Earlier" needs to have been said at checkout and kept with the order. */
function captureTiming(
  edition: Edition,
  facts: { earlyCaptureStated: boolean; customerKind?: CustomerKind },
): {
  timing: 'at-shipment' | 'early'
  reasons: Reason[]
} {
  if (facts.earlyCaptureStated) return { timing: 'early', reasons: [edition.why.early] }
  const business = facts.customerKind === 'business'
  return {
    timing: 'at-shipment',
    reasons: [business ? edition.why.businessAtShipment : edition.why.consumerAtShipment],
  }
}

export const paymentRules = rulesOf(reasonsOf, { paymentMethod, paymentFee, captureTiming })
