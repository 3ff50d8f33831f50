import { hostname } from 'node:os'
import type { Envelope, ServiceName } from '@vilkar/contracts/event.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type pg from 'pg'
import { createFailPoints, type FailPoint } from './fail-point.ts'
import { createGate } from './gate.ts'
import { type Attempt, applyEvents, type React } from './inbox-batch.ts'
import { type Arrived, readDue, readEnvelope, recordFailure } from './inbox-store.ts'
import { createShares } from './shares.ts'
import type { MessagingTables } from './tables.ts'
import { createTrouble, type Log, pause } from './trouble.ts'
import { type Delivery, isWireLost, type Wire } from './wire.ts'

const RETRY_MS = 200
const DUE_POLL_MS = 100
const RENEWALS_PER_LEASE = 3
/** Batches at a time, whatever the number of partitions, so that requests find a free database connection. */
const MAX_BATCHES_AT_ONCE = 4
/** A process that is stopped in mid-transaction loses its locks after this time. */
const IDLE_TRANSACTION_TIMEOUT_MS = 10_000

const leaseLost = () => Object.assign(new Error('Another process has this partition.'), { code: 'LEASE_LOST' })
const isLeaseLost = (error: unknown) => (error as { code?: unknown } | null)?.code === 'LEASE_LOST'

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
  const gate = createGate(MAX_BATCHES_AT_ONCE)
  const workers = new Map<number, { stop(): void; done: Promise<unknown> }>()
  const checkAndReact: React<Tables> = (trx, envelope) => {
    check(envelope)
    return react(trx, envelope)
  }

  /** One transaction under the partition's lease. */
  const transact = (partition: number, work: (trx: Transaction<Tables>) => Promise<void>) =>
    db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ held: boolean }>`
        select set_config('idle_in_transaction_session_timeout', ${String(IDLE_TRANSACTION_TIMEOUT_MS)}, true),
          exists (select from partition_lease
            where p = ${partition}::smallint and owner = ${owner} and lease_until > clock_timestamp()) as held
      `.execute(trx)
      if (!rows[0]!.held) throw leaseLost()
      await work(trx)
      failPoint('inbox:before-commit')
    })

  async function applyBatch(producer: ServiceName, partition: number, arrived: Arrived[], attempt: Attempt = {}) {
    const aggregateIds = [...new Set(arrived.map(({ envelope }) => envelope.subject))]
    await transact(partition, (trx) =>
      applyEvents(trx, { producer, arrived, aggregateIds, react: checkAndReact, attempt }),
    )
  }

  /** Applies one event alone; whichever event fails in doing so is noted, and waits. */
  async function applyAlone(producer: ServiceName, partition: number, event: Arrived) {
    for (;;) {
      const attempt: Attempt = {}
      try {
        return await applyBatch(producer, partition, [event], attempt)
      } catch (error) {
        if (isLeaseLost(error)) throw error
        const failed = attempt.current ?? event
        const failure = { error, maxAttempts, retryMs }
        const { attempts, dead } = await recordFailure(db as never, producer, failed, failure)
        const details = { err: error, producer, eventId: failed.envelope.id, subject: failed.envelope.subject }
        if (dead) log.error({ ...details, attempts }, 'inbox: a dead letter; its aggregate waits until it is revived')
        // An event that waited may fail in the wake of this one; without it, this one gets its turn.
        if (failed.envelope.id === event.envelope.id) return
      }
    }
  }

  async function receive(producer: ServiceName, partition: number, { messages, ack }: Delivery) {
    const arrived = messages.flatMap(({ eventNo, body }) => {
      try {
        return [{ pubNo: eventNo, envelope: readEnvelope(producer, body) }]
      } catch (error) {
        log.error({ err: error, producer, eventNo }, 'inbox: a message that cannot be read was left out')
        return []
      }
    })
    try {
      if (arrived.length > 0) await applyBatch(producer, partition, arrived)
    } catch (error) {
      if (isLeaseLost(error)) throw error
      for (const event of arrived) await applyAlone(producer, partition, event)
    }
    failPoint('inbox:after-commit')
    ack()
    afterCommit()
  }

  async function listen(producer: ServiceName, partition: number, signal: AbortSignal) {
    const who = `${producer}-${partition}`
    while (!signal.aborted) {
      try {
        await wire.ready(signal)
        if (signal.aborted) return
        for await (const delivery of wire.consume(producer, service, partition, signal)) {
          await gate(() => receive(producer, partition, delivery))
          trouble.end(who)
        }
      } catch (error) {
        if (!isWireLost(error) && !isLeaseLost(error)) trouble.begin(error, who)
        await pause(RETRY_MS, signal)
      }
    }
  }

  /** Tries again, from the inbox, what waits and is due. Whoever has the first partition does it for all. */
  async function retryDue() {
    while (!stopping.signal.aborted) {
      try {
        const due = workers.has(0) ? await readDue(db as never) : []
        for (const { producer, ...event } of due) await gate(() => applyAlone(producer, 0, event))
        if (due.length > 0) afterCommit()
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
  return {
    /** Finishes the batches at hand, gives the rest back and lets other processes have the partitions. */
    async stop() {
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
    },
  }
}
