import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { createPool } from '@vilkar/server/postgres.ts'
import type pg from 'pg'
import { addProducts } from './catalogue.ts'
import { createClient, drive, type Measured } from './load.ts'
import { processorTime } from './processor-time.ts'
import { createStatementCount } from './statements.ts'
import type { TestBed } from './test-bed.ts'

/** How often a shopper who waits looks at the order; one who is alone looks more often, so that it is not that which is measured. */
const LOOK_EVERY_MS = 250
const LOOK_EVERY_ALONE_MS = 5
const SECONDS = 10
const CROWD = 32

export type Complete = Measured & {
  /** From the customer's approval to the contract, as the shopper sees it. */
  approvedToFormedP50Ms: number
  /** Processor time an order in milliseconds: of the services, of PostgreSQL and of the broker. */
  servicesMs: number
  postgresMs: number
  brokerMs: number
}

/**
 * The whole way of an order, in a closed loop: quote, place, follow the link to the page, approve, and look until the contract
 * stands (its mail was accepted). All services run with their jobs; provider, mail server and load are not counted as theirs.
 * `profileTo`: a folder where a profile of the orders process is written (`.cpuprofile`, which browsers show as a flame graph).
 */
export async function benchCompleteOrder(bed: TestBed, profileTo?: string) {
  const partners = await bed.startPartners()
  const changes = { JOBS: 'true', KLARNA_URL: partners.klarna, SMTP_URL: partners.smtp }
  const profiled = profileTo && { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profileTo}` }
  const services = [
    await bed.start('orders', { ...changes, ...profiled }),
    await bed.start('shipping', changes),
    await bed.start('returns', changes),
  ]
  const pids = services.map(({ pid }) => pid)
  const client = createClient(bed.urls.orders, { authorization: `Bearer ${await bed.issuer.token('storefront')}` })
  const pool = createPool(bed.postgres.url('orders'), { max: 1 })
  try {
    await addProducts(pool)
    const place = createPlacing(client)
    const shop = createShopper(client, place)
    const measured = async (concurrency: number) => {
      const spent = () => [processorTime(...pids), processorTime('postgres'), processorTime('nats-server')]
      let before = spent()
      const waits: number[] = []
      const begin = () => {
        before = spent()
        waits.length = 0
      }
      const shopOnce = async () => void waits.push(await shop(concurrency === 1))
      const { p50Ms, p99Ms } = await drive(shopOnce, { concurrency, seconds: SECONDS, warmupSeconds: 3, begin })
      const [servicesMs, postgresMs, brokerMs] = spent().map((ms, at) => hundredths((ms - before[at]!) / waits.length))
      const perSecond = hundredths(waits.length / SECONDS)
      const approvedToFormedP50Ms = hundredths(waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)]!)
      return { perSecond, p50Ms, p99Ms, approvedToFormedP50Ms, servicesMs, postgresMs, brokerMs } as Complete
    }
    const counting = await createStatementCount(pool, bed.postgres.url('orders'))
    const alone = await measured(1)
    const eight = await measured(8)
    await counting.begin()
    const formedBefore = await formed(pool)
    const crowd = await measured(CROWD)
    const statements = await counting.countedFor((await formed(pool)) - formedBefore)
    const placing = await drive(() => place(), { concurrency: CROWD, seconds: SECONDS })
    return { alone, eight, crowd, placing, statements, ratio: hundredths(crowd.perSecond / placing.perSecond) }
  } finally {
    await client.close()
    await pool.end()
    for (const service of services) await service.stop()
    await partners.stop()
  }
}

const formed = async (pool: pg.Pool) =>
  Number((await pool.query(`select count(*) from orders where status = 'formed'`)).rows[0].count)
const hundredths = (value: number) => Math.round(value * 100) / 100

type Client = ReturnType<typeof createClient>
type Order = { id: string; payment: { url: string } }

/** Quotes and places an order of two lines. */
const createPlacing = (client: Client) => async (): Promise<Order> => {
  const first = Math.floor(Math.random() * 900)
  const lines = [
    { sku: `P-${first}`, quantity: 1 },
    { sku: `P-${first + 1}`, quantity: 2 },
  ]
  const cart = JSON.stringify({ lines, currency: 'NOK', customerKind: 'consumer', country: 'NO', locale: 'en' })
  const quote = JSON.parse(await (await client.call('POST', '/quotes', 201, cart)).text())
  const order = JSON.stringify({
    quoteId: quote.id,
    acceptedTermsSha256: quote.terms.sha256,
    customer: { kind: 'consumer', name: 'Kari Eksempel' },
    email: `kari-${randomUUID()}@example.com`,
    shippingAddress: { name: 'Kari Eksempel', street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' },
    locale: 'en',
  })
  const placed = await client.call('POST', '/orders', 201, order, { 'idempotency-key': randomUUID() })
  return JSON.parse(await placed.text())
}

/** One order, the whole way; gives how long it took from the approval to the contract, in milliseconds. */
const createShopper = (client: Client, place: () => Promise<Order>) => async (alone: boolean) => {
  const { id, payment } = await place()
  const page = await pageOf(payment.url)
  await (await fetch(page, { method: 'POST', redirect: 'manual', headers: FORM, body: 'choice=approve' })).arrayBuffer()
  const approved = performance.now()
  for (;;) {
    const { status } = JSON.parse(await (await client.call('GET', `/orders/${id}`, 200)).text())
    if (status === 'formed') return performance.now() - approved
    if (status === 'cancelled' || status === 'unformed') throw new Error(`Order ${id} is ${status}.`)
    await pause(alone ? LOOK_EVERY_ALONE_MS : LOOK_EVERY_MS)
  }
}
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Where the payment link leads, as soon as it leads anywhere. */
async function pageOf(url: string) {
  for (;;) {
    const hop = await fetch(url, { redirect: 'manual' })
    await hop.arrayBuffer()
    if (hop.status === 303) return hop.headers.get('location')!
    if (hop.status !== 503) throw new Error(`The payment link answered ${hop.status}.`)
    await pause(Number(hop.headers.get('retry-after') ?? 1) * 1_000)
  }
}
