import { linkedOrderPage } from '@vilkar/server/signed-links.ts'
import type { Deps } from '../deps.ts'
import type { PlacedOrder } from './projection.ts'

/**
 * The page of the storefront where a customer sees one order without signing in, if the shop has one. As in the mails of orders the link is
 * good for as long as its secret and the address that it is mailed to, since a complaint may come after five years.
 */
export async function orderPageOf(
  { links, settings: { orderPageUrl } }: Pick<Deps, 'links' | 'settings'>,
  { facts: { orderId }, personal: { email } }: PlacedOrder,
) {
  return orderPageUrl && linkedOrderPage(links, orderPageUrl, { orderId, email })
}
