import type { Refusal } from '@vilkar/decider/decider.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Seller } from '@vilkar/terms/sellers/seller.ts'

/** So many units at this price each, in minor units and with VAT where the seller's prices have it, as in the catalogue. */
export type OfferedLine = OfferedUnits & { unitPrice: number }
export type OfferedUnits = { sku: string; quantity: number }

/** What was offered to the customer of an order. `cataloguePrice` is what a unit cost everybody when it was offered. */
export type PriceOffer = {
  id: string
  orderId: string
  lines: (OfferedLine & { cataloguePrice: number })[]
  currency: Currency
  /** The moment up to which it binds the seller. */
  until: string
}

/** What is given below the prices of the catalogue, in minor units of the offer's currency. */
export const givenBy = (lines: PriceOffer['lines']) =>
  lines.reduce((sum, { quantity, unitPrice, cataloguePrice }) => sum + quantity * (cataloguePrice - unitPrice), 0)

/**
 * What staff may give below the prices of the catalogue for one order, in minor units: anybody up to what one person may give beyond
 * duty, and who approves what others give up to what two may. 0 where the seller says nothing.
 */
export function offerLimits({ concessions }: Pick<Seller, 'concessions'>, currency: Currency) {
  return { anybody: concessions?.alone[currency] ?? 0, approvers: concessions?.together[currency] ?? 0 }
}
export type OfferLimits = ReturnType<typeof offerLimits>

/** Why somebody may not give so much in all for an order, or undefined. */
export function overOfferLimit(
  all: number,
  currency: Currency,
  { anybody, approvers }: OfferLimits,
  approves: boolean,
): Refusal | undefined {
  if (all <= (approves ? approvers : anybody)) return undefined
  const sum = `What is given below the prices of the catalogue for this order would come to ${all} ${currency} in all (minor units)`
  const detail =
    all <= approvers
      ? `${sum}. Anybody of the staff may offer up to ${anybody}; up to ${approvers} is for who has the scope "returns:approve".`
      : `${sum}. Nobody may offer more than ${approvers}.`
  return { code: 'price-offer-limit', detail, extra: { anybody, approvers } }
}

/** Why a cart cannot be priced by an offer at this moment, or undefined. `used`: an order took it already. */
export function whyNotOffered(
  { lines, currency, until, used, seller }: PriceOffer & { used: boolean; seller: string },
  asked: { lines: OfferedUnits[]; currency: Currency; seller: string; at: Temporal.Instant },
): Refusal | undefined {
  if (used) return USED
  if (Temporal.Instant.compare(asked.at, until) >= 0)
    return { code: 'price-offer-ended', detail: `The offer was good until ${until}. Ask for a quote without it.` }
  if (asked.seller !== seller || asked.currency !== currency)
    return { code: 'price-offer-differs', detail: `The offer is of ${seller}, and in ${currency}.` }
  const offered = new Map(lines.map((line) => [line.sku, line.quantity]))
  if (!asked.lines.some(({ sku }) => offered.has(sku))) {
    const skus = [...offered.keys()].join(', ')
    return { code: 'price-offer-differs', detail: `The offer is for ${skus}, and none of that is in the cart.` }
  }
  const over = asked.lines.filter(({ sku, quantity }) => quantity > (offered.get(sku) ?? quantity))
  if (over.length === 0) return undefined
  const each = over.map(
    ({ sku, quantity }) => `${quantity} of ${sku} were asked for and ${offered.get(sku)} are offered`,
  )
  return {
    code: 'price-offer-exceeded',
    detail: `${each.join('; ')}. Ask for no more at this price; what is more is bought by an order of its own.`,
  }
}

export const NO_OFFER: Refusal = { code: 'price-offer-unknown', detail: 'There is no such offer.' }
export const USED: Refusal = {
  code: 'price-offer-used',
  detail: 'The offer was taken by an order already. Ask for a quote without it.',
}
/** Nothing is said of whom it is for. */
export const OF_ANOTHER: Refusal = {
  code: 'price-offer-of-another',
  detail:
    'The offer is for another customer. Give the e-mail address that it was sent to, or ask for a quote without it.',
}

export const RECORDED: Refusal = {
  code: 'price-offer-recorded',
  detail: 'Something else was offered under this id. Make another offer under an id of its own.',
}
export const ERASED_CUSTOMER: Refusal = {
  code: 'customer-erased',
  detail: 'The personal data of the order were erased: there is nobody left to whom something could be offered.',
}
