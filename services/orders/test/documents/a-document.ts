import { told } from '@vilkar/contracts/test/told.ts'
import type { CatalogueItem, QuoteRequest } from '../../checkout/quote.ts'
import { contentOf, type DocumentContent } from '../../documents/content.ts'
import { documentLines, vatOf } from '../../money/document-lines.ts'
import type { SalesDocument } from '../../money/sales-documents.ts'
import { order } from '../../order/order.ts'
import type { PlacedOrder, Portion } from '../../order/state.ts'
import { catalogue, orderId, place, quoteFor } from '../an-order.ts'

const book = {
  ...catalogue[0]!,
  sku: 'BOOK-1',
  name: { nb: 'Håndbok', en: 'Handbook' },
  price_nok: 30_000,
  vat_rate: 0,
}
const food = { ...catalogue[0]!, sku: 'FOOD-1', name: { nb: 'Kaffe', en: 'Coffee' }, price_nok: 9_999, vat_rate: 1_500 }
export const goods: CatalogueItem[] = [...catalogue, book, food]
export const everyRate = [
  { sku: 'BOOK-1', quantity: 1 },
  { sku: 'FOOD-1', quantity: 7 },
  { sku: 'LOCK-1', quantity: 2 },
]
const shippingAddress = { name: 'Åse Ødegård', street: 'Łódźgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' }
const company = { name: 'Postmottak', street: 'Postboks 1', postalCode: '0101', city: 'Oslo', country: 'NO' }

type Change = Partial<QuoteRequest> & { items?: CatalogueItem[]; shipTo?: Partial<typeof shippingAddress> }

/** The facts of an order for every rate of VAT, and the buyer of its documents. */
export function sale({ items = goods, shipTo = {}, ...request }: Change = {}) {
  const quote = quoteFor({ lines: everyRate, ...request }, items)
  const { customerKind: kind, locale } = quote
  const where = { ...shippingAddress, ...shipTo }
  const personal = { ...place().data.personal, email: 'innkjop@bedrift.example', shippingAddress: where }
  const state = told(order, place({ quote, locale, personal })).reduce(order.evolve, order.initial) as PlacedOrder
  const business = { name: 'Bedrift Øst AS', organisationNumber: '999615147', billingAddress: company }
  const consumer = { name: 'Åse Ødegård', billingAddress: where }
  const buyer = { kind, email: personal.email, ...(kind === 'business' ? business : consumer), shippingAddress: where }
  return { stored: { id: orderId, version: 1, state, personal }, buyer }
}

export const wholeOf = ({ lines, delivery }: PlacedOrder['placed']): Portion => ({
  lines: lines.map(({ lineId, quantity, total }) => ({ lineId, quantity, amount: total })),
  deliveryAmount: delivery.price,
})

/** A document over some of a sale: an invoice, or a credit note of invoice 17. `before` are those of its series; `claim`: nothing was paid. */
export function documentOf(
  { stored, buyer }: ReturnType<typeof sale>,
  series: SalesDocument['series'] = 'invoice',
  portion: Portion = wholeOf(stored.state.placed),
  before: Portion[] = [],
  claim?: SalesDocument['payable'],
): DocumentContent {
  const { placed } = stored.state
  const of = (kind: SalesDocument['series'], number: number): SalesDocument => {
    const lines = documentLines(placed, portion, before)
    const vat = vatOf(lines)
    return {
      ...(claim === undefined ? { entryId: number } : { operationId: 'claimed' }),
      ...(claim && kind === 'invoice' && { payable: claim }),
      ...{ series: kind, number, currency: placed.currency, lines, vat, buyer },
      amount: vat.reduce((sum, { gross }) => sum + gross, 0),
      issuedAt: kind === 'invoice' ? '2026-06-02T22:30:00Z' : '2026-06-10T12:00:00Z',
      deliveredOn: '2026-06-02',
      ...(placed.currency !== 'NOK' && {
        inNok: { vat: 12_345, rate: '11.733', on: '2026-06-02', source: 'Norges Bank' },
      }),
      invoices: kind === 'invoice' ? [] : [17],
    }
  }
  const invoice = of('invoice', 17)
  const document = series === 'invoice' ? invoice : of('credit-note', 4)
  return contentOf(stored, document, [invoice, document])
}
