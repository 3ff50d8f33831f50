import { checkFact } from '@vilkar/contracts/check.ts'
import { type Envelope, type Fact, type ServiceName, sourceOf } from '@vilkar/contracts/event.ts'
import { traceparent } from '@vilkar/tracing/tracing.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { gathering } from '../gather.ts'
import { partitionOf } from '../partition.ts'
import type { MessagingTables } from '../tables.ts'

const MAX_EVENT_BYTES = 256 * 1024

/**
 * An event that happened to an aggregate; `version` is its own dense number, from 1; `at` is business time. `trace`: the `traceparent`
 * of what it is part of, if that is not the current one.
 */
export type OutboxRow = { aggregateId: string; version: number; fact: Fact; at: Temporal.Instant; trace?: string }

/** The transactions in which something was told. */
const tellers = new WeakSet<object>()
/** Whether a transaction told anything, so that there is something to publish once it has committed. */
export const hasTold = (trx: object) => tellers.has(trx)

/** `evt.<service>.<partition>.<Event>.<aggregateId>` */
export const subjectOf = (service: ServiceName, partition: number, type: string, aggregateId: string) =>
  `evt.${service}.${partition}.${type}.${aggregateId}`

/**
 * Stores events in the transaction of the change that they tell of, in one statement however many they are. The
 * aggregate's row must be locked (or inserted) before, so that insertion order is version order. What is stored will be
 * told, so each event is held against its contract first.
 * Throws what `check` throws, which is TypeError where the contract says something else; RangeError when an event is too large for the broker, and PostgreSQL's error when a version is taken.
 */
export async function insertOutbox<Tables extends MessagingTables>(
  trx: Transaction<Tables>,
  service: ServiceName,
  rows: OutboxRow[],
  check: (service: ServiceName, fact: Fact) => void = checkFact,
): Promise<Envelope[]> {
  if (rows.length === 0) return []
  tellers.add(trx)
  for (const { fact } of rows) check(service, fact)
  const trace = traceparent()
  const traced = rows.map((row) => ({ trace, ...row }))
  return store(trx as never, { service, rows: traced }) as Promise<Envelope[]>
}

type Told = { service: ServiceName; rows: OutboxRow[] }
const store = gathering(async (trx: Transaction<never>, told: Told[]) => {
  const rows = told.flatMap((each) => each.rows)
  const service = told[0]!.service
  const envelopes = rows.map((row) => envelopeOf(service, row))
  const data = envelopes.map((envelope) => JSON.stringify(envelope.data))
  const large = data.findIndex((text) => Buffer.byteLength(text) > MAX_EVENT_BYTES)
  if (large >= 0) throw new RangeError(`${rows[large]!.fact.type} is larger than ${MAX_EVENT_BYTES} bytes.`)
  await sql`
    insert into outbox (event_id, source, aggregate_id, aggregate_version, partition, type, data, occurred_at,
      traceparent)
    select event_id, ${sourceOf(service)}, aggregate_id, aggregate_version, partition, type, data::jsonb, occurred_at,
      traceparent
    from unnest(
      ${envelopes.map((envelope) => envelope.id)}::uuid[],
      ${rows.map((row) => row.aggregateId)}::uuid[],
      ${rows.map((row) => row.version)}::int[],
      ${rows.map((row) => partitionOf(row.aggregateId))}::smallint[],
      ${rows.map((row) => row.fact.type)}::text[],
      ${data}::text[],
      ${envelopes.map((envelope) => envelope.time)}::timestamptz[],
      ${rows.map(({ trace }) => trace ?? null)}::text[]
    ) with ordinality t (event_id, aggregate_id, aggregate_version, partition, type, data, occurred_at, traceparent, n)
    order by n`.execute(trx)
  let from = 0
  return told.map((each) => {
    from += each.rows.length
    return envelopes.slice(from - each.rows.length, from)
  })
})

/** Everything that ever happened to an aggregate of this service, in version order; [] when it is unknown. */
export async function readHistory<Tables extends MessagingTables>(
  db: Kysely<Tables>,
  aggregateId: string,
): Promise<Envelope[]> {
  const { rows } = await sql<{ body: string }>`
    select ${sql.raw(ENVELOPE)}::text as body from outbox where aggregate_id = ${aggregateId}::uuid
    order by aggregate_version`.execute(db)
  return rows.map(({ body }) => JSON.parse(body) as Envelope)
}

const ATTRIBUTES = `
  'specversion', '1.0', 'id', event_id, 'source', source, 'type', type, 'subject', aggregate_id,
  'time', to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
  'datacontenttype', 'application/json', 'aggregateversion', aggregate_version, 'data', data`
/** The envelope of an outbox row as an SQL expression of type json: what history reads and the relay sends. */
export const ENVELOPE = `case when traceparent is null then json_build_object(${ATTRIBUTES})
  else json_build_object(${ATTRIBUTES}, 'traceparent', traceparent) end`

function envelopeOf(service: ServiceName, { aggregateId, version, fact, at, trace }: OutboxRow): Envelope {
  return {
    specversion: '1.0',
    id: uuidv7(),
    source: sourceOf(service),
    type: fact.type,
    subject: aggregateId,
    time: at.toString({ fractionalSecondDigits: 3 }),
    datacontenttype: 'application/json',
    aggregateversion: version,
    data: fact.data,
    ...(trace !== undefined && { traceparent: trace }),
  }
}
