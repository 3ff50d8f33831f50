import type { ServiceName } from '@vilkar/contracts/event.ts'
import { sql, type Transaction } from 'kysely'
import { createBatcher } from '../batcher.ts'
import type { MessagingTables } from '../tables.ts'
import { type Attempt, applyEvents } from './batch.ts'
import type { ApplyOptions } from './options.ts'
import { type Arrived, readDue, recordFailure } from './store.ts'

/** Transactions at a time for each producer: what arrives meanwhile shares the next. */
const MAX_TRANSACTIONS_AT_ONCE = 1

/** What one partition brings. */
type Batch = { partition: number; arrived: Arrived[] }

const leaseLost = () => Object.assign(new Error('Another process has this partition.'), { code: 'LEASE_LOST' })
export const isLeaseLost = (error: unknown) => (error as { code?: unknown } | null)?.code === 'LEASE_LOST'

/** A transaction in which the leases of the partitions are `owner`'s. Throws LeaseLost otherwise. */
const underLeases = <Tables extends MessagingTables>(
  { db, failPoint }: Pick<ApplyOptions<Tables>, 'db' | 'failPoint'>,
  { owner, partitions }: { owner: string; partitions: number[] },
  work: (trx: Transaction<Tables>) => Promise<void>,
) =>
  db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ held: number }>`
      select count(*)::int as held from partition_lease
      where p = any(${partitions}::smallint[]) and owner = ${owner} and lease_until > clock_timestamp()
    `.execute(trx)
    if (rows[0]!.held < new Set(partitions).size) throw leaseLost()
    await work(trx)
    failPoint('inbox:before-commit')
  })

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

  async function applyTogether(producer: ServiceName, batches: Batch[], attempt: Attempt = {}) {
    const arrived = batches.flatMap((batch) => batch.arrived)
    const aggregateIds = [...new Set(arrived.map(({ envelope }) => envelope.subject))]
    const checkAndReact: typeof react = (trx, envelope) => {
      check(envelope)
      return react(trx, envelope)
    }
    const partitions = batches.map(({ partition }) => partition)
    let committed: object | undefined
    await underLeases(options, { owner, partitions }, (trx) => {
      committed = trx
      return applyEvents(trx, { producer, arrived, aggregateIds, react: checkAndReact, attempt })
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
