import { createKlarna } from '@vilkar/payments/klarna.ts'
import { SPEED } from './fast-clock.ts'

/** What the simulator asks for; nothing that a real provider would take. */
export const CREDENTIALS = { username: 'storm', password: 'storm-only' }

// The limits of the adapter, as much shorter as the storm's clock is faster.
const timeouts = { connectMs: 500, checkoutMs: Math.ceil(60_000 / SPEED), moneyMs: Math.ceil(65_000 / SPEED) }

/** The adapter with short patience, towards a simulator. */
export const createProvider = ({ url, now }: { url: string; now(): Temporal.Instant }) =>
  createKlarna({ baseUrl: url, ...CREDENTIALS, now, timeouts })
