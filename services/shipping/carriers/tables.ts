import type { Json } from '@vilkar/server/postgres.ts'
import type { Explanation } from './explained.ts'

/** The tables of what is followed at carriers, as types. */
export type CarrierTables = {
  parcel: {
    carrier: string
    tracking_number: string
    shipment_ids: string[]
    followed_since: string
    check_due_at: string | null
    failures: number
    failing_since: string | null
    subscribed_until: string | null
    subscribe_due_at: string | null
  }
  carrier_event: {
    id: string
    carrier: string
    tracking_number: string
    event_key: string
    code: string
    occurred_at: string
    heard_at: string
    facts: Json<{ place?: string; leftAt?: string; detail?: string; package?: string }>
    personal: Json<{ receivedBy?: string }>
    status: EventStatus
    outcome: string | null
  }
  carrier_code: {
    carrier: string
    code: string
    meaning: Explanation
    explained_at: string
    personal: Json<{ said: { meaning: Explanation; at: string; by: string; why: string }[] }>
  }
  carrier_activation: {
    carrier: string
    subscription_id: string
    secret: string
    asked_at: string
    done_at: string | null
  }
}

/**
 * What became of an event: `waiting` for the parcel to be dispatched, or for its moment; `applied` to its shipments; `noted`, since it says
 * nothing of the way; `unknown`, since no table has its code or its moment cannot be read; `refused` by a shipment, which `outcome` says.
 */
export const eventStatuses = ['waiting', 'applied', 'noted', 'unknown', 'refused'] as const
export type EventStatus = (typeof eventStatuses)[number]
