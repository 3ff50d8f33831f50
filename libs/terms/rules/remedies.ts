import { type Country, lastDayOf, osloDay } from '../calendar.ts'
import { granted, type Reason, type Ruling, refused, review } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { directive2019771, repairMonths } from '../statute/directive-2019-771.ts'
import { isInTheUnion } from '../statute/european-union.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven §§ 26–33; kjøpsloven §§ 30–42 for business customers. */
const reasonsOf = (because: Because) => ({
  chosen: because('customer-chooses-cure', 'remedies', forbrukerkjopsloven('§ 29')),
  otherCure: because('chosen-cure-not-feasible', 'remedies', forbrukerkjopsloven('§ 29')),
  noCure: because('no-cure-feasible', 'remedies', forbrukerkjopsloven('§ 29'), forbrukerkjopsloven('§ 31')),
  failed: because('defect-again-after-cure', 'remedies', forbrukerkjopsloven('§ 30'), forbrukerkjopsloven('§ 31')),
  anotherAttempt: because('another-attempt-reasonable', 'remedies', forbrukerkjopsloven('§ 30')),
  mayRefuse: because('another-attempt-may-be-refused', 'remedies', forbrukerkjopsloven('§ 30')),
  offeredAgain: because(
    'another-attempt-offered',
    'remedies',
    forbrukerkjopsloven('§ 29'),
    forbrukerkjopsloven('§ 30'),
  ),
  serious: because('defect-too-serious-for-cure', 'remedies', forbrukerkjopsloven('§ 29')),
  rescission: because('insignificance-not-proved', 'remedies', forbrukerkjopsloven('§ 32')),
  insignificant: because('defect-insignificant', 'remedies', forbrukerkjopsloven('§ 32')),
  cureFirst: because('seller-offers-cure', 'remedies', forbrukerkjopsloven('§ 29')),
  holdBack: because('payment-may-be-held-back', forbrukerkjopsloven('§ 28')),
  damages: because('damages-as-well', forbrukerkjopsloven('§ 26'), forbrukerkjopsloven('§ 33')),
  businessCure: because('repair-or-replacement', kjopsloven('§ 34')),
  businessNoCure: because('not-put-right', kjopsloven('§ 37'), kjopsloven('§ 38'), kjopsloven('§ 39')),
  businessSubstantial: because('defect-substantial', kjopsloven('§ 39')),
  businessInsubstantial: because('defect-not-substantial', kjopsloven('§ 39')),
  businessToBeJudged: because('substantial-to-be-judged', kjopsloven('§ 39')),
  businessCureFirst: because('seller-may-cure', kjopsloven('§ 36')),
  businessOfferedAgain: because('another-attempt-offered', kjopsloven('§ 34'), kjopsloven('§ 36')),
  businessHoldBack: because('payment-may-be-held-back', kjopsloven('§ 42')),
  goodsBack: because('both-give-back', 'remedies', forbrukerkjopsloven('§ 32'), forbrukerkjopsloven('§ 49')),
  reasonableTime: because('cure-within-reasonable-time', 'remedies', forbrukerkjopsloven('§ 30')),
  businessReasonableTime: because('cure-within-reasonable-time', kjopsloven('§ 36'), kjopsloven('§ 37')),
  lowerPrice: because('lower-price', 'remedies', forbrukerkjopsloven('§ 31')),
  replacementAnew: because('replacement-has-own-limit', forbrukerkjopsloven('§ 27'), forbrukerkjopsloven('§ 29')),
  repairProlongs: because('repair-prolongs-liability', directive2019771('Art. 10(2a)')),
  businessGoodsBack: because('both-give-back', kjopsloven('§ 39')),
  lost: because('never-arrived', forbrukerkjopsloven('§ 23'), forbrukerkjopsloven('§ 49')),
  businessLost: because('never-arrived', kjopsloven('§ 25'), kjopsloven('§ 64')),
  businessLowerPrice: because('lower-price', kjopsloven('§ 38')),
  takenBack: because('replaced-goods-go-back', 'remedies', forbrukerkjopsloven('§ 30')),
  businessTakenBack: because('replaced-goods-go-back', kjopsloven('§ 34'), kjopsloven('§ 64')),
  complainedOf: because('already-complained-of', 'complaint'),
  businessDamages: because('damages-as-well', kjopsloven('§ 30'), kjopsloven('§ 40')),
})
type Edition = Under<typeof reasonsOf>

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
  /** The seller offers to try again, which the customer may take or leave. */
  anotherAttemptOffered?: boolean
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
 * The ladder of remedies. "May give you a right" gives a consumer what the Act gives: the choice
 * between repair and replacement, after one attempt that failed the step to a lower price or to cancelling the purchase, and
 * that for every defect which the seller does not prove to be insignificant.
 */
function remedies(edition: Edition, facts: DefectFacts): RemediesRuling {
  return facts.customerKind === 'business' ? businessRemedies(edition, facts) : consumerRemedies(edition, facts)
}

const CURES: readonly Cure[] = ['repair', 'replacement']

function consumerRemedies(edition: Edition, facts: DefectFacts): RemediesRuling {
  const { chosen, failedCures = 0, anotherAttemptReasonable = false, tooSeriousForCure = false } = facts
  const feasible = feasibleOf(facts)
  const failed = failedCures > 0 && !anotherAttemptReasonable
  const mayRefuseCure = failed || tooSeriousForCure
  const rescission = consumerRescission(edition, facts, { mayRefuseCure, cureFeasible: feasible.length > 0 })
  const besides = [edition.why.holdBack, edition.why.damages]

  if (mayRefuseCure || feasible.length === 0) {
    const reason = tooSeriousForCure ? edition.why.serious : failed ? edition.why.failed : edition.why.noCure
    const offered = failed && facts.anotherAttemptOffered && feasible.length > 0
    const again = [...(failed ? [edition.why.mayRefuse] : []), ...(offered ? [edition.why.offeredAgain] : [])]
    const next = [...(offered ? feasible : []), ...moneyBack(rescission)]
    return { next, mayRefuseCure, rescission, reasons: [reason, ...again, ...besides] }
  }
  const cure = chosen === undefined || feasible.includes(chosen) ? chosen : feasible[0]
  const reason = cure === chosen ? edition.why.chosen : edition.why.otherCure
  const again = failedCures > 0 ? [edition.why.anotherAttempt] : []
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
  edition: Edition,
  { provedInsignificant = false, sellerOffersCure = false }: DefectFacts,
  { mayRefuseCure, cureFeasible }: { mayRefuseCure: boolean; cureFeasible: boolean },
): Ruling {
  if (provedInsignificant) return refused(edition.why.insignificant)
  if (sellerOffersCure && cureFeasible && !mayRefuseCure) return refused(edition.why.cureFirst)
  return granted(edition.why.rescission)
}

/** Between businesses the seller may always try to put it right first, and only a substantial defect undoes the purchase. */
function businessRemedies(edition: Edition, facts: DefectFacts): RemediesRuling {
  const { chosen, failedCures = 0, substantial, sellerOffersCure = false } = facts
  // Replacement is for substantial defects only; an unjudged one is not turned down by a machine.
  const feasible = feasibleOf(facts).filter((cure) => cure === 'repair' || substantial !== false)
  const besides = [edition.why.businessHoldBack, edition.why.businessDamages]
  const over = failedCures > 0 || feasible.length === 0
  const rescission =
    !over && sellerOffersCure ? refused(edition.why.businessCureFirst) : businessRescission(edition, facts)
  if (over) {
    const offered = facts.anotherAttemptOffered && feasible.length > 0
    return {
      next: [...(offered ? feasible : []), ...moneyBack(rescission)],
      mayRefuseCure: over,
      rescission,
      reasons: [edition.why.businessNoCure, ...(offered ? [edition.why.businessOfferedAgain] : []), ...besides],
    }
  }

  const cure = chosen === undefined || feasible.includes(chosen) ? chosen : feasible[0]
  const next = cure ? [cure] : feasible
  return {
    ...(cure && { cure }),
    next,
    mayRefuseCure: false,
    rescission,
    reasons: [edition.why.businessCure, ...besides],
  }
}

function businessRescission(edition: Edition, { substantial }: DefectFacts): Ruling {
  if (substantial === undefined) return review(edition.why.businessToBeJudged)
  return substantial ? granted(edition.why.businessSubstantial) : refused(edition.why.businessInsubstantial)
}

/**
 * What the customer is told of before they choose: of what is replaced a period begins anew, and in the Union a repair prolongs the
 * liability, by `repairMonths`. Nothing of it is for businesses.
 */
function longerLiability(
  edition: Edition,
  { customerKind, country, contractAt }: { customerKind: CustomerKind; country: Country; contractAt: Temporal.Instant },
): { repairMonths?: number; reasons: Reason[] } {
  if (customerKind === 'business') return { reasons: [] }
  const months = isInTheUnion(country) ? repairMonths(osloDay(contractAt)) : undefined
  if (months === undefined) return { reasons: [edition.why.replacementAnew] }
  return { repairMonths: months, reasons: [edition.why.replacementAnew, edition.why.repairProlongs] }
}

/**
 * Neither Act names a day to pay back, so that of a withdrawal is used: from when the goods are back, the lower price is decided, or
 * the customer ends the purchase of what never arrived.
 */
function remedyRefundDue(
  edition: Edition,
  {
    customerKind,
    remedy,
    from,
  }: {
    customerKind: CustomerKind
    remedy: 'price-reduction' | 'rescission' | 'never-arrived'
    from?: Temporal.Instant
  },
): { dueOn?: Temporal.PlainDate; reasons: Reason[] } {
  const { why } = edition
  const reason =
    customerKind === 'business'
      ? {
          rescission: why.businessGoodsBack,
          'price-reduction': why.businessLowerPrice,
          'never-arrived': why.businessLost,
        }
      : { rescission: why.goodsBack, 'price-reduction': why.lowerPrice, 'never-arrived': why.lost }
  return {
    dueOn: from && lastDayOf(osloDay(from), { days: edition.figures.refundDays }),
    reasons: [reason[remedy]],
  }
}

/**
 * Whether putting right has failed: once it was done and did not help, or once the time for it is over. Until then the seller may do it
 * (§ 30), and nothing has failed yet (§§ 31 and 32).
 */
function cureFailed(
  edition: Edition,
  { customerKind, done, timeIsOver }: { customerKind: CustomerKind; done: boolean; timeIsOver: boolean },
): Ruling {
  const { why } = edition
  const reason = customerKind === 'business' ? why.businessReasonableTime : why.reasonableTime
  return done || timeIsOver ? granted(reason) : refused(reason)
}

/** What others were sent for goes back to the seller, at the seller's cost (§ 30); between businesses both give back what they had. */
const replacedGoods = ({ why }: Edition, { customerKind }: { customerKind: CustomerKind }): Ruling =>
  granted(customerKind === 'business' ? why.businessTakenBack : why.takenBack)

/** Units that a complaint is open about are not complained of once more beside it. */
const complainedOf = (edition: Edition): Ruling => refused(edition.why.complainedOf)

export const remediesRules = rulesOf(reasonsOf, {
  ...{ remedies, longerLiability, remedyRefundDue, cureFailed, replacedGoods, complainedOf },
})
