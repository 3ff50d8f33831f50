import { granted, type Ruling, refused } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { avtaleloven } from '../statute/avtaleloven.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven §§ 3 and 52; kjøpsloven §§ 27, 40 and 67; avtaleloven § 36. */
const reasonsOf = (because: Because) => ({
  consumer: because(
    'consumer-loss-covered',
    'consumer-rights-kept',
    forbrukerkjopsloven('§ 3'),
    forbrukerkjopsloven('§ 52'),
  ),
  ownBusiness: because('loss-in-own-business', forbrukerkjopsloven('§ 52 andre ledd')),
  direct: because('direct-loss-covered', kjopsloven('§ 27'), kjopsloven('§ 40')),
  excluded: because('indirect-loss-excluded', 'indirect-loss', kjopsloven('§ 67')),
  grossNegligence: because('gross-negligence', 'indirect-loss', avtaleloven('§ 36')),
  mandatory: because('mandatory-law', 'indirect-loss'),
})
type Edition = Under<typeof reasonsOf>

export type Loss = {
  customerKind: CustomerKind
  loss: 'direct' | 'indirect'
  /** The seller caused it with gross negligence or intent: nobody can contract out of that. */
  grossNegligence?: boolean
  /** A consumer’s loss in a business of their own. */
  businessLoss?: boolean
  /** Another mandatory rule makes the seller answer, such as product liability for injury. */
  mandatoryLaw?: boolean
}

/** What would make the seller answer for a loss that the terms exclude. */
export type Unless = 'mandatory-law-or-gross-negligence'

/**
 * Whether the seller may be made to answer for a kind of loss that they caused. The exclusion
 * of indirect loss is for business customers only; a consumer’s loss in a business of their own is not covered by law. Loss
 * through injury is not either by this Act (§ 52 andre ledd), and is answered for by others: `mandatoryLaw`.
 */
function liability(edition: Edition, facts: Loss): Ruling & { liable: boolean; unless?: Unless } {
  const { customerKind, loss, grossNegligence = false, mandatoryLaw = false, businessLoss = false } = facts
  if (customerKind === 'consumer' && businessLoss && !mandatoryLaw)
    return { ...refused(edition.why.ownBusiness), basis: 'statute', liable: false }
  if (customerKind === 'consumer') return { ...granted(edition.why.consumer), basis: 'both', liable: true }
  if (loss === 'direct') return { ...granted(edition.why.direct), basis: 'statute', liable: true }
  if (mandatoryLaw) return { ...granted(edition.why.mandatory), basis: 'both', liable: true }
  if (grossNegligence) return { ...granted(edition.why.grossNegligence), basis: 'statute', liable: true }
  return {
    ...refused(edition.why.excluded),
    basis: 'terms',
    liable: false,
    unless: 'mandatory-law-or-gross-negligence',
  }
}

/** Whether the exclusion of indirect loss holds against a customer. */
const exclusionHolds = (edition: Edition, facts: Omit<Loss, 'loss'>): boolean =>
  !liability(edition, { ...facts, loss: 'indirect' }).liable

export const liabilityRules = rulesOf(reasonsOf, { liability, exclusionHolds })
