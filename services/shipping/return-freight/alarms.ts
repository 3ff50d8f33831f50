import type { Source } from '@vilkar/alarms/sources.ts'
import { sql } from 'kysely'

/** What people are called for about parcels that go back. Kinds are kebab-case and stay: somebody may filter by them. */
export const returnFreightAlarmKinds = ['return-label-unissued'] as const

const MAX_PER_LOOK = 50

/** A label that no carrier gave within an hour: a person sees to it (`PUT /return-labels/{id}`). */
export const returnFreightSources: Source[] = [
  {
    kind: 'return-label-unissued',
    over: 'The label is there.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('returnId', return_id, 'failures', failures) as detail
      from return_parcel where tracking_number is null and book_due_at is not null
        and (state ->> 'requestedAt')::timestamptz < ${now}::timestamptz - interval '1 hour'
      order by id limit ${MAX_PER_LOOK}`,
  },
]
