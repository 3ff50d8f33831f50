import type { Source } from '@vilkar/alarms/sources.ts'
import { sql } from 'kysely'
import { noticeSource } from './notice-store.ts'

/** What people are called for about the registers. Kinds are kebab-case and stay: somebody may filter by them. */
export const registerAlarmKinds = ['breach-not-reported', 'breach-notices-waiting'] as const

/** A person is called while a day of the 72 hours is left. */
const HOURS_BEFORE = 24
const MAX_PER_LOOK = 50

/** Breaches of which the authority has to be told within a day, or should have been. */
export const registerSources: Source[] = [
  {
    kind: 'breach-not-reported',
    over: 'The authority was told, or it is no risk.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('controller', controller, 'foundAt', found_at, 'authorityBy', authority_by) as detail
      from breach where reported_at is null and closed_at is null
        and authority_by <= ${now}::timestamptz + ${HOURS_BEFORE} * interval '1 hour'
      order by authority_by, id limit ${MAX_PER_LOOK}`,
  },
  noticeSource,
]
