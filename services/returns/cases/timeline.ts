import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { agreementIdsOf } from '../order-facts/agreements.ts'
import { eventsHeard, type TimelineEntry } from '../order-facts/timeline.ts'
import { casesOf } from './store.ts'

/**
 * What all services told of an order: the others' events as they were heard, and those of its cases and agreements, by the moment at which it happened.
 * What happened at the same moment stands in the order in which a service told it.
 */
export async function timelineOf(db: Kysely<Database>, orderId: string): Promise<TimelineEntry[]> {
  const ids = [...(await casesOf(db, orderId)), ...(await agreementIdsOf(db, orderId))]
  const own = await Promise.all(ids.map((id) => readHistory(db, id)))
  const told = own.flat().map(({ time, type, subject }) => ({ at: time, service: 'returns' as const, type, subject }))
  return [...(await eventsHeard(db, orderId)), ...told].sort((one, other) => one.at.localeCompare(other.at))
}
