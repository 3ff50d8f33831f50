import { osloDay } from '@vilkar/terms/calendar.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { DocumentLine } from '../money/document-lines.ts'
import type { InNok } from '../money/exchange-rates.ts'
import { type Buyer, type Payable, readDocuments, type SalesDocument } from '../money/sales-documents.ts'
import type { StoredOrder } from '../order/state.ts'

/**
 * All that a sales document says (bokføringsforskriften § 5-1-1: number and date, the parties, what was sold, when and where it
 * was delivered, what is paid, VAT). Amounts in minor units of `currency`, days in Europe/Oslo.
 */
export type DocumentContent = {
  series: SalesDocument['series']
  number: number
  locale: Locale
  currency: string
  issuedOn: string
  orderNumber: string
  seller: Seller
  buyer: Buyer
  lines: (DocumentLine & { net: number })[]
  rates: { rate: number; net: number; vat: number; gross: number }[]
  net: number
  vat: number
  gross: number
  /** Of a document in another currency that bears VAT: what that is in kroner; `missing` while nobody has given the rate. */
  inNok?: InNok | 'missing'
  /** The goods left the VAT area, so that there is no VAT. */
  exported: boolean
  deliveredOn?: string
  /** What an invoice or credit note is settled by: money that was taken or went back, or a claim that is owed or owed no more. */
  settledBy: 'money' | 'claim'
  /** Of an invoice that is owed: by which day, and to which bank account (IBAN). */
  payable?: Payable
  /** Of a credit note: the invoices that it takes back. */
  invoices: { number: number; issuedOn: string }[]
}

/** The name of a document in addresses and files, such as `invoice-17`. */
export const nameOf = ({ series, number }: Pick<SalesDocument, 'series' | 'number'>) => `${series}-${number}`

const dayOf = (issuedAt: string) => osloDay(Temporal.Instant.from(issuedAt)).toString()

/** What a document of an order says. `all` are the documents of the order. */
export function contentOf(
  { state }: StoredOrder,
  document: SalesDocument,
  all: readonly SalesDocument[],
): DocumentContent {
  const { placed } = state
  const { series, number, currency, amount, issuedAt, buyer, deliveredOn, payable } = document
  const rates = document.vat.map(({ rate, gross, vat }) => ({ rate, net: gross - vat, vat, gross }))
  const vat = rates.reduce((sum, rate) => sum + rate.vat, 0)
  return {
    ...{ series, number, currency, buyer, deliveredOn },
    locale: placed.locale,
    issuedOn: dayOf(issuedAt),
    orderNumber: placed.number,
    seller: sellerOf(placed.terms.edition),
    lines: document.lines.map((line) => ({ ...line, net: line.gross - line.vat })),
    ...{ rates, net: amount - vat, vat, gross: amount },
    exported: placed.exported ?? false,
    ...(currency !== 'NOK' && vat > 0 && { inNok: document.inNok ?? ('missing' as const) }),
    settledBy: document.entryId === undefined ? 'claim' : 'money',
    ...(payable && { payable }),
    invoices: document.invoices.flatMap((invoice) => {
      const issued = all.find((each) => each.series === 'invoice' && each.number === invoice)
      return issued === undefined ? [] : [{ number: invoice, issuedOn: dayOf(issued.issuedAt) }]
    }),
  }
}

/** The content of one of an order's documents, the one that is asked for; undefined when it has none such. */
export async function findContent(
  db: Kysely<Database>,
  order: StoredOrder,
  asked: (document: SalesDocument) => boolean,
): Promise<DocumentContent | undefined> {
  const all = await readDocuments(db, order)
  const document = all.find(asked)
  return document && contentOf(order, document, all)
}
