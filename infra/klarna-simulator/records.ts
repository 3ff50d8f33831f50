import type { Reply } from '@vilkar/simulator/reply.ts'

/** What a capture and a refund have in common. */
export type Moved = { description?: unknown; reference?: string; order_lines: unknown }
export type Capture = Moved & {
  klarna_reference: string
  capture_id: string
  captured_amount: number
  captured_at: string
  refunded_amount: number
  shipping_info: unknown
}
export type Refund = Moved & { refund_id: string; refunded_amount: number; refunded_at: string }

/** An order as Klarna's order management tells it. */
export type Order = {
  order_id: string
  status: 'AUTHORIZED' | 'PART_CAPTURED' | 'CAPTURED' | 'CANCELLED' | 'EXPIRED'
  fraud_status: FraudStatus
  order_amount: number
  original_order_amount: number
  captured_amount: number
  refunded_amount: number
  remaining_authorized_amount: number
  purchase_currency: string
  purchase_country: string
  locale: string
  klarna_reference: string
  merchant_reference1: string
  merchant_reference2: string
  order_lines: unknown
  billing_address: unknown
  shipping_address?: unknown
  created_at: string
  expires_at: string
  captures: Capture[]
  refunds: Refund[]
}
export type FraudStatus = 'ACCEPTED' | 'PENDING' | 'REJECTED'

/** The cart of a payment session, as the shop sent it. */
export type PaymentSession = Record<string, unknown> & { merchant_urls?: Record<string, string> }
export type HostedSession = {
  session_id: string
  status: 'WAITING' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED' | 'FAILED' | 'DISABLED'
  order_id?: string
  expires_at: string
  updated_at: string
  payment: PaymentSession
  urls: Record<string, string>
}

/** How Klarna sees the customer who approves: what the order will say, or that there will be none. */
export type Verdict = 'ACCEPTED' | 'PENDING' | 'REJECTED'

/** What the books keep of a Klarna Payments session beside its cart. */
export type WidgetSession = { expires_at: string; complete: boolean; authorization_token?: string }

/** A customer's approval. Once it was used its answer is kept: Klarna gives the same again, refusals included. */
export type Authorization = {
  session_id: string
  verdict: Verdict
  expires_at: string
  used?: { body: unknown; reply: Reply }
}

/** A checkout order, as Kustom tells it: our cart, and what only Kustom writes. */
export type Checkout = Record<string, unknown> & {
  order_id: string
  status: 'checkout_incomplete' | 'checkout_complete'
  last_modified_at: string
  merchant_urls: Record<string, string>
}

/** Where the shop wants to be called about an order, with Klarna's placeholders not yet filled in. */
export type CallbackUrls = { push?: string; notification?: string }

/** All that the simulator remembers of its customers' money. Plain JSON inside, so that it can outlive the process. */
export type Books = {
  payments: Map<string, PaymentSession>
  widgets: Map<string, WidgetSession>
  authorizations: Map<string, Authorization>
  hosted: Map<string, HostedSession>
  checkouts: Map<string, Checkout>
  orders: Map<string, Order>
  callbacks: Map<string, CallbackUrls>
  acknowledged: Set<string>
}
