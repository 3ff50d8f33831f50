import { randomUUID } from 'node:crypto'
import { NO_CONTENT, type Reply } from '@vilkar/simulator/reply.ts'
import type { FraudStatus, Order } from './records.ts'
import { refuse } from './reply.ts'

/** How long an authorisation lasts; it ends at the midnight (UTC) that begins its last day. */
const AUTHORISATION_HOURS = 28 * 24
/** How long after its creation an order can still be extended: docs.klarna.com, "Extended authorization expiration". */
export const EXTENSIBLE_HOURS = 180 * 24

/** The order that Klarna places when the customer approves a payment session. */
export function newOrder(
  session: Record<string, unknown>,
  fraudStatus: FraudStatus,
  now: Temporal.Instant,
  order_id: string = randomUUID(),
): Order {
  const amount = Number(session.order_amount)
  return {
    order_id,
    status: 'AUTHORIZED',
    fraud_status: fraudStatus,
    order_amount: amount,
    original_order_amount: amount,
    captured_amount: 0,
    refunded_amount: 0,
    remaining_authorized_amount: amount,
    purchase_currency: String(session.purchase_currency),
    purchase_country: String(session.purchase_country),
    locale: String(session.locale ?? 'en-NO'),
    klarna_reference: klarnaReference(),
    merchant_reference1: String(session.merchant_reference1 ?? ''),
    merchant_reference2: String(session.merchant_reference2 ?? ''),
    order_lines: session.order_lines,
    billing_address: session.billing_address,
    created_at: now.toString(),
    expires_at: authorisedUntil(now).toString(),
    captures: [],
    refunds: [],
  }
}

const klarnaReference = () => randomUUID().slice(0, 8).toUpperCase()

/** When an authorisation of this moment ends. */
const authorisedUntil = (now: Temporal.Instant) =>
  now.add({ hours: AUTHORISATION_HOURS }).toZonedDateTimeISO('UTC').startOfDay().toInstant()

/** Begins the time of the authorisation anew. Twice on one day ends on the same day. */
export function extend(order: Order, now: Temporal.Instant): Reply {
  if (order.status === 'EXPIRED') {
    return refuse(403, 'NOT_ALLOWED', 'The order has expired and its authorization time cannot be extended.')
  }
  if (order.remaining_authorized_amount === 0) return refuse(403, 'NOT_ALLOWED', 'Nothing remains authorized.')
  const last = Temporal.Instant.from(order.created_at).add({ hours: EXTENSIBLE_HOURS })
  if (Temporal.Instant.compare(now, last) > 0) return refuse(403, 'NOT_ALLOWED', 'The order is older than 180 days.')
  order.expires_at = authorisedUntil(now).toString()
  return NO_CONTENT
}

/** Authorises less than before, but no less than what was captured. */
export function lowerAuthorization(order: Order, amount: number): Reply {
  if (!Number.isInteger(amount) || amount < 0) return refuse(422, 'UNPROCESSABLE_ENTITY', 'order_amount is no amount.')
  if (order.status !== 'AUTHORIZED' && order.status !== 'PART_CAPTURED') {
    return refuse(403, 'NOT_ALLOWED', 'The authorization cannot be updated.')
  }
  if (amount < order.captured_amount) {
    return refuse(403, 'NOT_ALLOWED', `${amount} would be less than the captured ${order.captured_amount}.`)
  }
  order.order_amount = amount
  order.remaining_authorized_amount = amount - order.captured_amount
  order.order_lines = []
  if (order.remaining_authorized_amount === 0) order.status = 'CAPTURED'
  return NO_CONTENT
}

/** What of an address an order keeps: the schema of Klarna's order management, "UpdateConsumer". */
const ADDRESS = [
  ...['given_name', 'family_name', 'attention', 'organization_name', 'email', 'phone'],
  ...['street_address', 'street_address2', 'postal_code', 'city', 'region', 'country'],
]
const MAX_ADDRESS_PART = 255

/** Sends the goods elsewhere. Klarna judges the customer anew by it: a refusal is a fault that a test sets. */
export function redirect(order: Order, body: Record<string, unknown>): Reply {
  const { shipping_address: address, ...others } = body
  if (Object.keys(others).length > 0) return refuse(403, 'NOT_ALLOWED', 'Only the shipping address can be updated.')
  if (typeof address !== 'object' || address === null) return refuse(400, 'BAD_VALUE', 'shipping_address is missing.')
  for (const [name, value] of Object.entries(address)) {
    if (!ADDRESS.includes(name)) return refuse(400, 'BAD_VALUE', `shipping_address.${name} is unknown.`)
    if (typeof value !== 'string' || value.length > MAX_ADDRESS_PART)
      return refuse(422, 'INVALID_ADDRESS', `shipping_address.${name} is no text of ${MAX_ADDRESS_PART} at most.`)
  }
  if (order.status === 'CANCELLED' || order.status === 'EXPIRED')
    return refuse(403, 'NOT_ALLOWED', 'The order is over.')
  const before = typeof order.shipping_address === 'object' ? order.shipping_address : {}
  order.shipping_address = { ...before, ...address }
  return NO_CONTENT
}
