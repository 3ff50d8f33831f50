import { ORDER_LINK } from '@vilkar/server/signed-links.ts'
import type { Deps } from '../deps.ts'

/** The page of the storefront where a customer sees one order without signing in, if the shop has one; a link that ends. */
export async function orderPageOf({ links, settings, clock }: Pick<Deps, 'links' | 'settings' | 'clock'>, id: string) {
  const { orderPageUrl, linksValidFor } = settings
  if (orderPageUrl === undefined) return undefined
  const expiresAt = clock.now().toZonedDateTimeISO('Europe/Oslo').add(linksValidFor).toInstant().toString()
  const page = new URL(orderPageUrl)
  page.searchParams.set('link', await links.sign({ purpose: ORDER_LINK, subject: id, expiresAt }))
  return page.href
}
