import { setTimeout as pause } from 'node:timers/promises'
import { gathering } from '@vilkar/messaging/gather.ts'
import { span, traceparent } from '@vilkar/tracing/tracing.ts'
import { CompiledQuery, type Transaction } from 'kysely'
import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import { startWorker, type Worker } from './job-worker.ts'
import type { Log } from './log.ts'
import { createDatabase, createPool, isConnectionLost } from './postgres.ts'
import { grantToService } from './roles.ts'

/**
 * What a durable job is: its queue, how many run at once, and what is done. It must survive being run twice. Jobs that
 * `mergeBy` names alike are one as long as it has not begun.
 */
export type Job<Data extends object> = {
  name: string
  concurrency?: number
  mergeBy?: (data: Data) => string
  run: (data: Data) => Promise<void>
}

/** `trace`: the `traceparent` of what it is part of, if that is not the current one. */
type Wanted = { data: object; startAfterSeconds?: number; trace?: string }

/** A job is tried until it works, in the end every five minutes: giving up is for people, who are called (`alarms`). */
const RETRY_LIMIT = 1_000_000
const RETRY_DELAY_MAX_SECONDS = 300
/** A run that takes longer than this is given up, and tried again. */
const EXPIRE_SECONDS = 180
/** A process says every half of this that it lives; when it does not, its jobs are another's. */
const HEARTBEAT_SECONDS = 10
/**
 * A job that is done is deleted after ten minutes: for so long a person may look at it. The queue counts its jobs by reading all of them,
 * every two seconds, and so must stay small; what is deleted at a time must be little too, and so is looked for every minute.
 */
const DELETE_AFTER_SECONDS = 600
const DELETE_EVERY_SECONDS = 60
/** A job that could not be done is deleted in the end; whoever needs it done asks for another (`libs/mail/resume-mails.ts`). */
const RETENTION_SECONDS = 14 * 24 * 3_600
/** How often it is looked for jobs whose process died. */
const SUPERVISE_SECONDS = 2
const POLL_MS = 1_000
/**
 * What the queue does on its own does not wait for the disk: a fetch or an end that a crash of the database forgets has the job run
 * again, which each job survives. Who asks for a job does so in a transaction of their own, which waits. Its statements are planned
 * once, and a plan from when jobs were few must not read all of them.
 */
const QUEUE_SETTINGS = { synchronous_commit: 'off', enable_seqscan: 'off' }
/** How long a stop waits for the jobs that are under way. */
const STOP_WITHIN_MS = 5_000
const POOL_SIZE = 3
/** For longer than a claim lives without a sign of life there is no use in saying that its job is done. */
const REPEAT_WITHIN_MS = HEARTBEAT_SECONDS * 1_000
const REPEAT_EVERY_MS = 250

/** `migrationUrl`: the database as the role that owns its tables, if that is another than the one that works. */
export type JobsOptions = { databaseUrl: string; migrationUrl?: string; log: Log; migrate?: boolean; work?: boolean }

/**
 * Durable jobs on the service's own database (pg-boss): enqueued in the transaction that needs them, run at least once,
 * retried with a growing delay. `work: false` gives an instance that only enqueues, such as one that only serves HTTP.
 */
export async function createJobs({ databaseUrl, migrationUrl, log, migrate = true, work: works = true }: JobsOptions) {
  if (migrate) await migrateJobs(migrationUrl ?? databaseUrl, log)
  const { boss, stop } = await startBoss(queuePool(databaseUrl, log), log)
  const workers = new Map<string, Worker>()
  /** Which jobs a transaction has asked for. */
  const asked = new WeakMap<object, Set<string>>()
  const mergers = new Map<string, (data: object) => string>()
  const insert = gathering(async (trx: Transaction<never>, wanted: { name: string; jobs: Wanted[] }[]) => {
    for (const [name, ofQueue] of Map.groupBy(wanted, (each) => each.name))
      await boss.insert(
        name,
        ofQueue
          .flatMap(({ jobs }) => jobs)
          .map(({ data, startAfterSeconds, trace }) => ({
            data: { ...data, ...(trace !== undefined && { traceparent: trace }) },
            ...(mergers.has(name) && { singletonKey: mergers.get(name)!(data) }),
            ...(startAfterSeconds && { startAfter: startAfterSeconds }),
          })),
        { db: within(trx) as never },
      )
    return []
  })

  return {
    /** Declares a job and, unless this instance only enqueues, starts working on it. */
    async define<Data extends object>({ name, concurrency = 2, mergeBy, run }: Job<Data>) {
      if (mergeBy) mergers.set(name, mergeBy as (data: object) => string)
      await boss.createQueue(name, { policy: mergeBy ? 'short' : 'standard', ...PATIENCE })
      // The queue may be of an earlier version, which was less patient, and kept what was done for a week.
      await boss.updateQueue(name, PATIENCE)
      if (!works) return
      const rhythm = {
        ...{ pollEveryMs: POLL_MS, heartbeatEveryMs: (HEARTBEAT_SECONDS * 1_000) / 2 },
        giveUpAfterMs: EXPIRE_SECONDS * 1_000,
      }
      const work = {
        ...rhythm,
        boss,
        log,
        name,
        concurrency,
        run: traced(name, run as (data: object) => Promise<void>),
      }
      workers.set(name, startWorker(work))
    },

    /** Enqueues jobs of one kind in the caller's transaction: they exist if and only if it commits. */
    async enqueue<Tables>(trx: Transaction<Tables>, name: string, jobs: Wanted[]) {
      if (jobs.length === 0) return
      asked.set(trx, (asked.get(trx) ?? new Set()).add(name))
      const trace = traceparent()
      await insert(trx as never, { name, jobs: jobs.map((job) => ({ trace, ...job })) })
    },

    /**
     * A hint that there may be work now; without it the next poll finds it. `trx`: that it has committed, so that it is what it
     * asked for.
     */
    wake(trx?: object) {
      for (const name of trx === undefined ? workers.keys() : (asked.get(trx) ?? [])) workers.get(name)?.look()
    },

    async stop() {
      await Promise.all(workers.values().map((worker) => worker.stop(STOP_WITHIN_MS)))
      await stop()
    },
  }
}
export type Jobs = Awaited<ReturnType<typeof createJobs>>

/** A run of a job as a span of the trace that asked for it. What it is given is what was asked for, and no trace. */
const traced = (name: string, run: (data: object) => Promise<void>) => (given: object) => {
  const { traceparent: parent = null, ...data } = given as { traceparent?: string }
  return span({ name: `job ${name}`, kind: 'consumer', parent, attributes: { 'vilkar.job': name } }, () => run(data))
}

const PATIENCE = {
  retryLimit: RETRY_LIMIT,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: RETRY_DELAY_MAX_SECONDS,
  expireInSeconds: EXPIRE_SECONDS,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  deleteAfterSeconds: DELETE_AFTER_SECONDS,
  retentionSeconds: RETENTION_SECONDS,
}

/** Makes the tables of the queue as their owner, and lets the role that runs the service use them. */
export async function migrateJobs(databaseUrl: string, log: Log) {
  const pool = createPool(databaseUrl, { max: 1, unhurried: true, named: false })
  const { boss } = await startBoss(pool, log, { migrate: true, supervise: false })
  await boss.stop({ graceful: false })
  await grantToService(createDatabase<never>(pool)).finally(() => pool.end())
}

const queuePool = (databaseUrl: string, log: Log) =>
  createPool(databaseUrl, { max: POOL_SIZE, log, settings: QUEUE_SETTINGS })

/** pg-boss on a pool of ours: its own has waits without an end, and gives up a statement whose connection broke. */
async function startBoss(pool: pg.Pool, log: Log, { migrate = false, supervise = true } = {}) {
  const stopping = new AbortController()
  const boss = new PgBoss({
    db: { executeSql: repeating(pool, stopping.signal) },
    schema: 'jobs',
    schedule: false,
    supervise,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    maintenanceIntervalSeconds: DELETE_EVERY_SECONDS,
    migrate,
    createSchema: migrate,
  })
  boss.on('error', (error) => {
    if (!log.covers?.(error)) log.error({ err: error }, 'the job queue has a fault')
  })
  const stop = async () => {
    await boss.stop({ graceful: false })
    stopping.abort()
    await pool.end()
  }
  return { boss: await boss.start(), stop }
}

/**
 * Sends a statement of the queue again when its connection broke. That a job is done or failed is believed once, from whoever
 * holds it; one that was fetched and not heard of is fetched again when its heartbeat does not come.
 */
const repeating = (pool: pg.Pool, stopping: AbortSignal) => async (text: string, values?: unknown[]) => {
  const end = performance.now() + REPEAT_WITHIN_MS
  for (;;) {
    try {
      return await pool.query(text, values)
    } catch (error) {
      if (!isConnectionLost(error) || stopping.aborted || performance.now() > end) throw error
      await pause(REPEAT_EVERY_MS)
    }
  }
}

/** pg-boss' way into a transaction of Kysely's. */
const within = <Tables>(trx: Transaction<Tables>) => ({
  executeSql: (text: string, values: unknown[] = []) =>
    trx.executeQuery(CompiledQuery.raw(text, values)) as Promise<{ rows: unknown[] }>,
})
