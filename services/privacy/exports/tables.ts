import type { Generated } from 'kysely'

export type ExportKind = 'access' | 'portability'
export type ExportStatus = 'collecting' | 'ready' | 'ended' | 'erased'
export type PartStatus = 'wanted' | 'there' | 'left-out'
export type Language = 'nb' | 'en'

/** Exports and their parts, as types. What is sealed is bytes. */
export type ExportTables = {
  export: {
    id: string
    controller: string
    kind: ExportKind
    subjects: string[]
    language: Language
    status: ExportStatus
    begun_at: string
    ready_at: string | null
    until: string | null
    archive: Buffer | null
    due_at: string | null
    tries: Generated<number>
  }
  export_part: {
    export_id: string
    system: string
    holder: string
    record: string
    status: PartStatus
    sealed: Buffer | null
    answer_by: string
  }
}
