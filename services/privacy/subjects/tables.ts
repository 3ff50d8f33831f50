import type { Json } from '@vilkar/server/postgres.ts'
import type { ColumnType, Generated } from 'kysely'
import type { Facts } from './facts.ts'

export type HoldingStatus = 'held' | 'due' | 'erased'

/** What is kept of an order of the shop until it is known whose it is, and what follows for its holding. */
export type OrderHeld = Pick<Facts, 'on' | 'longLived'> & {
  /** Neither cancelled nor delivered. */
  open?: boolean
  /** In which its customer bought, and is written to. */
  language?: 'nb' | 'en'
  cancelledOn?: string
  /** What is under way about it: returns, complaints. */
  cases?: string[]
  /** When the last of them was over, so far. */
  casesOverOn?: string
}

/** Who holds what, and what of it is only stored, as types. */
export type SubjectTables = {
  holding: {
    controller: string
    system: string
    record: string
    category: string
    facts: Json<Facts>
    subjects: string[]
    status: HoldingStatus
    /** When it goes; null while that is not known. */
    due_at: string | null
    /** Something open keeps it beyond that. */
    open: boolean
    missing: string | null
    erasure_id: string | null
    /** A holder could not let it go: it is not asked again before this, and of what is `due` was asked again. */
    postponed_until: string | null
    told_at: string
    /** Since when, without a break. */
    held_since: Generated<string>
  }
  order_held: {
    order_id: string
    controller: Generated<string | null>
    subjects: Generated<string[]>
    facts: ColumnType<OrderHeld, string | undefined, string>
    /** Something was heard of it after it was erased, or it could not go: it is asked for again once nothing is under way. */
    heard_again_at: Generated<string | null>
  }
  restriction: {
    subject: string
    controller: string
    request_id: string
    /** The person asked for it: nothing of it is erased until it is lifted. */
    keeps: boolean
    since: string
    ended_at: string | null
  }
}
