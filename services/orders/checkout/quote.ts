import type { ProductBulky } from '@vilkar/contracts/bulky.ts'
import type { OnlineManual } from '@vilkar/contracts/manual.ts'
import {
  type Amount,
  type Digital,
  type PricedDelivery,
  type ProductGuarantee,
  type Traits,
  vatRatesOf,
} from '@vilkar/contracts/parts.ts'
import { addVat, vatOutOf } from '@vilkar/terms/amounts/vat.ts'
import type { Edition } from '@vilkar/terms/editions/load.ts'
import type { Terms } from '@vilkar/terms/editions/terms.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Currency, CustomerKind, Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import type { Static } from 'typebox'
import { promiseOf } from '../order/promise.ts'
import type { Quote } from '../order/quote.ts'
import type { PriceOffer } from './price-offer.ts'

type Money = Static<typeof Amount>

/** What a quote is made from. Prices come from the catalogue, never from the caller. */
export type QuoteRequest = {
  lines: { sku: string; quantity: number }[]
  currency: Currency
  customerKind: CustomerKind
  customerKindReasons?: Reason[]
  country: string
  /** Where in that country, as far as it is known: Svalbard and Jan Mayen have Norwegian postal codes and no VAT. */
  postalCode?: string
  deliveryOption?: string
  /** The last day of delivery that is to be agreed on, ISO 8601. */
  deliverBy?: string
  locale: Locale
  /** The checkout says that payment is taken before shipment. */
  earlyCapture?: boolean
}

export type CatalogueItem = {
  sku: string
  name: { nb: string; en: string }
  /** In minor units; null in a currency that its seller does not sell in. */
  price_nok: number | null
  price_eur: number | null
  vat_rate: number
  stock: number
  traits: Traits
  guarantee?: ProductGuarantee | null
  digital?: Digital | null
  manual?: OnlineManual | null
  bulky?: ProductBulky | null
}

/** Prices a request under an edition of a seller's terms. Every SKU must be in the catalogue, with a price in the currency. Pure. */
export function priceQuote({
  request,
  catalogue,
  seller,
  edition,
  terms,
  id,
  at,
  expiresAt,
  offer,
}: PriceQuote): Quote {
  const { currency, customerKind, country, postalCode, locale } = request
  const supply = terms.placeOfSupply({ country, postalCode })
  const { exported } = supply
  const pricing = { vat: seller.currencies[currency]!, exported, customerKind }
  const display = terms.priceDisplay({ currency, customerKind, exported })
  const shownOf = (gross: Money, vat: Money) => (display.show === 'incl' ? gross : gross - vat)
  const prices = offer ? asOffered(catalogue, offer) : catalogue
  const lines = request.lines.map((line, i) => {
    const [item, usual] = [prices.get(line.sku)!, catalogue.get(line.sku)!]
    return { lineId: String(i + 1), ...lineOf({ ...request, ...line }, { item, usual }, pricing, shownOf) }
  })
  const byOffer = lines.some(({ withoutOffer }) => withoutOffer !== undefined)
  const freight = priceDelivery({ request, catalogue: prices, seller, terms }, pricing)
  const { delivery, offered, reasons: deliveryReasons } = freight
  const goods = sum(lines.map(({ total }) => total))
  const vatInside = sum(lines.map((line) => line.vat)) + delivery.vat
  const total = goods + delivery.price
  const { timing, reasons } = terms.captureTiming({ earlyCaptureStated: request.earlyCapture ?? false, customerKind })
  return {
    id,
    seller: seller.id,
    expiresAt: (byOffer ? earlier(expiresAt, offer!.until) : expiresAt).toString(),
    ...(byOffer && { priceOffer: { id: offer!.id, until: offer!.until } }),
    ...{ currency, customerKind, country, locale },
    ...(request.customerKindReasons && { customerKindReasons: request.customerKindReasons }),
    terms: { edition: edition.id, sha256: edition.sha256 },
    lines,
    delivery,
    deliveryOptions: offered.map(({ vat, ...option }) => ({ ...option, shown: shownOf(option.price, vat) })),
    totals: { goods, delivery: delivery.price, net: total - vatInside, vat: vatInside, total },
    vat: { exported, rates: vatRatesOf({ lines, delivery }), reasons: [...supply.reasons, ...deliveryReasons] },
    priceDisplay: {
      show: display.show,
      label: display.label[locale],
      alsoShowTotalIncl: display.alsoShowTotalIncl,
      reasons: display.reasons,
    },
    ...(request.deliverBy && { deliverBy: request.deliverBy }),
    deliveryPromise: promiseOf(terms, request, at),
    capture: { timing, reasons },
  }
}

type Item = Record<'item' | 'usual', CatalogueItem>
type Asked = { quantity: number; currency: Currency; locale: Locale }
/** A line, priced and as it is shown; `usual` is its product as the catalogue prices it, which an offer may have gone below. */
function lineOf({ quantity, currency, locale }: Asked, { item, usual }: Item, pricing: Pricing, shownOf: Shows) {
  const { sku, name, traits, stock: available, vat_rate } = item
  const [price, usualPrice] = [priceIn(currency, item)!, priceIn(currency, usual)!]
  const priced = priceOf(pricing, price, quantity, vat_rate)
  const shownUnit = (of: Money) => {
    const { total, vat } = priceOf(pricing, of, 1, vat_rate)
    return shownOf(total, vat)
  }
  return {
    ...{ sku, name: name[locale], quantity, ...priced, traits, ...soldWithOf(item, { currency, locale }) },
    shown: { unitPrice: shownUnit(price), total: shownOf(priced.total, priced.vat) },
    available,
    ...(price < usualPrice && { withoutOffer: shownUnit(usualPrice) }),
  }
}
type Shows = (gross: Money, vat: Money) => Money

/** What a line is sold with besides, as its product has it now, in the language and currency of the order. */
const soldWithOf = (
  { guarantee, digital, manual, bulky }: CatalogueItem,
  { currency, locale }: Pick<Asked, 'currency' | 'locale'>,
) => ({
  ...(guarantee && { guarantee: { ...guarantee, covers: guarantee.covers[locale] } }),
  ...(digital && { digital }),
  ...(manual?.[locale] && { manualUrl: manual[locale] }),
  ...(bulky && { bulky: toldOf({ NOK: bulky.returnCostNok, EUR: bulky.returnCostEur }[currency]) }),
})
const toldOf = (returnCost?: Money) => (returnCost === undefined ? {} : { returnCost })

export type PriceQuote = {
  request: QuoteRequest
  catalogue: ReadonlyMap<string, CatalogueItem>
  seller: Seller
  edition: Edition
  terms: Terms
  id: string
  /** When it is asked for. */
  at: Temporal.Instant
  expiresAt: Temporal.Instant
  /** What was offered to the customer, who pays no more than the catalogue's prices all the same. */
  offer?: Pick<PriceOffer, 'id' | 'lines' | 'currency' | 'until'>
}

/** No acceptance of an offer comes after its end. */
const earlier = (one: Temporal.Instant, other: string) =>
  Temporal.Instant.compare(one, other) < 0 ? one : Temporal.Instant.from(other)

/** How the prices of a catalogue are meant, whether the goods leave the VAT area, and who buys. */
type Pricing = { vat: 'incl' | 'excl'; exported: boolean; customerKind: CustomerKind }

/**
/**
 * A line's price. A consumer pays quantity × the price of a unit, which is told with VAT (prisopplysningsforskriften § 3):
 * where VAT comes on top of a price, the unit is what is rounded. A business is told prices without VAT, so VAT is added
 * to the line as a whole: ten units at 9.99 are 99.90 and not ten rounded prices; the unit price is then rounded up, and
 * quantity × unitPrice − total is a rounding discount of less than one cent per unit. Of an export a unit costs what it does
 * without VAT, and there is none in it.
 */
export function priceOf({ vat, exported, customerKind }: Pricing, price: Money, quantity: number, vatRate: number) {
  if (exported) {
    const unitPrice = vat === 'incl' ? vatOutOf({ gross: price, rate: vatRate }).net : price
    return { unitPrice, total: unitPrice * quantity, vatRate: 0, vat: 0 }
  }
  const unit = vat === 'incl' ? price : addVat({ net: price, rate: vatRate })
  const byUnit = vat === 'incl' || customerKind === 'consumer'
  const total = byUnit ? unit * quantity : addVat({ net: price * quantity, rate: vatRate })
  const unitPrice = byUnit ? unit : Math.ceil(total / quantity)
  return { unitPrice, total, vatRate, vat: vatOutOf({ gross: total, rate: vatRate }).vat }
}

/** The price of a product in a currency, in minor units; null when it is not sold in it. */
export const priceIn = (currency: Currency, { price_nok, price_eur }: Pick<CatalogueItem, 'price_nok' | 'price_eur'>) =>
  ({ NOK: price_nok, EUR: price_eur })[currency]

/** Prices of an offer and of the catalogue: of each unit the customer pays whichever is less. */
function asOffered(
  catalogue: ReadonlyMap<string, CatalogueItem>,
  { lines, currency }: Pick<PriceOffer, 'lines' | 'currency'>,
): ReadonlyMap<string, CatalogueItem> {
  const column = ({ NOK: 'price_nok', EUR: 'price_eur' } as const)[currency]
  const priced = new Map(catalogue)
  for (const { sku, unitPrice } of lines) {
    const item = catalogue.get(sku)
    if (item && unitPrice < priceIn(currency, item)!) priced.set(sku, { ...item, [column]: unitPrice })
  }
  return priced
}

/** The delivery that was asked for, or the seller's first, beside all that are offered. Their VAT is that of the goods. */
function priceDelivery(
  { request, catalogue, seller, terms }: Pick<PriceQuote, 'request' | 'catalogue' | 'seller' | 'terms'>,
  { vat, exported }: Pricing,
) {
  const { currency, locale } = request
  const goods = request.lines.map(({ sku, quantity }) => {
    const item = catalogue.get(sku)!
    return { rate: item.vat_rate, amount: priceIn(currency, item)! * quantity }
  })
  const options = seller.deliveryOptions.map(({ id, name, prices, standard }) => {
    const { parts, reasons } = terms.deliveryVat({ price: prices[currency]!, vat, goods, exported })
    const price = sum(parts.map(({ gross }) => gross))
    return { id, name: name[locale], price, vat: sum(parts.map((part) => part.vat)), parts, standard, reasons }
  })
  const chosen = options.find(({ id }) => id === (request.deliveryOption ?? seller.deliveryOptions[0].id))!
  const standardPrice = Math.min(...options.filter(({ standard }) => standard).map(({ price }) => price))
  const { id: option, name, price, parts, reasons } = chosen
  const delivery: PricedDelivery = {
    ...{ option, name, price },
    standardPrice: Math.min(standardPrice, price),
    ...(parts.length === 1 && { vatRate: parts[0]!.rate }),
    vat: chosen.vat,
    vatParts: parts,
  }
  return { delivery, offered: options.map(({ id, name, price, vat }) => ({ id, name, price, vat })), reasons }
}

const sum = (amounts: Money[]) => amounts.reduce((a, b) => a + b, 0)
