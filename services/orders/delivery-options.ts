import type { LocalizedText } from '@vilkar/contracts/parts.ts'
import type { Static } from 'typebox'

/** A way of delivering, as the seller prices it: NOK including VAT, EUR excluding VAT, in minor units. */
export type DeliveryOption = {
  id: string
  name: Static<typeof LocalizedText>
  priceNok: number
  priceEur: number
  vatRate: number
  /** Standard delivery is what a withdrawal gives back; the surcharge of a faster one is not (angrerettloven § 24). */
  standard: boolean
}

export const deliveryOptions: readonly DeliveryOption[] = [
  {
    id: 'parcel',
    name: { nb: 'Pakke levert hjem', en: 'Parcel to your door' },
    priceNok: 9900,
    priceEur: 790,
    vatRate: 2500,
    standard: true,
  },
  {
    id: 'pickup-point',
    name: { nb: 'Hentested', en: 'Pick-up point' },
    priceNok: 7900,
    priceEur: 630,
    vatRate: 2500,
    standard: true,
  },
  {
    id: 'express',
    name: { nb: 'Ekspress neste virkedag', en: 'Express, next business day' },
    priceNok: 19900,
    priceEur: 1590,
    vatRate: 2500,
    standard: false,
  },
]
