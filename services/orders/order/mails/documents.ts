import { editionById } from '@vilkar/terms/editions/registry.ts'
import { type SentDocument, sha256Of } from '@vilkar/terms/order/told.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { PlacedOrder } from '../state.ts'

/** A document before it is sent. */
export type Document = SentDocument & { content: string }

type Ordered = Pick<PlacedOrder['placed'], 'locale' | 'terms' | 'customerKind' | 'country'>

/**
 * What the confirmation of an order carries: the terms, and for consumers the form, in the language of the order. A consumer in
 * Norway gets them in Norwegian too, since information in another language alone leaves the period to withdraw open for a year
 * (angrerettloven §§ 8 and 21). Throws when the pinned edition is not at hand.
 */
export function confirmationDocuments({ locale, terms, customerKind, country }: Ordered): Document[] {
  const edition = editionById(terms.edition)
  if (edition?.sha256 !== terms.sha256)
    throw new Error(`The pinned edition ${terms.edition} (${terms.sha256}) is not the one at hand.`)
  const consumer = customerKind === 'consumer'
  const languages = new Set(consumer && country === 'NO' ? ([locale, 'nb'] as const) : [locale])
  return [...languages].flatMap((language) => [
    documentOf('terms', language, edition.text(language)),
    ...(consumer ? [documentOf('withdrawal-form', language, edition.withdrawalForm(language))] : []),
  ])
}

const documentOf = (kind: Document['kind'], locale: Locale, content: string): Document => ({
  ...{ kind, locale, content },
  sha256: sha256Of(content),
})

/** Keeps what goes out with a mail, in the transaction that keeps its bytes. */
export async function keepDocuments(trx: Transaction<Database>, mailId: string, documents: readonly SentDocument[]) {
  if (documents.length === 0) return
  const rows = documents.map(({ kind, locale, sha256 }) => ({ mail_id: mailId, kind, locale, sha256 }))
  await trx.insertInto('mail_document').values(rows).execute()
}

/** What went out with a mail; undefined when nothing was kept, as of mails of before it was. */
export async function documentsOf(db: Kysely<Database>, mailId: string): Promise<SentDocument[] | undefined> {
  const rows = await db
    .selectFrom('mail_document')
    .select(['kind', 'locale', 'sha256'])
    .where('mail_id', '=', mailId)
    .orderBy('locale')
    .orderBy('kind')
    .execute()
  return rows.length === 0 ? undefined : rows
}
