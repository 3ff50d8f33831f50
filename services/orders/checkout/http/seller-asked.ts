import { invalidField } from '@vilkar/server/problems.ts'
import { sellerById, sellers } from '@vilkar/terms/editions/registry.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'
import { Type } from 'typebox'

export const SellerId = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,62}$',
  errorMessage: 'must be the id of a seller: small letters, digits and hyphens',
  description: 'Who sells. May be left out while the shop has one seller.',
})

/** The seller that a request names, or the only one there is. Throws 400 when that is nobody. */
export function sellerAsked(id: string | undefined): Seller {
  const known = sellers()
  const seller = id === undefined && known.length === 1 ? known[0] : sellerById(id ?? '')
  if (seller !== undefined) return seller
  throw invalidField('body.seller', `must name a seller of this shop: ${known.map((each) => each.id).join(' or ')}`)
}
