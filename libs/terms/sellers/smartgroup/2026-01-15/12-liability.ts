import { citing } from '../../../ruling/citing.ts'
import { type CustomerKind, granted, type Ruling, refused } from '../../../ruling/ruling.ts'
import { avtaleloven } from '../../../statute/avtaleloven.ts'
import { forbrukerkjopsloven } from '../../../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../../../statute/kjopsloven.ts'
import { EDITION } from './parameters.ts'

/** Clause 12, as printed. Legal basis: forbrukerkjøpsloven §§ 3 and 52; kjøpsloven §§ 27, 40 and 67; avtaleloven § 36. */
export const text = {
  '12.1': 'Consumers keep every right that the law makes mandatory, whatever these terms say.',
  '12.2':
    'Towards business customers SmartGroup does not answer for indirect or consequential loss, unless mandatory law requires it.',
} as const

const because = citing(EDITION, text)

const why = {
  consumer: because('consumer-loss-covered', '12.1', forbrukerkjopsloven('§ 3'), forbrukerkjopsloven('§ 52')),
  direct: because('direct-loss-covered', kjopsloven('§ 27'), kjopsloven('§ 40')),
  excluded: because('indirect-loss-excluded', '12.2', kjopsloven('§ 67')),
  grossNegligence: because('gross-negligence', '12.2', avtaleloven('§ 36')),
  mandatory: because('mandatory-law', '12.2'),
}

export type Loss = {
  customerKind: CustomerKind
  loss: 'direct' | 'indirect'
  /** The seller caused it with gross negligence or intent: nobody can contract out of that. */
  grossNegligence?: boolean
  /** Another mandatory rule makes the seller answer, such as product liability for injury. */
  mandatoryLaw?: boolean
}

/** What would make the seller answer for a loss that the terms exclude. */
export type Unless = 'mandatory-law-or-gross-negligence'

/**
 * Clauses 12.1 and 12.2, as code: whether the seller may be made to answer for a kind of loss that he caused. The exclusion
 * of indirect loss is for business customers only.
 */
export function liability(facts: Loss): Ruling & { liable: boolean; unless?: Unless } {
  const { customerKind, loss, grossNegligence = false, mandatoryLaw = false } = facts
  if (customerKind === 'consumer') return { ...granted(why.consumer), basis: 'both', liable: true }
  if (loss === 'direct') return { ...granted(why.direct), basis: 'statute', liable: true }
  if (mandatoryLaw) return { ...granted(why.mandatory), basis: 'both', liable: true }
  if (grossNegligence) return { ...granted(why.grossNegligence), basis: 'statute', liable: true }
  return { ...refused(why.excluded), basis: 'terms', liable: false, unless: 'mandatory-law-or-gross-negligence' }
}

/** Whether the exclusion of indirect loss holds against a customer. */
export const exclusionHolds = (facts: Omit<Loss, 'loss'>): boolean => !liability({ ...facts, loss: 'indirect' }).liable
