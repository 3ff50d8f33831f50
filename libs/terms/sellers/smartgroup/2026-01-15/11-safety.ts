import { citing } from '../../../ruling/citing.ts'
import { type CustomerKind, granted, type Ruling, refused, review } from '../../../ruling/ruling.ts'
import { forbrukerkjopsloven } from '../../../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../../../statute/kjopsloven.ts'
import { EDITION } from './parameters.ts'

/** Clause 11.2, as printed. Legal basis: forbrukerkjøpsloven §§ 15–17 and 26; kjøpsloven § 17 for business customers. */
export const text = {
  '11.2':
    'SmartGroup does not answer for damage that comes from incorrect installation or misuse, from modifications that were not authorised, or from use against the instructions given.',
} as const

const because = citing(EDITION, text)

const why = {
  defect: because('defect-of-the-product', forbrukerkjopsloven('§ 26')),
  installedBySeller: because('installed-by-seller', forbrukerkjopsloven('§ 17')),
  instructionsWrong: because(
    'instructions-wrong-or-missing',
    '11.2',
    forbrukerkjopsloven('§ 3'),
    forbrukerkjopsloven('§ 17'),
  ),
  instructionsUnknown: because(
    'instructions-to-be-shown',
    '11.2',
    forbrukerkjopsloven('§ 3'),
    forbrukerkjopsloven('§ 17'),
  ),
  againstInstructions: because('against-correct-instructions', '11.2', forbrukerkjopsloven('§ 26')),
  businessDefect: because('defect-of-the-product', kjopsloven('§ 30')),
  businessInstructions: because('instructions-wrong-or-missing', '11.2', kjopsloven('§ 17')),
  businessAgainstInstructions: because('against-correct-instructions', '11.2'),
}

export type Damage = {
  customerKind: CustomerKind
  cause: 'defect' | 'misinstallation' | 'unauthorised-modification' | 'misuse'
  /** Installation was part of the purchase and the seller's to do. */
  installedBySeller?: boolean
  /** Whether the instructions were right, and whether they came with the product; left out when nobody has shown it. */
  instructionsCorrect?: boolean
  instructionsSupplied?: boolean
}

/**
 * Clause 11.2, as code: whether the seller answers for a damage. Towards a consumer it holds only when the seller shows that
 * the instructions were right; wrong ones, or none, make the damage a defect that no terms can exclude. Until that is known
 * the seller answers for it and a person looks. Between businesses the clause holds unless the instructions were wrong.
 */
export function damageByUse(damage: Damage): Ruling & { sellerLiable: boolean } {
  const ruling = damage.customerKind === 'business' ? towardsBusiness(damage) : towardsConsumer(damage)
  return { ...ruling, sellerLiable: ruling.outcome !== 'refused' }
}

function towardsConsumer(damage: Damage): Ruling {
  const { cause, installedBySeller = false, instructionsCorrect } = damage
  if (cause === 'defect') return { ...granted(why.defect), basis: 'statute' }
  if (cause === 'misinstallation' && installedBySeller) return { ...granted(why.installedBySeller), basis: 'statute' }
  if (instructionsFailed(damage)) return { ...granted(why.instructionsWrong), basis: 'statute', termsUndercut: true }
  if (instructionsCorrect === undefined)
    return { ...review(why.instructionsUnknown), basis: 'statute', termsUndercut: true }
  return { ...refused(why.againstInstructions), basis: 'terms' }
}

function towardsBusiness(damage: Damage): Ruling {
  if (damage.cause === 'defect' || (damage.cause === 'misinstallation' && damage.installedBySeller))
    return { ...granted(why.businessDefect), basis: 'statute' }
  if (instructionsFailed(damage)) return { ...granted(why.businessInstructions), basis: 'statute', termsUndercut: true }
  return { ...refused(why.businessAgainstInstructions), basis: 'terms' }
}

const instructionsFailed = ({ instructionsCorrect, instructionsSupplied }: Damage) =>
  instructionsCorrect === false || instructionsSupplied === false
