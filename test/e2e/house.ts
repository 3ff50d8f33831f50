import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { listensTo } from '@vilkar/contracts/listens-to.ts'
import { startKlarnaSimulator } from '@vilkar/klarna-simulator/simulator.ts'
import { createCaller } from '@vilkar/local/shopper.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { createPool } from '@vilkar/server/postgres.ts'
import { startBroker } from '@vilkar/testing/broker.ts'
import { testPostgres } from '@vilkar/testing/database.ts'
import { administer } from '@vilkar/testing/embedded-postgres.ts'
import { atEndOfRun } from '@vilkar/testing/end-of-run.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { type Role, startIssuer } from '@vilkar/testing/issuer.ts'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { makeServiceDatabase, ownerOf } from '@vilkar/testing/service-database.ts'
import { createServiceProcess } from '@vilkar/testing/service-process.ts'
import { temporaryFolder } from '@vilkar/testing/temporary-folder.ts'
import t from 'tap'
import { atRest, auditHouse, type Books } from './audit.ts'
import { createShop } from './shop.ts'

const KLARNA_CREDENTIALS = { username: 'test', password: 'test-only' }
const SERVICES = Object.keys(listensTo) as ServiceName[]

const MOVED_CLOCK = new URL('./moved-clock.ts', import.meta.url).href

type HouseOptions = {
  environment?: Record<string, string>
  ackWaitMs?: number
  onOutput?: (text: string) => void
  /** The server on which its databases are made: the test run's, if not one of the caller's own. */
  postgres?: (database?: string) => string
}

/**
 * The whole house for the tests of one file: the services as processes, each with a role and a database of its own
 * on the test run's PostgreSQL, a private nats-server, and a mailbox, a Klarna and a token issuer in this process.
 * Everything ends with the file; what the services wrote is shown when a test fails. `environment`: variables of all of them beside;
 * `ackWaitMs`: how long a message stays with a reader that does not answer; `onOutput` gets all that services write.
 */
export async function startHouse(options?: HouseOptions) {
  const house = await openHouse(options)
  t.teardown(house.end)
  showWhenFailing(house)
  return house
}

let shared: Promise<House & { consolePort: string }> | undefined

/**
 * The house that stories which leave it as they found it share, in one process, one after the other: to start it is most of what each would take. Mails
 * lead to pages of customers on `consolePort`, which is nobody's until a story opens a console there. It ends with the process.
 */
export async function sharedHouse() {
  shared ??= openShared()
  const house = await shared
  showWhenFailing(house)
  return house
}

async function openShared() {
  const consolePort = String(await freePort())
  const PHOTO_STORE = await temporaryFolder(atEndOfRun)
  const ORDER_PAGE_URL = `http://127.0.0.1:${consolePort}/customer/order`
  const house = await openHouse({ environment: { ORDER_PAGE_URL, PHOTO_STORE } })
  atEndOfRun(house.end)
  return { ...house, consolePort }
}

/** What services wrote, of each test of this file that fails. */
const showWhenFailing = ({ services }: House) =>
  t.afterEach((t) => {
    if (!t.passing()) for (const { name, output } of Object.values(services)) print(name, output())
  })

async function openHouse({ environment = {}, ackWaitMs, onOutput, postgres = testPostgres }: HouseOptions = {}) {
  await using opening = new AsyncDisposableStack()
  const clock = { aheadMs: 0 }
  const databases = await createDatabases(opening, postgres)
  const partners = await startPartners(opening, clock, ackWaitMs)
  const services = await startServices(opening, databases, partners, { environment, onOutput })
  const opened = opening.move()

  const { issuer, klarna } = partners
  const pools = mapServices((name) => databases[name].pool)
  const urls = mapServices((name) => services[name].url)
  const parties = SERVICES.map((service) => {
    return { service, databaseUrl: databases[service].url, listensTo: listensTo[service] }
  })
  const stocked = new Map<string, number>()
  const books: Books = { parties: { producers: parties, consumers: parties }, pools, klarna, stocked }
  const call = createCaller((role) => issuer.token(role as Role))
  return {
    ...partners,
    services,
    pools,
    urls,
    call,
    books,
    shop: createShop({ call, urls, stocked }),
    /** Starts a second process of a service beside the first, on the same database and with these variables; answers it. */
    async startAnother(name: ServiceName, changes: Record<string, string> = {}) {
      const environment = { ...services[name].environment, PORT: String(await freePort()), ...changes }
      const another = createServiceProcess(name, environment)
      opened.defer(() => another.stop())
      await another.start()
      return another
    },
    clock,
    databases,
    end: () => opened.disposeAsync(),
    stop: () => Promise.all(Object.values(services).map((service) => service.stop())),
    /** Starts all services again, by the time to which the clock was moved. */
    start: () => startAgain(services, clock),
    /** Moves the clock of the whole house forward by so many days, over a restart of all services. */
    async moveClock(days: number) {
      clock.aheadMs += days * DAY_MS
      await this.stop()
      await this.start()
    },
    /** Waits until nothing is under way any more, and finds nothing lost, nothing doubled and no order broken. */
    async settle() {
      await eventually('the house to come to rest', () => atRest(books))
      assert.deepEqual(await auditHouse(books), [])
    },
  }
}

const DAY_MS = 24 * 3_600_000

const startAgain = (
  services: Record<ServiceName, { start: (changes: Record<string, string>) => Promise<void> }>,
  clock: { aheadMs: number },
) =>
  Promise.all(
    Object.values(services).map(({ start }) =>
      start({ NODE_OPTIONS: `--import=${MOVED_CLOCK}`, CLOCK_AHEAD_MS: String(clock.aheadMs) }),
    ),
  )

export type House = Awaited<ReturnType<typeof openHouse>>

const mapServices = <T>(make: (name: ServiceName) => T) =>
  Object.fromEntries(SERVICES.map((name) => [name, make(name)])) as Record<ServiceName, T>

/** As in production each service has a role that can reach its own database only, and another owns its tables. */
async function createDatabases(opening: AsyncDisposableStack, postgres: (database?: string) => string) {
  const run = crypto.randomUUID().slice(0, 8)
  const databases = mapServices((service) => {
    const name = `e2e_${run}_${service}`
    const url = Object.assign(new URL(postgres(name)), { username: name, password: 'postgres' }).href
    const ownerUrl = Object.assign(new URL(url), { username: ownerOf(name) }).href
    return { name, url, ownerUrl, pool: createPool(ownerUrl, { max: 2 }) }
  })
  for (const { name, pool } of Object.values(databases)) {
    opening.defer(() =>
      administer(
        postgres(),
        `drop database if exists ${name} with (force)`,
        `drop role if exists ${name}, ${ownerOf(name)}`,
      ),
    )
    opening.defer(() => pool.end())
    await makeServiceDatabase(postgres, name)
  }
  return databases
}

/** Those whom the services talk to. */
async function startPartners(opening: AsyncDisposableStack, clock: { aheadMs: number }, ackWaitMs?: number) {
  const nats = await openNats(opening, ackWaitMs)
  const mailbox = await startMailbox()
  opening.defer(() => mailbox.stop())
  const issuer = await startIssuer()
  opening.defer(() => issuer.stop())
  const now = () => systemClock.now().add({ milliseconds: clock.aheadMs })
  const klarna = await startKlarnaSimulator({ ...KLARNA_CREDENTIALS, now })
  opening.defer(() => klarna.stop())
  return { nats, mailbox, issuer, klarna }
}

async function openNats(opening: AsyncDisposableStack, ackWaitMs?: number) {
  const directory = await mkdtemp(join(tmpdir(), 'nats-'))
  opening.defer(() => rm(directory, { recursive: true, force: true }))
  const nats = await startBroker({ directory: join(directory, 'store'), ackWaitMs })
  if (nats === undefined) throw new Error('The end-to-end tests need nats-server on the PATH.')
  opening.defer(() => nats.stop())
  return nats
}

/** The services, started together and ready. */
async function startServices(
  opening: AsyncDisposableStack,
  databases: Record<ServiceName, { url: string; ownerUrl: string }>,
  { nats, mailbox, issuer, klarna }: Awaited<ReturnType<typeof startPartners>>,
  { environment, onOutput }: { environment: Record<string, string>; onOutput?: (text: string) => void },
) {
  const ports = Object.fromEntries(await Promise.all(SERVICES.map(async (name) => [name, await freePort()] as const)))
  const services = mapServices((name) => createServiceProcess(name, environmentOf(name), undefined, onOutput))
  function environmentOf(name: ServiceName) {
    return {
      PORT: String(ports[name]),
      DATABASE_URL: databases[name].url,
      MIGRATION_DATABASE_URL: databases[name].ownerUrl,
      NATS_URL: nats.url(name),
      AUTH_ISSUER: issuer.url,
      LOG_LEVEL: 'warn',
      RATE_LIMIT_PER_MINUTE: '1000000',
      // Everybody here is one customer.
      UNPAID_ORDERS_MAX: '1000000',
      UNPAID_UNITS_MAX: '1000000',
      SMTP_URL: mailbox.url,
      KLARNA_URL: klarna.url,
      KLARNA_USERNAME: KLARNA_CREDENTIALS.username,
      KLARNA_PASSWORD: KLARNA_CREDENTIALS.password,
      PUBLIC_URL: `http://127.0.0.1:${ports.orders}`,
      LINK_SECRETS: 'test-only-test-only-test-only-test-only',
      // By these the privacy service asks the others what they hold.
      ...(name === 'privacy' && { ...whereOthersAre(ports), AUTH_CLIENT_SECRET: 'test-only' }),
      SUBJECT_SECRET: 'test-only-test-only-test-only-test-only',
      // The payment page only sends browsers there, and there is none.
      STOREFRONT_URL: 'http://127.0.0.1:9',
      ...environment,
    }
  }
  const all = Object.values(services)
  opening.defer(async () => void (await Promise.all(all.map(({ stop }) => stop()))))
  await Promise.all(all.map(({ start }) => start()))
  return services
}

const whereOthersAre = (ports: Record<string, number>) => ({
  ORDERS_URL: `http://127.0.0.1:${ports.orders}`,
  SHIPPING_URL: `http://127.0.0.1:${ports.shipping}`,
  RETURNS_URL: `http://127.0.0.1:${ports.returns}`,
})

function print(name: string, output: string) {
  if (output !== '') console.error(`--- ${name} wrote:\n${output}`)
}
