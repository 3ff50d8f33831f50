import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { StoredOrder } from '../state.ts'

/** A mail that leads to the page of its order, if there is one and it does not yet: the last words before whose mail it is. */
export function withPage(
  composed: Composed,
  { state: { placed } }: Pick<StoredOrder, 'state'>,
  page: string | undefined,
): Composed {
  if (page === undefined || composed.text.includes(page)) return composed
  const { locale, terms } = placed
  const signature = signatureOf(sellerOf(terms.edition), locale)
  const words = composed.text.endsWith(signature) ? composed.text.slice(0, -signature.length).trimEnd() : composed.text
  return { ...composed, text: [words, ...orderPage(locale, page), signature].join('\n\n') }
}
