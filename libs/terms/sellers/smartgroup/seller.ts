import type { Seller } from '../seller.ts'
import { edition } from './2026-01-15/edition.ts'

export const smartgroup: Seller = {
  id: 'smartgroup',
  name: 'SmartGroup AS',
  organisationNumber: '999 615 147',
  registeredIn: { vat: true, foretaksregisteret: true },
  address: { street: 'Fornebuveien 46', postalCode: '1366', city: 'Lysaker', country: 'NO' },
  email: 'post@smartgroup.no',
  phone: '+47 649 59 444',
  orderNumberPrefix: 'SG',
  mailFrom: 'SmartGroup AS <post@smartgroup.no>',
  currencies: { NOK: 'incl', EUR: 'excl' },
  credentialsPrefix: '',
  concessions: { alone: { NOK: 50_000, EUR: 5_000 }, together: { NOK: 2_000_000, EUR: 200_000 } },
  deliveryOptions: [
    {
      id: 'parcel',
      name: { nb: 'Pakke til hentested', en: 'Parcel to a pick-up point' },
      prices: { NOK: 9900, EUR: 790 },
      standard: true,
    },
    {
      id: 'home',
      name: { nb: 'Pakke levert hjem', en: 'Parcel to your door' },
      prices: { NOK: 14_900, EUR: 1190 },
      standard: false,
    },
    {
      id: 'express',
      name: { nb: 'Ekspress neste virkedag', en: 'Express, next business day' },
      prices: { NOK: 19_900, EUR: 1590 },
      standard: false,
    },
  ],
  editions: [edition],
}
