import { granted, type Ruling, refused, review } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { forbrukerkjopsloven } from '../statute/forbrukerkjopsloven.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forbrukerkjøpsloven §§ 15–17 and 26; kjøpsloven § 17 for business customers. */
const reasonsOf = (because: Because) => ({
  defect: because('defect-of-the-product', forbrukerkjopsloven('§ 26')),
  installedBySeller: because('installed-by-seller', forbrukerkjopsloven('§ 17')),
  instructionsWrong: because(
    'instructions-wrong-or-missing',
    'damage-by-use',
    forbrukerkjopsloven('§ 3'),
    forbrukerkjopsloven('§ 17'),
  ),
  instructionsUnknown: because(
    'instructions-to-be-shown',
    'damage-by-use',
    forbrukerkjopsloven('§ 3'),
    forbrukerkjopsloven('§ 17'),
  ),
  againstInstructions: because('against-correct-instructions', 'damage-by-use', forbrukerkjopsloven('§ 26')),
  businessDefect: because('defect-of-the-product', kjopsloven('§ 30')),
  businessInstructions: because('instructions-wrong-or-missing', 'damage-by-use', kjopsloven('§ 17')),
  businessAgainstInstructions: because('against-correct-instructions', 'damage-by-use'),
})
type Edition = Under<typeof reasonsOf>

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
 * Whether the seller answers for a damage. Towards a consumer it holds only when the seller shows that
 * the instructions were right; wrong ones, or none, make the damage a defect that no terms can exclude. Until that is known
 * the seller answers for it and a person looks. Between businesses the clause holds unless the instructions were wrong.
 */
function damageByUse(edition: Edition, damage: Damage): Ruling & { sellerLiable: boolean } {
  const ruling =
    damage.customerKind === 'business' ? towardsBusiness(edition, damage) : towardsConsumer(edition, damage)
  return { ...ruling, sellerLiable: ruling.outcome !== 'refused' }
}

function towardsConsumer(edition: Edition, damage: Damage): Ruling {
  const { cause, installedBySeller = false, instructionsCorrect } = damage
  if (cause === 'defect') return { ...granted(edition.why.defect), basis: 'statute' }
  if (cause === 'misinstallation' && installedBySeller)
    return { ...granted(edition.why.installedBySeller), basis: 'statute' }
  if (instructionsFailed(damage))
    return { ...granted(edition.why.instructionsWrong), basis: 'statute', termsUndercut: true }
  if (instructionsCorrect === undefined)
    return { ...review(edition.why.instructionsUnknown), basis: 'statute', termsUndercut: true }
  return { ...refused(edition.why.againstInstructions), basis: 'terms' }
}

function towardsBusiness(edition: Edition, damage: Damage): Ruling {
  if (damage.cause === 'defect' || (damage.cause === 'misinstallation' && damage.installedBySeller))
    return { ...granted(edition.why.businessDefect), basis: 'statute' }
  if (instructionsFailed(damage))
    return { ...granted(edition.why.businessInstructions), basis: 'statute', termsUndercut: true }
  return { ...refused(edition.why.businessAgainstInstructions), basis: 'terms' }
}

const instructionsFailed = ({ instructionsCorrect, instructionsSupplied }: Damage) =>
  instructionsCorrect === false || instructionsSupplied === false

export const damageByUseRules = rulesOf(reasonsOf, { damageByUse })
