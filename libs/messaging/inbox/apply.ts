import type { ServiceName } from '@vilkar/contracts/event.ts'
import { createBatcher } from '../batcher.ts'
import type { MessagingTables } from '../tables.ts'
import { type Attempt, applyEvents, isLeaseLost } from './batch.ts'
import type { ApplyOptions } from './options.ts'
import { type Arrived, readDue, recordFailure } from './store.ts'

/** Transactions at a time for each producer: what arrives meanwhile shares the next. */
const MAX_TRANSACTIONS_AT_ONCE = 1

/** What one partition brings. */
type Batch = { partition: number; arrived: Arrived[] }

/** Notes an event that failed; after the last attempt it is a dead letter, which is said aloud. */
async function noteFailure<Tables extends MessagingTables>(
  { db, maxAttempts, retryMs, log }: Pick<ApplyOptions<Tables>, 'db' | 'maxAttempts' | 'retryMs' | 'log'>,
  producer: ServiceName,
  failed: Arrived,
  error: unknown,
) {
  const failure = { error, maxAttempts, retryMs }
  const { attempts, dead } = await recordFailure(db as never, producer, failed, failure)
  if (!dead) return
  const { id: eventId, subject } = failed.envelope
  const details = { err: error, producer, eventId, subject, attempts }
  log.error(details, 'inbox: a dead letter; its aggregate waits until it is revived')
}

/** How events are applied in transactions, each under the lease that `owner` has on the partition. */
export function createApplier<Tables extends MessagingTables>(options: ApplyOptions<Tables>, owner: string) {
  const { db, react, check, afterCommit, failPoint } = options
  const batchers = new Map<ServiceName, (batch: Batch) => Promise<void>>()

  async function applyTogether(producer: ServiceName, batches: Batch[], attempt?: Attempt) {
    const arrived = batches.flatMap((batch) => batch.arrived)
    const checkAndReact: typeof react = (trx, envelope) => {
      check(envelope)
      return react(trx, envelope)
    }
    const tenure = { owner, partitions: batches.map(({ partition }) => partition) }
    let committed: object | undefined
    await db.transaction().execute(async (trx) => {
      committed = trx
      await applyEvents(trx, { producer, arrived, tenure, react: checkAndReact, attempt })
      failPoint('inbox:before-commit')
    })
    afterCommit(committed)
  }

  /** What partitions of a producer bring at the same time shares a transaction: most of its cost is its own. */
  function batcherOf(producer: ServiceName) {
    return batchers.getOrInsertComputed(producer, () => {
      const run = async (batches: Batch[]) => {
        await applyTogether(producer, batches)
        return batches.map(() => undefined)
      }
      return createBatcher<Batch, void>({ run, maxInFlight: MAX_TRANSACTIONS_AT_ONCE })
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
    /** Tries again, from the inbox, what waits and is due. */
    async retry(partition: number) {
      const due = await readDue(db as never)
      for (const { producer, ...event } of due) await applyAlone(producer, partition, event)
    },
  }
}
export type Applier = ReturnType<typeof createApplier>
