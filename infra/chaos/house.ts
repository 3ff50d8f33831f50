import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { listensTo } from '@vilkar/contracts/listens-to.ts'
import { createCaller } from '@vilkar/local/shopper.ts'
import { systemClock } from '@vilkar/server/clock.ts'
import { createPool } from '@vilkar/server/postgres.ts'
import { CREDENTIAL } from '@vilkar/storm/provider.ts'
import { type Simulator, startSimulator } from '@vilkar/storm/simulators.ts'
import { startBackends } from '@vilkar/testing/backends.ts'
import type { Role } from '@vilkar/testing/issuer.ts'
import { startProxy } from '@vilkar/testing/proxy.ts'
import { ownerOf } from '@vilkar/testing/service-database.ts'
import { createMailLog } from './mail-log.ts'
import type { Places } from './plan.ts'
import { createReplica, type Replica } from './replica.ts'
import { createWitness } from './witness.ts'

export const SERVICES = Object.keys(listensTo) as ServiceName[]
/** What every service writes to, and what makes others wait most. */
const TABLES = ['outbox', 'inbox', 'inbox_head', 'relay', 'partition_lease', 'alarm']
const TABLES_OF: Record<ServiceName, string[]> = {
  orders: ['product', 'orders', 'payment_session', 'money_operation', 'ledger_entry', 'mail', 'jobs.job'],
  shipping: ['shipment', 'order_to_ship'],
  returns: ['return', 'order_facts', 'mail', 'jobs.job'],
  privacy: ['erasure'],
}
/** Every statement that services send can be asked for. */
const COUNTING = ['shared_preload_libraries=pg_stat_statements', 'pg_stat_statements.track=top']
const ACK_WAIT_MS = 2_000
const MAILS_KEPT = 10
const COMPILE_CACHE = fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url))

/**
 * `replicas`: how many processes there are of a service, one unless it is said. `root`: the folder of the version that is started,
 * unless it is this. `standby`: PostgreSQL has a synchronous one. `brokers`: the broker is three servers.
 * `environment`: variables of all processes beside.
 */
export type HouseOptions = {
  replicas?: Partial<Record<ServiceName, number>>
  root?: string
  standby?: boolean
  brokers?: 1 | 3
  environment?: Record<string, string>
}

/**
 * All services as processes, so many of each, with PostgreSQL, a broker, a mail server, an issuer and a simulated Klarna of
 * their own. Whatever a process is connected to goes through a proxy; callers are sent to processes in turn.
 */
export async function openHouse({
  replicas: counts = {},
  root,
  standby,
  brokers,
  environment: more,
}: HouseOptions = {}) {
  await using opening = new AsyncDisposableStack()
  const mailLog = createMailLog()
  const { directory, postgres, nats, issuer, mailbox } = await startBackends(opening, {
    name: 'chaos',
    services: SERVICES,
    // What is committed survives an immediate end without fsync: the machine's own cache outlives it.
    flags: ['fsync=off', 'track_commit_timestamp=on', ...COUNTING],
    ackWaitMs: ACK_WAIT_MS,
    standby,
    brokers,
    mails: { limit: MAILS_KEPT, onMail: mailLog.note },
  })
  const replicas: Replica[] = []
  const urls = await openBalancers(opening, replicas)
  const simulator = await startSimulator('klarna', {
    now: systemClock.now,
    webhookUrl: urls.orders,
    lifeOf: () => undefined,
  })
  opening.defer(() => simulator.stop())
  const proxies = new AsyncDisposableStack()
  opening.defer(() => proxies.disposeAsync())
  opening.defer(async () => void (await Promise.all(replicas.map((replica) => replica.stop()))))
  const numbers = mapServices(() => 0)
  async function add(service: ServiceName, version?: string) {
    numbers[service] += 1
    const environment = { ...environmentOf(service, { postgres, nats, issuer, mailbox, simulator, urls }), ...more }
    const replica = await createReplica(proxies, `${service}-${numbers[service]}`, service, environment, version)
    replicas.push(replica)
    await replica.start()
    return replica
  }
  await Promise.all(
    SERVICES.flatMap((service) => Array.from({ length: counts[service] ?? 1 }, () => add(service, root))),
  )

  const pools = mapServices((service) => createPool(postgres.url(service), { max: 2 }))
  opening.defer(async () => void (await Promise.all(Object.values(pools).map((pool) => pool.end()))))
  const parties = SERVICES.map((service) => {
    return { service, databaseUrl: postgres.url(service), listensTo: listensTo[service] }
  })
  const opened = opening.move()
  return {
    ...{ postgres, nats, replicas, pools, simulator, mailLog, urls },
    parties: { producers: parties, consumers: parties },
    clock: systemClock,
    /** Starts another process of a service, of this version unless the folder of another is given; resolves when it is ready. */
    add,
    witness: createWitness(createCaller((role) => issuer.token(role as Role))),
    /** A folder for a copy of the broker's store. */
    brokerCopy: join(directory, 'nats-before'),
    stop: () => opened.disposeAsync(),
  }
}
export type House = Awaited<ReturnType<typeof openHouse>>

/** An address for each service, behind which its processes answer in turn. */
async function openBalancers(opening: AsyncDisposableStack, replicas: readonly Replica[]) {
  const open = async (service: ServiceName) => {
    let turn = 0
    const balancer = await startProxy(() => {
      const serving = replicas.filter((replica) => replica.service === service && replica.serves())
      turn += 1
      const next = serving[turn % serving.length]
      return next && { host: '127.0.0.1', port: next.port }
    })
    opening.defer(() => balancer.stop())
    return `http://127.0.0.1:${balancer.port}`
  }
  return {
    ...{ orders: await open('orders'), shipping: await open('shipping'), returns: await open('returns') },
    privacy: await open('privacy'),
  }
}

type Partners = Pick<Awaited<ReturnType<typeof startBackends>>, 'postgres' | 'nats' | 'issuer' | 'mailbox'> & {
  simulator: Simulator
  urls: Record<ServiceName, string>
}

const environmentOf = (service: ServiceName, { postgres, nats, issuer, mailbox, simulator, urls }: Partners) => ({
  NODE_ENV: 'production',
  NODE_COMPILE_CACHE: COMPILE_CACHE,
  DATABASE_URL: postgres.url(service, service),
  MIGRATION_DATABASE_URL: postgres.url(service, ownerOf(service)),
  NATS_URL: nats.url(service),
  AUTH_ISSUER: issuer.url,
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  RATE_LIMIT_PER_MINUTE: '1000000000',
  SERVICE_RATE_LIMIT_PER_MINUTE: '1000000000',
  // All customers are one storefront's.
  UNPAID_ORDERS_MAX: '1000000',
  UNPAID_UNITS_MAX: '1000000',
  SMTP_URL: mailbox.url,
  KLARNA_URL: simulator.url,
  KLARNA_USERNAME: CREDENTIAL,
  KLARNA_PASSWORD: CREDENTIAL,
  PUBLIC_URL: urls.orders,
  LINK_SECRETS: 'test-only-test-only-test-only-test-only',
  SUBJECT_SECRET: 'test-only-test-only-test-only-test-only',
  STOREFRONT_URL: 'http://127.0.0.1:9',
})

/** What of a house can break. */
export function placesOf({ replicas }: Pick<House, 'replicas'>): Places {
  const names = replicas.map(({ name }) => name)
  return {
    process: names,
    'database-line': names,
    'broker-line': names,
    'mail-line': replicas.filter(({ service }) => service !== 'shipping').map(({ name }) => name),
    mail: ['mail server'],
    broker: ['broker'],
    server: ['PostgreSQL'],
    database: SERVICES,
    table: SERVICES.flatMap((service) => [...TABLES, ...TABLES_OF[service]].map((table) => `${service} ${table}`)),
  }
}

const mapServices = <Value>(make: (service: ServiceName) => Value) => ({
  orders: make('orders'),
  shipping: make('shipping'),
  returns: make('returns'),
  privacy: make('privacy'),
})
