/**
 * Migrates the database of one service as its owner, and ends: `node infra/migrate/main.ts`. With `--await` it changes nothing, and waits
 * with the service's own role until another has: what a process of the service is started after. With `--order-links` it fills in shipping by
 * which links orders of before are known, from `ORDERS_DATABASE_URL` into `SHIPPING_DATABASE_URL`.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { migrateJobs } from '@vilkar/server/jobs.ts'
import { createLog } from '@vilkar/server/log.ts'
import { missingMigrations } from '@vilkar/server/migrate.ts'
import { foldersOf, migrateAsOwner } from '@vilkar/server/migrate-as-owner.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { Config, LinksConfig, WaitConfig } from './config.ts'

/** Whoever started it starts it again after that. */
const WAIT_MS = 10 * 60_000
const LOOK_EVERY_MS = 1_000

async function migrateService() {
  const { SERVICE, MIGRATION_DATABASE_URL: url, LOG_LEVEL } = readConfig(Config, process.env)
  const log = createLog(`migrate ${SERVICE}`, LOG_LEVEL)
  const { folders, hasJobs } = await partsOf(SERVICE as Program)
  // The tables of jobs first: a service is started when its own migrations have run.
  if (hasJobs) await migrateJobs(url, log)
  await migrateAsOwner(url, folders)
  log.info('migrated')
}

async function awaitMigration() {
  const { SERVICE, DATABASE_URL, LOG_LEVEL } = readConfig(WaitConfig, process.env)
  const log = createLog(`await ${SERVICE}`, LOG_LEVEL)
  const { folders } = await partsOf(SERVICE as Program)
  const pool = createPool(DATABASE_URL, { max: 1 })
  try {
    const end = performance.now() + WAIT_MS
    for (let said = ''; ; ) {
      const missing = await missingMigrations(createDatabase<never>(pool), folders).catch(String)
      if (missing === undefined) return
      if (performance.now() > end) throw new Error(`The database of ${SERVICE} was not migrated: ${missing}`)
      if (missing !== said) log.info({ missing }, 'waiting for the migration')
      said = missing
      await pause(LOOK_EVERY_MS)
    }
  } finally {
    await pool.end()
  }
}

/** Once is enough, and again changes nothing; the services may run meanwhile. */
async function fillLinks() {
  const { ORDERS_DATABASE_URL, SHIPPING_DATABASE_URL, LOG_LEVEL } = readConfig(LinksConfig, process.env)
  const { fillOrderLinks } = await import('./fill-order-links.ts')
  const [orders, shipping] = [
    createPool(ORDERS_DATABASE_URL, { max: 1 }),
    createPool(SHIPPING_DATABASE_URL, { max: 1 }),
  ]
  try {
    const filled = await fillOrderLinks(orders, createDatabase(shipping))
    createLog('migrate', LOG_LEVEL).info({ filled }, 'orders of before are known by their links')
  } finally {
    await Promise.all([orders.end(), shipping.end()])
  }
}

/** A service of events, or the console, which has no tables of those. */
type Program = ServiceName | 'console'

/** What a service is made of, of which the one is loaded. */
const parts = {
  orders: () => Promise.all([import('@vilkar/orders/service.ts'), import('@vilkar/orders/config.ts')]),
  shipping: () => Promise.all([import('@vilkar/shipping/service.ts'), import('@vilkar/shipping/config.ts')]),
  returns: () => Promise.all([import('@vilkar/returns/service.ts'), import('@vilkar/returns/config.ts')]),
  privacy: () => Promise.all([import('@vilkar/privacy/service.ts'), import('@vilkar/privacy/config.ts')]),
  console: () => Promise.all([import('@vilkar/console/service.ts'), import('@vilkar/console/config.ts')]),
} satisfies Record<Program, unknown>

async function partsOf(service: Program) {
  const [made, { Config }] = await parts[service]()
  const folders = 'foldersOfConsole' in made ? made.foldersOfConsole : foldersOf(made.migrations)
  return { folders, hasJobs: 'JOBS' in Config.properties }
}

try {
  if (process.argv.includes('--await')) await awaitMigration()
  else await (process.argv.includes('--order-links') ? fillLinks() : migrateService())
} catch (error) {
  const { message, cause } = error as Error
  console.error(cause === undefined ? message : `${message} ${cause}`)
  process.exitCode = 1
}
