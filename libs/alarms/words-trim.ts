import { ERASED } from '@vilkar/contracts/erased.ts'
import type { Trim } from '@vilkar/server/trimming.ts'
import { sql } from 'kysely'

const open = sql<boolean>`order_id is null and resolved_by is not null and resolution <> ${sql.lit(ERASED)}`

/**
 * What a person wrote of an alarm that is about no order goes a year after: it may name somebody, and no erasure of an order reaches it.
 * Of an order it goes with the order. Source: GDPR Art. 5(1)(e).
 */
export const alarmWordsTrim: Trim = {
  table: 'alarm',
  days: 365,
  clock: 'service',
  remove: (before, most) => sql`
    update alarm set resolution = ${ERASED} where id = any(array(
      select id from alarm where ${open} and resolved_at < ${before}
      order by resolved_at limit ${most} for update skip locked))
    returning resolved_at as at`,
  oldest: sql`select resolved_at as at from alarm where ${open} order by resolved_at limit 1`,
}
