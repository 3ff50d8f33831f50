import { ERASED } from '@vilkar/contracts/erased.ts'
import { type RawBuilder, sql } from 'kysely'

/** What is searched for of the person who has an order, as somebody says it. */
export type Sought = { name?: string; recipient?: string; address?: string; phone?: string }

/** Of the many orders of a street only so many are looked at, so that a letter alone costs no more than a name. */
const MOST_OF_A_STREET = 1_000
/** Digits of a telephone number that count: what stands before them is the country, which people leave out. */
const PHONE_DIGITS = 8
/** "0155", "0155 Oslo", "111 22 Stockholm", "SW1A 1AA": digits somewhere in the first word, then what may be a city. */
const POSTAL_CODE = /^((?=\S*\d)[0-9A-Z]{3,8}|\d{3} \d{2}|[0-9A-Z]{2,4} \d[A-Z]{2})(?:\s+(\D+))?$/i

const street = sql`lower(personal #>> '{shippingAddress,street}')`
const postalCode = sql`upper(replace(personal #>> '{shippingAddress,postalCode}', ' ', ''))`
const city = sql`lower(personal #>> '{shippingAddress,city}')`

/** The conditions that orders are found by; each by an index of `346-found-by-address.sql` or an older one. What is erased is no name and no place. */
export function foundBy({ name, recipient, address, phone }: Sought): RawBuilder<boolean>[] {
  const found: RawBuilder<boolean>[] = []
  if ([name, recipient, address].some((each) => each?.toLowerCase() === ERASED)) return [sql<boolean>`false`]
  if (name !== undefined) found.push(sql<boolean>`lower(personal ->> 'name') = ${name.toLowerCase()}`)
  if (recipient !== undefined)
    found.push(sql<boolean>`lower(personal #>> '{shippingAddress,name}') = ${recipient.toLowerCase()}`)
  if (address !== undefined) found.push(...atAddress(address))
  const digits = (phone ?? '').replaceAll(/\D/g, '')
  if (phone !== undefined)
    found.push(
      digits.length < PHONE_DIGITS
        ? sql<boolean>`false`
        : sql<boolean>`personal #>> '{shippingAddress,phone}' is not null
            and right(regexp_replace(personal #>> '{shippingAddress,phone}', '[^0-9]', '', 'g'), 8) = ${digits.slice(-PHONE_DIGITS)}`,
    )
  return found
}

/** "Storgata 1, 0155 Oslo": what stands before a comma is a street and after it a place; one alone is a place by its form, or else a street or a city. */
function atAddress(address: string): RawBuilder<boolean>[] {
  const parts = address
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (parts.length === 0) return [sql<boolean>`false`]
  if (parts.length > 1) return [sql<boolean>`id in ${ofStreet(parts[0]!)}`, ...inPlace(parts[1]!)]
  const alone = parts[0]!
  if (POSTAL_CODE.test(alone)) return inPlace(alone)
  const inCity = sql`(select id from orders where ${city} = ${alone.toLowerCase()} order by id desc limit ${MOST_OF_A_STREET})`
  return [sql<boolean>`id in (${ofStreet(alone)} union all ${inCity})`]
}

function inPlace(place: string): RawBuilder<boolean>[] {
  const [, code, town = ''] = POSTAL_CODE.exec(place) ?? [undefined, undefined, place]
  return [
    ...(code === undefined ? [] : [sql<boolean>`${postalCode} = ${code.replaceAll(' ', '').toUpperCase()}`]),
    ...(town === '' ? [] : [sql<boolean>`${city} = ${town.trim().toLowerCase()}`]),
  ]
}

/** Orders of a street from its beginning, the newest of those that stand there. */
const ofStreet = (text: string) =>
  sql`(select id from orders where ${street} like ${`${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`}
    order by id desc limit ${MOST_OF_A_STREET})`
