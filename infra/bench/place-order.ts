import { randomUUID } from 'node:crypto'
import { createPool } from '@vilkar/server/postgres.ts'
import { administer } from '@vilkar/testing/embedded-postgres.ts'
import type pg from 'pg'
import { addProducts, PRODUCTS } from './catalogue.ts'
import { createClient, drive, type Measured, median } from './load.ts'
import type { TestBed } from './test-bed.ts'

const ROUNDS = 3
const QUOTES_PER_ROUND = 20_000
/** Each statement must end in the time that a service's own have, also on a machine with other work. */
const QUOTES_AT_ONCE = 2_000

/**
 * Orders per second through HTTP beside the floor of the same run: the same rows written by one named prepared statement
 * per order, straight through `pg`. Two lines an order over a thousand products, so that no row is hot in either.
 */
export async function benchPlaceOrder(bed: TestBed) {
  await bed.startAllOnce()
  // The floor has a database of its own, alike to the last index, where no relay would tell its rows to anybody.
  await administer(bed.postgres.url('postgres'), 'create database floor template orders')
  const floorPool = createPool(bed.postgres.url('floor'), { max: 8 })
  const service = await bed.start('orders')
  const pool = createPool(bed.postgres.url('orders'), { max: 8 })
  const client = createClient(bed.urls.orders, { authorization: `Bearer ${await bed.issuer.token('storefront')}` })
  try {
    await addProducts(pool)
    const template = await prepare(client)
    const rows = await rowsOf(pool)
    await addProducts(floorPool)
    await copyQuote(pool, floorPool)
    const floor = createFloor(floorPool, rows)
    const rounds: { floor: Measured; ours: Measured }[] = []
    for (let round = 0; round < ROUNDS; round++) {
      await fillQuotes(floorPool)
      await fillQuotes(pool)
      await settled(bed)
      const floorQuotes = await freeQuotes(floorPool)
      const floorRound = await drive(() => floor(floorQuotes.pop()!))
      const quotes = await freeQuotes(pool)
      const ours = await drive(async () => {
        const answer = await client.call('POST', '/orders', 201, template(quotes.pop()!), {
          'idempotency-key': randomUUID(),
        })
        await answer.dump()
      })
      rounds.push({ floor: floorRound, ours })
      await eventuallyQuiet(pool)
    }
    const perSecond = median(rounds.map(({ ours }) => ours.perSecond))
    const floorPerSecond = median(rounds.map((each) => each.floor.perSecond))
    return {
      perSecond,
      p50Ms: median(rounds.map(({ ours }) => ours.p50Ms)),
      p99Ms: median(rounds.map(({ ours }) => ours.p99Ms)),
      floorPerSecond,
      ratio: ratio(rounds.map(({ ours, floor }) => ours.perSecond / floor.perSecond)),
    }
  } finally {
    await client.close()
    await Promise.all([pool.end(), floorPool.end()])
    await service.stop()
  }
}

const ratio = (values: number[]) => Math.round(median(values) * 100) / 100

type Client = ReturnType<typeof createClient>

const copyQuote = async (from: pg.Pool, to: pg.Pool) => {
  const { rows } = await from.query('select id, body::text, expires_at from quote limit 1')
  await to.query('insert into quote (id, body, expires_at) values ($1, $2, $3) on conflict do nothing', [
    rows[0].id,
    rows[0].body,
    rows[0].expires_at,
  ])
}

/**
 * The body of an order as a storefront sends it, each of a customer of its own: what their unpaid orders keep is counted. One order is
 * placed, whose rows are the floor's pattern.
 */
async function prepare(client: Client) {
  const lines = [
    { sku: 'P-0', quantity: 1 },
    { sku: 'P-1', quantity: 2 },
  ]
  const asked = JSON.stringify({ lines, currency: 'NOK', customerKind: 'consumer', country: 'NO', locale: 'en' })
  const quote = JSON.parse(await (await client.call('POST', '/quotes', 201, asked)).text())
  const address = { name: 'Kari Eksempel', street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' }
  const template = (quoteId: string) =>
    JSON.stringify({
      quoteId,
      acceptedTermsSha256: quote.terms.sha256,
      customer: { kind: 'consumer', name: 'Kari Eksempel' },
      email: `kari-${quoteId}@example.com`,
      shippingAddress: address,
      locale: 'en',
    })
  await (await client.call('POST', '/orders', 201, template(quote.id), { 'idempotency-key': randomUUID() })).dump()
  return template
}

/** Copies of the first quote over other products: priced by the service, multiplied here so that quoting is not measured. */
async function fillQuotes(pool: pg.Pool) {
  for (let filled = 0; filled < QUOTES_PER_ROUND; filled += QUOTES_AT_ONCE) await fillSome(pool)
}
const fillSome = (pool: pg.Pool) =>
  pool.query(
    `insert into quote (id, body, expires_at, order_id)
     select id, jsonb_set(jsonb_set(jsonb_set(jsonb_set(q.body, '{id}', to_jsonb(id)), '{lines,0,sku}', to_jsonb('P-' || (n * 7 % $2))), '{lines,1,sku}', to_jsonb('P-' || ((n * 7 + 1) % $2))),
       '{expiresAt}', to_jsonb(to_char(now() + interval '1 hour', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))), now() + interval '1 hour', null
     from (select n, gen_random_uuid() as id from generate_series(1, $1::int) n) new, (select body from quote order by expires_at limit 1) q`,
    [QUOTES_AT_ONCE, PRODUCTS],
  )

const freeQuotes = async (pool: pg.Pool): Promise<string[]> =>
  (
    await pool.query('select id from quote where order_id is null order by random() limit $1', [QUOTES_PER_ROUND])
  ).rows.map(({ id }) => id)

/** The rows that placing one order leaves, as the service wrote them. */
async function rowsOf(pool: pg.Pool) {
  const one = async (sql: string) => (await pool.query(sql)).rows[0]
  return {
    order: await one(
      'select number, status, state::text, personal::text, placed_at, payment_check_due_at from orders limit 1',
    ),
    outbox: await one(
      "select source, partition, type, data::text, occurred_at from outbox where type = 'OrderPlaced' limit 1",
    ),
    answer: await one('select subject, route, fingerprint, body from idempotency limit 1'),
    jobs: (await pool.query("select name from jobs.job where name in ('start-payment', 'send-mail') limit 2")).rows,
  }
}

const FLOOR = `
  with used as (update quote set order_id = $1 where id = $2),
  stock as (update product set stock = stock - case sku when $22 then 1 else 2 end where sku = any (array[$22, $23])),
  placed as (insert into orders (id, number, version, status, state, personal, placed_at, payment_check_due_at) values ($1, $3, 1, $4, $5, $6, $7, $8)),
  told as (insert into outbox (event_id, source, aggregate_id, aggregate_version, partition, type, data, occurred_at) values ($9, $10, $1, 1, $11, $12, $13, $7)),
  answered as (insert into idempotency (subject, route, key, fingerprint, status, body) values ($14, $15, $16, $17, 201, $18)),
  payment as (insert into payment_session (id, order_id, amount, currency) values ($19, $1, 48600, 'NOK')),
  mailed as (insert into mail (id, about_id, kind, recipient, created_at) values ($20, $1, 'acknowledgement', 'kari@example.com', $7))
  insert into jobs.job (name, data) values ('start-payment', $21), ('send-mail', $21)`

let product = 0
const nextProducts = () => {
  product = (product + 7) % (PRODUCTS - 1)
  return [`P-${product}`, `P-${product + 1}`]
}

/** One order a call: one statement, named, so that PostgreSQL plans it once per connection. */
function createFloor(pool: pg.Pool, { order, outbox, answer }: Awaited<ReturnType<typeof rowsOf>>) {
  return async (quoteId: string) => {
    const id = randomUUID()
    await pool.query({
      name: 'floor',
      text: FLOOR,
      values: [
        id,
        quoteId,
        id.slice(0, 18),
        order.status,
        order.state,
        order.personal,
        order.placed_at,
        order.payment_check_due_at,
        randomUUID(),
        outbox.source,
        outbox.partition,
        outbox.type,
      ].concat([
        outbox.data,
        answer.subject,
        answer.route,
        randomUUID(),
        answer.fingerprint,
        answer.body,
        randomUUID(),
        randomUUID(),
        '{"operationId":"00000000-0000-0000-0000-000000000000"}',
        ...nextProducts(),
      ]),
    })
  }
}

/** Writes out what filling left behind, so that no round pays for it. */
async function settled(bed: TestBed) {
  for (const database of ['orders', 'floor'])
    await administer(bed.postgres.url(database), 'vacuum (analyze) quote', 'checkpoint')
}

/** Lets the relay catch up, so that a round does not pay for the one before. */
async function eventuallyQuiet(pool: pg.Pool) {
  for (;;) {
    const { rows } = await pool.query(
      'select last_no > published_no or exists (select from outbox where pub_no is null) as busy from relay',
    )
    if (!rows[0].busy) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
