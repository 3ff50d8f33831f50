import { Type } from 'typebox'

/**
 * What people are asked for at our doors. The check is a format (`formats.ts`) and `errorMessage` completes the sentence that
 * begins with the field. What an event repeats of it is not checked again: it was taken once.
 */
const line = (maxLength: number, what: string, example: string) =>
  Type.String({
    ...{ format: 'readable-line', maxLength, examples: [example] },
    errorMessage: `must be ${what} on one line, with a letter or digit in it and no address of a web page`,
  })

export const Name = line(200, 'a name', 'Kari Eksempel')
export const Street = line(200, 'a street and number', 'Storgata 1')
export const City = line(100, 'a place', 'Oslo')
export const PostalCode = line(20, 'a postal code', '0155')

/** What stands on a parcel, by whom it is carried, and where it is. Kept without blanks around it (`asKept`): carriers tell it so. */
export const TrackingNumber = line(100, 'a tracking number', 'TEST1234567NO')
export const CarrierName = line(100, 'the name of a carrier', 'Posten')
export const ParcelPlace = line(100, 'a place', 'Oslo')
export const Receiver = line(100, 'the name of who received it', 'Kari Eksempel')

/** ISO 3166-1 alpha-2, and one that the standard has. */
export const CountryCode = Type.String({
  format: 'country-code',
  description: 'ISO 3166-1 alpha-2.',
  examples: ['NO'],
  errorMessage: 'must be a country as ISO 3166-1 writes it in two capitals, such as NO',
})

/** RFC 5321; the domain may be written in letters of any language and is kept as IDNA writes it. */
export const Email = Type.String({
  format: 'email',
  maxLength: 254,
  examples: ['kari@example.com'],
  errorMessage: 'must be an e-mail address, such as kari@example.com',
})

/** Why somebody does something, in their own words. */
export const Why = line(1_000, 'a reason in words', '0.49 kr stood where 4 990 was meant.')
