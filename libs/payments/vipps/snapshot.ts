import { field } from '../answer.ts'
import type { Movement, Snapshot } from '../port.ts'

/** What a payment's state means before and without an approval. Once AUTHORIZED it stays so, whatever moves after. */
const UNPAID: Record<string, Snapshot['state']> = {
  CREATED: 'other',
  ABORTED: 'cancelled',
  TERMINATED: 'cancelled',
  EXPIRED: 'expired',
}

type Amounts = { authorised: number; captured: number; refunded: number; cancelled: number }

/**
 * A payment and its event log as a snapshot; null when they lack what we decide on. The amounts are the aggregate's:
 * the state says AUTHORIZED even of a payment that was captured, refunded or cancelled.
 */
export function snapshotOf(
  payment: unknown,
  events: unknown,
  { readAt, reservationDays }: { readAt: Temporal.Instant; reservationDays: number },
): Snapshot | null {
  try {
    const amounts = amountsOf(payment)
    const state = text(payment, 'state')
    const approved = successes(events, 'AUTHORIZED')[0]
    // Vipps tells the period of a reservation and never its end. What ends it is Vipps' refusal; this is to be warned by.
    const expiresAt = instant(field(approved, 'timestamp'))?.add({ hours: reservationDays * 24 }) ?? null
    const orderNumber = field(field(payment, 'metadata'), 'orderNumber')
    return {
      paymentId: text(payment, 'reference'),
      orderNumber: typeof orderNumber === 'string' ? orderNumber : null,
      currency: text(field(payment, 'amount'), 'currency'),
      state: state === 'AUTHORIZED' ? authorisedState(amounts, expiresAt, readAt) : (UNPAID[state] ?? 'other'),
      review: null,
      authorised: amounts.authorised,
      captured: amounts.captured,
      refunded: amounts.refunded,
      capturable: state === 'AUTHORIZED' ? amounts.authorised - amounts.captured - amounts.cancelled : 0,
      expiresAt,
      captures: successes(events, 'CAPTURED').map(movement),
      refunds: successes(events, 'REFUNDED').map(movement),
      readAt,
    }
  } catch {
    return null
  }
}

/** The four sums of an aggregate, in minor units. Throws a TypeError when one is missing. */
export function amountsOf(payment: unknown): Amounts {
  const aggregate = field(payment, 'aggregate')
  return {
    authorised: amount(aggregate, 'authorizedAmount'),
    captured: amount(aggregate, 'capturedAmount'),
    refunded: amount(aggregate, 'refundedAmount'),
    cancelled: amount(aggregate, 'cancelledAmount'),
  }
}

function authorisedState(
  { authorised, captured, cancelled }: Amounts,
  expiresAt: Temporal.Instant | null,
  readAt: Temporal.Instant,
): Snapshot['state'] {
  if (authorised - captured - cancelled > 0) return 'authorised'
  if (captured > 0) return 'captured'
  return expiresAt !== null && Temporal.Instant.compare(readAt, expiresAt) >= 0 ? 'expired' : 'cancelled'
}

/** What happened under one name. The log also holds what was tried and refused. */
function successes(events: unknown, name: string): unknown[] {
  if (!Array.isArray(events)) throw new TypeError('events')
  return events.filter((event) => field(event, 'name') === name && field(event, 'success') === true)
}

/**
 * A capture or a refund of the log, named by the key under which we asked for it: that is known before the answer comes,
 * and no two movements share it. One made in Vipps' portal bears Vipps' own reference.
 */
function movement(event: unknown): Movement {
  const key = field(event, 'idempotencyKey')
  return {
    providerId: typeof key === 'string' && key !== '' ? key : text(event, 'pspReference'),
    reference: null,
    amount: amount(event, 'amount'),
    at: instant(field(event, 'timestamp')),
  }
}

function text(value: unknown, name: string) {
  const found = field(value, name)
  if (typeof found !== 'string' || found === '') throw new TypeError(name)
  return found
}

function amount(value: unknown, name: string) {
  const found = field(field(value, name), 'value')
  if (!Number.isSafeInteger(found) || (found as number) < 0) throw new TypeError(name)
  return found as number
}

function instant(value: unknown) {
  try {
    return typeof value === 'string' ? Temporal.Instant.from(value) : null
  } catch {
    return null
  }
}
