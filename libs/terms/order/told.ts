import { createHash } from 'node:crypto'
import type { Country } from '../calendar.ts'
import { editionById, termsOf } from '../editions/registry.ts'
import type { Locale } from '../ruling/vocabulary.ts'
import { functionNotice } from '../statute/withdrawal-function.ts'
import type { OrderFacts } from './facts.ts'

/** What a document of a mail is: the terms, which tell of the right of withdrawal and its cost, or the form for it. */
export const documentKinds = ['terms', 'withdrawal-form'] as const

/** A document that went out with a mail: what it was, in which language, and the SHA-256 of its text, lowercase hex. */
export type SentDocument = { kind: (typeof documentKinds)[number]; locale: Locale; sha256: string }

/** SHA-256 of bytes, or of a text in UTF-8, lowercase hex. */
export const sha256Of = (what: string | Uint8Array) => createHash('sha256').update(what).digest('hex')

/**
 * A withdrawal function that a mail told of: in which language, on which page, and the SHA-256 of the notice, with the address of the page
 * in place of the customer's own link to it.
 */
export type SentFunction = { locale: Locale; page: string; sha256: string }

type Told = {
  withdrawalFunction?: SentFunction
  documents: readonly SentDocument[]
  edition: string
  country: Country
  orderedOn: Temporal.PlainDate
}

/**
 * What a customer was told by the documents that went out. One counts if it is, to the letter, what the edition of the order
 * says; text and form have to come in one language. So does the notice of a withdrawal function, which
 * counts in its own language; without it the period stays open for a year where the law has the function. Source: angrerettloven §§ 7, 8 and 21; Directive 2011/83/EU, Art. 10.
 */
export function toldBy({ documents, withdrawalFunction, edition: id, country, orderedOn }: Told) {
  const edition = editionById(id)
  const sent = (kind: SentDocument['kind'], locale: Locale) =>
    edition !== undefined &&
    documents.some(
      (each) =>
        each.kind === kind &&
        each.locale === locale &&
        each.sha256 === sha256Of(kind === 'terms' ? edition.text(locale) : edition.withdrawalForm(locale)),
    )
  const functionTold = (locale: Locale) =>
    withdrawalFunction?.locale === locale &&
    withdrawalFunction.sha256 === sha256Of(functionNotice(locale, withdrawalFunction.page))
  const languages = [...new Set(documents.map(({ locale }) => locale))]
  const informed = (locale: Locale) =>
    termsOf(id).withdrawalInformation({
      ...{ text: sent('terms', locale), form: sent('withdrawal-form', locale) },
      ...{ locale, market: country, functionTold: functionTold(locale), orderedOn },
    }).complete
  return {
    withdrawalInformation: languages.some(informed),
    returnCost: languages.some((locale) => sent('terms', locale)),
  } satisfies Partial<OrderFacts['disclosures']>
}
