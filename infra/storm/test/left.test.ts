import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createPool } from '@vilkar/server/postgres.ts'
import { asOwner, freshDatabase } from '@vilkar/testing/database.ts'
import t from 'tap'
import { type Erased, personalDataLeft } from '../privacy/left.ts'
import type { Look } from '../privacy/look.ts'
import { stillOpen } from '../privacy/requests.ts'

const privacy = new URL('../../../services/privacy/migrations', import.meta.url).pathname
const pool = createPool(asOwner(await freshDatabase(...commonMigrations, privacy)))
t.teardown(() => pool.end())
await pool.query(
  'create table sales_document (order_id uuid, buyer jsonb); create table parcel (about_id uuid, message bytea)',
)
/** All services in one database: what stands where is told by the name of the table. */
const look: Look = async (_service, statement, values) => (await pool.query(statement, values)).rows as never

const NOW = Temporal.Instant.from('2026-06-15T09:00:00Z')
const [order, later] = [crypto.randomUUID(), crypto.randomUUID()]
const person: Erased = {
  ...{ name: 'Customer 4', email: 'customer-4@example.com', orders: [order], ordersSince: [] },
  ...{ withheld: [], answeredAt: '2026-06-01T09:00:00Z' },
}
const reasons = [{ code: 'accounts-are-kept' }]
const documents = { record: order, until: '2031-12-31', holds: [], reasons }
const postponed = { record: order, holds: ['postponed'], reasons }

/** Where the person is found, each table once though four services are searched, while a row is there. */
async function placesWith(insert: string, values: unknown[], said: Partial<Erased> = {}) {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(insert, values)
    const within: Look = async (_service, statement, given) => (await client.query(statement, given)).rows as never
    const left = await personalDataLeft(within, [{ ...person, ...said }], NOW)
    return left.flatMap(({ place }) => (place.startsWith('orders ') ? [place] : []))
  } finally {
    await client.query('rollback')
    client.release()
  }
}
const parcel = 'insert into parcel values ($1, $2)'
const document = 'insert into sales_document values ($1, $2)'

t.test('a leftover is found wherever it stands, as text, in JSON or as bytes, and of nobody else', async (t) => {
  t.strictSame(await placesWith(document, [order, '{"deep": [{"name": "CUSTOMER 4"}]}']), ['orders sales_document'])
  t.strictSame(await placesWith(parcel, [order, Buffer.from('To: customer-4@example.com')]), ['orders parcel'])
  t.strictSame(await placesWith(parcel, [order, Buffer.from('Dear Customer 4,')]), ['orders parcel'])
  t.strictSame(await placesWith(parcel, [order, Buffer.from('Dear Customer 45,')]), [])
  t.strictSame(await placesWith(document, [order, '{"name": "Customer 45", "email": "customer-45@example.com"}']), [])
})

t.test('what the privacy service says that stays may stay, with a reason and until its day', async (t) => {
  const buyer = [order, '{"name": "Customer 4"}']
  const bytes = [order, Buffer.from('Customer 4')]
  t.strictSame(await placesWith(document, buyer, { withheld: [documents] }), [])
  t.strictSame(
    await placesWith(parcel, bytes, { withheld: [documents] }),
    ['orders parcel'],
    'of documents nothing else',
  )
  for (const over of [
    { ...documents, until: '2026-06-14' },
    { ...documents, reasons: [] },
    { ...documents, record: later },
  ])
    t.strictSame(await placesWith(document, buyer, { withheld: [over] }), ['orders sales_document'])
  t.strictSame(await placesWith(parcel, bytes, { withheld: [documents, postponed] }), [], 'all of it waits')
  t.strictSame(await placesWith(parcel, bytes, { withheld: [{ ...postponed, record: later }] }), ['orders parcel'])
})

t.test('what was bought after the request may stay', async (t) => {
  const since = { ordersSince: [later] }
  t.strictSame(await placesWith(parcel, [later, Buffer.from('Customer 4')], since), [])
  t.strictSame(await placesWith(parcel, [order, Buffer.from('Customer 4')], since), ['orders parcel'])
})

t.test('a request that nobody answers is found, unless it is said what keeps it', async (t) => {
  const ask = (state: object) =>
    pool.query(
      `insert into request (id, controller, kind, channel, subjects, status, received_on, recorded_at, state, personal)
       values (gen_random_uuid(), 'smartgroup', 'erase', 'signed-in', '{key}', 'open', '2026-06-01', '2026-06-01', $1, '{}')`,
      [JSON.stringify(state)],
    )
  await ask({ kept: [postponed] })
  t.equal((await stillOpen(look)).length, 0)
  await ask({ kept: [documents] })
  t.equal((await stillOpen(look)).length, 1)
  await ask({})
  t.equal((await stillOpen(look)).length, 2)
})
