import type { Envelope, ServiceName } from '@vilkar/contracts/event.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { MessagingTables } from '../tables.ts'
import { nextInLine, type React } from './batch.ts'
import type { Waiting } from './store.ts'

const MAX_EVENTS = 50
/** Shorter than PostgreSQL waits before it looks for a deadlock (`deadlock_timeout`, 1 s): of what waits for each other, this one gives way. */
const LOCK_TIMEOUT = '500ms'
const STATEMENT_TIMEOUT = '5s'
/** PostgreSQL's codes of what was given up for those two: it says nothing of the event. */
const GIVEN_UP = ['55P03', '57014']

/** What a service does when it hears an event, and what its contract asks of the event. */
export type Rehearsing<Tables> = { react: React<Tables>; check: (envelope: Envelope) => void }

/** `waits`: for an earlier event that is not here, or that fails; `unknown`: something else was at work there meanwhile. */
export type Outcome = 'applied' | 'fails' | 'waits' | 'unknown'
/** What would become of an event, and why it fails. */
export type RehearsedEvent = { envelope: Envelope; outcome: Outcome; error?: string }
/** What was told and done by the events that would be applied, as `look` found it. */
type Rehearsal<Seen> = { events: RehearsedEvent[]; told: Pick<Envelope, 'type' | 'data'>[]; seen: Seen | undefined }

/**
 * What would follow if what waits of an aggregate were tried now: it is reacted to in a transaction that is never committed, so nothing
 * is done. `look` sees what the events that are applied have written.
 */
export async function rehearse<Tables, Seen>(
  db: Kysely<Tables>,
  { producer, aggregateId }: { producer: ServiceName; aggregateId: string },
  { react, check, look }: Rehearsing<Tables> & { look: (trx: Transaction<Tables>) => Promise<Seen> },
): Promise<Rehearsal<Seen>> {
  const { head, waiting } = await readWaiting(db as never, producer, aggregateId)
  const { events: inLine } = nextInLine(new Map([[aggregateId, head]]), waiting)
  const rehearsal: Rehearsal<Seen> = { events: [], told: [], seen: undefined }
  const trx = await db.startTransaction().execute()
  try {
    await sql`select set_config('lock_timeout', ${LOCK_TIMEOUT}, true), set_config('statement_timeout', ${STATEMENT_TIMEOUT}, true)`.execute(
      trx,
    )
    for (const { envelope } of inLine) {
      try {
        check(envelope)
        await react(trx, envelope)
        rehearsal.told = await toldIn(trx as never)
        rehearsal.seen = await look(trx)
        rehearsal.events.push({ envelope, outcome: 'applied' })
      } catch (error) {
        rehearsal.events.push({ envelope, ...failureOf(error) })
        break
      }
    }
  } finally {
    await trx.rollback().execute()
  }
  const tried = new Set(rehearsal.events.map(({ envelope }) => envelope.id))
  const behind = waiting.filter(({ envelope }) => !tried.has(envelope.id))
  rehearsal.events.push(...behind.map(({ envelope }) => ({ envelope, outcome: 'waits' as const })))
  return rehearsal
}

const failureOf = (error: unknown): Pick<RehearsedEvent, 'outcome' | 'error'> =>
  GIVEN_UP.includes((error as { code?: string } | null)?.code ?? '')
    ? { outcome: 'unknown' }
    : { outcome: 'fails', error: String((error as Error | null)?.message ?? error) }

/** How far an aggregate has been applied, and what of it waits, as if none of it had failed. */
async function readWaiting(db: Kysely<MessagingTables>, producer: ServiceName, aggregateId: string) {
  const head = await db
    .selectFrom('inbox_head')
    .select('version')
    .where('producer', '=', producer)
    .where('aggregate_id', '=', aggregateId)
    .executeTakeFirst()
  const rows = await db
    .selectFrom('inbox')
    .select(['pub_no', 'envelope'])
    .where('producer', '=', producer)
    .where('aggregate_id', '=', aggregateId)
    .where('applied', '=', false)
    .orderBy('aggregate_version')
    .limit(MAX_EVENTS)
    .execute()
  const waiting: Waiting[] = rows.map(({ pub_no, envelope }) => ({
    ...{ pubNo: Number(pub_no), envelope: envelope as unknown as Envelope, blocked: false },
  }))
  return { head: head?.version ?? 0, waiting }
}

/** The events that this transaction tells: they have no number yet, and the transaction's own. */
async function toldIn(trx: Transaction<MessagingTables>) {
  const { rows } = await sql<Pick<Envelope, 'type' | 'data'>>`
    select type, data from outbox where pub_no is null and xmin = pg_current_xact_id()::xid order by seq`.execute(trx)
  return rows
}
