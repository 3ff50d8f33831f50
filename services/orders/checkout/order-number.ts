import { randomBytes } from 'node:crypto'

/** Crockford's base 32: no I, L, O or U, so that a number can be read out on the phone. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new order number such as `AB-7K2M9-4QXTB`: the seller's prefix and 50 random bits, which tell nobody how many orders there are. */
export function newOrderNumber(prefix: string) {
  const letters = Array.from(randomBytes(10), (byte) => LETTERS[byte % 32]).join('')
  return `${prefix}-${letters.slice(0, 5)}-${letters.slice(5)}`
}
