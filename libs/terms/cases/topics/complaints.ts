import type { Damage } from '../../rules/damage-by-use.ts'
import type { Cure, DefectFacts } from '../../rules/remedies.ts'
import type { CustomerKind } from '../../ruling/vocabulary.ts'
import { terms } from '../asked-edition.ts'
import { instantOf, isoOf, type Moment, maybeInstantOf } from '../read.ts'
import type { Answer, Topic } from '../runner.ts'

type Complained = {
  customerType?: CustomerKind
  /** How long the limit is by the product's class: 2, or 5 for one that is meant to last considerably longer. */
  windowYears?: number
  lifetimeClass?: string | number | null
  product?: string
  guaranteeYears?: number
  contractAt?: Moment
  deliveredAt?: Moment | null
  parcels?: { id: number | string; deliveredAt: Moment | null }[]
  defectIn?: number | string
  discoveredAt?: Moment
  appearedAt?: Moment
  complaintAt?: Moment
  late?: boolean
  grossNegligence?: boolean
  badFaith?: boolean
  requested?: string
  disproportionate?: boolean
  impossible?: boolean
  otherCureFeasible?: boolean
  previousRemedies?: number
  furtherRemedyReasonable?: boolean
  sellerOffersCure?: boolean
  sellerProvedInsignificant?: boolean
  substantial?: boolean
  cause?: string
  manualCorrect?: boolean | null
  manualSupplied?: boolean | null
  installedBy?: string
  exclusion?: string
}

/** Classes of lifetime in the words of the cases; another word, or none, is a class that nobody knows. */
const LONG_LIVED: Readonly<Record<string, boolean>> = {
  ordinary: false,
  normal: false,
  short: false,
  '2': false,
  '2y': false,
  '5': true,
  '5y': true,
  long: true,
  'long-lived': true,
  durable: true,
}

const productOf = (facts: Complained) => ({
  customerKind: facts.customerType ?? ('consumer' as const),
  traits: { longLived: LONG_LIVED[String(facts.lifetimeClass ?? facts.windowYears)] },
  productKind: facts.product,
  guaranteeYears: facts.guaranteeYears,
  deliveredAt: maybeInstantOf(deliveryOf(facts)),
})

/** Of several parcels, the one that the defect is in. */
const deliveryOf = ({ deliveredAt, parcels, defectIn }: Complained) =>
  parcels?.find(({ id }) => id === defectIn)?.deliveredAt ?? deliveredAt

const sellerAtFault = ({ grossNegligence = false, badFaith = false }: Complained) => grossNegligence || badFaith

function complaintWindow(facts: Complained): Answer {
  const product = productOf(facts)
  const limit = terms.complaintLimit(product)
  const ruling =
    facts.complaintAt === undefined
      ? undefined
      : terms.complaint({
          ...product,
          at: instantOf(facts.complaintAt),
          noticedAt: maybeInstantOf(facts.discoveredAt),
          sellerAtFault: sellerAtFault(facts),
        })
  const met = ruling?.inReasonableTime
  return {
    windowYears: limit.years,
    review: (ruling?.outcome ?? (limit.doubts.length > 0 ? 'review' : 'granted')) === 'review',
    strictLastDay: isoOf(limit.strictLastDay),
    lastDay: isoOf(limit.lastDay),
    inTime: ruling === undefined ? null : ruling.outcome !== 'refused',
    relativeDeadlineMet: met === undefined ? null : met === 'yes' ? true : 'review',
  }
}

function complaintRules(facts: Complained): Answer {
  const { customerType: customerKind = 'consumer' } = facts
  const remedies = terms.remedies(defectOf(facts, customerKind))
  const late = facts.late ?? complaintWindow({ ...facts, grossNegligence: false, badFaith: false }).inTime === false
  const ruling = terms.lateComplaint({ customerKind, sellerAtFault: sellerAtFault(facts) })
  return {
    ...complaintWindow(facts),
    rightLost: late && ruling.outcome === 'refused',
    presumedExistingAtDelivery: presumed(facts, customerKind),
    remedy: facts.requested === undefined ? null : (remedies.cure ?? remedies.next[0] ?? null),
    consumerMayRefuseFurtherRemedy: remedies.mayRefuseCure,
    next: remedies.next,
    rescissionAllowed: remedies.rescission.outcome === 'review' ? 'review' : remedies.rescission.outcome === 'granted',
    sellerLiable: facts.cause === undefined ? null : terms.damageByUse(damageOf(facts, customerKind)).sellerLiable,
    applies:
      facts.exclusion === undefined
        ? null
        : terms.exclusionHolds({ customerKind, grossNegligence: facts.grossNegligence }),
  }
}

function presumed({ deliveredAt, appearedAt, contractAt }: Complained, customerKind: CustomerKind) {
  if (deliveredAt == null || appearedAt === undefined) return null
  return terms.presumedAtDelivery({
    customerKind,
    contractAt: maybeInstantOf(contractAt),
    deliveredAt: instantOf(deliveredAt),
    showedAt: instantOf(appearedAt),
  }).presumed
}

function defectOf(facts: Complained, customerKind: CustomerKind): DefectFacts {
  const chosen = facts.requested === 'repair' || facts.requested === 'replacement' ? facts.requested : undefined
  const notFeasible: Cure[] = []
  if (chosen && (facts.disproportionate || facts.impossible)) notFeasible.push(chosen)
  if (chosen && facts.otherCureFeasible === false) notFeasible.push(chosen === 'repair' ? 'replacement' : 'repair')
  return {
    customerKind,
    chosen,
    notFeasible,
    failedCures: facts.previousRemedies,
    anotherAttemptReasonable: facts.furtherRemedyReasonable,
    sellerOffersCure: facts.sellerOffersCure,
    provedInsignificant: facts.sellerProvedInsignificant,
    substantial: facts.substantial,
  }
}

const CAUSES: Readonly<Record<string, Damage['cause']>> = {
  misinstallation: 'misinstallation',
  modification: 'unauthorised-modification',
  'unauthorised-modification': 'unauthorised-modification',
  'unauthorized-modification': 'unauthorised-modification',
  misuse: 'misuse',
  'against-instructions': 'misuse',
}

const damageOf = (
  { cause = '', manualCorrect, manualSupplied, installedBy }: Complained,
  customerKind: CustomerKind,
) => ({
  customerKind,
  cause: CAUSES[cause] ?? ('defect' as const),
  installedBySeller: installedBy === 'seller',
  instructionsCorrect: manualCorrect ?? undefined,
  instructionsSupplied: manualSupplied ?? undefined,
})

export const complaintTopics: Record<string, Topic> = {
  'complaint-window': complaintWindow,
  'complaint-rules': complaintRules,
}
