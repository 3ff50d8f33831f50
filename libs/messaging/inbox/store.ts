import { type Envelope, type ServiceName, sourceOf } from '@vilkar/contracts/event.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { MessagingTables } from '../tables.ts'
import { MAX_BATCH } from '../wire/wire.ts'

/** An event of another service that is here, applied or not. */
export type Arrived = { pubNo: number; envelope: Envelope }
/** One that was stored because it came early, or failed; `blocked`: dead, or not to be tried again yet. */
export type Waiting = Arrived & { blocked: boolean }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const MAX_WAITING_READ = 4 * MAX_BATCH
const MAX_RETRIES_AT_ONCE = 100
const MAX_RETRY_DELAY_MS = 4 * 3_600_000
const MAX_ERROR_LENGTH = 2_000

/** Reads a message's body. Throws when it is not an envelope of that producer which the inbox could store. */
export function readEnvelope(producer: ServiceName, body: string): Envelope {
  const envelope = JSON.parse(body) as Partial<Envelope> | null
  const { id = '', subject = '', type, source, aggregateversion: version } = envelope ?? {}
  const sound = UUID.test(id) && UUID.test(subject) && typeof type === 'string' && Number.isSafeInteger(version)
  if (!sound || source !== sourceOf(producer)) throw new TypeError(`Not an event of ${producer}.`)
  return envelope as Envelope
}

/** Whose leases on which partitions a transaction needs. */
export type Tenure = { owner: string; partitions: number[] }

/** How far each aggregate has been applied, and what waits for their turn, earliest versions first. */
export type Heads = { versions: Map<string, number>; waiting: Waiting[] }

/**
 * Locks the aggregates against every other transaction of this inbox and reads how far each has been applied and what waits for it.
 * Undefined when the leases are not the owner's any more, by the database's clock. What another transaction stored while this one
 * waited for its locks is not seen to wait; `readDue` finds it.
 */
export async function lockHeads(
  trx: Transaction<MessagingTables>,
  producer: ServiceName,
  aggregateIds: string[],
  { owner, partitions }: Tenure,
): Promise<Heads | undefined> {
  // Sorted, so that two transactions that lock the same aggregates cannot wait for each other.
  const { rows } = await sql<{
    aggregate_id: string
    version: number
    pub_no: number
    envelope: Envelope | null
    blocked: boolean
  }>`
    with head as (insert into inbox_head (producer, aggregate_id, version)
    select ${producer}, id, 0 from unnest(${[...aggregateIds].sort()}::uuid[]) with ordinality t (id, n)
    where (
      select count(*) from partition_lease
      where p = any(${partitions}::smallint[]) and owner = ${owner} and lease_until > clock_timestamp()
    ) = ${new Set(partitions).size}::int
    order by n
    on conflict (producer, aggregate_id) do update set version = inbox_head.version
    returning aggregate_id, version)
    select head.aggregate_id, head.version, pub_no::float8 as pub_no, envelope,
      dead_at is not null or coalesce(next_attempt_at > clock_timestamp(), false) as blocked
    from head left join lateral (
      select pub_no, envelope, dead_at, next_attempt_at from inbox where producer = ${producer} and not applied and aggregate_id = head.aggregate_id
      order by aggregate_version limit ${MAX_WAITING_READ}) waits on true`.execute(trx)
  const versions = new Map(rows.map((row) => [row.aggregate_id, row.version]))
  if (versions.size < aggregateIds.length) return undefined
  const waiting = rows.flatMap(({ pub_no: pubNo, envelope, blocked }) =>
    envelope === null ? [] : [{ pubNo, envelope, blocked }],
  )
  return { versions, waiting }
}

/**
 * Notes what became of events, in one statement: stores what is new, the applied without and the early with their content; of those
 * that waited, that they have been applied; and how far each aggregate has been.
 */
export async function note(
  trx: Transaction<MessagingTables>,
  producer: ServiceName,
  { fresh, applied, versions }: { fresh: Arrived[]; applied: string[]; versions: ReadonlyMap<string, number> },
) {
  if (fresh.length === 0 && applied.length === 0) return
  const isApplied = new Set(applied)
  const envelopes = fresh.map(({ envelope }) => envelope)
  const isFresh = new Set(envelopes.map(({ id }) => id))
  // The heads are written as an insert because that finds each row by its key; an update may scan, by a plan from when they were few.
  await sql`
    with stored as (
      insert into inbox (producer, event_id, pub_no, aggregate_id, aggregate_version, type, envelope, applied)
      select ${producer}, id, pub_no, aggregate_id, version, type, envelope::jsonb, envelope is null
      from unnest(
        ${envelopes.map(({ id }) => id)}::uuid[],
        ${fresh.map(({ pubNo }) => pubNo)}::bigint[],
        ${envelopes.map(({ subject }) => subject)}::uuid[],
        ${envelopes.map(({ aggregateversion }) => aggregateversion)}::int[],
        ${envelopes.map(({ type }) => type)}::text[],
        ${envelopes.map((envelope) => (isApplied.has(envelope.id) ? null : JSON.stringify(envelope)))}::text[]
      ) t (id, pub_no, aggregate_id, version, type, envelope)
      on conflict (producer, event_id) do update set applied = true, envelope = null
      where excluded.applied and not inbox.applied),
    settled as (
      update inbox set applied = true, envelope = null, last_error = null, next_attempt_at = null
      where producer = ${producer} and event_id = any(${applied.filter((id) => !isFresh.has(id))}::uuid[]))
    insert into inbox_head (producer, aggregate_id, version)
    select ${producer}, id, version
    from unnest(${[...versions.keys()]}::uuid[], ${[...versions.values()]}::int[]) t (id, version)
    on conflict (producer, aggregate_id) do update set version = excluded.version`.execute(trx)
}

/**
 * Notes that an event could not be applied and when it is tried again; after `maxAttempts` it is a dead letter, which
 * only `reviveDeadLetters` wakes. Its aggregate waits behind it, nobody else does. One that its aggregate is past came again and
 * was applied before: it is not stored anew, whether its row is still here or not.
 */
export async function recordFailure(
  db: Kysely<MessagingTables>,
  producer: ServiceName,
  { pubNo, envelope }: Arrived,
  failure: { error: unknown; maxAttempts: number; retryMs: number },
) {
  const { id, subject, aggregateversion, type } = envelope
  const reason = String((failure.error as Error | null)?.message ?? failure.error).slice(0, MAX_ERROR_LENGTH)
  const { rows } = await sql<{ attempts: number; dead: boolean }>`
    insert into inbox as mine (producer, event_id, pub_no, aggregate_id, aggregate_version, type, envelope, attempts,
      next_attempt_at, last_error, dead_at)
    select ${producer}, ${id}::uuid, ${pubNo}::bigint, ${subject}::uuid, ${aggregateversion}::int, ${type},
      ${JSON.stringify(envelope)}::jsonb, 1, clock_timestamp() + ${failure.retryMs} * interval '1 ms', ${reason},
      case when ${failure.maxAttempts}::int <= 1 then clock_timestamp() end
    where not exists (
      select from inbox_head
      where producer = ${producer} and aggregate_id = ${subject}::uuid and version >= ${aggregateversion}::int)
    on conflict (producer, event_id) do update set
      attempts = mine.attempts + 1,
      next_attempt_at = clock_timestamp()
        + least(${failure.retryMs} * 2 ^ mine.attempts, ${MAX_RETRY_DELAY_MS}::int) * interval '1 ms',
      last_error = excluded.last_error,
      dead_at = case when mine.attempts + 1 >= ${failure.maxAttempts}::int then clock_timestamp() end
    where not mine.applied
    returning attempts, dead_at is not null as dead`.execute(db)
  return rows[0] ?? { attempts: 0, dead: false }
}

/** The waiting events whose turn it is. */
export async function readDue(db: Kysely<MessagingTables>) {
  const { rows } = await sql<{ producer: ServiceName; pub_no: number; envelope: Envelope }>`
    select inbox.producer, pub_no::float8 as pub_no, envelope from inbox
    left join inbox_head head using (producer, aggregate_id)
    where not applied and dead_at is null and aggregate_version = coalesce(head.version, 0) + 1
      and (next_attempt_at is null or next_attempt_at <= clock_timestamp())
    limit ${MAX_RETRIES_AT_ONCE}`.execute(db)
  return rows.map(({ producer, pub_no, envelope }) => ({ producer, pubNo: pub_no, envelope }))
}

/**
 * After the cause is mended: dead letters, and events that failed and wait for their next try, of one aggregate or of all, are tried
 * again from the start. Answers how many there were.
 */
export async function reviveDeadLetters<Tables extends MessagingTables>(
  db: Kysely<Tables>,
  { aggregateId }: { aggregateId?: string } = {},
) {
  const { numAffectedRows = 0n } = await sql`
    update inbox set attempts = 0, dead_at = null, next_attempt_at = null
    where not applied and attempts > 0 and aggregate_id = coalesce(${aggregateId ?? null}::uuid, aggregate_id)`.execute(
    db,
  )
  return Number(numAffectedRows)
}

/** How many events failed and are not applied yet, counted no further than to `most`. */
export async function countFailed(db: Kysely<MessagingTables>, most: number) {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from inbox where applied = false and attempts > 0 limit ${most}) failed`.execute(
    db,
  )
  return rows[0]!.count
}

/** The events that failed and are not applied yet, of one aggregate or of all: the dead first, the oldest first among both. */
export async function readFailed(db: Kysely<MessagingTables>, limit: number, aggregateId?: string) {
  const rows = await db
    .selectFrom('inbox')
    .select(['event_id', 'producer', 'type', 'aggregate_id', 'aggregate_version', 'attempts', 'dead_at', 'received_at'])
    .select(['next_attempt_at', 'last_error'])
    .where('applied', '=', false)
    .where('attempts', '>', 0)
    .$if(aggregateId !== undefined, (found) => found.where('aggregate_id', '=', aggregateId!))
    .orderBy(sql`dead_at is null`)
    .orderBy('received_at')
    .orderBy('event_id')
    .limit(limit)
    .execute()
  return rows.map(({ dead_at, next_attempt_at, last_error, ...row }) => ({
    eventId: row.event_id,
    producer: row.producer,
    type: row.type,
    aggregateId: row.aggregate_id,
    version: row.aggregate_version,
    attempts: row.attempts,
    dead: dead_at !== null,
    receivedAt: Temporal.Instant.from(row.received_at).toString(),
    ...(next_attempt_at !== null &&
      dead_at === null && { nextAttemptAt: Temporal.Instant.from(next_attempt_at).toString() }),
    ...(last_error !== null && { error: last_error }),
  }))
}
