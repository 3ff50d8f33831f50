import { MAX_PER_LOOK, type Source } from '@vilkar/alarms/sources.ts'
import type { Gauge } from '@vilkar/metrics/gauge.ts'
import { type RawBuilder, sql } from 'kysely'
import { unheld } from './store.ts'

/** What people are called for about how long data are kept. */
export const retentionAlarmKinds = ['held-past-its-day', 'retention-unknown'] as const

/** Held by nothing and past its day: the run should have asked for it long ago. */
const pastItsDay = (now: RawBuilder<unknown>) => sql`status = 'held' and not open and postponed_until is null
  and due_at < ${now} - interval '1 day' and ${unheld}`

export const retentionSources: Source[] = [
  {
    kind: 'held-past-its-day',
    over: 'It was asked for, or something keeps it.',
    find: (now) => sql`
      select controller || '/' || system || '/' || record as about, jsonb_build_object('dueAt', due_at) as detail
      from holding where ${pastItsDay(sql`${now}::timestamptz`)} order by due_at, record limit ${MAX_PER_LOOK}`,
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
    { column: 'past', name: 'vilkar_privacy_past_day', help: 'Records that are held a day and more past their day.' },
    { column: 'asked', name: 'vilkar_privacy_erasures_open', help: 'Erasures that not all holders have answered.' },
  ],
  labels: [],
  find: (now) => sql`
    select (select count(*)::float8 from holding where ${pastItsDay(sql`${now}::timestamptz`)}) as past,
      (select count(*)::float8 from erasure where settled_at is null) as asked`,
}
