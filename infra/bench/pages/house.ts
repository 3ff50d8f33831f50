import { type ChildProcess, spawn } from 'node:child_process'
import { foldersOfConsole } from '@vilkar/console/service.ts'
import { migrateAsOwner } from '@vilkar/server/migrate-as-owner.ts'
import { within } from '@vilkar/server/within.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { makeServiceDatabase, ownerOf } from '@vilkar/testing/service-database.ts'
import type { TestBed } from '../test-bed.ts'
import type { Served } from './served.ts'

const SERVICES = ['orders', 'shipping', 'returns', 'privacy'] as const
const SECRET = 'bench-only-bench-only-bench-only-bench'
const WATCHER = new URL('./watched-console/main.ts', import.meta.url).href
/** Who may frame the page beside a help desk; without one there is no such page. */
const HELP_DESK = 'https://help.example.com'

/** The four services, with their jobs or without, until `stop`. */
export async function startServices(bed: TestBed, changes: NodeJS.ProcessEnv) {
  const started = await Promise.all(SERVICES.map((name) => bed.start(name, changes)))
  return {
    pids: started.map(({ pid }) => pid),
    stop: async () => void (await Promise.all(started.map(({ stop }) => stop()))),
  }
}

/** A database for the console, as an owner of its own migrates it. */
export async function makeConsoleDatabase({ postgres }: TestBed) {
  await makeServiceDatabase(postgres.url, 'console')
  await migrateAsOwner(postgres.url('console', ownerOf('console')), foldersOfConsole)
}

/**
 * The console as a process of its own, which tells of each page that it served how long that took and what it asked the services for.
 * `served` gives what was told of the next page.
 */
export async function startConsole(bed: TestBed) {
  const url = `http://127.0.0.1:${await freePort()}`
  const main = new URL('../../../services/console/main.ts', import.meta.url).pathname
  const { orders, shipping, returns, privacy } = bed.urls
  const env = {
    ...process.env,
    ...{ NODE_ENV: 'production', NODE_OPTIONS: `--import=${WATCHER}`, PORT: new URL(url).port, PUBLIC_URL: url },
    ...{ DATABASE_URL: bed.postgres.url('console', 'console'), MIGRATE: 'false', LOG_LEVEL: 'warn' },
    ...{ ORDERS_URL: orders, SHIPPING_URL: shipping, RETURNS_URL: returns, PRIVACY_URL: privacy },
    ...{ AUTH_ISSUER: bed.issuer.url, SHOP_CLIENT_ID: 'shop', SHOP_CLIENT_SECRET: 'bench-only' },
    ...{ MY_DATA_CLIENT_ID: 'customer-pages', MY_DATA_CLIENT_SECRET: 'bench-only' },
    ...{ RATE_LIMIT_PER_MINUTE: '1000000000', SESSION_SECRETS: SECRET, SIDEBAR_FRAMED_BY: HELP_DESK },
  }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const told = queueOf(child)
  await eventually('the console to be ready', async () => {
    if (child.exitCode !== null) throw new Error(`The console ended with ${child.exitCode}.`)
    return (await fetch(`${url}/health/ready`)).ok
  })
  return { url, pid: child.pid!, served: told.of, stop: () => bed.end(child) }
}
export type Console = Awaited<ReturnType<typeof startConsole>>

/** It is told when the answer has ended, and the answer has an end of its own. */
const TOLD_WITHIN_MS = 30_000

/** What a process tells, by the address that was asked. */
function queueOf(child: ChildProcess) {
  const waiting = new Map<string, (served: Served) => void>()
  child.on('message', (served) => {
    const { path } = served as Served
    waiting.get(path)?.(served as Served)
    waiting.delete(path)
  })
  return {
    /** What the console tells of the page that `ask` asks for, with what `ask` answers. */
    async of<Answer>(path: string, ask: () => Promise<Answer>): Promise<{ served: Served; answer: Answer }> {
      const { promise, resolve } = Promise.withResolvers<Served>()
      waiting.set(path, resolve)
      const answer = await ask()
      return { served: await within(TOLD_WITHIN_MS, `what the console tells of ${path}`, promise), answer }
    },
  }
}
