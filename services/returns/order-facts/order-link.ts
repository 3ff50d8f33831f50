import { orderLink } from '@vilkar/server/signed-links.ts'
import type { Deps } from '../deps.ts'
import type { PlacedOrder } from './projection.ts'

/** The page of the storefront where a customer sees one order without signing in, if the shop has one; a link that ends. */
export async function orderPageOf(
  { links, settings, clock }: Pick<Deps, 'links' | 'settings' | 'clock'>,
  { facts: { orderId }, personal: { email } }: PlacedOrder,
) {
  const { orderPageUrl, linksValidFor } = settings
  if (orderPageUrl === undefined) return undefined
  const expiresAt = clock.now().toZonedDateTimeISO('Europe/Oslo').add(linksValidFor).toInstant().toString()
  const page = new URL(orderPageUrl)
  page.searchParams.set('link', await links.sign({ ...orderLink(orderId, email), expiresAt }))
  return page.href
}
