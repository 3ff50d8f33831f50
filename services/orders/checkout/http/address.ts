import { type Address, Phone } from '@vilkar/contracts/parts.ts'
import { lazily } from '@vilkar/server/lazily.ts'
import { City, CountryCode, Name, PostalCode, Street } from '@vilkar/server/person.ts'
import { asKept } from '@vilkar/server/person-text.ts'
import { invalidField } from '@vilkar/server/problems.ts'
import { postcodeValidator, postcodeValidatorExistsForCountry } from 'postcode-validator'
import { type Static, Type } from 'typebox'

/** An address as a customer gives it: with more care than events, which repeat what was taken once. */
export const AddressInput = Type.Object(
  {
    ...{ name: Name, street: Street, postalCode: PostalCode, city: City, country: CountryCode },
    phone: Type.Optional(Phone),
  },
  { additionalProperties: false, title: 'AddressInput' },
)

const names = lazily(() => new Intl.DisplayNames('en', { type: 'region' }))

/** A country as people write it, such as Norway. */
export const countryName = (country: string) => names().of(country) ?? country

/** The address as it is kept. Throws 400 when the postal code is none of its country. */
export function addressOf(field: string, { phone, ...given }: Static<typeof AddressInput>): Address {
  const { country } = given
  const [name, street, postalCode, city] = [given.name, given.street, given.postalCode, given.city].map(asKept) as [
    ...[string, string, string, string],
  ]
  if (postcodeValidatorExistsForCountry(country) && !postcodeValidator(postalCode, country))
    throw invalidField(`${field}.postalCode`, `is not a postal code of ${countryName(country)}`)
  return { name, street, postalCode, city, country, ...(phone !== undefined && { phone }) }
}
