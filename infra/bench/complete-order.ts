import { createPool } from '@vilkar/server/postgres.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import type pg from 'pg'
import { addProducts } from './catalogue.ts'
import { createClient, drive, type Measured } from './load.ts'
import { processorTime } from './processor-time.ts'
import { createPlacing, createShopper } from './shopper.ts'
import { createStatementCount } from './statements.ts'
import type { TestBed } from './test-bed.ts'

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
/** Of orders that the privacy service hears of too, whose own time is in no other figure. */
export type BesidePrivacy = Complete & { privacyMs: number }

/**
 * The whole way of an order, in a closed loop: quote, place, follow the link to the page, approve, and look until the contract
 * stands (its mail was accepted). All services run with their jobs; provider, mail server and load are not counted as theirs. In the
 * end once more beside the privacy service, which hears of every order: what keeping its promises costs.
 */
export async function benchCompleteOrder(bed: TestBed) {
  const partners = await bed.startPartners()
  const changes = { JOBS: 'true', KLARNA_URL: partners.klarna, SMTP_URL: partners.smtp }
  const services = [
    await bed.start('orders', changes),
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
    const measured = async (concurrency: number, other?: number) => {
      const spent = () => [
        ...[processorTime(...pids), processorTime('postgres'), processorTime('nats-server')],
        other === undefined ? 0 : processorTime(other),
      ]
      let before = spent()
      const waits: number[] = []
      const begin = () => {
        before = spent()
        waits.length = 0
      }
      const shopOnce = async () => void waits.push(await shop(concurrency === 1))
      const { p50Ms, p99Ms } = await drive(shopOnce, { concurrency, seconds: SECONDS, warmupSeconds: 3, begin })
      const [servicesMs, postgresMs, brokerMs, privacyMs] = spent().map((ms, at) =>
        hundredths((ms - before[at]!) / waits.length),
      )
      const perSecond = hundredths(waits.length / SECONDS)
      const approvedToFormedP50Ms = hundredths(waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)]!)
      return {
        ...{ perSecond, p50Ms, p99Ms, approvedToFormedP50Ms, servicesMs, postgresMs, brokerMs },
        ...(other !== undefined && { privacyMs }),
      } as Complete
    }
    const counting = await createStatementCount(pool, bed.postgres.url('orders'))
    const alone = await measured(1)
    const eight = await measured(8)
    await counting.begin()
    const formedBefore = await formed(pool)
    const crowd = await measured(CROWD)
    const statements = await counting.countedFor((await formed(pool)) - formedBefore)
    const placing = await drive(() => place(), { concurrency: CROWD, seconds: SECONDS })
    const privacy = await bed.start('privacy', changes)
    services.push(privacy)
    await caughtUp(pool, bed.postgres.url('privacy'))
    const besidePrivacy = (await measured(CROWD, privacy.pid)) as BesidePrivacy
    return {
      alone,
      eight,
      crowd,
      besidePrivacy,
      placing,
      statements,
      ratio: hundredths(crowd.perSecond / placing.perSecond),
    }
  } finally {
    await client.close()
    await pool.end()
    for (const service of services) await service.stop()
    await partners.stop()
  }
}

/** Resolves once the privacy service has heard of every order that there is. */
async function caughtUp(orders: pg.Pool, privacyUrl: string) {
  const privacy = createPool(privacyUrl, { max: 1 })
  const count = async (pool: pg.Pool, table: string) =>
    Number((await pool.query(`select count(*) from ${table}`)).rows[0].count)
  try {
    await eventually('the privacy service to have caught up', async () => {
      return (await count(privacy, 'order_held')) >= (await count(orders, 'orders'))
    })
  } finally {
    await privacy.end()
  }
}

const formed = async (pool: pg.Pool) =>
  Number((await pool.query(`select count(*) from orders where status = 'formed'`)).rows[0].count)
const hundredths = (value: number) => Math.round(value * 100) / 100
