import type { Trim } from '@vilkar/server/trimming.ts'
import { sql } from 'kysely'

/** For so long whoever comes with a quote that ran out hears that it did; after that it is none that we know. */
const QUOTE_DAYS = 1

/**
 * Quotes that ran out: an order has all of its own. They are found by their ids, which say when they were made, so that a quote pays
 * for no other index; those that are not that old by their end are passed over.
 */
const quotes: Trim = {
  table: 'quote',
  days: QUOTE_DAYS,
  clock: 'service',
  remove: (before, most) => sql`
    delete from quote where ctid = any(array(
      select ctid from quote
      where id < (lpad(to_hex((extract(epoch from ${before}) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
        and expires_at < ${before}
      order by id limit ${most} for update skip locked))
    returning expires_at as at`,
  oldest: sql`select expires_at as at from quote order by id limit 1`,
}

/** What was answered to keys. A key that comes later is a new request: its quote ran out long before. */
const answers: Trim = {
  table: 'idempotency',
  clock: 'database',
  remove: (before, most) => sql`
    delete from idempotency where ctid = any(array(
      select ctid from idempotency where created_at < ${before} order by created_at limit ${most} for update skip locked))
    returning created_at as at`,
  oldest: sql`select created_at as at from idempotency order by created_at limit 1`,
}

export const checkoutTrims = [quotes, answers]
