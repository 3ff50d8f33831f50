import type { Source } from '@vilkar/alarms/sources.ts'
import { sql } from 'kysely'

/** What people are called for about what comes in. Kinds are kebab-case and stay: somebody may filter by them. */
export const inboundAlarmKinds = ['inbound-unsettled'] as const

const MAX_PER_LOOK = 50

/** Goods that nobody announced, or that are in no order, and whose day is here. */
export const inboundSources: Source[] = [
  {
    kind: 'inbound-unsettled',
    over: 'It was settled.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('receivedAt', received_at, 'dueOn', due_on) as detail
      from inbound_parcel where settled_at is null and due_on <= (${now}::timestamptz at time zone 'Europe/Oslo')::date
      order by due_on, id limit ${MAX_PER_LOOK}`,
  },
]
