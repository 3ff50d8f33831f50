import { Amount, Currency, LocalizedText, Reasons } from '@vilkar/contracts/parts.ts'
import { editionAt, sellerById, termsOf } from '@vilkar/terms/editions/registry.ts'
import type { Currency as Currencies, CustomerKind } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import { type Static, Type } from 'typebox'
import type { LoweredPrices } from './prices.ts'
import type { StoredProduct } from './product-store.ts'
import { priceOf } from './quote.ts'

export const ShownPrice = Type.Object(
  {
    currency: Currency,
    price: Type.Integer({ ...Amount, description: 'Of one unit, in minor units, as a quote would show it.' }),
    lowestBefore: Type.Optional(
      Type.Integer({
        ...Amount,
        description: 'Where the price may be announced as lowered: `lowered`, as `price` is shown.',
      }),
    ),
    label: Type.Object(LocalizedText.properties, { description: 'What to write beside the price, of VAT.' }),
    reasons: Reasons,
  },
  { title: 'ShownPrice' },
)
export type ShownPrice = Static<typeof ShownPrice>

/** To whom a price is shown: where the goods would go (ISO 3166-1 alpha-2), who would buy, and when. */
export type Looking = { country: string; customerKind: CustomerKind; at: Temporal.Instant }

/** Where prices are in kroner: Norway, with Svalbard and Jan Mayen. Everybody else pays in euro. */
const IN_KRONER = ['NO', 'SJ']

/** The currency in which goods that go to a country are priced: that of the country, or whatever the seller sells in. */
export function currencyFor({ currencies }: Pick<Seller, 'currencies'>, country: string): Currencies {
  const local: Currencies = IN_KRONER.includes(country) ? 'NOK' : 'EUR'
  return local in currencies ? local : (Object.keys(currencies)[0] as Currencies)
}

/**
 * What a product costs as somebody sees it who looks at the catalogue: in the currency, and with or without VAT, in which a quote would show
 * it (clause 5; prisopplysningsforskriften § 3; merverdiavgiftsloven § 6-21). Undefined where it has no price in that currency.
 */
export function shownPrice(
  { seller: sellerId, priceNok, priceEur, vatRate }: StoredProduct,
  lowered: LoweredPrices,
  { country, customerKind, at }: Looking,
): ShownPrice | undefined {
  const seller = sellerById(sellerId)
  if (seller === undefined) return undefined
  const currency = currencyFor(seller, country)
  const price = { NOK: priceNok, EUR: priceEur }[currency]
  if (price === undefined) return undefined
  const terms = termsOf(editionAt(at, seller.id).id)
  const { exported } = terms.placeOfSupply({ country })
  const { show, label, reasons } = terms.priceDisplay({ currency, customerKind, exported })
  const shownOf = (listed: number) => {
    const { total, vat } = priceOf({ vat: seller.currencies[currency]!, exported, customerKind }, listed, 1, vatRate)
    return show === 'incl' ? total : total - vat
  }
  const before = lowered[currency]?.lowestBefore
  return {
    ...{ currency, price: shownOf(price), label, reasons },
    ...(before !== undefined && { lowestBefore: shownOf(before) }),
  }
}
