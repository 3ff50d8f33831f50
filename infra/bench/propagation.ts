import { randomUUID } from 'node:crypto'
import { createPool } from '@vilkar/server/postgres.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { startBareBroker } from './bare-broker.ts'
import { createClient, percentiles } from './load.ts'
import type { TestBed } from './test-bed.ts'

const SECONDS = 8
/** Not counted: two processes have just started and are still being compiled. */
const WARMUP_SECONDS = 5

/** About what the event of an order has as JSON. */
const BARE_BYTES = 2_000
const BARE_WARMUP = 200

/**
 * From the commit of an order to the commit of its event in shipping, at so many orders a second. Both moments are PostgreSQL's own
 * commit timestamps (`track_commit_timestamp`), of one server and therefore of one clock. Beside it, in the same seconds, as many events
 * of that size go from publish to consume through a bare broker: `ratio` is p99 of the one to p99 of the other.
 */
export async function benchPropagation(bed: TestBed, perSecond: number) {
  const services = [await bed.start('orders'), await bed.start('shipping')]
  const bare = await startBareBroker()
  const orders = createPool(bed.postgres.url('orders'), { max: 2 })
  const shipping = createPool(bed.postgres.url('shipping'), { max: 2 })
  const client = createClient(bed.urls.orders, { authorization: `Bearer ${await bed.issuer.token('storefront')}` })
  try {
    await eventually('the backlog to be heard', async () => (await unheard(orders, shipping)) === 0)
    const { rows: quotes } = await orders.query(
      'select id, body -> $1 ->> $2 as sha256 from quote where order_id is null limit $3',
      ['terms', 'sha256', perSecond * (WARMUP_SECONDS + SECONDS)],
    )
    const address = { name: 'Kari Eksempel', street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' }
    for (let n = 0; n < BARE_WARMUP; n += 1) await bare.tell(BARE_BYTES)
    await bare.heard()
    const placed: Promise<string>[] = []
    const begun = performance.now()
    for (const [n, { id, sha256 }] of quotes.entries()) {
      const wait = begun + (n * 1000) / perSecond - performance.now()
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
      const body = {
        quoteId: id,
        acceptedTermsSha256: sha256,
        customer: { kind: 'consumer', name: 'Kari' },
        email: `kari-${id}@example.com`,
        shippingAddress: address,
        locale: 'en',
      }
      const answer = client.call('POST', '/orders', 201, JSON.stringify(body), { 'idempotency-key': randomUUID() })
      placed.push(answer.then((answered) => answered.text()))
      if (n >= perSecond * WARMUP_SECONDS) void bare.tell(BARE_BYTES)
    }
    const ids = (await Promise.all(placed)).map((text) => (JSON.parse(text) as { id: string }).id)
    await eventually('every order to be heard', async () => (await unheard(orders, shipping)) === 0)
    const arrived = percentiles(await delays(orders, shipping, ids.slice(perSecond * WARMUP_SECONDS)))
    const beside = percentiles(await bare.heard())
    return {
      perSecond,
      ...arrived,
      bareP50Ms: beside.p50Ms,
      bareP99Ms: beside.p99Ms,
      ratio: Math.round((10 * arrived.p99Ms) / beside.p99Ms) / 10,
    }
  } finally {
    await Promise.all([client.close(), orders.end(), shipping.end(), bare.stop()])
    for (const service of services) await service.stop()
  }
}

type Pool = ReturnType<typeof createPool>

async function unheard(orders: Pool, shipping: Pool) {
  const told = await orders.query('select count(*) as n from outbox')
  const heard = await shipping.query('select count(*) as n from inbox where applied')
  return told.rows[0].n - heard.rows[0].n
}

/** Milliseconds from commit to commit. The order's own row is never changed here, so its xmin is the placement's. */
async function delays(orders: Pool, shipping: Pool, ids: string[]) {
  const at = async (pool: Pool, sql: string) =>
    new Map((await pool.query(sql, [ids])).rows.map(({ id, ms }) => [id, Number(ms)]))
  const ms = 'extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000 as ms'
  const committed = await at(orders, `select id, ${ms} from orders where id = any($1::uuid[])`)
  const heard = await at(shipping, `select aggregate_id as id, ${ms} from inbox where aggregate_id = any($1::uuid[])`)
  return ids.map((id) => heard.get(id)! - committed.get(id)!)
}
