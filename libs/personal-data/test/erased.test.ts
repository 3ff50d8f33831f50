import { erased, erasedAt, personalPathsOf, QUOTING } from '@vilkar/contracts/erased.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createPool } from '@vilkar/server/postgres.ts'
import { asOwner, freshDatabase } from '@vilkar/testing/database.ts'
import t from 'tap'

const url = await freshDatabase(...commonMigrations)
const pool = createPool(url)
const owner = createPool(asOwner(url))
t.teardown(() => Promise.all([pool.end(), owner.end()]))

const address = { name: 'Kari', street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO', phone: '+47 1' }
const VALUES: Record<string, unknown> = {
  address,
  text: 'Kari',
  'an empty text': '',
  'a moment, which is a fact': '2026-06-02T12:00:00Z',
  'a moment with an offset': '2026-06-02T12:00:00.123+02:00',
  'words that begin like one': '2026-06-02 Kari ringte',
  'a list of texts': ['SN-1', 'SN-2'],
  'a list of all sorts': ['Kari', 3, { by: 'Kari', kind: 'consumer' }, null, [true, 'Ola']],
  'what no text is': { units: 3, late: true, none: null },
  nothing: {},
  'deep down': { before: { 'request-1': address }, holds: [{ waitsFor: 'x', cause: '550 <kari@x.example>' }] },
  null: null,
}
const PATHS = [
  [],
  ['name'],
  ['before', 'request-1'],
  ['holds', 'cause'],
  ['holds'],
  ['by'],
  ['name', 'first'],
  ['absent'],
]

t.test('PostgreSQL and the services blank alike, and what is blank stays as it is', async (t) => {
  for (const [what, value] of Object.entries(VALUES))
    for (const path of PATHS) {
      const { rows } = await pool.query('select erased_at($1::jsonb, $2::text[]) as once', [
        JSON.stringify(value),
        path,
      ])
      const blank = erasedAt(value, path)
      t.strictSame(rows[0].once, blank, `${what} at ${path.join('.')}`)
      t.strictSame(erasedAt(blank, path), blank)
    }
  t.strictSame(erased(address), {
    ...{ name: 'erased', street: 'erased', postalCode: 'erased', city: 'erased', country: 'NO' },
  })
})

const tell = async (type: string, data: object, storedAt = 'now()') => {
  const id = crypto.randomUUID()
  await owner.query(
    `insert into outbox (event_id, source, aggregate_id, aggregate_version, partition, type, data, occurred_at, stored_at)
      values ($1, '/vilkar/orders', $1, 1, 0, $2, $3, now(), ${storedAt})`,
    [id, type, JSON.stringify(data)],
  )
  return id
}
const eraseEvents = async (ids: string[], fields: object) =>
  Number((await pool.query('select erase_events($1, $2) as n', [ids, JSON.stringify(fields)])).rows[0].n)
const eventOf = async (id: string) =>
  (await pool.query('select data from outbox where event_id = $1', [id])).rows[0].data
const streamIsStale = async () => (await pool.query('select erased_at from stream_erasure')).rows[0].erased_at !== null

t.test('a told event is blanked where its fields say, once, and in nothing else', async (t) => {
  const data = { orderId: 'o', total: 100, personal: { name: 'Kari', email: 'kari@x.example', kept: 'Ola' } }
  const [mine, other] = [await tell('OrderPlaced', data), await tell('OrderPlaced', data)]
  const fields = {
    OrderPlaced: [
      ['personal', 'name'],
      ['personal', 'email'],
    ],
    Other: [['personal']],
  }
  t.equal(await eraseEvents([mine], fields), 1)
  t.strictSame(await eventOf(mine), { ...data, personal: { name: 'erased', email: 'erased', kept: 'Ola' } })
  t.strictSame(await eventOf(other), data)
  t.equal(await eraseEvents([mine], fields), 0)
})

t.test('nobody blanks a fact by it', async (t) => {
  const id = await tell('OrderPlaced', { total: 100, number: 'SG-1', personal: {} })
  for (const path of [['total'], ['number'], [], ['personalia', 'x']])
    await t.rejects(eraseEvents([id], { OrderPlaced: [path] }), { code: '23001' })
  await t.rejects(eraseEvents([id], { OrderPlaced: [['cause']] }), { code: '23001' })
  for (const type of QUOTING) await eraseEvents([id], { [type]: personalPathsOf(type) })
  t.strictSame(await eventOf(id), { total: 100, number: 'SG-1', personal: {} })
})

t.test('a role of PostgreSQL that runs no service may not call it', async (t) => {
  const { rows } = await owner.query(
    `select has_function_privilege('public', 'erase_events(uuid[], jsonb)', 'execute') as anybody,
      has_function_privilege('vilkar_service', 'erase_events(uuid[], jsonb)', 'execute') as service`,
  )
  t.strictSame(rows, [{ anybody: false, service: true }])
})

t.test('the stream is stale once what it may hold was blanked, and only then', async (t) => {
  await owner.query('update stream_erasure set erased_at = null')
  const personal = { personal: { name: 'Kari' } }
  const old = await tell('OrderPlaced', personal, `now() - interval '29 days'`)
  t.equal(await eraseEvents([old], { OrderPlaced: [['personal']] }), 1)
  t.equal(await streamIsStale(), false)
  const young = await tell('OrderPlaced', personal, `now() - interval '27 days'`)
  t.equal(await eraseEvents([young, old], { OrderPlaced: [['personal']] }), 1)
  t.equal(await streamIsStale(), true)
})
