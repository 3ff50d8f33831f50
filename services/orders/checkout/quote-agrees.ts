import type { Refusal } from '@vilkar/decider/decider.ts'
import type { CustomerKind, Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { Quote } from '../order/quote.ts'

/** What an order says that its quote has said before. */
export type SaidAgain = { customerKind: CustomerKind; locale: Locale; country: string }

/**
 * Why an order is not the one that was quoted, or null. Kind, country and language decide prices, law and what is told, so
 * they are asked again only to be the same.
 */
export function whyQuoteDiffers(quote: Quote, order: SaidAgain): Refusal | null {
  const differs = (is: string, asked: string) => `The quote is ${is}, the order ${asked}.`
  const details = [
    ...(quote.customerKind === order.customerKind
      ? []
      : [differs(`for a ${quote.customerKind}`, `for a ${order.customerKind}`)]),
    ...(quote.country === order.country
      ? []
      : [differs(`for delivery to ${quote.country}`, `for delivery to ${order.country}`)]),
    ...(quote.locale === order.locale ? [] : [differs(`in ${quote.locale}`, `in ${order.locale}`)]),
  ]
  if (details.length === 0) return null
  return { code: 'quote-differs', detail: [...details, 'Ask for a quote of the right kind.'].join(' ') }
}
