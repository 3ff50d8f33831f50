import { MAX_PER_LOOK, type Source } from '@vilkar/alarms/sources.ts'
import type { Gauge } from '@vilkar/metrics/gauge.ts'
import { type RawBuilder, sql } from 'kysely'
import { unheld } from './store.ts'

/** What people are called for about how long data are kept. */
export const retentionAlarmKinds = ['held-past-its-day', 'retention-unknown'] as const

/**
 * Past its day with nothing that keeps it: the run should have asked for it long ago, or it was asked for and its holders owe an answer.
 * That something was postponed keeps it until the day on which it is asked for again, and no longer. What is told of after its day has a day
 * from then: no run knew of it before.
 */
const pastItsDay = (now: RawBuilder<unknown>) => sql`
  select controller, system, record, due_at from holding
  where status = 'held' and not open and due_at < ${now} - interval '1 day' and ${unheld}
    and greatest(held_since, postponed_until) < ${now} - interval '1 day'
  union all
  select controller, system, record, due_at from holding
  where status = 'due' and due_at < ${now} - interval '1 day'
    and erasure_id in (select id from erasure where settled_at is null and answer_by < ${now})`

export const retentionSources: Source[] = [
  {
    kind: 'held-past-its-day',
    over: 'It is gone, it was asked for, or something keeps it.',
    find: (now) => sql`
      select controller || '/' || system || '/' || record as about, jsonb_build_object('dueAt', due_at) as detail
      from (${pastItsDay(sql`${now}::timestamptz`)}) past order by due_at, record limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'retention-unknown',
    over: 'It is known when they go.',
    find: () => sql`
      select controller || '/' || category as about, jsonb_build_object('missing', min(missing), 'holdings', count(*)) as detail
      from holding where status = 'held' and missing is not null group by controller, category
      order by 1 limit ${MAX_PER_LOOK}`,
  },
]

/** What of it an operator sees: `vilkar_privacy_past_day` must be 0. */
export const retentionGauge: Gauge = {
  figures: [
    {
      column: 'past',
      name: 'vilkar_privacy_past_day',
      help: 'Records that are held a day and more past their day, with nothing that keeps them: asked for in vain too.',
    },
    { column: 'asked', name: 'vilkar_privacy_erasures_open', help: 'Erasures that not all holders have answered.' },
  ],
  labels: [],
  find: (now) => sql`
    select (select count(*)::float8 from (${pastItsDay(sql`${now}::timestamptz`)}) late) as past,
      (select count(*)::float8 from erasure where settled_at is null) as asked`,
}
