import type { CommandHandlerTables } from '@vilkar/decider/command-handler.ts'
import type { MailTables } from '@vilkar/mail/outgoing.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { DeclaredReturn } from './withdrawal/return.ts'

/** What the rights of an order depend on, and what a mail about them needs. */
export type KnownOrder = OrderFacts & { number: string; locale: 'nb' | 'en' }
export type OrderPersonal = { placedBy: string; email: string; name: string }
export type ReturnPersonal = { statement?: string }

/** The tables, as types. */
export type Database = CommandHandlerTables &
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
