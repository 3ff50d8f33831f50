import type { Json } from '@vilkar/server/postgres.ts'
import type { Generated, GeneratedAlways } from 'kysely'
import type { Finding } from './drift.ts'

export type EntryKind = 'authorised' | 'captured' | 'refunded' | 'released' | 'extended'
export type SalesSeries = 'invoice' | 'credit-note'

/** What a document holds of one rate of VAT: `rate` in basis points, `gross` and the `vat` within it in minor units. */
export type VatPart = { rate: number; gross: number; vat: number }

/** The tables of `migrations/020-ledger.sql`. Amounts are minor units of the row's currency. */
export type LedgerTables = {
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
    expires_at: string | null
    at: string
  }
  sales_document: {
    seller: GeneratedAlways<string>
    series: SalesSeries
    number: Generated<number>
    order_id: string
    entry_id: number
    amount: number
    currency: string
    vat: Json<VatPart[]>
    issued_at: string
  }
  credit_note_invoice: { seller: string; credit_note: number; invoice: number }
  reconciliation_run: {
    id: string
    day: string
    asked_by: string | null
    asked_at: string
    finished_at: string | null
  }
  reconciliation_finding: {
    run_id: string
    order_id: string
    payment_id: string
    body: Json<Finding>
    drift: boolean
  }
}
