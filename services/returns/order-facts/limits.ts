import { sellerOf } from '@vilkar/terms/editions/registry.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'

/** What one person of the seller's may give beyond duty, and two together, in minor units of the order's currency; 0 where the seller says nothing. */
export function limitsOf({ terms, currency }: Pick<OrderFacts, 'terms' | 'currency'>) {
  const { concessions } = sellerOf(terms.edition)
  return { alone: concessions?.alone[currency] ?? 0, together: concessions?.together[currency] ?? 0 }
}
