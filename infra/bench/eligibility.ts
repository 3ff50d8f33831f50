import { createPool } from '@vilkar/server/postgres.ts'
import { editions } from '@vilkar/terms/editions/registry.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { createClient, drive, type Measured, median } from './load.ts'
import { processorTime } from './processor-time.ts'
import type { TestBed } from './test-bed.ts'

const ORDERS = 10_000
const ROUNDS = 3
const AT_ONCE = 32
const STRETCH = { seconds: 3, warmupSeconds: 3 }

/**
 * Eligibility answers per second beside a bare Fastify route that selects the same row by its key, in one run. With `orders`, both again once
 * the database has so many, of which any may be asked for.
 */
export async function benchEligibility(bed: TestBed, orders = 0) {
  const service = await bed.start('returns')
  const databaseUrl = bed.postgres.url('returns')
  const pool = createPool(databaseUrl, { max: 2, limits: { statement_timeout: 0, query_timeout: 0 } })
  const port = await freePort()
  const bare = bed.run(new URL('./bare-route/main.ts', import.meta.url).pathname, {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    PORT: String(port),
  })
  const bareClient = createClient(`http://127.0.0.1:${port}`, {})
  const client = createClient(bed.urls.returns, { authorization: `Bearer ${await bed.issuer.token('support')}` })
  const compare = (ids: string[]) =>
    measure(ids, {
      bare: { client: bareClient, path: '', pid: bare.pid! },
      ours: { client, path: '/eligibility', pid: service.pid },
    })
  try {
    const ids = await fill(pool)
    await eventually('the bare route', async () => (await fetch(`http://127.0.0.1:${port}/orders/${ids[0]}`)).ok)
    const empty = await compare(ids)
    if (orders <= ORDERS) return empty
    const full = await compare(await growTo(pool, orders))
    return {
      ...empty,
      full: { orders, ...full, besideEmpty: Math.round((full.perSecond / empty.perSecond) * 100) / 100 },
    }
  } finally {
    await Promise.all([client.close(), bareClient.close(), pool.end(), bed.end(bare), service.stop()])
  }
}

type Route = { client: ReturnType<typeof createClient>; path: string; pid: number }
type Answers = Measured & { processorMs: number }

/** Both routes in turn, once every order was asked for a first time: how many answers a second, and the processor time of each. */
async function measure(ids: string[], { bare, ours }: { bare: Route; ours: Route }) {
  const firstPerSecond = await askAllOnce(ids, ours)
  const rounds: { bare: Answers; ours: Answers }[] = []
  for (let round = 0; round < ROUNDS; round++) rounds.push({ bare: await ask(ids, bare), ours: await ask(ids, ours) })
  const of = (whose: 'bare' | 'ours', what: keyof Answers) => median(rounds.map((each) => each[whose][what]))
  return {
    ...{ firstPerSecond, perSecond: of('ours', 'perSecond'), p99Ms: of('ours', 'p99Ms') },
    ...{ barePerSecond: of('bare', 'perSecond') },
    ...{
      processorMs: rounded(of('ours', 'processorMs'), 1_000),
      bareProcessorMs: rounded(of('bare', 'processorMs'), 1_000),
    },
    ratio: rounded(median(rounds.map((each) => each.ours.perSecond / each.bare.perSecond)), 100),
  }
}

const rounded = (value: number, parts: number) => Math.round(value * parts) / parts

/** Every order for the first time: how many answers a second are worked out. */
async function askAllOnce(ids: string[], route: Route) {
  const begun = performance.now()
  const left = ids.values()
  const askNext = async () => {
    for (const id of left) await answerOf(id, route)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askNext))
  return Math.round((ids.length / (performance.now() - begun)) * 1_000)
}

/** Also the processor time an answer of the process that gives it, in milliseconds. */
async function ask(ids: string[], route: Route): Promise<Answers> {
  let next = Math.floor(Math.random() * ids.length)
  let before = 0
  let answers = 0
  const begin = () => {
    before = processorTime(route.pid)
    answers = 0
  }
  const once = async () => {
    await answerOf(ids[next++ % ids.length]!, route)
    answers++
  }
  const measured = await drive(once, { ...STRETCH, begin })
  return { ...measured, processorMs: (processorTime(route.pid) - before) / answers }
}

const answerOf = async (id: string, { client, path }: Route) =>
  (await client.call('GET', `/orders/${id}${path}`, 200)).dump()

/** Orders of two lines, each received at a moment of its own, so that no two answers are alike. */
async function fill(pool: ReturnType<typeof createPool>): Promise<string[]> {
  const { id: edition, sha256 } = editions().at(-1)!
  const traits = { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: true }
  const now = Temporal.Now.instant()
  const rows = Array.from({ length: ORDERS }, (_, n) => {
    const orderId = crypto.randomUUID()
    const ago = (minutes: number) => now.subtract({ minutes, seconds: n }).toString({ smallestUnit: 'millisecond' })
    const lines = ['1', '2'].map((lineId) => ({ lineId, sku: `P-${lineId}`, quantity: 2, total: 25_800, traits }))
    const parts = lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
    const facts = {
      ...{
        orderId,
        number: `BENCH-${n}`,
        locale: 'nb',
        terms: { edition, sha256 },
        customerKind: 'consumer',
        country: 'NO',
        currency: 'NOK',
      },
      ...{ placedAt: ago(9_000), formedAt: ago(8_990), lines, delivery: { paid: 9_900, standardPrice: 9_900 } },
      disclosures: { withdrawalInformation: true, returnCost: true, earlyCapture: false },
      parcels: [{ shipmentId: crypto.randomUUID(), lines: parts, handedOverAt: ago(8_000), receivedAt: ago(5_000) }],
      returns: [],
    }
    return {
      order_id: orderId,
      facts,
      personal: { placedBy: 'storefront', email: 'kari@example.com', name: 'Kari Eksempel' },
    }
  })
  await pool.query(
    'insert into order_facts select * from json_to_recordset($1::json) as r (order_id uuid, facts jsonb, personal jsonb)',
    [JSON.stringify(rows)],
  )
  return rows.map(({ order_id }) => order_id)
}

/** The same orders many times over under ids of their own; gives as many of them as there were at first, from all over. */
async function growTo(pool: ReturnType<typeof createPool>, orders: number): Promise<string[]> {
  await pool.query(`
    insert into order_facts (order_id, facts, personal)
    select id, jsonb_set(jsonb_set(facts, '{orderId}', to_jsonb(id)), '{number}', to_jsonb('BENCH-' || id)), personal
    from (select gen_random_uuid() as id, facts, personal from order_facts, generate_series(2, ${Math.ceil(orders / ORDERS)})) more`)
  await pool.query('vacuum analyze order_facts')
  const { rows } = await pool.query<{ order_id: string }>(
    `select order_id from order_facts order by random() limit ${ORDERS}`,
  )
  return rows.map(({ order_id }) => order_id)
}
