import type { LocalizedText, Traits } from '@vilkar/contracts/parts.ts'
import type { HandTables } from '@vilkar/decider/command-handler.ts'
import type { MailTables } from '@vilkar/mail/outgoing.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { Generated, GeneratedAlways } from 'kysely'
import type { Static } from 'typebox'
import type { AlarmKind } from './alarms/alarms.ts'
import type { Quote } from './checkout/quote.ts'
import type { Portion } from './money/portions.ts'
import type { LedgerTables } from './money/tables.ts'
import type { PlacedOrder } from './order/order.ts'
import type { Personal } from './order/personal.ts'

/** The tables, as types. Moments are RFC 3339 text going in and PostgreSQL's text coming out. */
export type Database = HandTables &
  MailTables &
  LedgerTables & {
    product: {
      sku: string
      name: Json<Static<typeof LocalizedText>>
      seller: string | null
      price_nok: number | null
      price_eur: number | null
      vat_rate: number
      stock: number
      traits: Json<Traits>
      updated_at: string
    }
    quote: { id: string; body: Json<Quote>; expires_at: string; order_id: string | null }
    orders: {
      id: string
      number: string
      seller: GeneratedAlways<string>
      version: number
      status: PlacedOrder['status']
      state: Json<PlacedOrder>
      personal: Json<Personal>
      placed_at: string
      wake_at: string | null
    }
    payment_operation: {
      id: string
      order_id: string
      kind: 'start' | 'capture' | 'refund' | 'release' | 'extend'
      cause: string
      amount: number
      currency: 'NOK' | 'EUR'
      detail: Json<OperationDetail>
      attempt: Generated<number>
      status: Generated<'planned' | 'sent' | 'done' | 'declined' | 'stuck'>
      claimed_until: string | null
      first_sent_at: string | null
      last_sent_at: string | null
      provider_id: string | null
      /** Of a start where the shop places the order: what places it, byte for byte. Holds personal data. */
      request: string | null
      last_result: Json<object> | null
      created_at: Generated<string>
    }
    alarm: {
      id: string
      order_id: string
      kind: AlarmKind
      detail: Json<object>
      raised_at: string
      resolved_at: string | null
      resolved_by: string | null
      resolution: string | null
    }
    operation_decision: {
      id: string
      operation_id: string
      attempt: number
      verdict: 'retry' | 'executed' | 'not-executed'
      provider_id: string | null
      said_by: string
      reason: string
      said_at: string
    }
    idempotency: {
      subject: string
      route: string
      key: string
      fingerprint: string
      status: number
      body: string
      created_at: Generated<string>
    }
  }

/** Where a customer pays: at which provider, its page or our own with the provider's widget on it, and until when. */
export type PaymentSession = {
  provider: string
  id: string
  url: string
  expiresAt: string | null
  widget?: { kind: 'client_token' | 'html'; value: string }
}

/** What an operation needs beside its amount: the session of a start, what a capture or a refund is for. */
export type OperationDetail = {
  session?: PaymentSession
  /** The customer's approval that the order is being placed with, where that is ours to do. */
  approvalToken?: string
  portion?: Portion
  /** Of a capture: what the goods left with, for the provider to show to the customer. */
  parcel?: { carrier?: string; trackingNumber?: string }
  /** Of a capture or refund: it was made by hand, and taken into the ledger by a person. */
  adopted?: true
  /** What of this operation was moved by hand, by adopted ones, in minor units; `amount` is the rest. */
  byHand?: { operationId: string; amount: number }[]
  /** Of a start: payments that came of it and were worth nothing. */
  dropped?: string[]
  /** The payment that it is about: of a start once somebody paid, of the others from when they are first sent. */
  paymentId?: string
}
