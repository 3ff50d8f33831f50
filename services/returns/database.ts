import type { AlarmTables } from '@vilkar/alarms/tables.ts'
import type { CommandHandlerTables } from '@vilkar/decider/command-handler.ts'
import type { MailTables } from '@vilkar/mail/outgoing.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { OrderSoFar } from './order-facts/projection.ts'
import type { DeclaredReturn } from './withdrawal/state.ts'

export type ReturnPersonal = { statement?: string }

/** The tables, as types. */
export type Database = CommandHandlerTables &
  AlarmTables &
  MailTables & {
    order_facts: { order_id: string; facts: Json<OrderSoFar['facts']>; personal: Json<OrderSoFar['personal']> }
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
