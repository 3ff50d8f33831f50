import { createKlarna } from '@vilkar/payments/klarna/klarna.ts'
import type { ProviderName } from '@vilkar/payments/provider-names.ts'
import { createVipps } from '@vilkar/payments/vipps/vipps.ts'
import { SPEED } from './fast-clock.ts'

/** What the simulators ask for; nothing that a real provider would take. */
export const KLARNA_CREDENTIALS = { username: 'storm', password: 'storm-only' }
export const VIPPS_CREDENTIALS = {
  clientId: 'storm',
  clientSecret: 'storm-only',
  subscriptionKey: 'storm-only',
  merchantSerialNumber: '123456',
  webhookSecret: 'storm-only',
}

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

const FRONT_ENDS = { klarna: 'hosted-page', 'klarna-payments': 'payments', kustom: 'kustom' } as const

/** A provider's adapter with short patience, towards its simulator. */
export function createProvider(name: ProviderName, { url, now }: { url: string; now(): Temporal.Instant }) {
  const options = { baseUrl: url, now, timeouts, graceMs }
  return name === 'vipps'
    ? createVipps({ ...options, ...VIPPS_CREDENTIALS })
    : createKlarna({ ...options, ...KLARNA_CREDENTIALS, frontEnd: FRONT_ENDS[name] })
}
