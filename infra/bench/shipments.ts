import { setTimeout as pause } from 'node:timers/promises'
import { createPool } from '@vilkar/server/postgres.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { startBareBroker } from './bare-broker.ts'
import { percentiles } from './load.ts'
import type { TestBed } from './test-bed.ts'
import { startTelling } from './told-orders.ts'

export const SHIPMENTS_PER_SECOND = 300
const SECONDS = 5
/** Not counted: the process has just started and is still being compiled. */
const WARMUP_SECONDS = 3

/**
 * From the commit of ContractFormed in orders to the commit of ShipmentRequested in shipping, at so many orders a second, by PostgreSQL's
 * own commit timestamps; and from publish to consume of as many bytes at a bare broker, alone and in the same seconds.
 * `ratio`: p99 of the one to p99 of the other, `besideRatio` to what it is in the same seconds.
 */
export async function benchShipments(bed: TestBed, perSecond: number) {
  await using opening = new AsyncDisposableStack()
  const service = await bed.start('shipping')
  opening.defer(() => service.stop())
  const shipping = createPool(bed.postgres.url('shipping'), { max: 2 })
  opening.defer(() => shipping.end())
  const telling = await startTelling(bed)
  opening.defer(() => telling.stop())
  const bare = await startBareBroker()
  opening.defer(() => bare.stop())

  const orders = perSecond * (WARMUP_SECONDS + SECONDS)
  const countIn = async (table: string, ids: string[]) =>
    Number(
      (await shipping.query(`select count(*) from ${table} where order_id = any($1::uuid[])`, [ids])).rows[0].count,
    )
  const ids = await telling.place(orders, async (placed) => (await countIn('order_to_ship', placed)) === orders)

  const { bytes } = telling
  await atPace(perSecond, perSecond * SECONDS, () => bare.tell(bytes))
  const alone = percentiles(await bare.heard())
  const warmedUp = ids.splice(0, perSecond * WARMUP_SECONDS)
  await atPace(perSecond, warmedUp.length, (n) => Promise.all([telling.form(warmedUp[n]!), bare.tell(bytes)]))
  await bare.heard()
  await atPace(perSecond, ids.length, (n) => Promise.all([telling.form(ids[n]!), bare.tell(bytes)]))
  const beside = percentiles(await bare.heard())
  await eventually('every shipment to be asked for', async () => (await countIn('shipment', ids)) === ids.length)
  const requested = percentiles(await delays(telling.pool, shipping, ids))
  const ratioTo = (other: { p99Ms: number }) => Math.round((10 * requested.p99Ms) / other.p99Ms) / 10
  return { bytes, requested, bare: alone, beside, ratio: ratioTo(alone), besideRatio: ratioTo(beside) }
}

/** Begins so many pieces of work, so many a second, and waits for all. */
async function atPace(perSecond: number, count: number, work: (n: number) => Promise<unknown>) {
  const begun = performance.now()
  const all: Promise<unknown>[] = []
  for (let n = 0; n < count; n += 1) {
    const wait = begun + (n * 1_000) / perSecond - performance.now()
    if (wait > 0) await pause(wait)
    all.push(work(n))
  }
  await Promise.all(all)
}

type Pool = ReturnType<typeof createPool>

/** Milliseconds from commit to commit. A shipment that waits for the warehouse is not changed again, so its xmin is of the request. */
async function delays(orders: Pool, shipping: Pool, ids: string[]) {
  const at = async (pool: Pool, table: string) => {
    const { rows } = await pool.query(
      `select order_id, extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000 as ms from ${table}
       where order_id = any($1::uuid[])`,
      [ids],
    )
    return new Map(rows.map(({ order_id, ms }) => [order_id, Number(ms)]))
  }
  const [formed, requested] = [await at(orders, 'bench_formed'), await at(shipping, 'shipment')]
  return ids.map((id) => requested.get(id)! - formed.get(id)!)
}
