import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { startBackends } from '@vilkar/testing/backends.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { ownerOf } from '@vilkar/testing/service-database.ts'
import { COUNTING } from './statements.ts'

const SERVICES = ['orders', 'shipping', 'returns', 'privacy'] as const
type Service = (typeof SERVICES)[number]
/** What links to orders are signed with. */
export const LINK_SECRET = 'test-only-test-only-test-only-test-only'
const CREDENTIALS = { username: 'bench', password: 'bench-only' }

/** Everybody here is one customer at one address. */
const UNLIMITED = {
  RATE_LIMIT_PER_MINUTE: '1000000000',
  SERVICE_RATE_LIMIT_PER_MINUTE: '1000000000',
  LINK_REQUESTS_PER_MINUTE: '1000000000',
  FUNCTION_REQUESTS_PER_MINUTE: '1000000000',
  PAGE_REQUESTS_PER_MINUTE: '1000000000',
  UNPAID_ORDERS_MAX: '1000000',
  UNPAID_UNITS_MAX: '1000000',
}

/**
 * PostgreSQL with fsync on, a private nats-server and the services as processes of their own, for measuring. `profileTo`: a folder where
 * each service writes a profile when it ends, under its name (`.cpuprofile`, which browsers show as a flame graph).
 */
export async function startTestBed(profileTo?: string) {
  await using opening = new AsyncDisposableStack()
  const { postgres, nats, mailbox, issuer } = await startBackends(opening, {
    name: 'bench',
    services: SERVICES,
    flags: ['track_commit_timestamp=on', 'shared_buffers=512MB', 'max_wal_size=4GB', ...COUNTING],
  })
  const klarna = await startKlarnaSimulator({ ...CREDENTIALS, now: systemClock.now })
  opening.defer(() => klarna.stop())

  const urls = Object.fromEntries(
    await Promise.all(SERVICES.map(async (name) => [name, `http://127.0.0.1:${await freePort()}`])),
  ) as Record<Service, string>
  const environment = (name: Service) => ({
    ...process.env,
    NODE_ENV: 'production',
    PORT: new URL(urls[name]).port,
    DATABASE_URL: postgres.url(name, name),
    MIGRATION_DATABASE_URL: postgres.url(name, ownerOf(name)),
    NATS_URL: nats.url(name),
    AUTH_ISSUER: issuer.url,
    LOG_LEVEL: 'warn',
    ...UNLIMITED,
    SMTP_URL: mailbox.url,
    KLARNA_URL: klarna.url,
    KLARNA_USERNAME: CREDENTIALS.username,
    KLARNA_PASSWORD: CREDENTIALS.password,
    PUBLIC_URL: urls.orders,
    LINK_SECRETS: LINK_SECRET,
    SUBJECT_SECRET: LINK_SECRET,
    STOREFRONT_URL: 'http://127.0.0.1:9',
    // Mails and payments are work for another process; this one is measured for placing.
    JOBS: 'false',
  })

  /** Starts a service as a process and waits until it is ready; `stop` ends it. */
  async function start(name: Service, changes: NodeJS.ProcessEnv = {}) {
    const file = new URL(`../../services/${name}/main.ts`, import.meta.url).pathname
    const profiled = profileTo && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${join(profileTo, name)}` }
    const child = run(file, { ...environment(name), ...changes, ...profiled })
    await eventually(`${name} to be ready`, async () => (await fetch(`${urls[name]}/health/ready`)).ok)
    return { pid: child.pid!, stop: () => end(child) }
  }
  /** Partners in a process of their own: a Klarna, and a mail server that keeps nothing. */
  async function startPartners() {
    const file = new URL('./partners/main.ts', import.meta.url).pathname
    const env = { ...process.env, KLARNA_USERNAME: CREDENTIALS.username, KLARNA_PASSWORD: CREDENTIALS.password }
    const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(createInterface(child.stdout), 'line')
    const addresses = JSON.parse(line) as { klarna: string; smtp: string }
    return { ...addresses, stop: () => end(child) }
  }
  /** Every service once, so that databases and streams are as they are in production. */
  async function startAllOnce() {
    const running = await Promise.all(SERVICES.map((name) => start(name)))
    for (const service of running) await service.stop()
  }
  const opened = opening.move()
  return {
    ...{ postgres, natsDirectory: nats.directory, natsUrl: nats.url, issuer, urls },
    klarna: { ...klarna, credentials: CREDENTIALS },
    ...{ start, startPartners, startAllOnce, run, end, stop: () => opened.disposeAsync() },
  }
}
export type TestBed = Awaited<ReturnType<typeof startTestBed>>

function run(file: string, env: NodeJS.ProcessEnv) {
  return spawn(process.execPath, [file], { env, stdio: ['ignore', 'inherit', 'inherit'] })
}

async function end(child: ChildProcess) {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}
