import { hostname } from 'node:os'
import { createFailPoints } from '../fail-point.ts'
import { createOutageLog, pause } from '../outage-log.ts'
import { createProgress } from '../progress.ts'
import type { MessagingTables } from '../tables.ts'
import { createApplier } from './apply.ts'
import { watchHearing } from './hearing.ts'
import { createListener } from './listener.ts'
import type { InboxOptions } from './options.ts'
import { createPartitionLeases } from './partition-leases.ts'
import { createPartitionWorkers } from './partition-workers.ts'
import { createRetries } from './retries.ts'

/** With pauses that double from the first up to four hours, most of a day: long enough to mend a cause. */
export const MAX_ATTEMPTS = 21
export const RETRY_MS = 250
const RENEWALS_PER_LEASE = 3
/** Who cannot reach the broker for so long lets others have the partitions: what lasts shorter is over before they would have begun. */
const DEAF_MS = 10_000
/** Whoever has this partition retries what is due in all of them. */
const RETRYING_PARTITION = 0

/**
 * Hears what other services tell: every event is applied once, in order per aggregate, in one transaction with its
 * effects. The wire is transport only: an event is acknowledged as soon as it is stored here, applied or waiting.
 */
export function startInbox<Tables extends MessagingTables>(options: InboxOptions<Tables>) {
  const { pool, db, wire, service, listensTo, react, log, leaseMs = 3_000 } = options
  const { check = () => {}, afterCommit = () => {}, failPoint = createFailPoints() } = options
  const { maxAttempts = MAX_ATTEMPTS, retryMs = RETRY_MS, deafMs = DEAF_MS, progress = createProgress() } = options
  const owner = `${hostname()}:${process.pid}:${crypto.randomUUID()}`
  const leases = createPartitionLeases({ pool, owner, leaseMs })
  const outage = createOutageLog(log, `inbox of ${service}`)
  const stopping = new AbortController()
  const renewEveryMs = leaseMs / RENEWALS_PER_LEASE
  const hearing = watchHearing({ wire, deafMs, everyMs: renewEveryMs, signal: stopping.signal })
  const retries = createRetries(outage, stopping.signal)
  const { onWaiting } = retries
  const applier = createApplier(
    { db, react, check, afterCommit, onWaiting, log, maxAttempts, retryMs, failPoint },
    owner,
  )
  const listen = createListener({ wire, service, applier, log, outage, progress })
  const workers = createPartitionWorkers(
    (partition, signal) => Promise.all(listensTo.map((producer) => listen(producer, partition, signal))),
    stopping.signal,
  )

  const retry = async () =>
    workers.has(RETRYING_PARTITION) ? progress.during('inbox retries', () => applier.retry(RETRYING_PARTITION)) : 0

  /** Ends the work on a partition before its lease is given back: nobody else may begin earlier. */
  const giveBack = (partition: number) =>
    workers
      .stop(partition)
      .then(() => leases.release([partition]))
      .catch((error) => outage.begin(error, 'leases'))

  async function keepLeases() {
    while (!stopping.signal.aborted) {
      try {
        if (hearing.isDeaf()) await standBack(workers, leases)
        else {
          const { held, surplus } = await progress.during('inbox leases', leases.renew)
          workers.adjust({ held, surplus })
          for (const partition of surplus) void giveBack(partition)
        }
        outage.end('leases')
      } catch (error) {
        outage.begin(error, 'leases')
      }
      await pause(renewEveryMs, stopping.signal)
    }
  }

  const running = [hearing.ended, keepLeases(), retries.run(retry)]
  let stopped: Promise<void> | undefined
  async function stop() {
    stopping.abort()
    await Promise.all(running)
    try {
      await standBack(workers, leases)
    } catch {
      // The database is gone; the leases run out by themselves.
    }
  }
  return {
    /** Finishes the batches at hand, gives the rest back and lets other processes have the partitions. */
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

/** Who hears nothing holds nothing: whoever reaches the broker takes over, and where nobody does the partitions are seen to be idle. */
async function standBack(
  workers: ReturnType<typeof createPartitionWorkers>,
  leases: ReturnType<typeof createPartitionLeases>,
) {
  const held = await workers.stopAll()
  await leases.release(held)
  await leases.resign()
}
