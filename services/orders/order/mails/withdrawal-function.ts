import { createSignedLinks, linkedOrderPage } from '@vilkar/server/signed-links.ts'
import { type SentFunction, sha256Of } from '@vilkar/terms/order/told.ts'
import { functionNotice } from '@vilkar/terms/statute/withdrawal-function.ts'
import type { Deps } from '../../deps.ts'
import type { StoredOrder } from '../state.ts'

/** What a mail says of the withdrawal function, with the customer's own link to it, and the evidence that it did. */
export type FunctionTold = { notice: string; told: SentFunction }

/**
 * The page where whoever is written to sees their order without signing in, if the shop has one. The link is good for as long as its secret
 * and the address that it is mailed to, since rights may last long; what it may do is judged when it is used.
 */
export async function orderPageOf(
  { settings, clock }: Pick<Deps, 'settings' | 'clock'>,
  { id, personal: { email } }: Pick<StoredOrder, 'id' | 'personal'>,
): Promise<string | undefined> {
  if (settings.orderPage === undefined) return undefined
  const { url, secrets } = settings.orderPage
  return linkedOrderPage(createSignedLinks({ secrets, now: clock.now }), url, { orderId: id, email })
}

/**
 * How a consumer is told of the withdrawal function (Directive 2011/83/EU, Art. 6(1)(h), 8(7) and 11a; angrerettloven § 20 a).
 * Undefined for a business, and where this shop has no page with the function: then nothing is told, and nothing is claimed to have been.
 */
export async function withdrawalFunctionOf(
  { settings, clock }: Pick<Deps, 'settings' | 'clock'>,
  { id, state: { placed }, personal }: Pick<StoredOrder, 'id' | 'state' | 'personal'>,
): Promise<FunctionTold | undefined> {
  const link = await orderPageOf({ settings, clock }, { id, personal })
  if (link === undefined || placed.customerKind !== 'consumer') return undefined
  const { locale } = placed
  const page = settings.orderPage!.url
  const told = { locale, page, sha256: sha256Of(functionNotice(locale, page)) }
  return { notice: functionNotice(locale, link), told }
}
