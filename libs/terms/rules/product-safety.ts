import { granted, type Ruling, refused } from '../ruling/ruling.ts'
import type { CustomerKind } from '../ruling/vocabulary.ts'
import { regulation2023988 } from '../statute/regulation-2023-988.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: Regulation (EU) 2023/988 Art. 9, 35, 36 and 37. */
const reasonsOf = (because: Because) => ({
  unidentified: because(
    'unit-unidentified',
    'safe-use',
    regulation2023988('Art. 9(5)'),
    regulation2023988('Art. 35(1)'),
  ),
  withoutManual: because('manual-missing', 'safe-use', regulation2023988('Art. 9(7)')),
  safelyPacked: because('safely-packed', 'safe-use', regulation2023988('Art. 9(5)'), regulation2023988('Art. 9(7)')),
  recalled: because(
    'recalled',
    'safe-use',
    regulation2023988('Art. 35(1)'),
    regulation2023988('Art. 36(2)'),
    regulation2023988('Art. 37(1)'),
    regulation2023988('Art. 37(2)'),
  ),
  recalledOfBusiness: because('recalled', 'safe-use', regulation2023988('Art. 35(1)')),
})
type Edition = Under<typeof reasonsOf>

/**
 * What is packed of goods that are critical to safety: units, those of them whose serial or lot number is known, and whether their manual goes
 * along, as a booklet or by the address at which it is read.
 */
export type Packed = { units: number; identified: number; manual: boolean }

/**
 * Whether goods that are critical to safety may leave: each unit with a number by which it is found again, and with the manual that says how it
 * is installed and used. What customers are to keep to (clause 11) has to be in their hands, and a recall has to find them.
 */
function packing({ why }: Edition, { units, identified, manual }: Packed): Ruling {
  const faults = [...(identified < units ? [why.unidentified] : []), ...(manual ? [] : [why.withoutManual])]
  return faults.length > 0 ? refused(...faults) : granted(why.safelyPacked)
}

/** That whoever has recalled goods is told, and what they may choose. The choice of remedies is a consumer’s. */
const recall = ({ why }: Edition, { customerKind }: { customerKind: CustomerKind }): Ruling =>
  granted(customerKind === 'consumer' ? why.recalled : why.recalledOfBusiness)

export const productSafetyRules = rulesOf(reasonsOf, { packing, recall })
