import type { InterestOn, PayoutKind } from '@vilkar/contracts/payout-parts.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { VatPart } from '@vilkar/terms/amounts/vat.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'
import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Portion } from '../order/state.ts'
import type { DocumentLine } from './document-lines.ts'
import type { Counts, Finding } from './finding.ts'
import type { LastResult, MovedByHand, Operation, OperationKind, OperationStatus, Purpose } from './operation.ts'
import type { Buyer, Payable } from './sales-documents.ts'
import type { ProviderSession, SessionStatus } from './session.ts'

export type EntryKind = 'authorised' | 'captured' | 'refunded' | 'released' | 'extended' | 'paid-out'
export type SalesSeries = 'invoice' | 'credit-note'

type Nullable<T> = Json<T> | null

/** The tables of the room. Amounts are minor units of the row's currency. */
export type MoneyTables = {
  payment_session: {
    id: string
    order_id: string
    replaces_payment_id: string | null
    amount: number
    currency: Currency
    portion: Nullable<Portion>
    attempt: Generated<number>
    status: Generated<SessionStatus>
    provider: string | null
    provider_session_id: string | null
    url: string | null
    expires_at: string | null
    widget: Nullable<NonNullable<ProviderSession['widget']>>
    approval_token: string | null
    /** Holds personal data. */
    request: string | null
    payment_id: string | null
    dropped_payment_ids: Generated<string[]>
    last_result: Nullable<object>
    created_at: Generated<string>
  }
  money_operation: {
    id: string
    order_id: string
    kind: OperationKind
    purpose_kind: Purpose['kind']
    purpose_id: string
    part: Generated<number>
    amount: number
    currency: Currency
    portion: Nullable<Portion>
    parcel: Nullable<NonNullable<Operation['parcel']>>
    by_hand: Json<MovedByHand[]>
    payment_id: string | null
    attempt: Generated<number>
    status: Generated<OperationStatus>
    claimed_until: string | null
    first_sent_at: string | null
    last_sent_at: string | null
    waiting_since: string | null
    provider_id: string | null
    last_result: Nullable<LastResult>
    created_at: Generated<string>
  }
  /** What a person decided about an operation, or about a session that could not be opened. */
  operation_decision: {
    id: string
    operation_id: string | null
    session_id: string | null
    attempt: number
    verdict: 'retry' | 'executed' | 'not-executed' | 'claimed' | 'reduced'
    provider_id: string | null
    said_by: string
    reason: string
    said_at: string
  }
  /** What the entries of an order add up to. Read only: a trigger keeps it. */
  payment_account: {
    order_id: GeneratedAlways<string>
    currency: GeneratedAlways<string>
    provider: GeneratedAlways<string>
    payment_id: GeneratedAlways<string>
    authorised: GeneratedAlways<number>
    captured: GeneratedAlways<number>
    refunded: GeneratedAlways<number>
    released: GeneratedAlways<number>
    expires_at: GeneratedAlways<string | null>
  }
  /** The same line by line; the delivery is the line without a name. Read only: a trigger keeps it. */
  line_account: {
    order_id: GeneratedAlways<string>
    line_id: GeneratedAlways<string>
    captured: GeneratedAlways<number>
    refunded: GeneratedAlways<number>
    units_captured: GeneratedAlways<number>
    units_refunded: GeneratedAlways<number>
    exact: GeneratedAlways<boolean>
  }
  ledger_entry: {
    id: GeneratedAlways<number>
    order_id: string
    kind: EntryKind
    amount: number
    currency: string
    provider: string
    payment_id: string
    provider_id: string | null
    operation_id: string | null
    session_id: string | null
    expires_at: string | null
    at: string
  }
  sales_document: {
    seller: GeneratedAlways<string>
    series: SalesSeries
    number: Generated<number>
    order_id: string
    entry_id: number | null
    /** Of an invoice that no money was taken for: the capture that became a claim. The same of what takes it back. */
    operation_id: string | null
    portion: Nullable<Portion>
    payable: Nullable<Payable>
    /** The order in which documents were issued. */
    position: GeneratedAlways<number>
    amount: number
    currency: string
    vat: Json<VatPart[]>
    lines: Nullable<DocumentLine[]>
    /** Holds personal data. */
    buyer: Nullable<Buyer>
    delivered_on: string | null
    issued_at: string
  }
  /** What is paid to a customer besides refunds: a person pays it. What stands from `seller` on is of the payment. */
  payout: {
    id: string
    order_id: string
    kind: PayoutKind
    amount: number
    currency: Currency
    due_on: string
    decided_at: string
    interest: Nullable<InterestOn>
    reasons: Json<Reason[]>
    seller: GeneratedAlways<string | null>
    number: GeneratedAlways<number | null>
    paid_at: Generated<string | null>
    reference: Generated<string | null>
    paid_by: Generated<string | null>
  }
  exchange_rate: { currency: string; day: string; rate: string; source: string; said_by: string; said_at: string }
  /** What a document in another currency says of its VAT in kroner, and by which rate. */
  document_in_nok: {
    seller: string
    series: SalesSeries
    number: number
    order_id: string
    vat: number
    rate: string
    rate_on: string
    source: string
  }
  credit_note_invoice: { seller: string; credit_note: number; invoice: number }
  reconciliation_run: {
    id: string
    day: string
    asked_by: string | null
    asked_at: string
    finished_at: string | null
    /** Kept, since the findings that agree are trimmed. Null until it is finished. */
    counts: ColumnType<Counts | null, string | null, string | null>
  }
  reconciliation_finding: {
    run_id: string
    order_id: string
    payment_id: string
    body: Json<Finding>
    drift: boolean
  }
}
