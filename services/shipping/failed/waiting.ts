import { countedOf } from '@vilkar/server/counted.ts'
import { sql } from 'kysely'

/** Parcels that do not arrive, and that nobody has seen to. */
export const isFailing = sql<boolean>`(state ? 'failed' and not (state -> 'failed') ? 'ended')`
/** The day on which a person is to have seen to one. */
export const failedDueOn = sql<string>`state #>> '{failed,dueOn}'`

/** How many there are, and how many of them a day (ISO 8601) finds over their day. */
export const failedCounted = (today: string) =>
  countedOf(sql`shipment where ${isFailing}`, sql`${failedDueOn} < ${today}`)
