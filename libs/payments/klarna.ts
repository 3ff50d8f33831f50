import { closeSession, readSession, start } from './klarna-checkout.ts'
import { createSender, type Send, type Timeouts } from './klarna-http.ts'
import { acknowledge, capture, read, reconcile, refund, release } from './klarna-orders.ts'
import { field } from './klarna-outcome.ts'
import type { PaymentProvider } from './port.ts'

/** Klarna may work on a request for 59 s; what is not in its books a little later will not come. */
const GRACE_MS = 65_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** What the parts of the adapter share. `baseUrl` has no slash at its end. */
export type Klarna = { send: Send; now(): Temporal.Instant; baseUrl: string; graceMs: number }

export type KlarnaOptions = {
  baseUrl: string
  username: string
  password: string
  now(): Temporal.Instant
  timeouts?: Timeouts
  /** How long after a request was sent its absence from Klarna's books means that it did not happen. */
  graceMs?: number
}

/**
 * Klarna: hosted payment page (v1) with PLACE_ORDER over a Klarna Payments session (v1), and order management (v1).
 * Close it when nothing is under way any more.
 */
export function createKlarna(options: KlarnaOptions): PaymentProvider & { close(): Promise<void> } {
  const { username, password, now, timeouts, graceMs = GRACE_MS } = options
  const baseUrl = options.baseUrl.replace(/\/+$/, '')
  const { send, close } = createSender({ baseUrl, username, password, timeouts })
  const klarna: Klarna = { send, now, baseUrl, graceMs }
  return {
    name: 'klarna',
    start: (input) => start(klarna, input),
    readSession: (sessionId, signal) => readSession(klarna, sessionId, signal),
    closeSession: (sessionId, signal) => closeSession(klarna, sessionId, signal),
    read: (paymentId, signal) => read(klarna, paymentId, signal),
    acknowledge: (input) => acknowledge(klarna, input),
    capture: (input) => capture(klarna, input),
    refund: (input) => refund(klarna, input),
    release: (input) => release(klarna, input),
    reconcile: (input) => reconcile(klarna, input),
    parseNotification,
    close,
  }
}

/** The hosted page tells of its session, the order's push and the fraud review of the order. */
const parseNotification: PaymentProvider['parseNotification'] = ({ query, body }) => {
  const sessionId = firstUuid(field(field(body, 'session'), 'session_id'), query.session_id)
  const paymentId = firstUuid(field(field(body, 'session'), 'order_id'), field(body, 'order_id'), query.order_id)
  if (sessionId === undefined && paymentId === undefined) return null
  return { ...(sessionId && { sessionId }), ...(paymentId && { paymentId }) }
}

const firstUuid = (...values: unknown[]) =>
  values.find((value): value is string => typeof value === 'string' && UUID.test(value))
