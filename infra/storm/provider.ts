import { createKlarna } from '@vilkar/payments/klarna.ts'
import { createVipps } from '@vilkar/payments/vipps.ts'
import { SPEED } from './fast-clock.ts'

/** The providers at which it can storm. */
export const PROVIDERS = ['klarna', 'klarna-payments', 'kustom', 'vipps'] as const
export type ProviderName = (typeof PROVIDERS)[number]

/** What the simulators ask for; nothing that a real provider would take. */
export const KLARNA_CREDENTIALS = { username: 'storm', password: 'storm-only' }
export const VIPPS_CREDENTIALS = {
  clientId: 'storm',
  clientSecret: 'storm-only',
  subscriptionKey: 'storm-only',
  merchantSerialNumber: '123456',
  webhookSecret: 'storm-only',
}

// The limits of the adapters, as much shorter as the storm's clock is faster.
const timeouts = { connectMs: 500, checkoutMs: Math.ceil(60_000 / SPEED), moneyMs: Math.ceil(65_000 / SPEED) }

const FRONT_ENDS = { klarna: 'hosted-page', 'klarna-payments': 'payments', kustom: 'kustom' } as const

/** A provider's adapter with short patience, towards its simulator. */
export function createProvider(name: ProviderName, { url, now }: { url: string; now(): Temporal.Instant }) {
  const options = { baseUrl: url, now, timeouts }
  return name === 'vipps'
    ? createVipps({ ...options, ...VIPPS_CREDENTIALS })
    : createKlarna({ ...options, ...KLARNA_CREDENTIALS, frontEnd: FRONT_ENDS[name] })
}
