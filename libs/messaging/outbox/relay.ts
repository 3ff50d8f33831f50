import { hostname } from 'node:os'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import pg from 'pg'
import { createBell } from '../bell.ts'
import { noteLosses } from '../database-loss.ts'
import { createFailPoints, type FailPoint } from '../fail-point.ts'
import { createOutageLog, type Log, pause } from '../outage-log.ts'
import { createProgress, type Progress } from '../progress.ts'
import { STREAM_DAYS } from '../retention.ts'
import { BROKER_FAULT_TOLD_AFTER_MS, isStoreBroken, isWireLost, noteFaults, type Wire } from '../wire/wire.ts'
import { lead } from './lead.ts'
import { acquireLease, createLeadership, isLeadershipLost, readLag } from './relay-store.ts'
import { createWaking } from './waking.ts'

const RETRY_MS = 200
/** Commits of any process say that they told something; whoever dies before it has said so is found out by a look. */
const POLL_MS = 500
/** Every consumer hears a new stream from its beginning: erasures that follow each other share one. */
const REFILL_PAUSE_MS = 60_000
const STANDBY_POLLS_PER_LEASE = 10
const CONNECT_TIMEOUT_MS = 10_000
const STATEMENT_TIMEOUT_MS = 10_000
const QUERY_TIMEOUT_MS = 12_000
const KEEP_ALIVE_AFTER_MS = 10_000
/** Each statement touches a batch of rows; a plan that was made when the log was short must not scan the long one. */
const INDEXES_ONLY = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((plan) => `-c enable_${plan}=off`).join(' ')

export type RelayOptions = {
  databaseUrl: string
  wire: Wire
  service: ServiceName
  log: Log
  /** How far back a new stream is filled. */
  retentionDays?: number
  pollMs?: number
  /** How often the stream is compared with what was published to it. */
  streamCheckMs?: number
  /** How long at least a stream stays that was filled anew since events were erased. */
  refillPauseMs?: number
  leaseMs?: number
  failPoint?: FailPoint
  progress?: Progress
}

/**
 * Carries the outbox of a service to the wire: every committed event, in order, at least once. Every instance of the
 * service runs a relay; one of them leads by a lease in the database, whose fence guards every write it makes.
 */
export function startRelay({ databaseUrl, leaseMs = 3_000, ...options }: RelayOptions) {
  const { wire, service, log, retentionDays = STREAM_DAYS, pollMs = POLL_MS, streamCheckMs = 10_000 } = options
  const { refillPauseMs = REFILL_PAUSE_MS } = options
  const { failPoint = createFailPoints(), progress = createProgress() } = options
  const owner = `${hostname()}:${process.pid}:${crypto.randomUUID()}`
  const pool = createRelayPool(databaseUrl)
  const outage = createOutageLog(log, `relay of ${service}`)
  const stop = new AbortController()
  const stopping = stop.signal
  const bell = createBell()
  stopping.addEventListener('abort', bell.ring)
  const store = { errors: 0 }
  const waking = createWaking(pool, bell)
  const turns = createTurns(wire, outage, progress)
  const leading = {
    ...{ wire: turns.wire, service, log, retentionDays, pollMs, streamCheckMs, refillPauseMs, failPoint },
    ...{ bell, store, onWork: turns.begin, onProgress: turns.end, stopping },
  }

  async function run() {
    while (!stopping.aborted) {
      try {
        await wire.ready(stopping)
        if (!stopping.aborted) await tryToLead()
      } catch (error) {
        if (isStoreBroken(error)) store.errors += 1
        turns.fail(error)
        await pause(RETRY_MS, stopping)
      }
    }
  }

  async function tryToLead() {
    const db = await pool.connect()
    let failure: Error | undefined
    try {
      const fence = await acquireLease(db, owner, leaseMs)
      if (fence === undefined) {
        turns.end()
        return await pause(leaseMs / STANDBY_POLLS_PER_LEASE, stopping)
      }
      const leadership = createLeadership(db, fence, leaseMs)
      await waking.begin(db)
      await lead(leading, leadership)
      await leadership.release()
    } catch (error) {
      failure = error as Error
      throw error
    } finally {
      // After an error the connection may be in any state, and after a leadership it listens: it is not used again.
      db.release(failure ?? waking.leads())
      waking.end()
    }
  }

  const running = run()
  let stopped: Promise<void> | undefined
  return {
    wake: waking.wake,
    /** Finishes the batch at hand and lets another relay lead. */
    stop: () => {
      stop.abort()
      stopped ??= running.then(() => pool.end())
      return stopped
    },
    /** How many events are committed and not yet published. */
    lag: () => readLag(pool),
  }
}
export type Relay = ReturnType<typeof startRelay>

/** What becomes of the relay's turns: what the broker does to them is told, and is no stall of this process. */
function createTurns(wire: Wire, outage: ReturnType<typeof createOutageLog>, progress: Progress) {
  const faults = new WeakSet<object>()
  let faultySince: number | undefined
  return {
    wire: noteFaults(wire, faults),
    begin: () => progress.begin('relay'),
    end() {
      faultySince = undefined
      outage.end()
      progress.end('relay')
    },
    fail(error: unknown) {
      const isTold = isWireLost(error) || isLeadershipLost(error)
      const isBrokers = faults.has(error as object)
      if (isTold || isBrokers) progress.end('relay')
      if (isTold) faultySince = undefined
      else if (isBrokers) faultySince ??= performance.now()
      const isNew = isBrokers && performance.now() - faultySince! < BROKER_FAULT_TOLD_AFTER_MS
      if (!isTold && !isNew) outage.begin(error)
    },
  }
}

function createRelayPool(connectionString: string) {
  const pool = new pg.Pool({
    connectionString,
    max: 2,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    options: INDEXES_ONLY,
  })
  noteLosses(pool)
  // A connection that is lost says so to the query that uses it; without listeners it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}
