import { createPool } from '@vilkar/server/postgres.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { addProducts } from './catalogue.ts'
import { createClient } from './load.ts'
import { createPlacing, pay } from './shopper.ts'
import type { TestBed } from './test-bed.ts'

const ORDERS = 300
const PAYING = 16

/** What was worked off: so many orders, and how many a second. */
export type Drained = { orders: number; perSecond: number; seconds: number }

/**
 * How fast what waits is worked off: orders are placed and paid while no job runs, and then all of it is done at once, up to their
 * contracts. The start of the process that does it is not counted.
 */
export async function benchDrain(bed: TestBed): Promise<Drained> {
  const partners = await bed.startPartners()
  const changes = { KLARNA_URL: partners.klarna, SMTP_URL: partners.smtp }
  const client = createClient(bed.urls.orders, { authorization: `Bearer ${await bed.issuer.token('storefront')}` })
  const pool = createPool(bed.postgres.url('orders'), { max: 1 })
  const awaiting = async (status: string) =>
    Number((await pool.query('select count(*) from orders where status = $1', [status])).rows[0].count)
  const waiting = async (queue: string) =>
    Number(
      (await pool.query(`select count(*) from jobs.job where name = $1 and state = 'created'`, [queue])).rows[0].count,
    )
  let orders = await bed.start('orders', changes)
  try {
    await addProducts(pool)
    const formedBefore = await awaiting('formed')
    const place = createPlacing(client)
    let left = ORDERS
    const payOne = async () => {
      while (left-- > 0) await pay(await place())
    }
    await Promise.all(Array.from({ length: PAYING }, payOne))
    // The provider has told of every payment: one that it has to tell of again would be waited for.
    await eventually('all payments to be told of', async () => (await waiting('check-payment')) >= ORDERS)
    await orders.stop()
    const formed = async () => (await awaiting('formed')) - formedBefore
    orders = await bed.start('orders', { ...changes, JOBS: 'true' })
    const doneAtStart = await formed()
    const begun = performance.now()
    await eventually('all contracts', async () => (await formed()) >= ORDERS)
    const seconds = (performance.now() - begun) / 1_000
    return {
      orders: ORDERS,
      perSecond: Math.round((ORDERS - doneAtStart) / seconds),
      seconds: Math.round(seconds * 10) / 10,
    }
  } finally {
    await client.close()
    await pool.end()
    await orders.stop()
    await partners.stop()
  }
}
