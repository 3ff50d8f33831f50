import type { Taker } from '@vilkar/contracts/shipping-parcel.ts'
import type { AnyCarrier, CarrierEvent, Meaning } from './port.ts'

/**
 * What an event says of a parcel to an addressee; undefined for a code that no table has. That somebody took one of several packages
 * says that the rest is on its way.
 */
export function meaningOf(
  carrier: AnyCarrier,
  { code, leftAt, receivedBy, package: part }: Pick<CarrierEvent, 'code' | 'leftAt' | 'receivedBy' | 'package'>,
  addressee: string,
): Exclude<Meaning, 'delivered'> | undefined {
  const meaning = Object.hasOwn(carrier.codes, code) ? carrier.codes[code] : undefined
  if (meaning !== 'delivered') return meaning
  if (part !== undefined) return { report: 'in-transit' }
  const places = ('leftAt' in carrier && carrier.leftAt) || {}
  const place = leftAt?.trim().toLowerCase() ?? ''
  const taker: Taker | undefined = Object.hasOwn(places, place) ? places[place] : undefined
  // Where it was put down is said by who put it there; a name beside it may be that of a neighbour.
  if (taker !== undefined) return { takenBy: taker }
  return { takenBy: isSameName(receivedBy, addressee) ? 'customer' : 'unknown' }
}

/** Whether a signature is the addressee's: every word of it, in any order. A name in part may be anybody's of the house. */
export function isSameName(signed: string | undefined, addressee: string) {
  const words = wordsOf(signed ?? '')
  return words.length > 0 && words.join(' ') === wordsOf(addressee).join(' ')
}

const wordsOf = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
