import { MAX_AMOUNT } from '@vilkar/contracts/parts.ts'
import { whyNotTaken } from '@vilkar/payments/coverage.ts'
import type { Deps } from '../deps.ts'
import { providerNameOf } from '../money/providers.ts'
import type { Quote } from '../order/quote.ts'

type Payable = Pick<Quote, 'country' | 'currency' | 'lines' | 'delivery' | 'totals'>

/**
 * Why nobody could pay for a quote, as a sentence for whoever asked, or null: the provider where the seller's customers pay
 * takes nothing from that country, not in that currency, or not that much (`libs/payments/coverage.ts`).
 */
export function whyNotPayable(providers: Deps['providers'], seller: string, quote: Payable): string | null {
  const { country, currency, totals, delivery } = quote
  const lines = [...quote.lines.map(({ total }) => total), delivery.price]
  if (Math.max(totals.total, ...lines) > MAX_AMOUNT)
    return `An order comes to at most ${(MAX_AMOUNT / 100).toLocaleString('en-GB', { minimumFractionDigits: 2 })}.`
  return whyNotTaken(providerNameOf(providers.currentFor(seller)), { country, currency, amount: totals.total, lines })
}
