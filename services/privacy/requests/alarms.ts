import { MAX_PER_LOOK, type Source } from '@vilkar/alarms/sources.ts'
import type { Gauge } from '@vilkar/metrics/gauge.ts'
import { sql } from 'kysely'

/** What people are called for about requests. */
export const requestAlarmKinds = ['request-due', 'request-mails-unsent'] as const

const DAYS_BEFORE = 5

/** A request that is due within five days, or is overdue: an answer in time is a promise (GDPR Art. 12(3)). */
export const requestSources: Source[] = [
  {
    kind: 'request-due',
    over: 'It is answered.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('controller', controller, 'kind', kind, 'dueOn', due_on) as detail
      from request where answered_at is null
        and due_on <= ((${now}::timestamptz at time zone 'Europe/Oslo')::date + ${DAYS_BEFORE}::int)
      order by due_on, id limit ${MAX_PER_LOOK}`,
  },
]

/** Open requests by how near their day is. */
export const requestGauge: Gauge = {
  figures: [
    { column: 'open', name: 'vilkar_privacy_requests_open', help: 'Requests of people that are not answered.' },
  ],
  labels: ['due'],
  always: ['overdue', 'within-a-week', 'later'].map((due) => ({ due })),
  find: (now) => sql`
    select case when due_on < today then 'overdue' when due_on <= today + 7 then 'within-a-week' else 'later' end as due,
      count(*)::float8 as open
    from request, (select (${now}::timestamptz at time zone 'Europe/Oslo')::date as today) clock
    where answered_at is null group by 1`,
}
