import type { Attachment } from '@vilkar/mail/mail.ts'
import { gathering } from '@vilkar/messaging/gather.ts'
import { editionById, sellerOf } from '@vilkar/terms/editions/registry.ts'
import { type SentDocument, type SentFunction, sha256Of } from '@vilkar/terms/order/told.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import { type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { PlacedOrder } from '../state.ts'
import { pdfOfDocument } from './document-pdf.ts'

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

const files = { nb: { terms: 'vilkar', form: 'angreskjema' }, en: { terms: 'terms', form: 'withdrawal-form' } }

/** A document as it goes out: as text or as PDF, with the hash of those very bytes. */
type Attached = { document: SentDocument & { format: 'text' | 'pdf' }; attachment: Attachment }

/** The documents of a confirmation to attach: all as text, and all as PDF; the very same for every order to which the same goes out. */
export function attachedDocuments(placed: Ordered): Promise<Attached[]> {
  const { locale, terms, customerKind, country } = placed
  const name = [terms.edition, terms.sha256, locale, customerKind, country === 'NO'].join(' ')
  const known = attached.get(name) ?? attach(placed)
  attached.set(name, known)
  known.catch(() => attached.delete(name))
  return known
}
const attached = new Map<string, Promise<Attached[]>>()

async function attach(placed: Ordered): Promise<Attached[]> {
  const documents = confirmationDocuments(placed)
  const on = placed.terms.edition.split('/').at(-1)!
  const by = { author: sellerOf(placed.terms.edition).name, on }
  const nameOf = ({ kind, locale }: Document) =>
    kind === 'terms' ? `${files[locale].terms}-${on}` : files[locale].form
  const texts = documents.map((each) => ({
    document: { kind: each.kind, locale: each.locale, sha256: each.sha256, format: 'text' as const },
    attachment: {
      ...{ filename: `${nameOf(each)}.md`, content: Buffer.from(each.content) },
      ...{ contentType: 'text/markdown; charset=utf-8', manyHaveIt: true as const },
    },
  }))
  const pdfs = documents.map(async (each) => {
    const content = await pdfOfDocument(each, by)
    return {
      document: { kind: each.kind, locale: each.locale, sha256: sha256Of(content), format: 'pdf' as const },
      attachment: pdfAttachment(`${nameOf(each)}.pdf`, content),
    }
  })
  return [...texts, ...(await Promise.all(pdfs))]
}

const pdfAttachment = (filename: string, content: Buffer): Attachment => ({
  ...{ filename, content, contentType: 'application/pdf', manyHaveIt: true },
})

/** Keeps what goes out with a mail, and that it tells of the withdrawal function, in the transaction that keeps its bytes. */
export async function keepDocuments(
  trx: Transaction<Database>,
  mailId: string,
  documents: readonly Attached['document'][],
  told?: SentFunction,
) {
  const rows = documents.map((document) => ({ mail_id: mailId, page: null, ...document }))
  const notice = told && { mail_id: mailId, kind: 'withdrawal-function' as const, format: 'text' as const, ...told }
  if (rows.length > 0 || notice) await insert(trx, [...rows, ...(notice ? [notice] : [])])
}

const insert = gathering(async (trx: Transaction<Database>, kept: Insertable<Database['mail_document']>[][]) => {
  await trx.insertInto('mail_document').values(kept.flat()).execute()
  return []
})

/**
 * What went out with a mail as text, by which it is known; undefined when nothing was kept, as of mails of before it was. And whether it
 * told of the withdrawal function.
 */
export const documentsOf = gathering(async (db: Kysely<Database>, mailIds: string[]) => {
  const rows = await db
    .selectFrom('mail_document')
    .select(['mail_id', 'kind', 'locale', 'sha256', 'page'])
    .where('mail_id', '=', sql<string>`any(${mailIds}::uuid[])`)
    .where('format', '=', 'text')
    .orderBy('locale')
    .orderBy('kind')
    .execute()
  const byMail = Map.groupBy(rows, ({ mail_id }) => mail_id)
  return mailIds.map((id) => {
    const kept = byMail.get(id)
    const documents = kept?.flatMap(({ kind, locale, sha256 }): SentDocument[] =>
      kind === 'withdrawal-function' ? [] : [{ kind, locale, sha256 }],
    )
    const notice = kept?.find(({ kind }) => kind === 'withdrawal-function')
    const { locale, sha256, page } = notice ?? {}
    const withdrawalFunction: SentFunction | undefined = notice && { locale: locale!, page: page!, sha256: sha256! }
    return { documents, ...(withdrawalFunction && { withdrawalFunction }) }
  })
})
