import { hostname } from 'node:os'
import type { Envelope, ServiceName } from '@vilkar/contracts/event.ts'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import { createFailPoints, type FailPoint } from '../fail-point.ts'
import { createTrouble, type Log, pause } from '../outage-log.ts'
import type { MessagingTables } from '../tables.ts'
import { type Delivery, isWireLost, type Wire } from '../wire/wire.ts'
import { createApplier, isLeaseLost } from './apply.ts'
import type { React } from './batch.ts'
import { createShares } from './partition-leases.ts'
import { readEnvelope } from './store.ts'

const RETRY_MS = 200
const DUE_POLL_MS = 100
const RENEWALS_PER_LEASE = 3
/** Whoever has this partition retries what is due in all of them. */
const RETRYING_PARTITION = 0

export type InboxOptions<Tables extends MessagingTables> = {
  pool: pg.Pool
  /** Kysely over that pool. */
  db: Kysely<Tables>
  wire: Wire
  service: ServiceName
  listensTo: ServiceName[]
  /** Acts on an event in the transaction that notes it as applied. What it throws makes the event wait and try again. */
  react: React<Tables>
  /** Throws when an event is not what its contract says. */
  check?: (envelope: Envelope) => void
  /** Called after events were applied: reactions may have told something, so this is the place to wake the relay. */
  afterCommit?: () => void
  log: Log
  maxAttempts?: number
  /** The pause after the first failed attempt; it doubles, up to 30 s. */
  retryMs?: number
  leaseMs?: number
  failPoint?: FailPoint
}

/**
 * Hears what other services tell: every event is applied once, in order per aggregate, in one transaction with its
 * effects. The wire is transport only: an event is acknowledged as soon as it is stored here, applied or waiting.
 */
export function startInbox<Tables extends MessagingTables>({
  pool,
  db,
  wire,
  service,
  listensTo,
  react,
  check = () => {},
  afterCommit = () => {},
  log,
  maxAttempts = 8,
  retryMs = 250,
  leaseMs = 3_000,
  failPoint = createFailPoints(),
}: InboxOptions<Tables>) {
  const owner = `${hostname()}:${process.pid}:${crypto.randomUUID()}`
  const shares = createShares({ pool, owner, leaseMs })
  const trouble = createTrouble(log, `inbox of ${service}`)
  const stopping = new AbortController()
  const parts = { db, react, check, afterCommit, log, maxAttempts, retryMs, failPoint }
  const applier = createApplier<Tables>(parts, owner)
  const workers = new Map<number, { stop(): void; done: Promise<unknown> }>()

  function readable(producer: ServiceName, { messages }: Delivery) {
    return messages.flatMap(({ eventNo, body }) => {
      try {
        return [{ pubNo: eventNo, envelope: readEnvelope(producer, body) }]
      } catch (error) {
        log.error({ err: error, producer, eventNo }, 'inbox: a message that cannot be read was left out')
        return []
      }
    })
  }

  /** Applies a delivery, however often it takes: giving it back would only bring it again. */
  async function insist(producer: ServiceName, partition: number, delivery: Delivery, signal: AbortSignal) {
    const arrived = readable(producer, delivery)
    while (!signal.aborted) {
      try {
        await applier.apply(producer, partition, arrived)
        trouble.end(`${producer}-${partition}`)
        delivery.ack()
        return afterCommit()
      } catch (error) {
        if (!isLeaseLost(error)) trouble.begin(error, `${producer}-${partition}`)
        await pause(RETRY_MS, signal)
      }
    }
  }

  async function listen(producer: ServiceName, partition: number, signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        await wire.ready(signal)
        if (signal.aborted) return
        for await (const delivery of wire.consume(producer, service, partition, signal)) {
          await insist(producer, partition, delivery, signal)
        }
      } catch (error) {
        if (!isWireLost(error)) trouble.begin(error, `${producer}-${partition}`)
        await pause(RETRY_MS, signal)
      }
    }
  }

  async function retryDue() {
    while (!stopping.signal.aborted) {
      try {
        if (workers.has(RETRYING_PARTITION)) await applier.retry(RETRYING_PARTITION)
        trouble.end('retries')
      } catch (error) {
        if (!isLeaseLost(error)) trouble.begin(error, 'retries')
      }
      await pause(DUE_POLL_MS, stopping.signal)
    }
  }

  function startWorker(partition: number) {
    const ending = new AbortController()
    const signal = AbortSignal.any([stopping.signal, ending.signal])
    const done = Promise.all(listensTo.map((producer) => listen(producer, partition, signal)))
    workers.set(partition, { stop: () => ending.abort(), done })
  }

  async function stopWorker(partition: number) {
    const worker = workers.get(partition)
    worker?.stop()
    await worker?.done
    workers.delete(partition)
  }

  async function share() {
    while (!stopping.signal.aborted) {
      try {
        const { held, surplus } = await shares.renew()
        for (const partition of workers.keys()) if (!held.includes(partition)) void stopWorker(partition)
        for (const partition of held) {
          if (!workers.has(partition) && !surplus.includes(partition)) startWorker(partition)
        }
        for (const partition of surplus) {
          void stopWorker(partition)
            .then(() => shares.release([partition]))
            .catch((error) => trouble.begin(error, 'shares'))
        }
        trouble.end('shares')
      } catch (error) {
        trouble.begin(error, 'shares')
      }
      await pause(leaseMs / RENEWALS_PER_LEASE, stopping.signal)
    }
  }

  const running = [share(), retryDue()]
  let stopped: Promise<void> | undefined
  async function stop() {
    stopping.abort()
    await Promise.all(running)
    const held = [...workers.keys()]
    await Promise.all(held.map(stopWorker))
    try {
      await shares.release(held)
      await shares.resign()
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
