import type {
  Amount,
  DeliveryPromise,
  PricedDelivery,
  PricedLine,
  TermsPin,
  Totals,
  VatView,
} from '@vilkar/contracts/parts.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Currency, CustomerKind, Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Static } from 'typebox'

type Money = Static<typeof Amount>
type Shown = { unitPrice: Money; total: Money }

/**
 * What an order is placed from: an offer with everything that must be told before payment: each line, delivery with its price, totals with VAT, how
 * prices are shown (clause 5), when payment is taken (clause 6) and the edition of the terms. Amounts are minor units.
 */
export type Quote = {
  id: string
  /** Whose the edition of the terms is. A quote of before sellers had names leaves it out. */
  seller?: string
  expiresAt: string
  currency: Currency
  customerKind: CustomerKind
  /** Why, where the checkout told what it knows of the buyer. */
  customerKindReasons?: Reason[]
  country: string
  locale: Locale
  terms: TermsPin
  /** The offer that lines of it are priced by, and until when that binds the seller. */
  priceOffer?: { id: string; until: string }
  /** `withoutOffer`: of a line that is priced by an offer, what a unit would be shown at without it. */
  lines: (PricedLine & { shown: Shown; available: number; withoutOffer?: Money })[]
  delivery: PricedDelivery
  deliveryOptions: { id: string; name: string; price: Money; shown: Money }[]
  totals: Totals
  /** What quotes of before it was told leave out are for goods that stay in the VAT area. */
  vat?: Static<typeof VatView> & { reasons: Reason[] }
  priceDisplay: { show: 'incl' | 'excl'; label: string; alsoShowTotalIncl: boolean; reasons: Reason[] }
  /** The last day of delivery that the customer asked for, and gets. */
  deliverBy?: string
  /** As of a contract that is formed at once. What quotes of before it was told leave out. */
  deliveryPromise?: DeliveryPromise
  capture: { timing: 'at-shipment' | 'early'; reasons: Reason[] }
}
