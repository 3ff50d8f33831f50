import type { Address } from '@vilkar/contracts/parts.ts'
import { askCarrier, at, carrierFault, listOf, part, text } from '../carriers/api.ts'
import type { ReturnFreight } from './port.ts'

/** Bring's products of the way back, by the country that a parcel is sent from, and the additional service that gives a code instead of a label. */
const PRODUCTS: Readonly<Record<string, string>> = { NO: '9300', SE: '9300', DK: '9300' }
const LABEL_FREE = '1288'
const VALID_DAYS = 30
const WEIGHT_KG = 2

type Options = { url: string; uid: string; key: string; clientUrl: string; customerNumber: string }

/** Bring's Booking API (schema version 1): a return parcel with a code to show where it is handed in. */
export const createBringReturns = ({ url, uid, key, clientUrl, customerNumber }: Options): ReturnFreight => ({
  name: 'bring',
  async book({ reference, from, to, email, at: now }) {
    const product = PRODUCTS[from.country]
    if (product === undefined) throw carrierFault(`It takes nothing back from ${from.country}.`)
    const consignment = {
      ...{ shippingDateTime: now.toString({ smallestUnit: 'second' }), generateQrCodes: true },
      parties: { sender: partyOf(from, reference), recipient: { ...partyOf(to, reference), contact: { email } } },
      product: { id: product, customerNumber, additionalServices: [{ id: LABEL_FREE }] },
      packages: [{ correlationId: reference, weightInKg: WEIGHT_KG }],
    }
    const answer = await askCarrier(`${url}/booking-api/api/create`, {
      method: 'POST',
      headers: { 'x-mybring-api-uid': uid, 'x-mybring-api-key': key, 'x-bring-client-url': clientUrl },
      body: { schemaVersion: 1, consignments: [consignment] },
    })
    const [booked] = listOf(part(answer, 'consignments'))
    const [wrong] = listOf(part(booked, 'errors'))
    if (wrong !== undefined) throw carrierFault(`It refused the booking (${text(at(wrong, 'code')) ?? 'no code'}).`)
    const [parcel] = listOf(at(booked, 'confirmation', 'packages'))
    const trackingNumber = text(part(parcel, 'packageNumber'))
    if (trackingNumber === undefined) throw carrierFault('Its answer has no number of a parcel.')
    const code = text(part(parcel, 'labelFreeCode'))
    const validUntil = now.add({ hours: 24 * VALID_DAYS }).toString()
    return { trackingNumber, ...(code && { code }), validUntil }
  },
})

const partyOf = ({ name, street, postalCode, city, country, phone }: Address, reference: string) => ({
  ...{ name, addressLine: street, postalCode, city, countryCode: country, reference },
  ...(phone && { contact: { name, phoneNumber: phone } }),
})

export type ReturnFreightSettings = {
  PUBLIC_URL?: string
  BRING_URL: string
  BRING_UID?: string
  BRING_KEY?: string
  BRING_CUSTOMER_NUMBER?: string
}

/** The carrier that takes parcels back for a shop; undefined for one that has no agreement with any. */
export function createReturnFreight(settings: ReturnFreightSettings): ReturnFreight | undefined {
  const { PUBLIC_URL: clientUrl, BRING_URL: url, BRING_UID: uid, BRING_KEY: key, BRING_CUSTOMER_NUMBER } = settings
  if (!clientUrl || !uid || !key || !BRING_CUSTOMER_NUMBER) return undefined
  return createBringReturns({ url: url.replace(/\/$/, ''), uid, key, clientUrl, customerNumber: BRING_CUSTOMER_NUMBER })
}
