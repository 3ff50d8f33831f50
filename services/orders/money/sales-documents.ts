import type { Address } from '@vilkar/contracts/parts.ts'
import type { VatPart } from '@vilkar/terms/amounts/vat.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { CustomerKind } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import type { PlacedOrder, Portion, StoredOrder } from '../order/state.ts'
import { buyerNow, buyerOf } from './buyer.ts'
import { type DocumentLine, documentLines, vatOf } from './document-lines.ts'
import { type InNok, inNokOf, tellInNok } from './exchange-rates.ts'
import { less, portionLines } from './portions.ts'
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

/** Of an invoice that is still to be paid: by which day (Europe/Oslo), and to which bank account (IBAN), if the seller has told one. */
export type Payable = { dueOn: string; account?: string }

/**
 * A sales document as it was issued. It rests on an entry of the ledger or, when no money moved, on the capture that became a claim
 * (`operationId`): then an invoice is `payable`, and a credit note takes that back. `invoices` are those that a credit note takes back, by number; `deliveredOn` is the day on
 * which the goods left, undefined when nothing had.
 */
export type SalesDocument = {
  entryId?: number
  operationId?: string
  payable?: Payable
  series: SalesSeries
  number: number
  amount: number
  currency: string
  vat: VatPart[]
  /** Of a document in another currency that bears VAT: that in kroner, once the rate is known. */
  inNok?: InNok
  issuedAt: string
  invoices: number[]
  lines: DocumentLine[]
  buyer: Buyer
  deliveredOn?: string
}

/** What a sales document is issued for: a capture or a refund that is booked as this entry, or a claim or what is taken off it. */
export type Issue = {
  series: SalesSeries
  order: StoredOrder
  restsOn: { entryId: number } | { operationId: string; payable?: Payable }
  amount: number
  portion: Portion
  /** The shipment that it was captured for, if it was one. */
  shipmentId?: string
  at: string
}

type Rests = { entryId?: number; operationId?: string; payable?: Payable }

/** What the mail with a document keeps: of a ledger entry that entry, since it is queued before the document has its number. */
export type DocumentMail = { kind: SalesSeries; detail: { entryId: number } | { number: number } }

/**
 * Issues the invoice of a capture or the credit note of a refund, in the transaction that books it. PostgreSQL gives the
 * number and holds the seller's series until the transaction ends, so this is the last thing that one should do: a series without
 * a gap is what bokføringsloven § 10 wants, and a rolled back number is given again.
 */
export async function issueDocument(trx: Trx, issue: Issue): Promise<number> {
  const { series, order, restsOn, amount, portion, shipmentId, at } = issue
  const { entryId, operationId, payable }: Rests = restsOn
  const { placed } = order.state
  const earlier = await portionsOf(trx, order.id)
  const claim = earlier.filter(({ operation_id }) => operationId !== undefined && operation_id === operationId)
  const invoices = series === 'credit-note' ? invoicesOf(operationId === undefined ? earlier : claim, portion) : []
  const before = earlier.flatMap((each) => (each.series === series && each.portion !== null ? [each.portion] : []))
  const lines = documentLines(placed, portion, before)
  const { seller, number } = await trx
    .insertInto('sales_document')
    .values({
      series,
      order_id: order.id,
      ...{
        entry_id: entryId ?? null,
        operation_id: operationId ?? null,
        payable: payable ? JSON.stringify(payable) : null,
      },
      portion: JSON.stringify(portion),
      amount,
      currency: placed.currency,
      vat: JSON.stringify(vatOf(lines)),
      lines: JSON.stringify(lines),
      buyer: JSON.stringify(buyerNow(order, earlier, shipmentId)),
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
  const taxed = vatOf(lines).reduce((sum, part) => sum + part.vat, 0)
  if (placed.currency !== 'NOK' && taxed > 0) {
    const { id: orderId } = order
    const { currency } = placed
    await tellInNok(trx, { seller, series, number, orderId, currency, vat: taxed, issuedAt: at, invoices })
  }
  return number
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
    .leftJoin('ledger_entry', 'ledger_entry.id', 'sales_document.entry_id')
    .leftJoin('money_operation', 'money_operation.id', 'ledger_entry.operation_id')
    .select([
      'sales_document.series',
      'sales_document.number',
      'sales_document.entry_id',
      'sales_document.operation_id',
      'sales_document.buyer',
    ])
    .select(({ fn }) => fn.coalesce('sales_document.portion', 'money_operation.portion').as('portion'))
    .where('sales_document.order_id', '=', orderId)
    .orderBy('sales_document.position')
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

/** The invoices of claims of an order, the oldest first: for which operation, and what credit notes have left of it. Not those that were paid after all. */
export async function claimsOf(
  trx: Trx,
  orderId: string,
): Promise<{ operationId: string; shipmentId: string; left: Portion }[]> {
  const standing = await trx
    .selectFrom('money_operation')
    .select(['id', 'purpose_id'])
    .where('order_id', '=', orderId)
    .where('status', '=', 'claimed')
    .execute()
  const documents = await portionsOf(trx, orderId)
  return documents.flatMap(({ series, operation_id: operationId, portion }) => {
    const claim = standing.find(({ id }) => id === operationId)
    if (series !== 'invoice' || operationId === null || claim === undefined) return []
    const shipmentId = claim.purpose_id
    const credited = documents.filter((each) => each.series === 'credit-note' && each.operation_id === operationId)
    return [{ operationId, shipmentId, left: credited.reduce((left, each) => less(left, each.portion!), portion!) }]
  })
}

/** What was invoiced for an operation when it became a claim, and what credit notes took off that, in minor units; undefined when it never was one. */
export async function claimedBefore(trx: Trx, operationId: string) {
  const documents = await trx
    .selectFrom('sales_document')
    .select(['series', 'amount'])
    .where('operation_id', '=', operationId)
    .execute()
  if (documents.length === 0) return undefined
  const sumOf = (wanted: SalesSeries) =>
    documents.reduce((sum, { series, amount }) => (series === wanted ? sum + amount : sum), 0)
  return { invoiced: sumOf('invoice'), credited: sumOf('credit-note') }
}

/** The sales documents of an order, as they were issued. What one refers to is committed with it and read after it: never without. */
export async function readDocuments(db: Kysely<Database>, order: StoredOrder): Promise<SalesDocument[]> {
  const { id: orderId, state } = order
  const documents = await db
    .selectFrom('sales_document')
    .select([
      ...(['series', 'number', 'entry_id', 'operation_id', 'payable', 'amount', 'currency', 'vat'] as const),
      ...(['issued_at', 'lines', 'buyer', 'delivered_on'] as const),
    ])
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute()
  const [portions, links] = await Promise.all([
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
  const inNok = state.placed.currency === 'NOK' ? undefined : await inNokOf(db, orderId)
  return documents.map(({ series, number, entry_id, amount, currency, vat, issued_at, ...said }) => ({
    ...{ series, number, amount, currency, vat, inNok: inNok?.get(`${series} ${number}`) },
    ...(entry_id === null ? { operationId: said.operation_id! } : { entryId: entry_id }),
    ...(said.payable && { payable: said.payable }),
    issuedAt: Temporal.Instant.from(issued_at).toString(),
    invoices:
      series === 'invoice'
        ? []
        : links.filter(({ credit_note }) => credit_note === number).map(({ invoice }) => invoice),
    lines:
      said.lines ??
      linesOfBefore(state.placed, portions.find((each) => each.series === series && each.number === number)?.portion),
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
