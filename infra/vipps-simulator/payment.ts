import { randomUUID } from 'node:crypto'

export type Amount = { value: number; currency: string }
export type EventName =
  | 'CREATED'
  | 'ABORTED'
  | 'EXPIRED'
  | 'CANCELLED'
  | 'CAPTURED'
  | 'REFUNDED'
  | 'AUTHORIZED'
  | 'TERMINATED'

/** A line of a payment's log, as Vipps tells it; `success` is false for what was tried and refused. */
export type Event = {
  reference: string
  pspReference: string
  name: EventName
  amount: Amount
  timestamp: string
  idempotencyKey: string | null
  success: boolean
}

/** A payment with its log. `sums` are in minor units; `token` stands for the reference in its page's address. */
export type Payment = {
  reference: string
  pspReference: string
  token: string
  state: 'CREATED' | 'ABORTED' | 'EXPIRED' | 'AUTHORIZED' | 'TERMINATED'
  amount: Amount
  sums: { authorised: number; captured: number; refunded: number; cancelled: number }
  description: string
  returnUrl: string
  metadata: unknown
  createdAt: string
  authorisedAt: string | null
  events: Event[]
}

/** What a shop asks for when it creates a payment, once it was found to be in order. */
export type PaymentRequest = {
  reference: string
  amount: Amount
  returnUrl: string
  paymentDescription?: string
  metadata?: unknown
}

export const newPayment = (request: PaymentRequest, now: Temporal.Instant): Payment => ({
  reference: request.reference,
  pspReference: randomUUID(),
  token: randomUUID(),
  state: 'CREATED',
  amount: { value: request.amount.value, currency: request.amount.currency },
  sums: { authorised: 0, captured: 0, refunded: 0, cancelled: 0 },
  description: request.paymentDescription ?? '',
  returnUrl: request.returnUrl,
  metadata: request.metadata ?? null,
  createdAt: now.toString(),
  authorisedAt: null,
  events: [],
})

/** What is reserved and neither captured nor let go. */
export const restOf = ({ sums: { authorised, captured, cancelled } }: Payment) =>
  Math.max(0, authorised - captured - cancelled)

/** A payment as the API tells it. */
export function readModel({ reference, pspReference, state, amount, sums, metadata }: Payment) {
  const { currency } = amount
  return {
    reference,
    pspReference,
    state,
    amount,
    aggregate: {
      authorizedAmount: { currency, value: sums.authorised },
      capturedAmount: { currency, value: sums.captured },
      refundedAmount: { currency, value: sums.refunded },
      cancelledAmount: { currency, value: sums.cancelled },
    },
    paymentMethod: { type: 'WALLET' },
    profile: {},
    metadata,
  }
}
