import { ERASED } from '@vilkar/contracts/erased.ts'
import { invalidField, refusalError } from '@vilkar/server/problems.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { StoredOrder } from '../order/state.ts'
import {
  ERASED_CUSTOMER,
  givenBy,
  type OfferedLine,
  type OfferLimits,
  offerLimits,
  overOfferLimit,
  type PriceOffer,
} from './price-offer.ts'
import { offersOf } from './price-offer-store.ts'
import { readProductsOf, type StoredProduct } from './product-store.ts'

/** So long an offer may bind the seller at the most. */
export const MAX_OFFER_DAYS = 90

/** What somebody of the staff means to offer. */
export type OfferWanted = { lines: OfferedLine[]; currency: Currency; until: string }

/** What an offer would be: with what its goods cost in the catalogue, what it gives, what was given before, and who may give how much. */
export type Foreseen = {
  lines: PriceOffer['lines']
  products: StoredProduct[]
  given: number
  givenBefore: number
  limits: OfferLimits
}

/**
 * What it comes to when staff offers this to the customer of an order: goods of the order's seller, below today's prices, within what
 * whoever offers may give. Throws 400 of a field that is wrong and 409 of what may not be. An offer that ended unused gave nothing.
 */
export async function foreseeOffer(
  db: Kysely<Database>,
  { id, state: { placed }, personal }: StoredOrder,
  { lines, currency, until }: OfferWanted,
  { at, approves }: { at: Temporal.Instant; approves: boolean },
): Promise<Foreseen> {
  if (personal.email === ERASED) throw refusalError(ERASED_CUSTOMER)
  const seller = sellerOf(placed.terms.edition)
  if (!(currency in seller.currencies))
    throw invalidField('body.currency', `must be ${Object.keys(seller.currencies).join(' or ')}`)
  checkEnd(until, at)
  const skus = lines.map(({ sku }) => sku)
  if (new Set(skus).size < skus.length)
    throw invalidField('body.lines', 'names a SKU more than once; add its quantities up')
  const products = (await readProductsOf(db, skus)).filter((product) => product.seller === seller.id)
  const priced = lines.map((line) => ({ ...line, cataloguePrice: priceOf(products, line, currency, seller.id) }))
  const given = givenBy(priced)
  const standing = (await offersOf(db, id)).filter(
    (offer) => offer.usedBy !== undefined || Temporal.Instant.compare(at, offer.until) < 0,
  )
  const other = standing.find((offer) => offer.currency !== currency)
  if (other)
    throw invalidField('body.currency', `must be ${other.currency}, as of what was offered for this order before`)
  const givenBefore = standing.reduce((sum, each) => sum + each.given, 0)
  const limits = offerLimits(seller, currency)
  const over = overOfferLimit(givenBefore + given, currency, limits, approves)
  if (over) throw refusalError(over)
  return { lines: priced, products, given, givenBefore, limits }
}

function checkEnd(until: string, at: Temporal.Instant) {
  if (Temporal.Instant.compare(until, at) <= 0) throw invalidField('body.until', 'is a moment that has passed')
  if (Temporal.Instant.compare(until, at.add({ hours: 24 * MAX_OFFER_DAYS })) > 0)
    throw invalidField('body.until', `must be within ${MAX_OFFER_DAYS} days`)
}

/** What a unit costs everybody today. Throws 400 of goods that the seller does not sell, or not below that. */
function priceOf(products: StoredProduct[], { sku, unitPrice }: OfferedLine, currency: Currency, seller: string) {
  const product = products.find((each) => each.sku === sku)
  if (product === undefined) throw invalidField('body.lines', `names a SKU that ${seller} does not sell: ${sku}`)
  const price = { NOK: product.priceNok, EUR: product.priceEur }[currency]
  if (price === undefined) throw invalidField('body.lines', `names a SKU without a price in ${currency}: ${sku}`)
  if (unitPrice >= price)
    throw invalidField('body.lines', `offers ${sku} at ${unitPrice}, which is not below its price of ${price} today`)
  return price
}
