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
    name: { nb: 'Pakke til hentested', en: 'Parcel to a pick-up point' },
    priceNok: 9900,
    priceEur: 790,
    vatRate: 2500,
    standard: true,
  },
  {
    id: 'home',
    name: { nb: 'Pakke levert hjem', en: 'Parcel to your door' },
    priceNok: 14_900,
    priceEur: 1190,
    vatRate: 2500,
    standard: false,
  },
  {
    id: 'express',
    name: { nb: 'Ekspress neste virkedag', en: 'Express, next business day' },
    priceNok: 19_900,
    priceEur: 1590,
    vatRate: 2500,
    standard: false,
  },
]
