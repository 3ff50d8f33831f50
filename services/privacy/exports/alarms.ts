import { MAX_PER_LOOK, type Source } from '@vilkar/alarms/sources.ts'
import { sql } from 'kysely'

/** What people are called for about exports. */
export const exportAlarmKinds = ['export-unanswered'] as const

/** A holder that does not deliver what somebody asked to see: the request is to be answered within its month. */
export const exportSources: Source[] = [
  {
    kind: 'export-unanswered',
    over: 'It delivered, or the export went without.',
    find: (now) => sql`
      select export_id || '/' || holder as about,
        jsonb_build_object('system', system, 'records', count(*), 'answerBy', min(answer_by)) as detail
      from export_part join export on export.id = export_id and export.status = 'collecting'
      where export_part.status = 'wanted' and answer_by < ${now}::timestamptz
      group by export_id, system, holder order by min(answer_by), export_id, holder limit ${MAX_PER_LOOK}`,
  },
]
