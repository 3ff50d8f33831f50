import { citing } from '../../../ruling/citing.ts'
import { type CustomerKind, granted, type Reason, type Ruling, refused, review } from '../../../ruling/ruling.ts'
import { forbrukerkjopsloven } from '../../../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../../../statute/kjopsloven.ts'
import { EDITION } from './parameters.ts'

/** Clause 10.4, as printed. Legal basis: forbrukerkjøpsloven §§ 26–33; kjøpsloven §§ 30–42 for business customers. */
export const text = {
  '10.4':
    'A justified complaint may give you a right to repair, replacement, a lower price or your money back, as Norwegian law says.',
} as const

const because = citing(EDITION, text)

const why = {
  chosen: because('customer-chooses-cure', '10.4', forbrukerkjopsloven('§ 29')),
  otherCure: because('chosen-cure-not-feasible', '10.4', forbrukerkjopsloven('§ 29')),
  noCure: because('no-cure-feasible', '10.4', forbrukerkjopsloven('§ 29'), forbrukerkjopsloven('§ 31')),
  failed: because('defect-again-after-cure', '10.4', forbrukerkjopsloven('§ 30'), forbrukerkjopsloven('§ 31')),
  anotherAttempt: because('another-attempt-reasonable', '10.4', forbrukerkjopsloven('§ 30')),
  serious: because('defect-too-serious-for-cure', '10.4', forbrukerkjopsloven('§ 29')),
  rescission: because('insignificance-not-proved', '10.4', forbrukerkjopsloven('§ 32')),
  insignificant: because('defect-insignificant', '10.4', forbrukerkjopsloven('§ 32')),
  cureFirst: because('seller-offers-cure', '10.4', forbrukerkjopsloven('§ 29')),
  holdBack: because('payment-may-be-held-back', forbrukerkjopsloven('§ 28')),
  damages: because('damages-as-well', forbrukerkjopsloven('§ 26'), forbrukerkjopsloven('§ 33')),
  businessCure: because('repair-or-replacement', kjopsloven('§ 34')),
  businessNoCure: because('not-put-right', kjopsloven('§ 36'), kjopsloven('§ 38'), kjopsloven('§ 39')),
  businessSubstantial: because('defect-substantial', kjopsloven('§ 39')),
  businessInsubstantial: because('defect-not-substantial', kjopsloven('§ 39')),
  businessToBeJudged: because('substantial-to-be-judged', kjopsloven('§ 39')),
  businessCureFirst: because('seller-may-cure', kjopsloven('§ 36')),
  businessHoldBack: because('payment-may-be-held-back', kjopsloven('§ 42')),
  businessDamages: because('damages-as-well', kjopsloven('§ 30'), kjopsloven('§ 40')),
}

export type Cure = 'repair' | 'replacement'
export type Remedy = Cure | 'price-reduction' | 'rescission'

/** A defect that the seller answers for, complained of in time. */
export type DefectFacts = {
  customerKind: CustomerKind
  chosen?: Cure
  /** Cures that are impossible, or would cost the seller disproportionately much; it is for the seller to show. */
  notFeasible?: readonly Cure[]
  /** How often the seller has tried, without the defect being gone. */
  failedCures?: number
  /** Somebody judged that it is reasonable to let the seller try again. */
  anotherAttemptReasonable?: boolean
  /** The seller offers to put it right, in time and without trouble. */
  sellerOffersCure?: boolean
  /** So serious that nobody could be expected to accept a cure. */
  tooSeriousForCure?: boolean
  /** The seller has proved that the defect is insignificant. */
  provedInsignificant?: boolean
  /** For a business customer: whether the defect is a substantial breach; left out when nobody has judged it. */
  substantial?: boolean
}

export type RemediesRuling = {
  /** The cure that the seller owes now, if any. */
  cure?: Cure
  /** What the customer may ask for next. Besides, payment may be held back and damages claimed at every step. */
  next: Remedy[]
  mayRefuseCure: boolean
  rescission: Ruling
  reasons: Reason[]
}

/**
 * Clause 10.4, as code: the ladder of remedies. "May give you a right" gives a consumer what the Act gives: the choice
 * between repair and replacement, after one attempt that failed the step to a lower price or to cancelling the purchase, and
 * that for every defect which the seller does not prove to be insignificant.
 */
export function remedies(facts: DefectFacts): RemediesRuling {
  return facts.customerKind === 'business' ? businessRemedies(facts) : consumerRemedies(facts)
}

const CURES: readonly Cure[] = ['repair', 'replacement']

function consumerRemedies(facts: DefectFacts): RemediesRuling {
  const { chosen, failedCures = 0, anotherAttemptReasonable = false, tooSeriousForCure = false } = facts
  const feasible = feasibleOf(facts)
  const failed = failedCures > 0 && !anotherAttemptReasonable
  const mayRefuseCure = failed || tooSeriousForCure
  const rescission = consumerRescission(facts, { mayRefuseCure, cureFeasible: feasible.length > 0 })
  const besides = [why.holdBack, why.damages]

  if (mayRefuseCure || feasible.length === 0) {
    const reason = tooSeriousForCure ? why.serious : failed ? why.failed : why.noCure
    return { next: moneyBack(rescission), mayRefuseCure, rescission, reasons: [reason, ...besides] }
  }
  const cure = chosen === undefined || feasible.includes(chosen) ? chosen : feasible[0]
  const reason = cure === chosen ? why.chosen : why.otherCure
  const again = failedCures > 0 ? [why.anotherAttempt] : []
  return {
    ...(cure && { cure }),
    next: cure ? [cure] : feasible,
    mayRefuseCure,
    rescission,
    reasons: [reason, ...again, ...besides],
  }
}

const feasibleOf = ({ notFeasible = [] }: DefectFacts) => CURES.filter((cure) => !notFeasible.includes(cure))

const moneyBack = ({ outcome }: Ruling): Remedy[] =>
  outcome === 'refused' ? ['price-reduction'] : ['price-reduction', 'rescission']

/** A cure that the seller offers in time comes first; one that nobody offers stands in nobody's way. */
function consumerRescission(
  { provedInsignificant = false, sellerOffersCure = false }: DefectFacts,
  { mayRefuseCure, cureFeasible }: { mayRefuseCure: boolean; cureFeasible: boolean },
): Ruling {
  if (provedInsignificant) return refused(why.insignificant)
  if (sellerOffersCure && cureFeasible && !mayRefuseCure) return refused(why.cureFirst)
  return granted(why.rescission)
}

/** Between businesses the seller may always try to put it right first, and only a substantial defect undoes the purchase. */
function businessRemedies(facts: DefectFacts): RemediesRuling {
  const { chosen, failedCures = 0, substantial, sellerOffersCure = false } = facts
  // Replacement is for substantial defects only; an unjudged one is not turned down by a machine.
  const feasible = feasibleOf(facts).filter((cure) => cure === 'repair' || substantial !== false)
  const besides = [why.businessHoldBack, why.businessDamages]
  const over = failedCures > 0 || feasible.length === 0
  const rescission = !over && sellerOffersCure ? refused(why.businessCureFirst) : businessRescission(facts)
  if (over)
    return { next: moneyBack(rescission), mayRefuseCure: over, rescission, reasons: [why.businessNoCure, ...besides] }

  const cure = chosen === undefined || feasible.includes(chosen) ? chosen : feasible[0]
  const next = cure ? [cure] : feasible
  return { ...(cure && { cure }), next, mayRefuseCure: false, rescission, reasons: [why.businessCure, ...besides] }
}

function businessRescission({ substantial }: DefectFacts): Ruling {
  if (substantial === undefined) return review(why.businessToBeJudged)
  return substantial ? granted(why.businessSubstantial) : refused(why.businessInsubstantial)
}
