import type { Generated } from 'kysely'

/** Why somebody cannot be told of a changed policy. */
export type Unreachable = 'nothing-held' | 'no-address' | 'consent-only'

/** Editions that were found in force, changes, and whom they concern, as types. */
export type NoticeTables = {
  policy_edition: { controller: string; edition: string; sha256: string; adopted_at: string }
  policy_change: {
    id: string
    controller: string
    before: string
    edition: string
    adopted_at: string
    sections: string[]
    renewed: string[]
  }
  policy_notice: {
    change_id: string
    controller: string
    subject: string
    told_at: Generated<string | null>
    told_by: Generated<string | null>
    /** When it is their turn, until they are told or nobody can. */
    due_at: Generated<string>
    tries: Generated<number>
    failing_since: Generated<string | null>
    unreachable_at: Generated<string | null>
    unreachable_because: Generated<Unreachable | null>
  }
}
