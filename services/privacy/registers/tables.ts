import type { Json } from '@vilkar/server/postgres.ts'
import type { Generated } from 'kysely'
import type { Breach, BreachPersonal } from './breach.ts'
import type { DisclosurePersonal } from './disclosure-store.ts'
import type { ProcessorFacts } from './processors.ts'

/** The tables of the registers, as types. */
export type RegisterTables = {
  breach: {
    id: string
    controller: string
    found_at: string
    state: Json<Breach>
    personal: Json<BreachPersonal>
    /** Null of what is no risk. */
    authority_by: string | null
    reported_at: string | null
    closed_at: string | null
  }
  breach_notice: {
    breach_id: string
    order_id: string
    language: 'nb' | 'en'
    status: 'waiting' | 'written' | 'no-address'
    asked_by: string
    due_at: string | null
    tries: Generated<number>
    failing_since: string | null
  }
  breach_person: {
    breach_id: string
    controller: string
    system: string
    subject: string
    asked_by: string
    asked_at: string
    told_at: string | null
  }
  disclosure: {
    id: string
    controller: string
    disclosed_at: string
    told_before: boolean
    personal: Json<DisclosurePersonal>
  }
  processor: {
    id: string
    controller: string
    facts: Json<ProcessorFacts>
    personal: Json<{ by: string }>
    since: string
    until: string | null
  }
}
