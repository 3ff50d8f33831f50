/** Runs and holds, as types. */
export type RetentionTables = {
  retention_run: { id: string; controller: string; ran_at: string; holdings: number; erasures: number }
  data_hold: {
    id: string
    controller: string
    /** The person that it is about, or the record. */
    subject: string | null
    system: string | null
    record: string | null
    why: string
    set_by: string
    set_at: string
    ended_by: string | null
    ended_at: string | null
  }
}
