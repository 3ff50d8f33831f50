import type { Kept } from '@vilkar/contracts/privacy.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { Cause, Counts, Postponed } from './state.ts'

/** The log of erasures, as types. */
export type ErasureTables = {
  erasure: {
    id: string
    controller: string
    system: string
    records: string[]
    keeps: Kept[]
    cause: Cause
    reasons: Json<Reason[]>
    asked_at: string
    answer_by: string
    /** All holders answered. */
    settled_at: string | null
    /** Who of the staff asked for it and in what words; null where a rule or a request of the person did. */
    asked_by: string | null
    why: string | null
  }
  erasure_answer: {
    erasure_id: string
    holder: string
    erased: string[]
    postponed: Json<Postponed[]>
    counts: Json<Counts>
    answered_at: string
  }
}
