import { queueMail } from '@vilkar/mail/outgoing.ts'
import { sellerOf, termsOf } from '@vilkar/terms/editions/registry.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps, Trx } from '../deps.ts'
import type { PriceOffered } from '../order/mails/price-offered.ts'
import type { StoredOrder } from '../order/state.ts'
import { offersOf, type StoredOffer } from './price-offer-store.ts'
import { readProductsOf, type StoredProduct } from './product-store.ts'
import { priceOf } from './quote.ts'

/** Writes to the customer of the order what was offered, at prices as they are shown to them where the order went. */
export async function tellOffer(
  trx: Trx,
  { jobs }: Pick<Deps, 'jobs'>,
  order: StoredOrder,
  offer: StoredOffer,
  products: StoredProduct[],
) {
  const detail: PriceOffered = shownTo(order, offer, products)
  const recipient = order.personal.email
  await queueMail(trx, jobs, { aboutId: order.id, kind: 'price-offered', recipient, at: offer.offeredAt, detail })
}

/** An offer as its customer sees it. Products are never deleted. */
function shownTo({ state: { placed } }: StoredOrder, offer: StoredOffer, products: readonly StoredProduct[]) {
  const { terms: pinned, customerKind, exported = false } = placed
  const { currency, until } = offer
  const terms = termsOf(pinned.edition)
  const pricing = { vat: sellerOf(pinned.edition).currencies[currency]!, exported, customerKind }
  const { show, label } = terms.priceDisplay({ currency, customerKind, exported })
  const shown = (price: number, vatRate: number) => {
    const { total, vat } = priceOf(pricing, price, 1, vatRate)
    return show === 'incl' ? total : total - vat
  }
  const lines = offer.lines.map(({ sku, quantity, unitPrice, cataloguePrice }) => {
    const { name, vatRate } = products.find((each) => each.sku === sku)!
    return { name, quantity, unitPrice: shown(unitPrice, vatRate), cataloguePrice: shown(cataloguePrice, vatRate) }
  })
  const { reasons } = terms.offerBinds()
  return { offerId: offer.id, lines, currency, label, until, reasons }
}

/** The offers that were made about an order, the oldest first, as its customer sees them. */
export async function offersShown(db: Kysely<Database>, order: StoredOrder) {
  const offers = await offersOf(db, order.id)
  const skus = [...new Set(offers.flatMap(({ lines }) => lines.map(({ sku }) => sku)))]
  const products = skus.length === 0 ? [] : await readProductsOf(db, skus)
  return offers.map((offer) => ({ ...shownTo(order, offer, products), usedBy: offer.usedBy }))
}
