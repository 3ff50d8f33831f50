import { countedOf } from '@vilkar/server/counted.ts'
import { sql } from 'kysely'

/** How many orders have no contract since their confirmation bounced. */
export const unformedCounted = () => countedOf(sql`orders where status = 'unformed'`)

/** How many deliveries are late, and of how many the last day by law or agreement is over (`late-orders.ts` lists them). */
export const lateCounted = () =>
  countedOf(sql`orders where late_since is not null`, sql`state ->> 'delayTold' = 'last-day'`)
