import type { VatPart } from '@vilkar/terms/amounts/vat.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import type { PlacedOrder, Portion } from '../order/state.ts'
import { documentLines, vatOf } from './document-lines.ts'
import type { SalesSeries } from './tables.ts'

/** A sales document as it was issued. `invoices` are those that a credit note takes back, by number. */
export type SalesDocument = {
  series: SalesSeries
  number: number
  amount: number
  currency: string
  vat: VatPart[]
  issuedAt: string
  invoices: number[]
}

/**
 * Issues the invoice of a capture or the credit note of a refund, in the transaction that books it. PostgreSQL gives the
 * number and holds the seller's series until the transaction ends, so this is the last thing that one should do: a series without
 * a gap is what bokføringsloven § 10 wants, and a rolled back number is given again.
 */
export async function issueDocument(
  trx: Trx,
  {
    series,
    orderId,
    entryId,
    amount,
    placed,
    portion,
    at,
  }: {
    series: SalesSeries
    orderId: string
    entryId: number
    amount: number
    placed: PlacedOrder['placed']
    portion: Portion
    at: string
  },
): Promise<number> {
  const earlier = await portionsOf(trx, orderId)
  const invoices = series === 'credit-note' ? invoicesOf(earlier, portion) : []
  const before = earlier.flatMap((each) => (each.series === series && each.portion !== null ? [each.portion] : []))
  const lines = documentLines(placed, portion, before)
  const { seller, number } = await trx
    .insertInto('sales_document')
    .values({
      series,
      order_id: orderId,
      entry_id: entryId,
      amount,
      currency: placed.currency,
      vat: JSON.stringify(vatOf(lines)),
      issued_at: at,
    })
    .returning(['seller', 'number'])
    .executeTakeFirstOrThrow()
  if (invoices.length > 0)
    await trx
      .insertInto('credit_note_invoice')
      .values(invoices.map((invoice) => ({ seller, credit_note: number, invoice })))
      .execute()
  return number
}

/** What the sales documents of an order were issued for, in the order in which they were; null when nothing told it. */
const portionsOf = (trx: Trx, orderId: string) =>
  trx
    .selectFrom('sales_document')
    .innerJoin('ledger_entry', 'ledger_entry.id', 'sales_document.entry_id')
    .leftJoin('money_operation', 'money_operation.id', 'ledger_entry.operation_id')
    .select(['sales_document.series', 'sales_document.number', 'money_operation.portion'])
    .where('sales_document.order_id', '=', orderId)
    .orderBy('sales_document.entry_id')
    .execute()

/** The invoices on which any of it was sold; all of the order's when none can be told apart. */
function invoicesOf(earlier: Awaited<ReturnType<typeof portionsOf>>, { lines, deliveryAmount }: Portion) {
  const rows = earlier.filter(({ series }) => series === 'invoice')
  const returned = new Set(lines.map(({ lineId }) => lineId))
  const sold = rows.filter(({ portion }) => {
    if (portion === null) return false
    return (
      portion.lines.some(({ lineId }) => returned.has(lineId)) || (deliveryAmount > 0 && portion.deliveryAmount > 0)
    )
  })
  return (sold.length > 0 ? sold : rows).map(({ number }) => number)
}

/** The sales documents of an order, in the order in which they were issued. */
export async function readDocuments(db: Kysely<Database>, orderId: string): Promise<SalesDocument[]> {
  const [documents, links] = await Promise.all([
    db.selectFrom('sales_document').selectAll().where('order_id', '=', orderId).orderBy('entry_id').execute(),
    db
      .selectFrom('credit_note_invoice')
      .innerJoin('sales_document', (join) =>
        join
          .onRef('sales_document.seller', '=', 'credit_note_invoice.seller')
          .onRef('sales_document.number', '=', 'credit_note_invoice.credit_note')
          .on('sales_document.series', '=', 'credit-note'),
      )
      .select(['credit_note', 'invoice'])
      .where('sales_document.order_id', '=', orderId)
      .orderBy('invoice')
      .execute(),
  ])
  return documents.map(({ series, number, amount, currency, vat, issued_at }) => ({
    series,
    number,
    amount,
    currency,
    vat,
    issuedAt: Temporal.Instant.from(issued_at).toString(),
    invoices:
      series === 'invoice'
        ? []
        : links.filter(({ credit_note }) => credit_note === number).map(({ invoice }) => invoice),
  }))
}
