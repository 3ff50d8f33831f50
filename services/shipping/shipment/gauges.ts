import { each, type Gauge, waiting } from '@vilkar/metrics/gauge.ts'
import { sql } from 'kysely'
import { goodsHere } from './state.ts'

/** Shipments that were asked for and have not left. */
export const shipmentGauge: Gauge = {
  figures: waiting('vilkar_shipments_waiting', 'Shipments that were asked for and have not left'),
  labels: ['status'],
  always: each('status', goodsHere),
  find: (now) => sql`
    select status, count(*) as waiting, extract(epoch from ${now}::timestamptz - min(requested_at))::float8 as seconds
    from shipment where status = any(${goodsHere}::text[]) group by status`,
}
