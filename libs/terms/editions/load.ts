import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import canonicalize from 'canonicalize'
import { startOfOsloDay } from '../calendar.ts'
import { applyRules } from '../rules/apply-rules.ts'
import type { Because, EditionSays } from '../rules/rule.ts'
import { type CommonSentence, type OptionalSentence, type SentenceName, sentences } from '../rules/sentences.ts'
import { byLaw } from '../ruling/citing.ts'
import type { Citation, Reason } from '../ruling/ruling.ts'
import type { Locale } from '../ruling/vocabulary.ts'
import { citationOn, lastChangeOfLaw } from '../statute/act.ts'
import type { EditionFigures, Wording } from './edition-figures.ts'
import { type Printed, printed } from './printed.ts'
import { type Finding, refuseUndeclared } from './statutory-minimums.ts'
import type { Terms } from './terms.ts'

/** The number of a sentence, such as `8.2`. */
type SentenceNumber = `${number}.${number}`

/** What an edition has instead of a number where it is silent. */
const NOT_MENTIONED = 'not mentioned'

/** What an edition is made of. It holds no rule: which rules apply it is the same for all. */
export type EditionSource = {
  /** The seller and the first day: `seller/2026-01-15`, as orders keep it and rulings cite it. */
  id: string
  /** Where `terms.nb.md`, `terms.en.md`, `withdrawal-form.nb.md` and `withdrawal-form.en.md` stand. */
  folder: URL
  figures: EditionFigures
  wording: Wording
  /**
   * The number under which the edition has each sentence that rules keep, or that it does not mention one of those on which it
   * may be silent. Two of them may be one sentence of the edition.
   */
  sentences: Readonly<
    Record<CommonSentence, SentenceNumber> & Record<OptionalSentence, SentenceNumber | typeof NOT_MENTIONED>
  >
  /** The sentences that no rule keeps, each with the reason why. */
  unenforced: Readonly<Record<string, string>>
  findings: readonly Finding[]
}

/** One wording of a seller's terms. Once in force it never changes: a change is another edition. */
export type Edition = {
  id: string
  seller: string
  /** The start of its first day in Europe/Oslo; an order placed at that very instant follows it. */
  inForceFrom: Temporal.Instant
  /** Lowercase hex, over both languages, both forms and the figures: what an order keeps to show what was agreed. */
  sha256: string
  /** The whole terms, Markdown. */
  text: (locale: Locale) => string
  /** The numbered sentences, by number. */
  clauses: (locale: Locale) => Readonly<Record<string, string>>
  /** The terms taken apart into clauses, with their headings. */
  printed: (locale: Locale) => Printed
  /** Which file of `rules/` keeps a sentence, or else why none does. */
  enforcement: (sentence: string) => { enforcedBy?: string; unenforced?: string }
  /** The form of angrerettloven § 8, Markdown. */
  withdrawalForm: (locale: Locale) => string
  /** Where the seller's printed terms fall short of the law, and what the shop does instead. No part of the hash. */
  findings: readonly Finding[]
}

/** An edition with its rules: their reasons cite the law as it reads now, and those of `termsOn` as it read on a day. */
export type LoadedEdition = { edition: Edition; terms: Terms; termsOn: (day: Temporal.PlainDate) => Terms }

/**
 * Reads an edition and applies the rules under it. Throws a sentence when it gives consumers less than the law without
 * declaring so, names a sentence that it does not have, or has one that is neither kept by a rule nor listed with a reason.
 */
export function loadEdition(source: EditionSource): LoadedEdition {
  refuseUndeclared(source)
  const { id, figures, findings, unenforced } = source
  const text = { nb: read(source, 'terms.nb.md'), en: read(source, 'terms.en.md') }
  const form = { nb: read(source, 'withdrawal-form.nb.md'), en: read(source, 'withdrawal-form.en.md') }
  const clauses = { nb: clausesOf(text.nb), en: clausesOf(text.en) }
  for (const locale of ['nb', 'en'] as const) checkSentences(source, locale, clauses[locale])
  const names = Object.keys(sentences) as SentenceName[]
  const edition: Edition = {
    id,
    seller: id.slice(0, id.indexOf('/')),
    inForceFrom: startOfOsloDay(Temporal.PlainDate.from(figures.inForceFrom)),
    sha256: createHash('sha256').update(canonicalize({ text, form, figures })!).digest('hex'),
    text: (locale) => text[locale],
    clauses: (locale) => clauses[locale],
    printed: (locale) => printed(text[locale]),
    enforcement: (sentence) => {
      const name = names.find((each) => source.sentences[each] === sentence)
      return name === undefined ? { unenforced: unenforced[sentence] } : { enforcedBy: sentences[name] }
    },
    withdrawalForm: (locale) => form[locale],
    findings,
  }
  // Between two changes of the law all days have the same rules and reasons, which are made once.
  const spans = new Map<string | undefined, Terms>()
  const termsOn = (day: Temporal.PlainDate) => {
    const changed = lastChangeOfLaw(day.toString())
    return spans.getOrInsertComputed(changed, () => applyRules(saysOf(source, changed ?? BEFORE_ANY_CHANGE)))
  }
  return { edition, terms: applyRules(saysOf(source)), termsOn }
}

const BEFORE_ANY_CHANGE = '0000-01-01'

/** What rules need of an edition, citing the law as it reads now, or read on a day, ISO 8601. */
export const saysOf = (source: EditionSource, day?: string): EditionSays => ({
  figures: source.figures,
  wording: source.wording,
  mentions: (name) => source.sentences[name] !== NOT_MENTIONED,
  because: becauseOf(source, day),
})

/** The numbers of the sentences that rules keep under an edition. */
export const numbersKept = ({ sentences }: Pick<EditionSource, 'sentences'>): ReadonlySet<string> =>
  new Set(Object.values(sentences).filter((number) => number !== NOT_MENTIONED))

/**
 * How rules cite an edition: by its id, its own numbers, and its sentences in English; and the law as it reads now, or read on a
 * day, ISO 8601.
 */
export function becauseOf(source: Pick<EditionSource, 'id' | 'folder' | 'sentences'>, day?: string): Because {
  const text = clausesOf(read(source, 'terms.en.md'))
  const cite = (name: SentenceName): Citation => {
    const clause = source.sentences[name]
    return Object.freeze({ edition: source.id, clause, text: text[clause]! })
  }
  const because = (code: string, ...named: readonly (SentenceName | Citation)[]): Reason | undefined => {
    const sources = named.filter((each) => typeof each !== 'string' || source.sentences[each] !== NOT_MENTIONED)
    if (sources.length === 0) return undefined
    const numbered = sources.map((each) => (typeof each === 'string' ? source.sentences[each] : each))
    const once = sources.filter((_, at) => numbered.indexOf(numbered[at]!) === at)
    const law = (citation: Citation) => (day === undefined ? citation : citationOn(citation, day))
    return byLaw(code, ...once.map((each) => (typeof each === 'string' ? cite(each) : law(each))))
  }
  return because as Because
}

const read = ({ folder }: Pick<EditionSource, 'folder'>, name: string) =>
  readFileSync(new URL(name, folder), 'utf8').replaceAll('\r\n', '\n')

/** A numbered sentence is a line of its own: its number, a space, the sentence. */
function clausesOf(markdown: string): Readonly<Record<string, string>> {
  const numbered = markdown.matchAll(/^(\d+\.\d+) (.+)$/gm)
  return Object.freeze(Object.fromEntries([...numbered].map(([, number, sentence]) => [number, sentence])))
}

/** Rules cite only what is there, and no sentence is forgotten. */
function checkSentences(source: EditionSource, locale: Locale, text: Readonly<Record<string, string>>) {
  const where = `terms.${locale}.md of ${source.id}`
  for (const [name, number] of Object.entries(source.sentences))
    if (number !== NOT_MENTIONED && !(number in text))
      throw new RangeError(`${where} has no sentence ${number}, which is to be cited as "${name}".`)
  const kept = numbersKept(source)
  for (const number of Object.keys(source.unenforced))
    if (!(number in text)) throw new RangeError(`${where} has no sentence ${number}, which is listed as unenforced.`)
  for (const number of Object.keys(text))
    if (kept.has(number) === number in source.unenforced)
      throw new RangeError(`Sentence ${number} of ${where} is to be either kept by a rule or listed as unenforced.`)
}
