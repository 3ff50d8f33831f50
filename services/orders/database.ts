import type { AlarmTables } from '@vilkar/alarms/tables.ts'
import type { ProductBulky } from '@vilkar/contracts/bulky.ts'
import type { OnlineManual } from '@vilkar/contracts/manual.ts'
import type { Digital, LocalizedText, ProductGuarantee, Traits } from '@vilkar/contracts/parts.ts'
import type { CommandHandlerTables } from '@vilkar/decider/command-handler.ts'
import type { MailTables } from '@vilkar/mail/outgoing.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { SentDocument } from '@vilkar/terms/order/told.ts'
import type { Currency } from '@vilkar/terms/ruling/vocabulary.ts'
import type { WebhookTables } from '@vilkar/webhooks/tables.ts'
import type { Generated, GeneratedAlways } from 'kysely'
import type { Static } from 'typebox'
import type { AlarmKind } from './alarms/kinds.ts'
import type { PriceOffer } from './checkout/price-offer.ts'
import type { MoneyTables } from './money/tables.ts'
import type { Quote } from './order/quote.ts'
import type { Personal, PlacedOrder } from './order/state.ts'
import type { StockChangeReason } from './stock/reasons.ts'

/** The tables, as types. Moments are RFC 3339 text going in and PostgreSQL's text coming out. */
export type Database = CommandHandlerTables &
  MailTables &
  WebhookTables &
  MoneyTables &
  AlarmTables<AlarmKind> & {
    product: {
      sku: string
      name: Json<Static<typeof LocalizedText>>
      seller: string | null
      price_nok: number | null
      price_eur: number | null
      vat_rate: number
      stock: number
      traits: Json<Traits>
      guarantee: Json<ProductGuarantee> | null
      digital: Json<Digital> | null
      manual: Json<OnlineManual> | null
      bulky: Json<ProductBulky> | null
      updated_at: string
    }
    product_price: { sku: string; since: string; price_nok: number | null; price_eur: number | null }
    stock_change: {
      id: string
      sku: string
      units: number
      reason: StockChangeReason
      note: string | null
      order_id: string | null
      return_id: string | null
      said_by: string | null
      idempotency_key: string | null
      stock_after: number
      at: string
    }
    quote: { id: string; body: Json<Quote>; expires_at: string; order_id: string | null; asked_by: string | null }
    price_offer: {
      id: string
      order_id: string
      lines: Json<PriceOffer['lines']>
      currency: Currency
      until: string
      reason: string
      given: number
      offered_at: string
      offered_by: string
      used_by: string | null
    }
    mail_document: Pick<SentDocument, 'locale' | 'sha256'> & {
      mail_id: string
      kind: SentDocument['kind'] | 'withdrawal-function'
      format: 'text' | 'pdf'
      /** Of a withdrawal function that was told of: the page that has it. */
      page: string | null
    }
    orders: {
      id: string
      number: string
      seller: GeneratedAlways<string>
      version: number
      status: PlacedOrder['status']
      state: Json<PlacedOrder>
      personal: Json<Personal>
      placed_at: string
      payment_check_due_at: string | null
      answer_awaited_since: Generated<string | null>
      all_gone_since: Generated<string | null>
      delay_check_at: Generated<string | null>
      late_since: Generated<string | null>
      reserved_until: Generated<string | null>
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
