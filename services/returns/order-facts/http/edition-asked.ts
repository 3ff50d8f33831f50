import { invalidField } from '@vilkar/server/problems.ts'
import { editionAt, editionById, sellerById, sellers } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'

/**
 * The edition that a question names, or the one of the seller that was in force when the order was placed; a shop with one
 * seller need not name it. Throws 400 with the field that is wrong.
 */
export function editionAsked(asked: { edition?: string; seller?: string }, placedAt: string): OrderFacts['terms'] {
  const edition = asked.edition === undefined ? inForceAt(asked.seller, placedAt) : editionById(asked.edition)
  if (edition === undefined) throw invalidField('body.edition', `names no edition of any terms: ${asked.edition}`)
  return { edition: edition.id, sha256: edition.sha256 }
}

function inForceAt(asked: string | undefined, placedAt: string) {
  const known = sellers()
  const seller = asked === undefined && known.length === 1 ? known[0] : sellerById(asked ?? '')
  if (seller === undefined)
    throw invalidField('body.seller', `must name a seller of this shop: ${known.map(({ id }) => id).join(' or ')}`)
  try {
    return editionAt(Temporal.Instant.from(placedAt), seller.id)
  } catch {
    const before = 'is before the first edition of the terms; name one in body.edition'
    throw invalidField('body.placedAt', `(or body.at, if it is left out: ${placedAt}) ${before}`)
  }
}
