import type { AnyEvent } from '@vilkar/contracts/all-events.ts'
import { checkEnvelope } from '@vilkar/contracts/check.ts'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { noting } from '@vilkar/messaging/database-loss.ts'
import { share } from '@vilkar/messaging/gather.ts'
import type { React } from '@vilkar/messaging/inbox/batch.ts'
import { forgetting } from '@vilkar/messaging/inbox/erased-orders.ts'
import { startInbox } from '@vilkar/messaging/inbox/inbox.ts'
import { producersOf, type Reactions, reactWith } from '@vilkar/messaging/inbox/reactions.ts'
import { inboxTrim } from '@vilkar/messaging/inbox/trim.ts'
import { startRelay } from '@vilkar/messaging/outbox/relay.ts'
import { traceOf } from '@vilkar/messaging/outbox/traces.ts'
import { createProgress, type Progress } from '@vilkar/messaging/progress.ts'
import type { MessagingTables } from '@vilkar/messaging/tables.ts'
import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import type { Gauge } from '@vilkar/metrics/gauge.ts'
import type { MetricsOptions } from '@vilkar/metrics/metrics.ts'
import { type Kysely, sql } from 'kysely'
import type pg from 'pg'
import { originsIn } from './browsers.ts'
import type { Clock } from './clock.ts'
import { createDatabaseOutage } from './database-outage.ts'
import { type Doors, healthRoutes, type Server } from './http.ts'
import { createLog, type Log } from './log.ts'
import { foldersOf, migrateAsOwner } from './migrate-as-owner.ts'
import { openTraces } from './open-traces.ts'
import { createDatabase, createPool } from './postgres.ts'
import { createTokenVerifier } from './token-verifier.ts'
import { daysKept, startTrimming, type Trim, trimmingGauge } from './trimming.ts'
import { within } from './within.ts'

const HANDLER_POOL_SIZE = 8
/** A database that does not answer for this long makes the service not ready. */
const READY_WITHIN_MS = 2_000

/** The variables of `commonVariables` that a service is started with. */
export type ServiceConfig = {
  HOST: string
  PORT: number
  DATABASE_URL: string
  AUTH_ISSUER: string
  AUTH_AUDIENCE: string
  MIGRATE: boolean
  MIGRATION_DATABASE_URL?: string
  METRICS_PORT?: number
  METRICS_HOST: string
  LOG_LEVEL: string
  KEEP_FOR: string
  RATE_LIMIT_PER_MINUTE: number
  SERVICE_RATE_LIMIT_PER_MINUTE: number
  TRUSTED_PROXIES?: string
  CORS_ORIGINS?: string
  OTEL_EXPORTER_OTLP_ENDPOINT?: string
  OTEL_TRACES_SAMPLER_ARG: number
}

/** What every service stands on; `close` adds what is to be closed when it stops, last opened first. */
export type Foundation<Tables> = {
  db: Kysely<Tables>
  pool: pg.Pool
  clock: Clock
  log: Log
  doors: Doors
  wakeRelay: (trx?: object) => void
  /** What the service is about: where it makes none, it is not ready. */
  progress: Progress
  onClose: (close: () => unknown) => void
}

/** What a service is started as; `gauges` are what its operator sees of its database, `trims` what of its own has an end. */
type Starting = {
  name: ServiceName
  config: ServiceConfig
  wire: Wire
  clock: Clock
  migrations: URL
  gauges: Gauge[]
  trims?: Trim[]
}

export type ServiceParts<Tables, Deps> = {
  server: Server
  /** What it does about events of others, and what that works with. It listens to the services that tell them. */
  reactions: Reactions<AnyEvent, Tables, Deps>
  /** What it does about every event of theirs, before its reaction to it. */
  onEach?: React<Tables>
  deps: Deps
  afterCommit: (trx?: object) => void
}

/**
 * Starts a service: database and migrations, its HTTP routes, the relay that publishes its events and the inbox that hears
 * those of others. `stop` closes in the reverse order: HTTP first, PostgreSQL last.
 */
export async function startService<Tables extends MessagingTables, Deps>(
  { name, config, wire, clock, migrations, gauges, trims: own = [] }: Starting,
  build: (foundation: Foundation<Tables>) => Promise<ServiceParts<Tables, Deps>>,
) {
  daysKept(config.KEEP_FOR)
  await using opening = new AsyncDisposableStack()
  const log = createLog(name, config.LOG_LEVEL)
  const tracing = await openTraces(name, config, log)
  opening.defer(() => tracing?.close())
  const pool = createPool(config.DATABASE_URL, { max: HANDLER_POOL_SIZE, log })
  opening.defer(() => pool.end())
  const db = share(createDatabase<Tables>(pool), { transaction: false })
  const outage = createDatabaseOutage(log, () => sql`select 1`.execute(db))
  opening.defer(() => outage.stop())
  log.covers = outage.covers
  const ownerUrl = config.MIGRATION_DATABASE_URL ?? config.DATABASE_URL
  if (config.MIGRATE) await migrateAsOwner(ownerUrl, foldersOf(migrations))

  const progress = createProgress()
  const relay = startRelay({ databaseUrl: config.DATABASE_URL, wire, service: name, log, progress })
  opening.defer(() => relay.stop())
  const { server, reactions, onEach, deps, afterCommit } = await build({
    db,
    pool,
    clock,
    log,
    doors: { ...doorsOf(config), ...(tracing && { traceOf: (id) => traceOf(db, id) }) },
    wakeRelay: relay.wake,
    progress,
    onClose: (close) => opening.defer(async () => void (await close())),
  })
  const inbox = startInbox({
    pool,
    db,
    wire,
    service: name,
    listensTo: producersOf(reactions),
    react: forgetting(reactWith(reactions, deps, onEach)),
    check: checkEnvelope,
    log,
    afterCommit,
    progress,
  })
  opening.defer(() => inbox.stop())
  const trims = [inboxTrim, ...own]
  const trimming = startTrimming({ db, clock, log, trims, keepFor: config.KEEP_FOR })
  opening.defer(() => trimming.stop())
  healthRoutes(server, async () => {
    await noting(() => within(READY_WITHIN_MS, 'the database', sql`select 1`.execute(db)))()
    const stalled = progress.stalled()
    if (stalled.length > 0) throw new Error(`No progress is made with: ${stalled.join(', ')}.`)
  })
  const telling = { service: name, pool, server: server as never, progress, clock, log }
  const metrics = await openMetrics(config, { ...telling, gauges: [...gauges, trimmingGauge(trims, config.KEEP_FOR)] })
  opening.defer(() => metrics?.close())
  opening.defer(() => server.close())
  const url = await server.listen({ host: config.HOST, port: config.PORT })
  const opened = opening.move()
  return { name, url, metricsUrl: metrics?.url, log, relay, stop: () => opened.disposeAsync() }
}

const doorsOf = (config: ServiceConfig): Doors => ({
  verifyToken: createTokenVerifier({ issuer: config.AUTH_ISSUER, audience: config.AUTH_AUDIENCE }),
  rateLimitPerMinute: config.RATE_LIMIT_PER_MINUTE,
  serviceRateLimitPerMinute: config.SERVICE_RATE_LIMIT_PER_MINUTE,
  trustedProxies: config.TRUSTED_PROXIES,
  origins: originsIn(config.CORS_ORIGINS),
})

/** The port that tells the operator what the service does, unless nobody asked for it. */
async function openMetrics(
  { METRICS_PORT, METRICS_HOST, DATABASE_URL }: ServiceConfig,
  { clock, ...telling }: { clock: Clock } & Omit<MetricsOptions, 'now' | 'databaseUrl'>,
) {
  if (METRICS_PORT === undefined) return undefined
  const { openMetricsPort } = await import('@vilkar/metrics/metrics-port.ts')
  const now = () => clock.now().toString()
  return openMetricsPort({ ...telling, now, databaseUrl: DATABASE_URL, host: METRICS_HOST, port: METRICS_PORT })
}
