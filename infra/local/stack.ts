import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { startBrevoSimulator } from '@vilkar/brevo-simulator/simulator.ts'
import { startCarrierSimulator } from '@vilkar/carrier-simulator/simulator.ts'
import type { Wire } from '@vilkar/messaging/wire/wire.ts'
import { Config as OrdersConfig } from '@vilkar/orders/config.ts'
import { startOrders } from '@vilkar/orders/service.ts'
import { Config as PrivacyConfig } from '@vilkar/privacy/config.ts'
import { startPrivacy } from '@vilkar/privacy/service.ts'
import { Config as ReturnsConfig } from '@vilkar/returns/config.ts'
import { startReturns } from '@vilkar/returns/service.ts'
import { type Clock, createMovableClock } from '@vilkar/server/clock.ts'
import { readConfig } from '@vilkar/server/config.ts'
import { Config as ShippingConfig } from '@vilkar/shipping/config.ts'
import { startShipping } from '@vilkar/shipping/service.ts'
import { claimFolder } from '@vilkar/testing/claim-folder.ts'
import { administer, startPostgres } from '@vilkar/testing/embedded-postgres.ts'
import { startIssuer } from '@vilkar/testing/issuer.ts'
import { startMailbox } from '@vilkar/testing/mailbox.ts'
import { makeServiceDatabase, ownerOf } from '@vilkar/testing/service-database.ts'
import pg from 'pg'
import { startControl } from './control.ts'
import { openEvents } from './events.ts'
import { createFaultSwitches } from './faults.ts'
import { startKlarna } from './klarna.ts'
import { openConsole } from './open-console.ts'
import { choosePorts } from './ports.ts'
import { openStoryBook } from './story-book.ts'
import { createLocalWarehouse } from './warehouse.ts'
import { openWire } from './wire.ts'

const SERVICES = ['orders', 'shipping', 'returns', 'privacy'] as const
type Service = (typeof SERVICES)[number]
/** Who has a database: the console, which tells no events and hears none, beside the services that do. */
const DATABASES = [...SERVICES, 'console'] as const
const LOCAL_SECRET = 'local-only-local-only-local-only-local'
/** A courier that signs what it tells. */
export const SIGNING_CARRIER = {
  name: 'sykkelbud',
  secret: `whsec_${Buffer.from(LOCAL_SECRET).toString('base64')}`,
}
const KLARNA_CREDENTIALS = { username: 'local', password: 'local-only' }

export type StackOptions = {
  /** PostgreSQL, the stream store and the clock live here. */
  directory: string
  /** First of the ports; 0 takes free ones. */
  portBase: number
  /** Begin with an empty folder. */
  fresh?: boolean
  logLevel?: string
  /** Whether what is committed outlives the machine: so unless said otherwise. */
  durable?: boolean
  /** Tell loudly what is missing or different. */
  say?: (line: string) => void
}

/**
 * The whole product on this machine: PostgreSQL, broker, mailbox, payment provider, carriers, issuer, the four services and the console. Where
 * each is to be found stands in `local.env` in the folder for as long as they run. Throws with the code `FOLDER_TAKEN`
 * when the folder is another's that runs.
 */
export async function startStack(options: StackOptions) {
  const { directory, portBase, fresh, durable, logLevel = 'warn', say = console.log } = options
  await using opening = new AsyncDisposableStack()
  await mkdir(directory, { recursive: true })
  await chmod(directory, 0o755)
  opening.defer(await claimFolder(directory))
  if (fresh) await emptyFolder(directory)
  const ports = await choosePorts(portBase, say)
  const postgres = await startPostgres({ directory: join(directory, 'postgres'), durable })
  opening.defer(() => postgres.stop())
  const empty = await createDatabases(postgres.url)
  const wire = await openWire({ directory: join(directory, 'nats'), port: ports.nats, logLevel, say })
  opening.defer(wire.stop)
  const clock = createMovableClock(await readOffset(postgres.url('postgres')))
  const mailbox = await startMailbox({ port: ports.mail })
  opening.defer(() => mailbox.stop())
  const issuer = await startIssuer({ port: ports.issuer })
  opening.defer(() => issuer.stop())
  const books = join(directory, 'klarna.json')
  const klarna = await startKlarna(books, { port: ports.klarna, ...KLARNA_CREDENTIALS, now: clock.now })
  opening.defer(() => klarna.stop())
  const carriers = await startCarrierSimulator({ port: ports.carriers, now: clock.now })
  opening.defer(() => carriers.stop())
  const brevo = await startBrevo(ports, clock)
  opening.defer(() => brevo.stop())

  const control = await startControl({
    ...{ port: ports.control, clock, mailbox, issuer },
    saveOffset: (ms) => saveOffset(postgres.url('postgres'), ms),
  })
  opening.defer(() => control.stop())
  const parts = { ports, directory, logLevel, postgres, wire, issuer, mailbox, klarna, carriers, brevo }
  const services = await startServices(opening, (service) => environmentOf(service, parts), {
    wireOf: wire.wireOf,
    clock,
  })

  const natsUrl = wire.isReal ? wire.url('warehouse') : undefined
  const warehouse = createLocalWarehouse({
    ...{ directory, natsUrl, say, urls: { shipping: services.shipping, carriers: carriers.url } },
    token: () => issuer.token('warehouse'),
  })
  opening.defer(() => warehouse.stop())

  const consoleUrl = await openConsole(opening, {
    ...{ clock, services, logLevel, port: ports.console, issuer: issuer.url },
    databaseUrl: postgres.url('console', 'console'),
    ownerUrl: postgres.url('console', ownerOf('console')),
  })
  const partners = { klarna: klarna.url, carriers: carriers.url, brevo: brevo.url, issuer: issuer.url }
  const urls = { control: control.url, console: consoleUrl, ...services, ...partners }
  const others = { PostgreSQL: postgres.url('postgres'), events: wire.name, mail: mailbox.url }
  const events = openEvents(Object.fromEntries(SERVICES.map((name) => [name, postgres.url(name, ownerOf(name))])))
  opening.defer(async () => void (await events.close()))
  const faults = createFaultSwitches({ provider: klarna.faults, carriers: carriers.faults })
  const story = await openStoryBook(join(directory, 'story.json'))
  control.describe({ urls, others, warehouse, faults, events, story })
  const addresses = await writeAddresses(directory, { ...urls, ...(natsUrl && { nats_url: natsUrl }) })
  opening.defer(() => rm(addresses))
  const opened = opening.move()
  return {
    ...{ empty, urls, clock, mailbox, klarna, carriers, issuer, postgres, addresses, warehouse, story },
    broker: wire.name,
    stop: () => opened.disposeAsync(),
  }
}
export type Stack = Awaited<ReturnType<typeof startStack>>

type Parts = {
  ports: Awaited<ReturnType<typeof choosePorts>>
  postgres: Pick<Awaited<ReturnType<typeof startPostgres>>, 'url'>
  wire: { url(service: Service): string }
} & Required<Pick<StackOptions, 'directory' | 'logLevel'>> &
  Record<'issuer' | 'mailbox' | 'klarna' | 'carriers' | 'brevo', { url: string }>

/** Brevo, which calls the privacy service about who left. */
const startBrevo = ({ brevo: port, privacy }: Parts['ports'], { now }: Clock) =>
  startBrevoSimulator({
    ...{ port, now },
    webhook: { url: `http://127.0.0.1:${privacy}/brevo-events`, token: LOCAL_SECRET },
  })

/** The variables of a service. */
const environmentOf = (
  service: Service,
  { ports, directory, logLevel, postgres, wire, issuer, mailbox, klarna, carriers, brevo }: Parts,
) => ({
  PORT: String(ports[service]),
  DATABASE_URL: postgres.url(service, service),
  MIGRATION_DATABASE_URL: postgres.url(service, ownerOf(service)),
  NATS_URL: wire.url(service),
  AUTH_ISSUER: issuer.url,
  LOG_LEVEL: logLevel,
  RATE_LIMIT_PER_MINUTE: '100000',
  SERVICE_RATE_LIMIT_PER_MINUTE: '100000',
  SMTP_URL: mailbox.url,
  KLARNA_URL: klarna.url,
  KLARNA_USERNAME: KLARNA_CREDENTIALS.username,
  KLARNA_PASSWORD: KLARNA_CREDENTIALS.password,
  PUBLIC_URL: `http://127.0.0.1:${ports[service]}`,
  ...carriersAt(carriers.url),
  ...{ BREVO_URL: brevo.url, BREVO_API_KEY: 'local-only', BREVO_WEBHOOK_TOKEN: LOCAL_SECRET },
  LINK_SECRETS: LOCAL_SECRET,
  SUBJECT_SECRET: LOCAL_SECRET,
  AUTH_CLIENT_SECRET: 'local-only',
  STOREFRONT_URL: `http://127.0.0.1:${ports.console}/shop`,
  ORDER_PAGE_URL: `http://127.0.0.1:${ports.console}/customer/order`,
  PHOTO_STORE: pathToFileURL(join(directory, 'photos', service)).href,
})

/** Bring, UPS and DHL are all one simulator; what signs may be anybody. */
const carriersAt = (url: string) => ({
  ...{ BRING_URL: url, BRING_UID: 'local@example.com', BRING_KEY: 'local-only', BRING_CUSTOMER_NUMBER: 'LOCAL-1' },
  ...{ UPS_URL: url, UPS_CLIENT_ID: 'local', UPS_CLIENT_SECRET: 'local-only', DHL_URL: url, DHL_KEY: 'local-only' },
  CARRIER_SECRETS: LOCAL_SECRET,
  SIGNING_CARRIERS: `${SIGNING_CARRIER.name}=${SIGNING_CARRIER.secret}`,
})

/** The services, each stopped before the one that was started before it; their addresses by name. */
async function startServices(
  opening: AsyncDisposableStack,
  environmentOf: (service: Service) => Record<string, string>,
  { wireOf, clock }: { wireOf: (service: Service) => Wire; clock: Clock },
) {
  const orders = await startOrders(readConfig(OrdersConfig, environmentOf('orders')), {
    wire: wireOf('orders'),
    clock,
  })
  opening.defer(() => orders.stop())
  const shipping = await startShipping(readConfig(ShippingConfig, environmentOf('shipping')), {
    wire: wireOf('shipping'),
    clock,
  })
  opening.defer(() => shipping.stop())
  const returns = await startReturns(readConfig(ReturnsConfig, environmentOf('returns')), {
    wire: wireOf('returns'),
    clock,
  })
  opening.defer(() => returns.stop())
  const holders = { ORDERS_URL: orders.url, SHIPPING_URL: shipping.url, RETURNS_URL: returns.url }
  const privacy = await startPrivacy(readConfig(PrivacyConfig, { ...environmentOf('privacy'), ...holders }), {
    wire: wireOf('privacy'),
    clock,
  })
  opening.defer(() => privacy.stop())
  return { orders: orders.url, shipping: shipping.url, returns: returns.url, privacy: privacy.url }
}

/** A file for a shell to source, with a variable for each address. */
async function writeAddresses(directory: string, urls: Record<string, string>) {
  const file = join(directory, 'local.env')
  const lines = Object.entries(urls).map(([name, url]) => `export ${name.toUpperCase()}=${url}\n`)
  await writeFile(file, lines.join(''))
  return file
}

/** Everything goes but the claim. */
async function emptyFolder(directory: string) {
  const names = await readdir(directory)
  const old = names.filter((name) => name !== 'owner.json')
  await Promise.all(old.map((name) => rm(join(directory, name), { recursive: true, force: true })))
}

/** A database for each service and the console, made or brought up to date; true when there were none. */
async function createDatabases(urlOf: (database: string) => string) {
  const made: boolean[] = []
  for (const name of DATABASES) made.push(await makeServiceDatabase(urlOf, name))
  await administer(urlOf('postgres'), 'create table if not exists local_clock (offset_ms bigint not null)')
  return made.slice(0, SERVICES.length).every(Boolean)
}

async function readOffset(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('select offset_ms from local_clock').finally(() => client.end())
  return Number(rows[0]?.offset_ms ?? 0)
}

const saveOffset = (url: string, ms: number) =>
  administer(url, 'delete from local_clock', `insert into local_clock values (${Math.round(ms)})`)
