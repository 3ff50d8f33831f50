import { countryName } from '@vilkar/terms/sellers/seller.ts'
import type { ParcelContent } from './content.ts'
import { words } from './words.ts'

type Of<Key extends keyof ParcelContent> = Pick<ParcelContent, Key | 'locale'>

/** The seller as foretaksregisterloven § 10-2 wants it on papers: name, number, and where it is registered. */
export function senderLines({ seller, locale }: Of<'seller'>) {
  const { name, organisationNumber, registeredIn, address, email, phone } = seller
  const number = `${words[locale].organisationNumber} ${organisationNumber}${registeredIn.vat ? ' MVA' : ''}`
  return [
    name,
    [number, ...(registeredIn.foretaksregisteret ? ['Foretaksregisteret'] : [])].join(', '),
    ...[address.street, `${address.postalCode} ${address.city}`, countryName(locale, address.country)],
    `${email}, ${phone}`,
  ]
}

export function receiverLines({ receiver, locale }: Of<'receiver'>) {
  const { name, street, postalCode, city, country } = receiver
  return [name, street, `${postalCode} ${city}`, country && countryName(locale, country)]
}
