import type { EditionFigures, Wording } from '../editions/edition-figures.ts'
import type { Citation, Reason } from '../ruling/ruling.ts'
import type { SentenceName } from './sentences.ts'

/**
 * Makes a reason under an edition. A source is the name of a sentence, which the edition has under a number of its own, or a
 * section of law; a name that is not in `sentences` does not compile.
 */
export type Because = (code: string, ...sources: (SentenceName | Citation)[]) => Reason

/** All that rules need of an edition: what it says in figures, what else it says, and how it is cited. */
export type EditionSays = { figures: EditionFigures; wording: Wording; because: Because }

/** The edition that a rule is applied under, with the rule's reasons made once. */
export type Under<ReasonsOf extends (because: Because) => unknown> = EditionSays & { why: ReturnType<ReasonsOf> }

/** Rules as a caller asks them, the edition filled in. */
type Applied<Rules> = {
  [Name in keyof Rules]: Rules[Name] extends (edition: never, ...facts: infer Facts) => infer Ruling
    ? (...facts: Facts) => Ruling
    : never
}

/**
 * Puts rules that share their reasons together. Each is a pure function of an edition and the facts; what comes out applies
 * them under the edition that it is given.
 */
export const rulesOf =
  <Why, Rules extends Record<string, (edition: EditionSays & { why: Why }, ...facts: never[]) => unknown>>(
    reasonsOf: (because: Because) => Why,
    rules: Rules,
  ) =>
  (says: EditionSays): Applied<Rules> => {
    const edition = { ...says, why: reasonsOf(says.because) }
    const applied = Object.entries(rules).map(([name, rule]) => [name, rule.bind(undefined, edition)])
    return Object.fromEntries(applied)
  }
