import type { ServiceName } from '@vilkar/contracts/event.ts'
import type { Kept } from '@vilkar/contracts/privacy.ts'
import type { Generated } from 'kysely'

/** The tables of `migrations/`; each service adds them to its own. Moments are text. */
export type MessagingTables = {
  outbox: {
    seq: Generated<number>
    event_id: string
    source: string
    aggregate_id: string
    aggregate_version: number
    partition: number
    type: string
    data: Record<string, unknown>
    occurred_at: string
    stored_at: Generated<string>
    pub_no: number | null
    traceparent: Generated<string | null>
  }
  relay: {
    id: Generated<number>
    owner: string | null
    lease_until: Generated<string>
    fence: Generated<number>
    last_no: Generated<number>
    published_no: Generated<number>
    publish_epoch: Generated<number>
    stream_created: string | null
    stream_last_seq: Generated<number>
  }
  inbox: {
    producer: ServiceName
    event_id: string
    pub_no: number
    aggregate_id: string
    aggregate_version: number
    type: string
    envelope: Record<string, unknown> | null
    applied: Generated<boolean>
    attempts: Generated<number>
    next_attempt_at: string | null
    last_error: string | null
    dead_at: string | null
    received_at: Generated<string>
  }
  inbox_head: { producer: ServiceName; aggregate_id: string; version: number }
  partition_lease: { p: number; owner: string | null; lease_until: Generated<string> }
  inbox_member: { owner: string; alive_until: string }
  trimmed: { what: string; removed: number; newest_at: string }
  /** Orders of which personal data were erased here; `keeps` names what was not yet. */
  erased_order: { order_id: string; erasure_id: string; erased_at: string; keeps: Kept[] }
  stream_erasure: { id: Generated<number>; erased_at: string | null; rebuilt_at: string | null }
}
