import type { EditionFigures, Wording } from '../editions/edition-figures.ts'
import type { Citation, Reason } from '../ruling/ruling.ts'
import type { OptionalSentence, SentenceName } from './sentences.ts'

type Source = SentenceName | Citation

/**
 * Makes a reason under an edition. A source is the name of a sentence, which the edition has under a number of its own, or a
 * section of law; a name that is not in `sentences` does not compile. A sentence on which the edition is silent is not cited, so
 * that the law alone remains; where nothing remains there is no reason.
 */
export type Because = <const Sources extends readonly Source[]>(
  code: string,
  ...sources: Sources
) => [Exclude<Sources[number], OptionalSentence>] extends [never] ? Reason | undefined : Reason

/** All that rules need of an edition: what it says in figures, what else it says, what it says at all, and how it is cited. */
export type EditionSays = {
  figures: EditionFigures
  wording: Wording
  mentions: (name: OptionalSentence) => boolean
  because: Because
}

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
