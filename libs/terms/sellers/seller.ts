import type { Country } from '../calendar.ts'
import type { EditionSource } from '../editions/load.ts'
import type { Currency, Locale } from '../ruling/vocabulary.ts'

/**
 * A way of delivering. Prices are in minor units, and include VAT in a currency where the seller's prices do. Its VAT is that of
 * the goods that it delivers (merverdiavgiftsloven § 4-2).
 */
export type DeliveryOption = {
  id: string
  name: Readonly<Record<Locale, string>>
  prices: Readonly<Partial<Record<Currency, number>>>
  /** Standard delivery is what a withdrawal gives back; the surcharge of a faster one is not (angrerettloven § 24). */
  standard: boolean
}

/** Who sells: all that differs between sellers, besides what their terms say. */
export type Seller = {
  /** The folder of the seller, in kebab-case: what quotes, orders and ids of editions begin with. */
  id: string
  name: string
  organisationNumber: string
  /** The registers that sales documents have to name (bokføringsforskriften § 5-1-2): of VAT, and of business enterprises. */
  registeredIn: { vat: boolean; foretaksregisteret: boolean }
  /** Where the head office is. `country` is ISO 3166-1 alpha-2. */
  address: { street: string; postalCode: string; city: string; country: Country }
  email: string
  phone: string
  /** Where what customers owe is paid to, as IBAN without blanks; left out, an invoice asks to be asked. */
  bankAccount?: string
  /** What order numbers begin with, such as `SG` in `SG-7K2M9-4QXTB`. No two sellers share one. */
  orderNumberPrefix: string
  /** The sender of mails, RFC 5322. */
  mailFrom: string
  /** What is sold in, and whether prices in the catalogue include VAT. How customers see them is for the terms to say. */
  currencies: Readonly<Partial<Record<Currency, 'incl' | 'excl'>>>
  /** Where the seller sells to; left out, everywhere. */
  markets?: readonly Country[]
  /**
   * How much staff may give beyond duty, or decide otherwise than the rules did, in minor units: `alone` by one person, `together`
   * by one who proposes and another, with the scope `returns:approve`, who approves. Below the prices of the catalogue, in offers to
   * one customer, anybody gives the former and who has that scope the latter. A currency that is left out: nothing.
   */
  concessions?: Readonly<Record<'alone' | 'together', Readonly<Partial<Record<Currency, number>>>>>
  deliveryOptions: readonly [DeliveryOption, ...DeliveryOption[]]
  /** What the names of the environment variables with the seller's provider credentials begin with; empty for one seller. */
  credentialsPrefix: string
  /** Oldest first. */
  editions: readonly [EditionSource, ...EditionSource[]]
}

/** A country (ISO 3166-1 alpha-2) by its name in a language. */
export const countryName = (locale: Locale, country: Country) =>
  new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country

const ORGANISATION_NUMBER: Record<Locale, string> = { nb: 'Org.nr.', en: 'Org. no.' }

/** Who the seller is, as angrerettloven § 8 wants it told: the last line of every mail. */
export function signatureOf({ name, organisationNumber, address, email, phone }: Seller, locale: Locale) {
  const { street, postalCode, city, country } = address
  const place = `${street}, ${postalCode} ${city}, ${countryName(locale, country)}`
  return [name, `${ORGANISATION_NUMBER[locale]} ${organisationNumber}`, place, email, phone].join(' · ')
}
