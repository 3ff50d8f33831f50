import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createPool } from '@vilkar/server/postgres.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import type { Role } from '@vilkar/testing/issuer.ts'
import type pg from 'pg'
import { addProducts } from './catalogue.ts'
import { createClient } from './load.ts'
import { createPlacing, pay } from './shopper.ts'
import type { TestBed } from './test-bed.ts'

const SERVICES = ['orders', 'shipping', 'returns'] as const
const WARM_UP = 50
const ORDERS = 250
const AT_ONCE = 8
/** One order of so many comes back whole and is paid back. */
const ONE_RETURNED_OF = 10
const LOOK_EVERY_MS = 200
/** For how many days rows are kept, by table; all others stay. The stream's and the queue's are theirs by configuration. */
const KEPT_DAYS: Record<string, number> = {
  quote: 1,
  idempotency: 30,
  inbox: 30,
  reconciliation_finding: 30,
  job_common: 1 / 24,
  streams: 14,
}
const GB = 1e9
const LITTLE_BYTES = 25

/** Bytes that one order leaves, and what that comes to: of what stays in a year, of what has an end for as long as it is kept. */
export type Grown = {
  where: string
  table: string
  bytes: number
  indexBytes: number
  keptDays: number | 'always'
  gbAt1000: number
  gbAt100000: number
}

/**
 * How much an order leaves behind: orders are placed, paid, sent and delivered, one of ten comes back, and all databases and the
 * broker's store are weighed before and after, with indexes and without dead rows. The arithmetic is for 1,000 and 100,000 orders a day.
 */
export async function benchGrowth(bed: TestBed): Promise<Grown[]> {
  const partners = await bed.startPartners()
  const changes = { JOBS: 'true', KLARNA_URL: partners.klarna, SMTP_URL: partners.smtp }
  const services = [
    await bed.start('orders', changes),
    await bed.start('shipping', changes),
    await bed.start('returns', changes),
  ]
  const client = createClient(bed.urls.orders, { authorization: `Bearer ${await bed.issuer.token('storefront')}` })
  const pools = SERVICES.map((name) => ({
    name,
    pool: createPool(bed.postgres.url(name), { max: 1, unhurried: true }),
  }))
  try {
    await addProducts(pools[0]!.pool)
    const live = createLife(bed, createPlacing(client))
    await many(WARM_UP, live)
    await settled(bed, pools)
    const before = await weigh(bed, pools)
    await many(ORDERS, live)
    await settled(bed, pools)
    const grown = grownFrom(before, await weigh(bed, pools))
    console.table(grown)
    console.table(sumOf(grown))
    return grown
  } finally {
    await client.close()
    for (const { pool } of pools) await pool.end()
    for (const service of services) await service.stop()
    await partners.stop()
  }
}

/** The life of the n-th order, over HTTP alone. */
function createLife(bed: TestBed, place: ReturnType<typeof createPlacing>) {
  const { orders, shipping, returns } = bed.urls
  const ask = createAsking(bed)
  const until = async (orderId: string, isSo: (order: Told) => boolean) => {
    while (!isSo(await ask('support', 'GET', `${orders}/orders/${orderId}`))) await pause(LOOK_EVERY_MS)
  }
  return async (n: number) => {
    const placed = await place()
    const { id } = placed
    await pay(placed)
    await until(id, ({ status }) => status === 'formed')
    const shipmentId = await eventually('the shipment', async () => {
      const { items } = await ask('warehouse', 'GET', `${shipping}/shipments?orderId=${id}`)
      return items?.[0]?.id
    })
    const parcel = { carrier: 'Posten', trackingNumber: `NO${n}` }
    await ask('warehouse', 'PUT', `${shipping}/shipments/${shipmentId}/dispatch`, parcel)
    await until(id, (order) => (order.payment?.captured ?? 0) > 0)
    await ask('warehouse', 'PUT', `${shipping}/shipments/${shipmentId}/delivery`, {
      receivedBy: 'Kari Eksempel',
      takenBy: 'customer',
    })
    await until(id, ({ status }) => status === 'delivered')
    if (n % ONE_RETURNED_OF > 0) return
    const returned = await eventually('the return', async () =>
      ask('storefront', 'POST', `${returns}/orders/${id}/withdrawals`, {}).catch(() => undefined),
    )
    await ask('warehouse', 'PUT', `${returns}/returns/${returned.id}/receipt`, {})
    await until(id, (order) => (order.payment?.refunded ?? 0) > 0)
  }
}
type Told = {
  id: string
  status: string
  payment?: { captured?: number; refunded?: number }
  items?: { id: string }[]
}

const createAsking =
  ({ issuer }: TestBed) =>
  async (role: Role, method: string, url: string, body?: object): Promise<Told> => {
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${await issuer.token(role)}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text.slice(0, 300)}`)
    return (text === '' ? {} : JSON.parse(text)) as Told
  }

async function many(count: number, live: (n: number) => Promise<void>) {
  let next = 0
  const hand = async () => {
    while (next < count) await live(next++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, hand))
}

type Named = { name: string; pool: pg.Pool }

/**
 * Has the day compared with the provider's books, waits until no job and no event is under way, and packs the tables: the room of rows
 * that were written anew is used again where it is vacuumed all the time, and so is no growth.
 */
async function settled(bed: TestBed, pools: Named[]) {
  await createAsking(bed)('support', 'POST', `${bed.urls.orders}/payments/reconciliation`, {
    date: Temporal.Now.plainDateISO('Europe/Oslo').toString(),
  })
  await eventually('all to be at rest', async () => {
    for (const { name, pool } of pools) {
      const jobs =
        name === 'shipping' ? '0' : `(select count(*) from jobs.job where state < 'completed' and start_after < now())`
      const { rows } = await pool.query(
        `select ${jobs} + (select count(*) from inbox where not applied) + (select last_no - published_no from relay) as open`,
      )
      if (Number(rows[0].open) > 0) return false
    }
    return true
  })
  for (const { pool } of pools) await pool.query('vacuum full analyze')
}

type Weight = { where: string; table: string; bytes: number; indexBytes: number }

async function weigh({ natsDirectory }: TestBed, pools: Named[]): Promise<Weight[]> {
  const tables = pools.map(async ({ name, pool }) => {
    const { rows } = await pool.query<Omit<Weight, 'where'>>(`
      select relname as table, pg_table_size(oid)::float8 as bytes, pg_indexes_size(oid)::float8 as "indexBytes" from pg_class
      where relkind = 'r' and relnamespace in (select oid from pg_namespace where nspname in ('public', 'jobs'))`)
    return rows.map((row) => ({ where: name, ...row }))
  })
  const streams = { where: 'broker', table: 'streams', bytes: await sizeOf(natsDirectory), indexBytes: 0 }
  return [...(await Promise.all(tables)).flat(), streams]
}

async function sizeOf(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size)
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

function grownFrom(before: Weight[], after: Weight[]): Grown[] {
  return after
    .map(({ where, table, bytes, indexBytes }) => {
      const was = before.find((each) => each.where === where && each.table === table)
      const grown = {
        bytes: Math.round((bytes - (was?.bytes ?? 0)) / ORDERS),
        indexBytes: Math.round((indexBytes - (was?.indexBytes ?? 0)) / ORDERS),
      }
      const keptDays = KEPT_DAYS[table] ?? 'always'
      const gb = (ordersADay: number) =>
        round(((grown.bytes + grown.indexBytes) * ordersADay * (keptDays === 'always' ? 365 : keptDays)) / GB)
      return { where, table, ...grown, keptDays, gbAt1000: gb(1_000), gbAt100000: gb(100_000) } satisfies Grown
    })
    .filter(({ bytes, indexBytes }) => bytes + indexBytes >= LITTLE_BYTES)
    .sort((a, b) => b.bytes + b.indexBytes - a.bytes - a.indexBytes)
}

const sumOf = (grown: Grown[]) =>
  [...Map.groupBy(grown, ({ keptDays }) => (keptDays === 'always' ? 'stays' : 'has an end'))].map(([kind, rows]) => ({
    kind,
    bytes: rows.reduce((sum, { bytes, indexBytes }) => sum + bytes + indexBytes, 0),
    gbAt1000: round(rows.reduce((sum, { gbAt1000 }) => sum + gbAt1000, 0)),
    gbAt100000: round(rows.reduce((sum, { gbAt100000 }) => sum + gbAt100000, 0)),
  }))

const round = (value: number) => Number(value.toPrecision(3))
