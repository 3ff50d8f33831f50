import type { Amount, Traits } from '@vilkar/contracts/parts.ts'
import { vatOutOf } from '@vilkar/terms/amounts/vat.ts'
import type { Edition } from '@vilkar/terms/editions/load.ts'
import type { Terms } from '@vilkar/terms/editions/terms.ts'
import type { Currency, CustomerKind, Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import type { Static } from 'typebox'
import type { Quote } from '../order/quote.ts'

type Money = Static<typeof Amount>

/** What a quote is made from. Prices come from the catalogue, never from the caller. */
export type QuoteRequest = {
  lines: { sku: string; quantity: number }[]
  currency: Currency
  customerKind: CustomerKind
  country: string
  deliveryOption?: string
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
}

/** Prices a request under an edition of a seller's terms. Every SKU must be in the catalogue, with a price in the currency. Pure. */
export function priceQuote({ request, catalogue, seller, edition, terms, id, expiresAt }: PriceQuote): Quote {
  const { currency, customerKind, country, locale } = request
  const vat = seller.currencies[currency]!
  const display = terms.priceDisplay({ currency, customerKind })
  const shownOf = (gross: Money, vat: Money) => (display.show === 'incl' ? gross : gross - vat)
  const lines = request.lines.map(({ sku, quantity }, i) => {
    const item = catalogue.get(sku)!
    const price = priceIn(currency, item)!
    const priced = priceOf({ vat, price, quantity, vatRate: item.vat_rate, customerKind })
    const unit = priceOf({ vat, price, quantity: 1, vatRate: item.vat_rate, customerKind })
    const shown = { unitPrice: shownOf(unit.total, unit.vat), total: shownOf(priced.total, priced.vat) }
    return {
      lineId: String(i + 1),
      sku,
      name: item.name[locale],
      quantity,
      ...priced,
      traits: item.traits,
      shown,
      available: item.stock,
    }
  })
  const options = seller.deliveryOptions.map((option) => {
    const price = option.prices[currency]!
    return { option, ...priceOf({ vat, price, quantity: 1, vatRate: option.vatRate, customerKind }) }
  })
  const wanted = request.deliveryOption ?? seller.deliveryOptions[0].id
  const chosen = options.find(({ option }) => option.id === wanted)!
  const standardPrice = Math.min(...options.filter(({ option }) => option.standard).map(({ total }) => total))
  const goods = sum(lines.map(({ total }) => total))
  const vatInside = sum(lines.map((line) => line.vat)) + chosen.vat
  const total = goods + chosen.total
  const { timing, reasons } = terms.captureTiming({ earlyCaptureStated: request.earlyCapture ?? false, customerKind })
  return {
    id,
    seller: seller.id,
    expiresAt: expiresAt.toString(),
    currency,
    customerKind,
    country,
    locale,
    terms: { edition: edition.id, sha256: edition.sha256 },
    lines,
    delivery: {
      option: chosen.option.id,
      name: chosen.option.name[locale],
      price: chosen.total,
      standardPrice: Math.min(standardPrice, chosen.total),
      vatRate: chosen.option.vatRate,
      vat: chosen.vat,
    },
    deliveryOptions: options.map(({ option, total: price, vat: inside }) => ({
      id: option.id,
      name: option.name[locale],
      price,
      shown: shownOf(price, inside),
    })),
    totals: { goods, delivery: chosen.total, net: total - vatInside, vat: vatInside, total },
    priceDisplay: {
      show: display.show,
      label: display.label[locale],
      alsoShowTotalIncl: display.alsoShowTotalIncl,
      reasons: display.reasons,
    },
    capture: { timing, reasons },
  }
}

export type PriceQuote = {
  request: QuoteRequest
  catalogue: ReadonlyMap<string, CatalogueItem>
  seller: Seller
  edition: Edition
  terms: Terms
  id: string
  expiresAt: Temporal.Instant
}

/**
 * A line's price. A consumer pays quantity × the price of a unit, which is told with VAT (prisopplysningsforskriften § 3):
 * where VAT comes on top of a price, the unit is what is rounded. A business is told prices without VAT, so VAT is added
 * to the line as a whole: ten units at 9.99 are 99.90 and not ten rounded prices; the unit price is then rounded up, and
 * quantity × unitPrice − total is a rounding discount of less than one cent per unit.
 */
export function priceOf({ vat, price, quantity, vatRate, customerKind }: Pricing) {
  const unit = vat === 'incl' ? price : addVat(price, vatRate)
  const byUnit = vat === 'incl' || customerKind === 'consumer'
  const total = byUnit ? unit * quantity : addVat(price * quantity, vatRate)
  const unitPrice = byUnit ? unit : Math.ceil(total / quantity)
  return { unitPrice, total, vatRate, vat: vatOutOf({ gross: total, rate: vatRate }).vat }
}

type Pricing = {
  /** Whether `price` includes VAT. */
  vat: 'incl' | 'excl'
  price: Money
  quantity: number
  vatRate: number
  customerKind: CustomerKind
}

const addVat = (net: Money, vatRate: number) => Math.round((net * (10_000 + vatRate)) / 10_000)

/** The price of a product in a currency, in minor units; null when it is not sold in it. */
export const priceIn = (currency: Currency, { price_nok, price_eur }: Pick<CatalogueItem, 'price_nok' | 'price_eur'>) =>
  ({ NOK: price_nok, EUR: price_eur })[currency]

const sum = (amounts: Money[]) => amounts.reduce((a, b) => a + b, 0)
