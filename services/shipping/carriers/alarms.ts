import type { Source } from '@vilkar/alarms/sources.ts'
import { each, type Gauge } from '@vilkar/metrics/gauge.ts'
import { sql } from 'kysely'
import { eventStatuses } from './tables.ts'

/** What people are called for about carriers. Kinds are kebab-case and stay: somebody may filter by them. */
export const carrierAlarmKinds = [
  ...(['carrier-unreadable', 'carrier-code-unknown', 'carrier-moment-unreadable'] as const),
  'carrier-ahead-of-handover',
] as const

const FAILING_HOURS = 1
const MAX_PER_LOOK = 50
/** A carrier that told no moment that cannot be read for so long tells them as it should again. */
const READABLE_HOURS = 24
/** So long after a carrier told what is said to have been before the handover, it must have told something that was after it. */
const SILENT_HOURS = 24

/**
 * One alarm a carrier that could not be read for an hour, one a code that no table has, one a carrier that tells moments that cannot be read, and one a parcel of which a carrier tells nothing that is
 * after the moment at which the warehouse says that it handed it over: customers may have what is said to be on its way.
 */
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
    over: 'It is known by now what the code means.',
    find: () => sql`
      select carrier || ' ' || code as about, jsonb_build_object('events', count(*), 'since', min(heard_at)) as detail
      from carrier_event where status = 'unknown' and outcome = 'code-unknown' group by carrier, code order by 1 limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'carrier-moment-unreadable',
    over: 'For a day it told no moment that cannot be read.',
    find: (now) => sql`
      select carrier as about, jsonb_build_object('events', count(*), 'since', min(heard_at)) as detail
      from carrier_event where status = 'unknown' and outcome = 'moment-unreadable'
        and heard_at > ${now}::timestamptz - ${READABLE_HOURS} * interval '1 hour'
      group by carrier order by carrier limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'carrier-ahead-of-handover',
    over: 'News of it came that are after its handover.',
    find: (now) => sql`
      select shipment.id::text as about,
        jsonb_build_object('carrier', event.carrier, 'events', count(*), 'since', min(event.heard_at)) as detail
      from carrier_event event join parcel using (carrier, tracking_number)
        join shipment on shipment.id = any(parcel.shipment_ids) and shipment.status = 'dispatched'
      where event.status = 'refused' and event.outcome = 'receipt-before-handover'
        and event.heard_at < ${now}::timestamptz - ${SILENT_HOURS} * interval '1 hour'
      group by shipment.id, event.carrier order by 1 limit ${MAX_PER_LOOK}`,
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
