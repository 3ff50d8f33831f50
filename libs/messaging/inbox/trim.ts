import { type RawBuilder, sql } from 'kysely'
import { services } from '../wire/topology.ts'

const PRODUCERS = sql`unnest(array[${sql.join(services.map((name) => sql.lit(name)))}]) each (producer)`

/** The least id (RFC 9562, version 7) that is made at a moment: ids sort by when they were made. */
const idAt = (moment: RawBuilder<unknown>) =>
  sql`(lpad(to_hex((extract(epoch from ${moment}) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid`

/**
 * What was applied and was told so long ago that it cannot be delivered again. That an event was applied is known by its aggregate's
 * head; its row is what an audit compares. The rows are found by their key, since an id says when its event was told, so that what
 * arrives pays for no other index. What waits stays, however old it is; so does a row whose id says nothing of its time.
 */
export const inboxTrim = {
  table: 'inbox',
  clock: 'database' as const,
  remove: (before: RawBuilder<unknown>, most: number) => sql<{ at: string }>`
    delete from inbox where ctid = any(array(
      select oldest.ctid from ${PRODUCERS} cross join lateral (
        select ctid from inbox
        where inbox.producer = each.producer and event_id < ${idAt(before)} and applied and received_at < ${before}
        order by event_id limit ${most} for update skip locked) oldest
      limit ${most}))
    returning received_at as at`,
  oldest: sql<{ at: string }>`
    select min(oldest.received_at) as at from ${PRODUCERS} cross join lateral (
      select received_at from inbox where inbox.producer = each.producer and applied order by event_id limit 1) oldest`,
}
