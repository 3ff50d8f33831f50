import { each, type Gauge, waiting } from '@vilkar/metrics/gauge.ts'
import { sql } from 'kysely'

/** Statuses in which there is no contract yet, and that do not last. */
const UNFORMED = ['awaiting-payment', 'awaiting-confirmation', 'unformed']

/** Orders without a contract. Ids sort by time, so that the oldest of a status is the first in its index. */
export const orderGauge: Gauge = {
  figures: waiting('vilkar_orders_unformed', 'Orders that are placed and have no contract yet'),
  labels: ['status'],
  always: each('status', UNFORMED),
  find: (now) => sql`
    select status, waiting, extract(epoch from ${now}::timestamptz - placed_at)::float8 as seconds
    from unnest(${UNFORMED}::text[]) status,
      lateral (select count(*) as waiting from orders where orders.status = status.status) counted,
      lateral (select placed_at from orders where orders.status = status.status order by id limit 1) oldest`,
}
