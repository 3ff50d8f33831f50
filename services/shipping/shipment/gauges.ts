import { each, type Gauge, waiting } from '@vilkar/metrics/gauge.ts'
import { sql } from 'kysely'
import { shipmentStatuses, whereaboutsOf } from './state.ts'

/** Statuses of goods that may still leave. */
const HERE = shipmentStatuses.filter((status) => whereaboutsOf({ status }) === 'here')

/** Shipments that were asked for and have not left. */
export const shipmentGauge: Gauge = {
  figures: waiting('vilkar_shipments_waiting', 'Shipments that were asked for and have not left'),
  labels: ['status'],
  always: each('status', HERE),
  find: (now) => sql`
    select status, count(*) as waiting, extract(epoch from ${now}::timestamptz - min(requested_at))::float8 as seconds
    from shipment where status = any(${HERE}::text[]) group by status`,
}
