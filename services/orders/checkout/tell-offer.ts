import { queueMail } from '@vilkar/mail/outgoing.ts'
import { sellerOf, termsOf } from '@vilkar/terms/editions/registry.ts'
import type { Deps, Trx } from '../deps.ts'
import type { PriceOffered } from '../order/mails/price-offered.ts'
import type { StoredOrder } from '../order/state.ts'
import type { StoredOffer } from './price-offer-store.ts'
import type { StoredProduct } from './product-store.ts'
import { priceOf } from './quote.ts'

/** Writes to the customer of the order what was offered, at prices as they are shown to them where the order went. */
export async function tellOffer(
  trx: Trx,
  { jobs }: Pick<Deps, 'jobs'>,
  order: StoredOrder,
  offer: StoredOffer,
  products: StoredProduct[],
) {
  const { terms: pinned, customerKind, exported = false } = order.state.placed
  const { currency, until, offeredAt } = offer
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
  const detail: PriceOffered = { offerId: offer.id, lines, currency, label, until, reasons }
  const recipient = order.personal.email
  await queueMail(trx, jobs, { aboutId: order.id, kind: 'price-offered', recipient, at: offeredAt, detail })
}
