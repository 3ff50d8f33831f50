import type { RecallNotice, RecallNoticeAsked } from '@vilkar/contracts/shipping-serials.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { Generated } from 'kysely'
import type { Scope } from '../shipment/recalled.ts'

export const noticeOutcomes = ['waiting', 'told', 'unreachable', 'told-by-person'] as const
export type NoticeOutcome = (typeof noticeOutcomes)[number]
/** Units of an order that are recalled; without a number where none was taken down. */
export type RecalledUnit = RecallNoticeAsked['data']['units'][number]

/** The tables of recalls, as types. */
export type SerialTables = {
  recall: {
    id: string
    sku: string
    scope: Json<Scope>
    notice: Json<RecallNotice>
    announced_at: string
    ended_at: string | null
    sweep_after: string | null
    sweep_due_at: string | null
    swept_at: string | null
    personal: Json<{ by: string; endedBy?: string; why?: string }>
  }
  recall_notice: {
    id: string
    recall_id: string
    order_id: string
    units: Json<RecalledUnit[]>
    asked_at: string
    outcome: Generated<NoticeOutcome>
    settled_at: string | null
    personal: Json<{ by?: string; how?: string }>
  }
}
