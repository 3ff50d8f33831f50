import { coverage } from '../coverage.ts'
import type { Money } from '../port.ts'

/** The most that one payment, capture or refund may be, in minor units (ePayment API, schema Amount). */
const MAX_AMOUNT = coverage.vipps.maxAmount
const CURRENCIES = new Set(['NOK', 'DKK', 'EUR'])

/** Why Vipps would not take this amount, as a sentence, or null. */
export function problemWithAmount({ amount, currency }: Money) {
  if (!Number.isInteger(amount) || amount <= 0 || amount > MAX_AMOUNT) return `${amount} is not an amount to move.`
  return CURRENCIES.has(currency) ? null : `Vipps takes no ${currency}.`
}
