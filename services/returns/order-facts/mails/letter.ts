import { orderPage } from '@vilkar/mail/order-page.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import { signatureOf } from '@vilkar/terms/sellers/seller.ts'
import type { PlacedFacts } from '../projection.ts'

/** The paragraphs of a mail about an order, with the page of the order and whose mail it is. */
export const letter = (
  { locale, terms }: PlacedFacts,
  page: string | undefined,
  subject: string,
  paragraphs: string[],
): Composed => ({
  locale,
  subject,
  text: [...paragraphs, ...orderPage(locale, page), signatureOf(sellerOf(terms.edition), locale)].join('\n\n'),
})
