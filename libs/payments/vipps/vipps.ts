import { declined, field, ok } from '../answer.ts'
import { CHECKOUT_TIMEOUT_MS, type Timeouts } from '../exchange.ts'
import { parsedJson } from '../notification.ts'
import type { Notification, PaymentProvider } from '../port.ts'
import { closeSession, readSession, start } from './checkout.ts'
import type { Vipps } from './context.ts'
import { capture, read, reconcile, refund, release } from './payments.ts'
import { isReference } from './reference.ts'
import { isSigned } from './signature.ts'
import { type Credentials, createSender } from './token.ts'

/**
 * Vipps does not say how long it may work on a request; what is not in its books after this will not come. A request may
 * first have to wait for a token, as long as one is waited for at all.
 */
const GRACE_MS = CHECKOUT_TIMEOUT_MS + 65_000
/** How long a reservation lasts in Norway. In Denmark and Finland it is 14 days. */
const RESERVATION_DAYS = 180
/** The events of a payment that somebody approved. */
const APPROVED = new Set(['AUTHORIZED', 'CAPTURED', 'REFUNDED', 'CANCELLED'])

export type VippsOptions = Credentials & {
  baseUrl: string
  now(): Temporal.Instant
  timeouts?: Timeouts
  /** How long after a request was sent its absence from Vipps' books means that it did not happen. */
  graceMs?: number
  reservationDays?: number
  /** What the registration of our webhook gave. A call that is not signed with it says nothing to us. */
  webhookSecret: string
}

/**
 * Vipps MobilePay: ePayment API (v1), with a wallet payment that the customer approves in the app (WEB_REDIRECT). A
 * session and its payment are one thing here and have one id, the reference, which is ours. There is nothing to
 * acknowledge, to place or to extend. Close it when nothing is under way any more.
 */
export function createVipps(options: VippsOptions): PaymentProvider & { close(): Promise<void> } {
  const { now, graceMs = GRACE_MS, reservationDays = RESERVATION_DAYS } = options
  const { send, close } = createSender({ ...options, baseUrl: options.baseUrl.replace(/\/+$/, '') })
  const vipps: Vipps = { send, now, graceMs, reservationDays }
  return {
    name: 'vipps',
    placedBy: 'provider',
    start: (input) => start(vipps, input),
    readSession: (sessionId, signal) => readSession(vipps, sessionId, signal),
    closeSession: (sessionId, signal) => closeSession(vipps, sessionId, signal),
    authorise: async () => declined('not_supported', 'The approval of the customer is the authorisation.'),
    read: (paymentId, signal) => read(vipps, paymentId, signal),
    acknowledge: async () => ok({}),
    capture: (input) => capture(vipps, input),
    refund: (input) => refund(vipps, input),
    release: (input) => release(vipps, input),
    extend: async () => declined('not_supported', 'A reservation at Vipps cannot be made to last longer.'),
    redirect: async () => declined('not_supported', 'A payment at Vipps has no address.'),
    reconcile: (input) => reconcile(vipps, input),
    parseNotification: (notification) => notified(notification, options),
    close,
  }
}

/** A webhook names its payment. One that is not signed by Vipps, or is for another sales unit, says nothing to us. */
function notified(
  notification: Notification,
  { merchantSerialNumber, webhookSecret }: VippsOptions,
): ReturnType<PaymentProvider['parseNotification']> {
  if (!isSigned(notification, webhookSecret)) return null
  const body = parsedJson(notification.body)
  const reference = field(body, 'reference')
  if (!isReference(reference) || field(body, 'msn') !== merchantSerialNumber) return null
  return { sessionId: reference, ...(APPROVED.has(String(field(body, 'name'))) && { paymentId: reference }) }
}
