import { isTracing, span, traceparent } from '@vilkar/tracing/tracing.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { MessagingTables } from '../tables.ts'

/**
 * The `traceparent` of the last event of each aggregate that has one: the trace that goes on when something more comes of it. Where
 * nobody is told of traces there is none, and nothing is read.
 */
export async function tracesOf<Tables extends MessagingTables>(
  db: Kysely<Tables> | Transaction<Tables>,
  aggregateIds: string[],
) {
  if (!isTracing() || aggregateIds.length === 0) return new Map<string, string>()
  const { rows } = await sql<{ aggregate_id: string; traceparent: string }>`
    select distinct on (aggregate_id) aggregate_id, traceparent from outbox
    where aggregate_id = any(${aggregateIds}::uuid[]) and traceparent is not null
    order by aggregate_id, aggregate_version desc`.execute(db)
  return new Map(rows.map((row) => [row.aggregate_id, row.traceparent]))
}

/** The same of one. */
export const traceOf = async <Tables extends MessagingTables>(db: Kysely<Tables>, aggregateId: string) =>
  (await tracesOf(db, [aggregateId])).get(aggregateId)

/**
 * Does what somebody asks for who cannot know the trace of what it is about, as a part of that: a span of its own, which links to whoever
 * asked. Where nobody is told of traces, and nothing is read.
 */
export async function inTraceOf<Tables extends MessagingTables, T>(
  db: Kysely<Tables>,
  aggregateId: string,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!isTracing()) return work()
  const asked = traceparent()
  const parent = (await traceOf(db, aggregateId)) ?? asked ?? null
  return span({ name, kind: 'internal', parent, links: [asked] }, work)
}
