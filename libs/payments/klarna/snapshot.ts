import { field } from '../answer.ts'
import type { Movement, Snapshot } from '../port.ts'

const STATES: Record<string, Snapshot['state']> = {
  AUTHORIZED: 'authorised',
  PART_CAPTURED: 'authorised',
  CAPTURED: 'captured',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
  CLOSED: 'closed',
}
const REVIEWS: Record<string, Snapshot['review']> = {
  ACCEPTED: 'accepted',
  PENDING: 'pending',
  REJECTED: 'rejected',
  STOPPED: 'rejected',
}

/** An order of Klarna's order management as a snapshot; null when it lacks what we decide on. */
export function snapshotOf(order: unknown, readAt: Temporal.Instant): Snapshot | null {
  try {
    return {
      paymentId: text(order, 'order_id'),
      orderNumber: optionalText(order, 'merchant_reference1') ?? null,
      currency: text(order, 'purchase_currency'),
      state: STATES[text(order, 'status')] ?? 'other',
      review: REVIEWS[optionalText(order, 'fraud_status') ?? ''] ?? null,
      authorised: amount(order, 'order_amount'),
      captured: amount(order, 'captured_amount'),
      refunded: amount(order, 'refunded_amount'),
      capturable: amount(order, 'remaining_authorized_amount'),
      expiresAt: instant(field(order, 'expires_at')),
      captures: movements(order, 'captures', 'capture_id', 'captured'),
      refunds: movements(order, 'refunds', 'refund_id', 'refunded'),
      readAt,
    }
  } catch {
    return null
  }
}

function movements(order: unknown, list: string, id: string, verb: string): Movement[] {
  const found = field(order, list) ?? []
  if (!Array.isArray(found)) throw new TypeError(list)
  return found.map((movement) => ({
    providerId: text(movement, id),
    reference: optionalText(movement, 'reference') || null,
    amount: amount(movement, `${verb}_amount`),
    at: instant(field(movement, `${verb}_at`)),
  }))
}

function text(value: unknown, name: string) {
  const found = field(value, name)
  if (typeof found !== 'string' || found === '') throw new TypeError(name)
  return found
}

function optionalText(value: unknown, name: string) {
  const found = field(value, name)
  return typeof found === 'string' ? found : undefined
}

function amount(value: unknown, name: string) {
  const found = field(value, name)
  if (!Number.isSafeInteger(found) || (found as number) < 0) throw new TypeError(name)
  return found as number
}

/** A moment as a provider writes it; null when it says none or writes it wrongly. */
export function instant(value: unknown) {
  try {
    return typeof value === 'string' ? Temporal.Instant.from(value) : null
  } catch {
    return null
  }
}
