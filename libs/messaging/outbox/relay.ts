import { hostname } from 'node:os'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import pg from 'pg'
import { createFailPoints, type FailPoint } from '../fail-point.ts'
import { createTrouble, type Log, pause } from '../outage-log.ts'
import { isStoreBroken, isWireLost, MAX_BATCH, type Wire } from '../wire/wire.ts'
import { subjectOf } from './outbox.ts'
import { acquireLease, createReign, isDeposed, type Pending, type Reign, readLag } from './relay-store.ts'
import { reconcile } from './rewind-stream.ts'

const RETRY_MS = 200
const STORE_ERRORS_BEFORE_REBUILD = 3
const STANDBY_POLLS_PER_LEASE = 10
const QUERY_TIMEOUT_MS = 10_000
/** Each statement touches a batch of rows; a plan that was made when the log was short must not scan the long one. */
const INDEXES_ONLY = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((plan) => `-c enable_${plan}=off`).join(' ')

/**
 * Carries the outbox of a service to the wire: every committed event, in order, at least once. Every instance of the
 * service runs a relay; one of them leads by a lease in the database, whose fence guards every write it makes.
 */
export function startRelay({
  databaseUrl,
  wire,
  service,
  log,
  retentionDays = 14,
  pollMs = 50,
  reconcileMs = 10_000,
  leaseMs = 3_000,
  failPoint = createFailPoints(),
}: {
  databaseUrl: string
  wire: Wire
  service: ServiceName
  log: Log
  /** How far back a new stream is filled. */
  retentionDays?: number
  pollMs?: number
  reconcileMs?: number
  leaseMs?: number
  failPoint?: FailPoint
}) {
  const owner = `${hostname()}:${process.pid}:${crypto.randomUUID()}`
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 2,
    query_timeout: QUERY_TIMEOUT_MS,
    connectionTimeoutMillis: QUERY_TIMEOUT_MS,
    options: INDEXES_ONLY,
  })
  // A connection that is lost says so to the query that uses it; without listeners it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const trouble = createTrouble(log, `relay of ${service}`)
  const stopping = new AbortController()
  const bell = createBell()
  stopping.signal.addEventListener('abort', bell.ring)
  let storeErrors = 0

  async function run() {
    while (!stopping.signal.aborted) {
      try {
        await wire.ready(stopping.signal)
        if (!stopping.signal.aborted) await tryToLead()
      } catch (error) {
        if (isStoreBroken(error)) storeErrors += 1
        if (!isWireLost(error) && !isDeposed(error)) trouble.begin(error)
        await pause(RETRY_MS, stopping.signal)
      }
    }
  }

  async function tryToLead() {
    const db = await pool.connect()
    let failure: Error | undefined
    try {
      const fence = await acquireLease(db, owner, leaseMs)
      if (fence === undefined) {
        trouble.end()
        return await pause(leaseMs / STANDBY_POLLS_PER_LEASE, stopping.signal)
      }
      const reign = createReign(db, fence, leaseMs)
      await lead(reign)
      await reign.release()
    } catch (error) {
      failure = error as Error
      throw error
    } finally {
      // After an error the connection may be in any state: it is not used again.
      db.release(failure)
    }
  }

  async function lead(reign: Reign) {
    const session = wire.session()
    const check = (doubt?: Parameters<typeof reconcile>[1]) =>
      reconcile({ wire, service, reign, log, retentionDays }, doubt)
    await check(storeErrors >= STORE_ERRORS_BEFORE_REBUILD ? 'store broken' : undefined)
    if (storeErrors >= STORE_ERRORS_BEFORE_REBUILD) storeErrors = 0
    let checkedAt = performance.now()
    let numberedAhead = false
    const checkIsDue = () => performance.now() - checkedAt > reconcileMs
    // A broker that was away may have lost something: a new reign begins with a look at it.
    const isOver = () => stopping.signal.aborted || wire.session() !== session
    while (!isOver()) {
      if (checkIsDue()) {
        await check()
        checkedAt = performance.now()
      }
      if (!numberedAhead && (await reign.number()) > 0) failPoint('relay:after-number')
      const events = await reign.next()
      if (events.length > 0) {
        // Under a backlog the database numbers the next batch while the broker stores this one.
        const isFull = events.length === MAX_BATCH
        const [{ regressed }, ahead] = await Promise.all([publish(reign, events), isFull ? reign.number() : 0])
        numberedAhead = ahead > 0
        storeErrors = 0
        if (regressed) await check('sequence went backwards')
      }
      trouble.end()
      // A full batch has more behind it; after any other the relay only reads until there is work.
      while (events.length < MAX_BATCH && !isOver() && !checkIsDue() && !(await reign.hasWork())) {
        await bell.heard(pollMs)
      }
    }
  }

  /** One batch: all of it is stored, or this throws and all of it is sent again. */
  async function publish(reign: Reign, events: Pending[]) {
    failPoint('relay:before-publish')
    const stored = await wire.publish(
      service,
      events.map((event) => ({
        subject: subjectOf(service, event.partition, event.type, event.aggregate_id),
        id: `${event.event_id}:${event.publish_epoch}`,
        eventNo: event.pub_no,
        body: event.body,
      })),
    )
    failPoint('relay:after-publish')
    const seqs = stored.map(({ seq }) => seq)
    const before = await reign.advance(events.at(-1)!.pub_no, Math.max(...seqs))
    const fresh = stored.filter(({ duplicate }) => !duplicate).map(({ seq }) => seq)
    return { regressed: fresh.length > 0 && Math.min(...fresh) <= before }
  }

  const running = run()
  let stopped: Promise<void> | undefined
  const stop = async () => {
    stopping.abort()
    await running
    await pool.end()
  }
  return {
    /** Call after a commit that told something: it is published at once instead of at the next poll. */
    wake: bell.ring,
    /** Finishes the batch at hand and lets another relay lead. */
    stop: () => {
      stopped ??= stop()
      return stopped
    },
    /** How many events are committed and not yet published. */
    lag: () => readLag(pool),
  }
}
export type Relay = ReturnType<typeof startRelay>

/** Rings once for whoever waits, or for the next who does; by itself after `ms`. */
function createBell() {
  let rung = Promise.withResolvers<void>()
  const ring = () => rung.resolve()
  return {
    ring,
    async heard(ms: number) {
      const timer = setTimeout(ring, ms)
      await rung.promise
      clearTimeout(timer)
      rung = Promise.withResolvers()
    },
  }
}
