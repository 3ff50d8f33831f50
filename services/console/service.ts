import { fileURLToPath } from 'node:url'
import { createClients } from '@vilkar/client/client.ts'
import { createNodeTransport } from '@vilkar/client/node-transport.ts'
import { createProgress } from '@vilkar/messaging/progress.ts'
import type { Gauge } from '@vilkar/metrics/gauge.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import { createDatabaseOutage } from '@vilkar/server/database-outage.ts'
import { healthRoutes } from '@vilkar/server/http.ts'
import { createLog } from '@vilkar/server/log.ts'
import { migrateAsOwner } from '@vilkar/server/migrate-as-owner.ts'
import { openTraces } from '@vilkar/server/open-traces.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { within } from '@vilkar/server/within.ts'
import { traceparent } from '@vilkar/tracing/tracing.ts'
import { sql } from 'kysely'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import { watchLooks } from './oversight/looks.ts'
import { watchForms } from './pages/once.ts'
import { sessionGauge, watchSessions } from './sign-in/sessions.ts'

/** The console's own migrations: it tells no events and hears none, so that it has no other tables. */
export const migrations = new URL('./migrations/', import.meta.url)
export const foldersOfConsole = [fileURLToPath(migrations)]
/** What its operator sees of its database. */
export const gauges: Gauge[] = [sessionGauge]

const POOL_SIZE = 8
/** A database that does not answer for this long makes it not ready. */
const READY_WITHIN_MS = 2_000
/** How long a page waits for a service before it says that it does not answer. */
const SERVICE_TIMEOUT_MS = 8_000

/**
 * Starts the console: database and migrations, pages. It is ready while its database answers: a service that is away makes some pages
 * poorer, and none of them wrong. `stop` closes in the reverse order.
 */
export async function startConsole(config: Config, { clock }: { clock: Clock }) {
  await using opening = new AsyncDisposableStack()
  const log = createLog('console', config.LOG_LEVEL)
  const pool = createPool(config.DATABASE_URL, { max: POOL_SIZE, log })
  opening.defer(() => pool.end())
  const db = createDatabase<Database>(pool)
  const outage = createDatabaseOutage(log, () => sql`select 1`.execute(db))
  opening.defer(() => outage.stop())
  log.covers = outage.covers
  if (config.MIGRATE) await migrateAsOwner(config.MIGRATION_DATABASE_URL ?? config.DATABASE_URL, foldersOfConsole)

  const { ORDERS_URL: orders, SHIPPING_URL: shipping, RETURNS_URL: returns, PRIVACY_URL: privacy } = config
  const urls = { orders, shipping, returns, ...(privacy && { privacy }) }
  const transport = createNodeTransport()
  const clientsOf = (accessToken?: string) =>
    createClients({ urls, token: () => accessToken, traceparent, timeoutMs: SERVICE_TIMEOUT_MS, transport })
  const deps = { db, config, clock, log, clientsOf }
  const sweeping = watchSessions(deps)
  opening.defer(() => sweeping.stop())
  const forgetting = watchForms(deps)
  opening.defer(() => forgetting.stop())
  const trimming = watchLooks(deps)
  opening.defer(() => trimming.stop())
  const tracing = await openTraces('console', config, log)
  opening.defer(() => tracing?.close())
  const server = await createApp(deps)
  healthRoutes(server as never, () => within(READY_WITHIN_MS, 'the database', sql`select 1`.execute(db)).then(() => {}))
  const metrics = await openMetrics(config, { clock, pool, server: server as never, log })
  opening.defer(() => metrics?.close())
  opening.defer(() => server.close())
  const url = await server.listen({ host: config.HOST, port: config.PORT })
  const opened = opening.move()
  return { name: 'console', url, metricsUrl: metrics?.url, log, stop: () => opened.disposeAsync() }
}

type Measured = { clock: Clock; pool: ReturnType<typeof createPool>; server: never; log: ReturnType<typeof createLog> }

/** The port that tells the operator what the console does, unless nobody asked for it. */
async function openMetrics({ METRICS_PORT, METRICS_HOST, DATABASE_URL }: Config, { clock, ...told }: Measured) {
  if (METRICS_PORT === undefined) return undefined
  const { openMetricsPort } = await import('@vilkar/metrics/metrics-port.ts')
  return openMetricsPort({
    ...told,
    service: 'console',
    gauges,
    progress: createProgress(),
    now: () => clock.now().toString(),
    databaseUrl: DATABASE_URL,
    host: METRICS_HOST,
    port: METRICS_PORT,
  })
}
