import { MAX_PER_LOOK, type Source } from '@vilkar/alarms/sources.ts'
import { sql } from 'kysely'

/** What people are called for about erasures. */
export const erasureAlarmKinds = ['erasure-unanswered', 'erasure-postponed'] as const

const POSTPONED_DAYS = 30

/** A holder that does not answer, and what its holder cannot let go for a month: the person was promised otherwise. */
export const erasureSources: Source[] = [
  {
    kind: 'erasure-unanswered',
    over: 'Its holders answered.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('controller', controller, 'system', system, 'answerBy', answer_by) as detail
      from erasure where settled_at is null and answer_by < ${now}::timestamptz order by answer_by, id limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'erasure-postponed',
    over: 'It is erased, or something keeps it.',
    find: (now) => sql`
      select controller || '/' || system || '/' || record as about, jsonb_build_object('dueAt', due_at) as detail
      from holding where status = 'held' and not open and postponed_until is not null
        and due_at < ${now}::timestamptz - ${POSTPONED_DAYS}::int * interval '1 day'
      order by due_at, record limit ${MAX_PER_LOOK}`,
  },
]
