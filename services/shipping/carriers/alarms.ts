import type { Source } from '@vilkar/alarms/sources.ts'
import { each, type Gauge } from '@vilkar/metrics/gauge.ts'
import { sql } from 'kysely'
import { eventStatuses } from './tables.ts'

/** What people are called for about carriers. Kinds are kebab-case and stay: somebody may filter by them. */
export const carrierAlarmKinds = ['carrier-unreadable', 'carrier-code-unknown'] as const

const FAILING_HOURS = 1
const MAX_PER_LOOK = 50

/** One alarm a carrier that could not be read for an hour, and one a code that no table has. */
export const carrierSources: Source[] = [
  {
    kind: 'carrier-unreadable',
    over: 'It is read again.',
    find: (now) => sql`
      select carrier as about, jsonb_build_object('parcels', count(*), 'since', min(failing_since)) as detail
      from parcel where failing_since < ${now}::timestamptz - ${FAILING_HOURS} * interval '1 hour' and check_due_at is not null
      group by carrier order by carrier limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'carrier-code-unknown',
    over: 'A table has the code by now.',
    find: () => sql`
      select carrier || ' ' || code as about, jsonb_build_object('events', count(*), 'since', min(heard_at)) as detail
      from carrier_event where status = 'unknown' group by carrier, code order by 1 limit ${MAX_PER_LOOK}`,
  },
]

/** Events of carriers that did not come to a shipment, by what they wait for. */
export const carrierGauge: Gauge = {
  figures: [{ column: 'events', name: 'vilkar_carrier_events', help: 'Events of carriers that came to no shipment.' }],
  labels: ['status'],
  always: each(
    'status',
    eventStatuses.filter((status) => status === 'waiting' || status === 'unknown'),
  ),
  find: () => sql`
    select status, count(*) as events from carrier_event where status in ('waiting', 'unknown') group by status`,
}
