import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createCaller } from '@vilkar/local/shopper.ts'
import { connectNats } from '@vilkar/messaging/wire/nats-wire.ts'
import type { ProviderName } from '@vilkar/payments/providers.ts'
import { Config as PrivacyConfig } from '@vilkar/privacy/config.ts'
import { startPrivacy } from '@vilkar/privacy/service.ts'
import { Config as ReturnsConfig } from '@vilkar/returns/config.ts'
import { startReturns } from '@vilkar/returns/service.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { createLog } from '@vilkar/server/log.ts'
import { createPool } from '@vilkar/server/postgres.ts'
import { Config as ShippingConfig } from '@vilkar/shipping/config.ts'
import { startShipping } from '@vilkar/shipping/service.ts'
import type { AuthorisationLife } from '@vilkar/simulator/authorisation-life.ts'
import { startBackends } from '@vilkar/testing/backends.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import type { Role } from '@vilkar/testing/issuer.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { endsWithUs } from '@vilkar/testing/processes.ts'
import { ownerOf } from '@vilkar/testing/service-database.ts'
import { createAheadClock, createFastClock, SPEED } from './fast-clock.ts'
import type { Look } from './privacy/look.ts'
import { type Simulator, startSimulator } from './simulators.ts'

const SERVICES = ['orders', 'shipping', 'returns', 'privacy'] as const
type Service = (typeof SERVICES)[number]
const ACK_WAIT_MS = 2_000
const HURRY_EVERY_MS = 250
/** Halves the work of a start; Node checks by content that what it kept is still true. */
const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url))
const PROGRAM = fileURLToPath(new URL('./orders-process/main.ts', import.meta.url))

/**
 * Where the storm blows: PostgreSQL, a broker, a mailbox, a simulated provider, shipping, returns and privacy in this process, and
 * the orders service as a process that can be killed. All of it by one fast clock, which for privacy can be moved ahead.
 */
export async function setStage(provider: ProviderName) {
  await using opening = new AsyncDisposableStack()
  const { postgres, nats, mailbox, issuer } = await startBackends(opening, {
    name: 'storm',
    services: SERVICES,
    ackWaitMs: ACK_WAIT_MS,
  })

  const startedAtMs = systemClock.now().epochMilliseconds
  const clock = createFastClock(startedAtMs)
  const ordersPort = await freePort()
  const ordersUrl = `http://127.0.0.1:${ordersPort}`
  const lives = createLives()
  const simulator = await startSimulator(provider, {
    now: clock.now,
    webhookUrl: `${ordersUrl}/payments/${provider}/notifications`,
    lifeOf: (orderId) => lives.take(orderId),
  })
  opening.defer(() => simulator.stop())
  const given = { nats, postgres, issuer, mailbox, simulator, ordersPort, startedAtMs, provider }
  const environmentOf = (service: Service) => environment(service, given)
  const openWire = (service: Service) => {
    const wire = connectNats({ servers: nats.url(service), log: createLog('storm', 'fatal') })
    opening.defer(() => wire.close())
    return wire
  }
  const shipping = await startShipping(readConfig(ShippingConfig, environmentOf('shipping')), {
    wire: openWire('shipping'),
    clock,
  })
  opening.defer(() => shipping.stop())
  const returns = await startReturns(readConfig(ReturnsConfig, environmentOf('returns')), {
    wire: openWire('returns'),
    clock,
  })
  opening.defer(() => returns.stop())
  const privacyClock = createAheadClock(clock)
  const holders = { ORDERS_URL: ordersUrl, SHIPPING_URL: shipping.url, RETURNS_URL: returns.url }
  const privacy = await startPrivacy(readConfig(PrivacyConfig, { ...environmentOf('privacy'), ...holders }), {
    wire: openWire('privacy'),
    clock: privacyClock,
  })
  opening.defer(() => privacy.stop())

  const books = createPool(postgres.url('orders'), { max: 2 })
  opening.defer(() => books.end())
  const orders = ordersProcess(environmentOf('orders'), ordersUrl, books)
  opening.defer(orders.stop)
  await orders.start()
  opening.defer(hurry(books))
  const goods = {
    shipping: createPool(postgres.url('shipping'), { max: 1 }),
    returns: createPool(postgres.url('returns'), { max: 1 }),
  }
  opening.defer(() => Promise.all([goods.shipping.end(), goods.returns.end()]).then(() => undefined))
  const asked = createPool(postgres.url('privacy'), { max: 1 })
  opening.defer(() => asked.end())
  const pools = { orders: books, ...goods, privacy: asked }
  const look: Look = async (service, statement, values) => (await pools[service].query(statement, values)).rows as never

  const call = createCaller((role) => issuer.token(role as Role))
  const urls = { orders: ordersUrl, shipping: shipping.url, returns: returns.url, privacy: privacy.url }
  const opened = opening.move()
  const parts = { clock, call, urls, simulator, lives, orders, books, goods, look, privacyClock }
  return { ...parts, stop: () => opened.disposeAsync() }
}
export type Stage = Awaited<ReturnType<typeof setStage>>

type Given = Omit<Awaited<ReturnType<typeof startBackends>>, 'directory'> & {
  simulator: Simulator
  ordersPort: number
  startedAtMs: number
  provider: ProviderName
}

/** What a service of the storm finds in its environment. */
const environment = (
  service: Service,
  { nats, postgres, issuer, mailbox, simulator, ordersPort, startedAtMs, provider }: Given,
) => ({
  ...process.env,
  NODE_ENV: 'production',
  PORT: service === 'orders' ? String(ordersPort) : '0',
  DATABASE_URL: postgres.url(service, service),
  MIGRATION_DATABASE_URL: postgres.url(service, ownerOf(service)),
  NATS_URL: nats.url(service),
  AUTH_ISSUER: issuer.url,
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
  RATE_LIMIT_PER_MINUTE: '1000000000',
  SERVICE_RATE_LIMIT_PER_MINUTE: '1000000000',
  SMTP_URL: mailbox.url,
  PAYMENT_PROVIDER: provider,
  STORM_PROVIDER_URL: simulator.url,
  PUBLIC_URL: `http://127.0.0.1:${ordersPort}`,
  LINK_SECRETS: 'test-only-test-only-test-only-test-only',
  SUBJECT_SECRET: 'test-only-test-only-test-only-test-only',
  AUTH_CLIENT_SECRET: 'test-only',
  STOREFRONT_URL: 'http://127.0.0.1:9',
  QUOTE_VALID_FOR: 'PT12H',
  // Every authorisation of Klarna's is to be extended, then: it lasts no longer than that.
  AUTHORISATION_EXTEND_BEFORE: 'P28D',
  NODE_COMPILE_CACHE: COMPILE_CACHE,
  STORM_STARTED_AT_MS: String(startedAtMs),
})

type Books = ReturnType<typeof createPool>

/** The orders service as a process: `kill` ends it as a power cut would and starts it again. */
function ordersProcess(env: NodeJS.ProcessEnv, url: string, books: Books) {
  let child: ChildProcess | undefined
  const isReady = async () => (await fetch(`${url}/health/ready`).catch(() => undefined))?.ok === true
  function launch() {
    const started = spawn(process.execPath, [PROGRAM], { env, stdio: ['ignore', 'inherit', 'inherit'] })
    // Whatever ends the storm ends its service too.
    endsWithUs(started)
    return started
  }
  /** One that gives up before it is ready, as when the database is too busy for its migrations, is started anew, as in production. */
  async function start() {
    child = launch()
    await eventually('the orders service to be ready', async () => {
      if (child!.exitCode !== null) {
        console.error(`The orders service ended with ${child!.exitCode} before it was ready, and is started anew.`)
        child = launch()
      }
      return isReady()
    })
  }
  async function end(signal: NodeJS.Signals) {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child!.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  return {
    start,
    async kill() {
      await end('SIGKILL')
      await forgetSignsOfLife(books)
      await start()
    },
    stop: () => end('SIGTERM'),
  }
}

/** Nobody lives who could hold a job or a money operation: the storm does not wait until that is noticed. */
async function forgetSignsOfLife(books: Books) {
  await books.query(`update jobs.job set heartbeat_on = '-infinity' where state = 'active'`)
  await books.query('update money_operation set claimed_until = null where claimed_until > now()')
}

/**
 * PostgreSQL's own clock is the machine's. What waits by it (a job's next try) is brought forward as the storm's clock runs ahead. A job
 * that is at work is not: it works no faster, and on a slow machine its time would be over before it could be done, every time.
 */
function hurry(books: Books) {
  const ahead = `interval '${(HURRY_EVERY_MS / 1_000) * (SPEED - 1)} seconds'`
  let hurrying = Promise.resolve()
  const timer = setInterval(() => {
    hurrying = hurrying
      .then(async () => {
        await books.query(
          `update jobs.job set start_after = start_after - ${ahead} where state = 'retry' and start_after > now()`,
        )
      })
      .catch(() => undefined)
  }, HURRY_EVERY_MS)
  return async () => {
    clearInterval(timer)
    await hurrying
  }
}

/** Which orders' first authorisation ends early. One that is paid again lasts as long as any. */
function createLives() {
  const lives = new Map<string, AuthorisationLife>()
  return {
    set: (orderId: string, life: AuthorisationLife) => void lives.set(orderId, life),
    take(orderId: string) {
      const life = lives.get(orderId)
      lives.delete(orderId)
      return life
    },
  }
}
