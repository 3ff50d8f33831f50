import type { Address } from '@vilkar/contracts/parts.ts'
import type { VatPart } from '@vilkar/terms/amounts/vat.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { CustomerKind } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import type { PlacedOrder, Portion, StoredOrder } from '../order/state.ts'
import { type DocumentLine, documentLines, vatOf } from './document-lines.ts'
import { portionLines } from './portions.ts'
import type { SalesSeries } from './tables.ts'

/** Who bought, as a sales document has it. */
export type Buyer = {
  kind: CustomerKind
  name: string
  organisationNumber?: string
  email: string
  billingAddress: Address
  shippingAddress: Address
}

/**
 * A sales document as it was issued. `invoices` are those that a credit note takes back, by number; `deliveredOn` is the day on
 * which the goods left, undefined when nothing had.
 */
export type SalesDocument = {
  entryId: number
  series: SalesSeries
  number: number
  amount: number
  currency: string
  vat: VatPart[]
  issuedAt: string
  invoices: number[]
  lines: DocumentLine[]
  buyer: Buyer
  deliveredOn?: string
}

/** What a sales document is issued for: a capture or a refund that is booked as this entry. */
export type Issue = {
  series: SalesSeries
  order: StoredOrder
  entryId: number
  amount: number
  portion: Portion
  /** The shipment that it was captured for, if it was one. */
  shipmentId?: string
  at: string
}

/** What the mail with the document of a ledger entry keeps: it is queued before the document has its number. */
export type DocumentMail = { kind: SalesSeries; detail: { entryId: number } }

/**
 * Issues the invoice of a capture or the credit note of a refund, in the transaction that books it. PostgreSQL gives the
 * number and holds the seller's series until the transaction ends, so this is the last thing that one should do: a series without
 * a gap is what bokføringsloven § 10 wants, and a rolled back number is given again.
 */
export async function issueDocument(trx: Trx, issue: Issue): Promise<number> {
  const { series, order, entryId, amount, portion, shipmentId, at } = issue
  const { placed } = order.state
  const earlier = await portionsOf(trx, order.id)
  const invoices = series === 'credit-note' ? invoicesOf(earlier, portion) : []
  const before = earlier.flatMap((each) => (each.series === series && each.portion !== null ? [each.portion] : []))
  const lines = documentLines(placed, portion, before)
  const { seller, number } = await trx
    .insertInto('sales_document')
    .values({
      series,
      order_id: order.id,
      entry_id: entryId,
      amount,
      currency: placed.currency,
      vat: JSON.stringify(vatOf(lines)),
      lines: JSON.stringify(lines),
      buyer: JSON.stringify(buyerOf(order)),
      delivered_on: leftOn(order.state, shipmentId) ?? null,
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

const buyerOf = ({ state, personal }: StoredOrder): Buyer => {
  const { name, organisationNumber, email, shippingAddress, billingAddress = shippingAddress } = personal
  const number = organisationNumber === undefined ? {} : { organisationNumber }
  return { kind: state.placed.customerKind, name, ...number, email, billingAddress, shippingAddress }
}

/** The day on which a shipment left, or the last that did when none is named. */
function leftOn({ shipments }: PlacedOrder, shipmentId?: string) {
  const shipment = shipments.find((each) => each.shipmentId === shipmentId) ?? shipments.at(-1)
  return shipment && osloDay(Temporal.Instant.from(shipment.dispatchedAt)).toString()
}

/** What the sales documents of an order were issued for, in the order in which they were; null when nothing told it. */
const portionsOf = (db: Kysely<Database>, orderId: string) =>
  db
    .selectFrom('sales_document')
    .innerJoin('ledger_entry', 'ledger_entry.id', 'sales_document.entry_id')
    .leftJoin('money_operation', 'money_operation.id', 'ledger_entry.operation_id')
    .select(['sales_document.series', 'sales_document.number', 'sales_document.entry_id', 'money_operation.portion'])
    .where('sales_document.order_id', '=', orderId)
    .orderBy('sales_document.entry_id')
    .execute()
type Portions = Awaited<ReturnType<typeof portionsOf>>

/** The invoices on which any of it was sold; all of the order's when none can be told apart. */
function invoicesOf(earlier: Portions, { lines, deliveryAmount }: Portion) {
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
export async function readDocuments(db: Kysely<Database>, order: StoredOrder): Promise<SalesDocument[]> {
  const { id: orderId, state } = order
  const [documents, portions, links] = await Promise.all([
    db
      .selectFrom('sales_document')
      .select([
        'series',
        'number',
        'entry_id',
        'amount',
        'currency',
        'vat',
        'issued_at',
        'lines',
        'buyer',
        'delivered_on',
      ])
      .where('order_id', '=', orderId)
      .orderBy('entry_id')
      .execute(),
    portionsOf(db, orderId),
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
  return documents.map(({ series, number, entry_id, amount, currency, vat, issued_at, ...said }) => ({
    ...{ entryId: entry_id, series, number, amount, currency, vat },
    issuedAt: Temporal.Instant.from(issued_at).toString(),
    invoices:
      series === 'invoice'
        ? []
        : links.filter(({ credit_note }) => credit_note === number).map(({ invoice }) => invoice),
    lines: said.lines ?? linesOfBefore(state.placed, portions.find((each) => each.entry_id === entry_id)?.portion),
    buyer: said.buyer ?? buyerOf(order),
    deliveredOn: said.delivered_on ?? leftOn(state),
  }))
}

/** The lines of a document that was issued before documents kept them, each with the VAT of its own rate, as it was then. */
const linesOfBefore = (placed: PlacedOrder['placed'], portion?: Portion | null): DocumentLine[] =>
  portionLines(placed, portion ?? { lines: [], deliveryAmount: 0 }).map(
    ({ kind, reference, name, quantity, taxRate: rate, total: gross, tax: vat }) => ({
      ...{ kind: kind === 'physical' ? 'goods' : 'delivery', reference, name, quantity, rate, gross, vat },
    }),
  )
