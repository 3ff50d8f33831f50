import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { startOfOsloDay } from '../calendar.ts'
import { clauses as smartgroup20260115 } from '../sellers/smartgroup/2026-01-15/clauses.ts'
import { enforced } from '../sellers/smartgroup/2026-01-15/enforced.ts'
import { findings } from '../sellers/smartgroup/2026-01-15/findings.ts'
import { EDITION, parameters, saidIn, wording } from '../sellers/smartgroup/2026-01-15/parameters.ts'
import { unenforced } from '../sellers/smartgroup/2026-01-15/unenforced.ts'
import { type Printed, printed } from './chapters.ts'
import type { Promised, Wording } from './edition-figures.ts'
import { type Finding, refuseUndeclared, type SaidIn } from './statutory-minimums.ts'
import { versionAt } from './versions.ts'

export type Locale = 'nb' | 'en'

/** One wording of a seller's terms. Once in force it never changes: a change is another edition. */
export type Edition = {
  id: string
  seller: string
  /** The start of its first day in Europe/Oslo; an order placed at that very instant follows it. */
  inForceFrom: Temporal.Instant
  /** Lowercase hex, over both languages, both forms and the parameters: what an order keeps to show what was agreed. */
  sha256: string
  /** The whole terms, Markdown. */
  text: (locale: Locale) => string
  /** The numbered sentences, by number. */
  clauses: (locale: Locale) => Readonly<Record<string, string>>
  /** The terms taken apart into clauses, with their headings. */
  printed: (locale: Locale) => Printed
  /** Which clause file enforces a sentence, or else why none does. */
  enforcement: (sentence: string) => { enforcedBy?: string; unenforced?: string }
  /** The form of angrerettloven § 8, Markdown. */
  withdrawalForm: (locale: Locale) => string
  /** Where the seller's printed terms fall short of the law, and what the shop does instead. No part of the hash. */
  findings: readonly Finding[]
}

/** The clauses of an edition, as functions: `termsOf(edition).withdrawal(facts)`. */
export type Terms = typeof smartgroup20260115

/** Every edition with its clauses, each seller's oldest first. */
const shelf: readonly { edition: Edition; terms: Terms }[] = [
  {
    edition: loadEdition(EDITION, { promised: parameters, wording, saidIn, findings, enforced, unenforced }),
    terms: smartgroup20260115,
  },
]

export const editions: readonly Edition[] = shelf.map(({ edition }) => edition)

const byId = new Map(shelf.map((entry) => [entry.edition.id, entry]))

export const editionById = (id: string): Edition | undefined => byId.get(id)?.edition

/** The edition that an order placed at the instant follows. Throws when the seller had none in force yet. */
export function editionAt(instant: Temporal.Instant, seller = 'smartgroup'): Edition {
  const inForce = versionAt(
    editions.filter((edition) => edition.seller === seller),
    instant,
  )
  if (inForce === undefined) throw new RangeError(`${seller} had no terms in force at ${instant}`)
  return inForce
}

/** Throws for an edition that does not exist: an order cannot have been placed under it. */
export function termsOf(editionId: string): Terms {
  const entry = byId.get(editionId)
  if (entry === undefined) throw new RangeError(`there is no edition ${editionId} of any terms`)
  return entry.terms
}

/** What an edition brings besides its texts. */
export type Brought = {
  promised: Promised
  wording: Wording
  saidIn: SaidIn
  findings: readonly Finding[]
  /** The sentences in each clause file, and those in none with the reason. */
  enforced: Readonly<Record<string, Readonly<Record<string, string>>>>
  unenforced: Readonly<Record<string, { reason: string }>>
}

/**
 * Reads an edition from the folder of its name. Throws a sentence with the clause and the section of law when it gives
 * consumers less than the law without declaring so.
 */
export function loadEdition(id: string, brought: Brought): Edition {
  refuseUndeclared(id, brought)
  const { promised: figures, findings, enforced, unenforced } = brought
  const read = (name: string) =>
    readFileSync(new URL(`../sellers/${id}/${name}`, import.meta.url), 'utf8').replaceAll('\r\n', '\n')
  const text = { nb: read('terms.nb.md'), en: read('terms.en.md') }
  const form = { nb: read('withdrawal-form.nb.md'), en: read('withdrawal-form.en.md') }
  const clauses = { nb: clausesOf(text.nb), en: clausesOf(text.en) }
  return {
    id,
    seller: id.slice(0, id.indexOf('/')),
    inForceFrom: startOfOsloDay(Temporal.PlainDate.from(figures.inForceFrom)),
    sha256: createHash('sha256').update(canonical({ text, form, figures })).digest('hex'),
    text: (locale) => text[locale],
    clauses: (locale) => clauses[locale],
    printed: (locale) => printed(text[locale]),
    enforcement: (sentence) => {
      const file = Object.keys(enforced).find((name) => sentence in enforced[name]!)
      return file === undefined ? { unenforced: unenforced[sentence]?.reason } : { enforcedBy: file }
    },
    withdrawalForm: (locale) => form[locale],
    findings,
  }
}

/** A numbered sentence is a line of its own: its number, a space, the sentence. */
function clausesOf(markdown: string): Readonly<Record<string, string>> {
  const sentences = markdown.matchAll(/^(\d+\.\d+) (.+)$/gm)
  return Object.freeze(Object.fromEntries(sentences.map(([, number, sentence]) => [number, sentence])))
}

/** JSON with sorted keys, so that the order in which somebody wrote them down is no part of the hash. */
function canonical(value: unknown) {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
