import { createKlarna } from '@vilkar/payments/klarna.ts'
import { createVipps } from '@vilkar/payments/vipps.ts'
import { SPEED } from './fast-clock.ts'

export const PROVIDERS = ['klarna', 'vipps'] as const
export type ProviderName = (typeof PROVIDERS)[number]

/** What the simulators ask for; nothing that a real provider would take. */
export const MERCHANT_SERIAL_NUMBER = '123456'
export const CREDENTIALS = { username: 'storm', password: 'storm-only' }

// The limits of the adapters, as much shorter as the storm's clock is faster.
const timeouts = { connectMs: 500, checkoutMs: Math.ceil(60_000 / SPEED), moneyMs: Math.ceil(65_000 / SPEED) }

/** An adapter with short patience, towards a simulator. */
export function createProvider(name: string | undefined, { url, now }: { url: string; now(): Temporal.Instant }) {
  if (name === 'vipps')
    return createVipps({
      baseUrl: url,
      clientId: CREDENTIALS.username,
      clientSecret: CREDENTIALS.password,
      subscriptionKey: CREDENTIALS.password,
      merchantSerialNumber: MERCHANT_SERIAL_NUMBER,
      now,
      timeouts,
    })
  return createKlarna({ baseUrl: url, ...CREDENTIALS, now, timeouts })
}
