import type { Source } from '@vilkar/alarms/sources.ts'
import { sql } from 'kysely'

/** What people are called for about parcels that do not arrive. Kinds are kebab-case and stay: somebody may filter by them. */
export const failedAlarmKinds = ['parcel-not-delivered', 'delivery-doubted'] as const

const MAX_PER_LOOK = 50

/** Failed deliveries to which nobody has seen by their day, and deliveries of which the carrier tells since that they never were. */
export const failedSources: Source[] = [
  {
    kind: 'parcel-not-delivered',
    over: 'It was seen to, or arrived.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('orderId', order_id, 'failure', state #>> '{failed,failure}',
        'since', state #>> '{failed,failedAt}', 'dueOn', state #>> '{failed,dueOn}', 'status', status) as detail
      from shipment where state ? 'failed' and not (state -> 'failed') ? 'ended'
        and state #>> '{failed,dueOn}' <= to_char(${now}::timestamptz at time zone 'Europe/Oslo', 'YYYY-MM-DD')
      order by state #>> '{failed,dueOn}', id limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'delivery-doubted',
    over: 'A person corrected the delivery, or found that it stands.',
    find: () => sql`
      select id::text as about, jsonb_build_object('orderId', order_id, 'receivedAt', state ->> 'receivedAt',
        'doubts', state -> 'doubts') as detail
      from shipment where status = 'delivered' and state ? 'doubts' order by requested_at limit ${MAX_PER_LOOK}`,
  },
]
