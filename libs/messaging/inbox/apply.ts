import type { Envelope, ServiceName } from '@vilkar/contracts/event.ts'
import { span } from '@vilkar/tracing/tracing.ts'
import { createBatcher } from '../batcher.ts'
import type { MessagingTables } from '../tables.ts'
import { streamOf } from '../wire/topology.ts'
import { type Attempt, applyEvents, isLeaseLost } from './batch.ts'
import type { ApplyOptions } from './options.ts'
import { type Arrived, readDue, recordFailure } from './store.ts'

/** Transactions at a time for each producer: what arrives meanwhile shares the next. */
const MAX_TRANSACTIONS_AT_ONCE = 1
/** Nobody waits for what is heard as they do for an answer: between transactions is a rest as long as the last one took, and at most this. */
const MOST_REST_MS = 5

/** What one partition brings. */
type Batch = { partition: number; arrived: Arrived[] }

/** Notes an event that failed; after the last attempt it is a dead letter, which is said aloud. */
async function noteFailure<Tables extends MessagingTables>(
  {
    db,
    maxAttempts,
    retryMs,
    log,
    onWaiting,
  }: Pick<ApplyOptions<Tables>, 'db' | 'maxAttempts' | 'retryMs' | 'log' | 'onWaiting'>,
  producer: ServiceName,
  failed: Arrived,
  error: unknown,
) {
  const failure = { error, maxAttempts, retryMs }
  const { attempts, dead } = await recordFailure(db as never, producer, failed, failure)
  if (!dead) return onWaiting()
  const { id: eventId, subject } = failed.envelope
  const details = { err: error, producer, eventId, subject, attempts }
  log.error(details, 'inbox: a dead letter; its aggregate waits until it is revived')
}

/** The span of an event that is acted on: of the trace that told it, beside the transaction that it shares with others. */
const processing = (producer: ServiceName, { type, subject, traceparent }: Envelope, whole: string | undefined) => ({
  name: `process ${type}`,
  kind: 'consumer' as const,
  parent: traceparent ?? null,
  links: [whole],
  attributes: {
    'messaging.system': 'nats',
    'messaging.operation.type': 'process',
    'messaging.destination.name': streamOf(producer),
    'vilkar.aggregate.id': subject,
  },
})

/** The span of a transaction that events share: of no trace of theirs, and linked to each. */
const sharing = (producer: ServiceName, batches: Batch[]) => {
  const envelopes = batches.flatMap(({ arrived }) => arrived.map(({ envelope }) => envelope))
  return {
    name: `apply events of ${producer}`,
    kind: 'consumer' as const,
    parent: null,
    links: envelopes.map(({ traceparent }) => traceparent),
    attributes: { 'messaging.batch.message_count': envelopes.length },
  }
}

/** One transaction with what partitions of a producer brought, under the leases of `owner`; `whole` is its span. */
const createTransaction =
  <Tables extends MessagingTables>(
    { db, react, check, afterCommit, onWaiting, failPoint }: ApplyOptions<Tables>,
    owner: string,
  ) =>
  async (producer: ServiceName, batches: Batch[], { attempt, whole }: { attempt?: Attempt; whole?: string }) => {
    const checkAndReact: typeof react = (trx, envelope) =>
      span(processing(producer, envelope, whole), async () => {
        check(envelope)
        await react(trx, envelope)
      })
    const arrived = batches.flatMap((batch) => batch.arrived)
    const tenure = { owner, partitions: batches.map(({ partition }) => partition) }
    let committed: object | undefined
    let somethingWaits = false
    await db.transaction().execute(async (trx) => {
      committed = trx
      somethingWaits = await applyEvents(trx, { producer, arrived, tenure, react: checkAndReact, attempt })
      failPoint('inbox:before-commit')
    })
    afterCommit(committed)
    if (somethingWaits) onWaiting()
  }

/** How events are applied in transactions, each under the lease that `owner` has on the partition. */
export function createApplier<Tables extends MessagingTables>(options: ApplyOptions<Tables>, owner: string) {
  const { db, failPoint } = options
  const batchers = new Map<ServiceName, (batch: Batch) => Promise<void>>()

  const applyInTransaction = createTransaction(options, owner)
  const applyTogether = (producer: ServiceName, batches: Batch[], attempt?: Attempt) =>
    span(sharing(producer, batches), (whole) =>
      applyInTransaction(producer, batches, { attempt, whole: whole?.traceparent }),
    )

  /** What partitions of a producer bring at the same time shares a transaction: most of its cost is its own. */
  function batcherOf(producer: ServiceName) {
    return batchers.getOrInsertComputed(producer, () => {
      const run = async (batches: Batch[]) => {
        await applyTogether(producer, batches)
        return batches.map(() => undefined)
      }
      return createBatcher<Batch, void>({ run, maxInFlight: MAX_TRANSACTIONS_AT_ONCE, mostRestMs: MOST_REST_MS })
    })
  }

  /** Applies one event alone; whichever event fails in doing so is noted, and waits. */
  async function applyAlone(producer: ServiceName, partition: number, event: Arrived) {
    for (;;) {
      const attempt: Attempt = {}
      try {
        return await applyTogether(producer, [{ partition, arrived: [event] }], attempt)
      } catch (error) {
        if (isLeaseLost(error)) throw error
        const failed = attempt.current ?? event
        await noteFailure(options, producer, failed, error)
        // An event that waited may fail in the wake of this one; without it, this one gets its turn.
        if (failed.envelope.id === event.envelope.id) return
      }
    }
  }

  return {
    /** Applies or stores all that arrived: together, or one by one when something among it fails. */
    async apply(producer: ServiceName, partition: number, arrived: Arrived[]) {
      try {
        if (arrived.length > 0) await batcherOf(producer)({ partition, arrived })
      } catch (error) {
        if (isLeaseLost(error)) throw error
        for (const event of arrived) await applyAlone(producer, partition, event)
      }
      failPoint('inbox:after-commit')
    },
    /** Tries again, from the inbox, what waits and is due; answers how many events that were. */
    async retry(partition: number) {
      const due = await readDue(db as never)
      for (const { producer, ...event } of due) await applyAlone(producer, partition, event)
      return due.length
    },
  }
}
export type Applier = ReturnType<typeof createApplier>
