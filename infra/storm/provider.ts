import { agreementOf, type ProviderName } from '@vilkar/payments/providers.ts'
import { SPEED } from './fast-clock.ts'

/** What the simulators ask for, whatever it is called; nothing that a real provider would take. */
export const CREDENTIAL = 'storm-only'

const realMs = (seconds: number) => Math.ceil((seconds * 1_000) / SPEED)
// The limits of the adapters, as much shorter as the storm's clock is faster.
const CHECKOUT_SECONDS = 30
const MONEY_SECONDS = 65
const timeouts = { connectMs: 500, checkoutMs: realMs(CHECKOUT_SECONDS), moneyMs: realMs(MONEY_SECONDS) }

/**
 * How long the simulator may stand still, for a machine is never only ours: as the storm's clock runs, that is a minute and a
 * half in which a provider would have been at work. Beyond that a storm says nothing about the product.
 */
export const STANDSTILL_MS = 1_500
/** What was sent may have waited for a token first. */
const graceMs = (CHECKOUT_SECONDS + MONEY_SECONDS) * 1_000 + STANDSTILL_MS * SPEED

/** A provider's adapter with short patience, towards its simulator. */
export function createProvider(name: ProviderName, { url, now }: { url: string; now(): Temporal.Instant }) {
  const agreement = agreementOf(name)
  const variables = Object.keys(agreement.variables.properties)
  const set = Object.fromEntries(variables.map((each) => [each, each.endsWith('_URL') ? url : CREDENTIAL]))
  return agreement.open(name, set, { now, timeouts, graceMs })
}
