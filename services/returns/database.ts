import type { AlarmTables } from '@vilkar/alarms/tables.ts'
import type { CommandHandlerTables } from '@vilkar/decider/command-handler.ts'
import type { MailTables } from '@vilkar/mail/outgoing.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { Generated } from 'kysely'
import type { OrderSoFar } from './order-facts/projection.ts'
import type { Awaiting, DeclaredReturn } from './withdrawal/state.ts'

/** `judgedBy`: the subject of the member of staff who judged the proof of sending last, and why. */
export type ReturnPersonal = { statement?: string; judgedBy?: string; judgement?: string }

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
      awaits: Awaiting | null
      awaits_since: string | null
      believed_from: string | null
      units_to_be_asked: Generated<boolean>
    }
  }
