import type { Amount, PricedDelivery, PricedLine, TermsPin, Totals, Traits } from '@vilkar/contracts/parts.ts'
import { vatOutOf } from '@vilkar/terms/amounts/vat.ts'
import type { Edition } from '@vilkar/terms/editions/load.ts'
import type { Terms } from '@vilkar/terms/editions/terms.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Static } from 'typebox'
import { type DeliveryOption, deliveryOptions } from './delivery-options.ts'

type Money = Static<typeof Amount>
type Shown = { unitPrice: Money; total: Money }

/** What a quote is made from. Prices come from the catalogue, never from the caller. */
export type QuoteRequest = {
  lines: { sku: string; quantity: number }[]
  currency: 'NOK' | 'EUR'
  customerKind: 'consumer' | 'business'
  country: string
  deliveryOption?: string
  locale: 'nb' | 'en'
  /** The checkout says that payment is taken before shipment. */
  earlyCapture?: boolean
}

export type CatalogueItem = {
  sku: string
  name: { nb: string; en: string }
  price_nok: number
  price_eur: number
  vat_rate: number
  stock: number
  traits: Traits
}

/**
 * An offer with everything that must be told before payment: each line, delivery with its price, totals with VAT, how
 * prices are shown (clause 5), when payment is taken (clause 6) and the edition of the terms. Amounts are minor units.
 */
export type Quote = {
  id: string
  expiresAt: string
  currency: 'NOK' | 'EUR'
  customerKind: 'consumer' | 'business'
  country: string
  locale: 'nb' | 'en'
  terms: TermsPin
  lines: (PricedLine & { shown: Shown; available: number })[]
  delivery: PricedDelivery
  deliveryOptions: { id: string; name: string; price: Money; shown: Money }[]
  totals: Totals
  priceDisplay: { show: 'incl' | 'excl'; label: string; alsoShowTotalIncl: boolean; reasons: Reason[] }
  capture: { timing: 'at-shipment' | 'early'; reasons: Reason[] }
}

/** Prices a request under an edition of the terms. Every SKU must be in the catalogue. Pure. */
export function priceQuote({ request, catalogue, edition, terms, id, expiresAt }: PriceQuote): Quote {
  const { currency, customerKind, country, locale } = request
  const display = terms.priceDisplay({ currency, customerKind })
  const shownOf = (gross: Money, vat: Money) => (display.show === 'incl' ? gross : gross - vat)
  const lines = request.lines.map(({ sku, quantity }, i) => {
    const item = catalogue.get(sku)!
    const priced = priceOf(currency, currency === 'NOK' ? item.price_nok : item.price_eur, quantity, item.vat_rate)
    const unit = priceOf(currency, currency === 'NOK' ? item.price_nok : item.price_eur, 1, item.vat_rate)
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
  const options = deliveryOptions.map((option) => ({ option, ...priceDelivery(option, currency) }))
  const chosen = options.find(({ option }) => option.id === (request.deliveryOption ?? deliveryOptions[0]!.id))!
  const standardPrice = Math.min(...options.filter(({ option }) => option.standard).map(({ total }) => total))
  const goods = sum(lines.map(({ total }) => total))
  const vat = sum(lines.map((line) => line.vat)) + chosen.vat
  const total = goods + chosen.total
  const { timing, reasons } = terms.captureTiming({ earlyCaptureStated: request.earlyCapture ?? false, customerKind })
  return {
    id,
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
    totals: { goods, delivery: chosen.total, net: total - vat, vat, total },
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
  edition: Edition
  terms: Terms
  id: string
  expiresAt: Temporal.Instant
}

/**
 * A line's price. NOK prices hold VAT: total = quantity × price. EUR prices do not: VAT is added to the line as a whole,
 * so that ten units at 9.99 are 99.90 and not ten rounded prices; the unit price is then rounded up, and
 * quantity × unitPrice − total is a rounding discount of less than one cent per unit.
 */
export function priceOf(currency: 'NOK' | 'EUR', price: Money, quantity: number, vatRate: number) {
  const total = currency === 'NOK' ? price * quantity : addVat(price * quantity, vatRate)
  const unitPrice = currency === 'NOK' ? price : Math.ceil(total / quantity)
  return { unitPrice, total, vatRate, vat: vatOutOf({ gross: total, rate: vatRate }).vat }
}

const addVat = (net: Money, vatRate: number) => Math.round((net * (10_000 + vatRate)) / 10_000)

const priceDelivery = (option: DeliveryOption, currency: 'NOK' | 'EUR') =>
  priceOf(currency, currency === 'NOK' ? option.priceNok : option.priceEur, 1, option.vatRate)

const sum = (amounts: Money[]) => amounts.reduce((a, b) => a + b, 0)
