import type { HandTables } from '@vilkar/decider/hand.ts'
import type { MailTables } from '@vilkar/mail/outgoing.ts'
import type { OrderFacts } from '@vilkar/terms/entitlements.ts'
import type { ColumnType } from 'kysely'
import type { DeclaredReturn } from './return.ts'

/** JSON goes in as text and comes out as a value: the driver would turn an array into a PostgreSQL array. */
type Json<T> = ColumnType<T, string, string>

/** What the rights of an order depend on, and what a mail about them needs. */
export type KnownOrder = OrderFacts & { number: string; locale: 'nb' | 'en' }
export type OrderPersonal = { placedBy: string; email: string; name: string }
export type ReturnPersonal = { statement?: string }

/** The tables, as types. */
export type Database = HandTables &
  MailTables & {
    order_facts: { order_id: string; facts: Json<KnownOrder>; personal: Json<OrderPersonal> }
    return: {
      id: string
      order_id: string
      version: number
      status: DeclaredReturn['status']
      state: Json<DeclaredReturn>
      personal: Json<ReturnPersonal>
      declared_at: string
    }
  }
