import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { backUp, restore } from '@vilkar/testing/base-backup.ts'
import { startPostgres } from '@vilkar/testing/embedded-postgres.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startHouse } from './house.ts'
import { placesIn } from './needle/house-search.ts'
import { isKept } from './needle/kept.ts'
import { NEEDLES, PERSON } from './needle/life.ts'
import { searchDatabase, searchFiles, searchStreams } from './needle/search.ts'
import { spellingsOf } from './needle/spellings.ts'

/** A person was erased, another opted out, and then databases and broker are restored from a backup of before. */
const MAIN = fileURLToPath(new URL('../../infra/erasures/main.ts', import.meta.url))
const run = promisify(execFile)
const folder = await mkdtemp(join(tmpdir(), 'restore-'))
t.teardown(() => rm(folder, { recursive: true, force: true }))
const [data, backup, brokersBackup, log] = ['data', 'backup', 'broker', 'erasures.jsonl'].map((name) =>
  join(folder, name),
) as [string, string, string, string]
const postgres = await startPostgres({ directory: data })
t.teardown(() => postgres.stop())
const house = await startHouse({ postgres: (database = 'postgres') => postgres.url(database) })
const { pools, shop, call, urls } = house
const services = Object.keys(urls) as ServiceName[]
const spellings = NEEDLES.flatMap(spellingsOf)

async function found() {
  const inDatabases = services.map((service) => searchDatabase(pools[service], spellings))
  const all = [
    ...inDatabases,
    searchStreams(services, house.nats.url, spellings),
    searchFiles(house.nats.directory, spellings),
  ]
  const places = (await Promise.all(all)).flat()
  return places.filter(({ place }) => !isKept({ place: `orders ${place}` }))
}
const streams = () => searchStreams(services, house.nats.url, spellings)

/** Runs the command on these databases, as the roles that run the services. Answers what it said and ended with. */
async function erasures(words: string[], names: readonly ServiceName[] = services) {
  const named = names.map((name) => [`${name.toUpperCase()}_DATABASE_URL`, house.databases[name].url])
  const env = { PATH: process.env.PATH, ...Object.fromEntries(named) }
  return run(process.execPath, [MAIN, ...words], { env }).then(
    ({ stdout }) => ({ code: 0, text: stdout }),
    ({ code, stdout, stderr }) => ({ code, text: `${stdout}${stderr}` }),
  )
}
/** Each row of a database but what the clock alone changes, to be compared. */
async function rowsOf(pool: (typeof pools)[ServiceName]) {
  const { rows: tables } = await pool.query(
    `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  )
  const all = []
  for (const { relname } of tables) {
    const { rows } = await pool.query(`select to_jsonb(each)::text as row from "${relname}" each order by 1`)
    all.push(relname, ...rows.map(({ row }) => row))
  }
  return all
}
const all = () => Promise.all(services.map((service) => rowsOf(pools[service])))

async function bought(email: string, address?: typeof PERSON.address) {
  const order = await shop.place({ sku: await shop.stock(5), quantity: 2, email, ...(address && { address }) })
  await shop.pay(order)
  const shipmentId = await shop.shipmentOf(order)
  await shop.dispatch(shipmentId, order.id)
  await shop.deliver(shipmentId, order.id, address?.name)
  return order.id
}
const erase = async (orderIds: string[]) => {
  const id = crypto.randomUUID()
  const body = { controller: 'smartgroup', orderIds, why: 'They asked for it.' }
  await call('support', 'PUT', `${urls.privacy}/erasures/${id}`, { body })
  await eventually('it to be erased', async () => {
    const { body: erasure } = await call('support', 'GET', `${urls.privacy}/erasures/${id}`)
    return erasure.settledAt !== undefined
  })
}

/** Somebody of the newsletter's, and whether they may be written to. */
const reader = (email: string) => ({ controller: 'smartgroup', kind: 'email', value: email, purpose: 'newsletter' })
async function consents(email: string, given: boolean) {
  const said = { text: 'Ja takk, send meg nyhetsbrev.', language: 'nb', source: 'footer-form', age: 30, proven: true }
  const body = { ...reader(email), ...said, given }
  const { status } = await call('storefront', 'PUT', `${urls.privacy}/consents`, { body })
  t.equal(status, 200)
}
const mayBeSent = async (email: string) =>
  (await call('support', 'GET', `${urls.privacy}/permission?${new URLSearchParams(reader(email))}`)).body.outcome
const [LEAVES, STAYS, NEVER] = ['leaves@example.com', 'stays@example.com', 'never@example.com'] as const

let late: string

t.test('somebody is erased after a backup was made, and so is an order that it does not know', async (t) => {
  const mine = await bought(PERSON.email, PERSON.address)
  await bought('kari@example.com')
  for (const email of [LEAVES, STAYS]) await consents(email, true)
  await house.settle()
  await backUp(postgres.url('postgres'), data, backup)
  await house.nats.restart({ copyTo: brokersBackup })
  await house.settle()
  t.not((await found()).length, 0)
  late = await bought(PERSON.email, PERSON.address)
  await house.settle()
  await erase([mine, late])
  await consents(LEAVES, false)
  const identifiers = [{ kind: 'email', value: NEVER }]
  const asked = await call('support', 'PUT', `${urls.privacy}/requests/${crypto.randomUUID()}`, {
    body: { controller: 'smartgroup', kind: 'object', channel: 'letter', identifiers, purpose: 'direct-marketing' },
  })
  t.equal(asked.status, 200)
  await house.settle()
  await eventually('the broker to be filled anew', async () => (await found()).length === 0)
  t.match(await erasures(['export', '--log', log]), { code: 0, text: /4 entries appended/ })
  t.match(await erasures(['export', '--log', log]), { code: 0, text: /0 entries appended/ })
  const lines = await readFile(log, 'utf8')
  t.match(lines, mine)
  t.notMatch(lines.toLowerCase(), new RegExp(spellings.map((each) => RegExp.escape(each)).join('|')))
})

t.test('restored, they are there; replayed, they are nowhere, whether the log is applied once or twice', async (t) => {
  await house.stop()
  await postgres.crash()
  await restore(backup, data)
  await postgres.start()
  await house.nats.restart({ from: brokersBackup })
  const places = (await found()).map(({ place }) => place)
  for (const place of [
    'orders.personal->email',
    'order_to_ship.personal->address->street',
    'order_facts.personal->email',
  ])
    t.ok(places.includes(place), place)
  t.not((await streams()).length, 0)

  const { code, text } = await erasures(['replay', '--log', log])
  t.equal(code, 0, text)
  t.match(text, /privacy: 3 opt-outs and withdrawals of consent were not in this backup/)
  for (const service of ['orders', 'shipping', 'returns'])
    t.match(text, new RegExp(`${service}: 1 orders are not in this backup: ${late}`))
  const inDatabases = await Promise.all(services.map((service) => searchDatabase(pools[service], spellings)))
  t.strictSame(placesIn(inDatabases.flat().filter(({ place }) => !isKept({ place: `orders ${place}` }))), [])

  const once = await all()
  t.match(await erasures(['replay', '--log', log]), {
    code: 0,
    text: /orders: 0 orders erased, 0 places; 2 were erased there already.*privacy: 0 opt-outs/s,
  })
  t.strictSame(await all(), once)
})

t.test('opened again, the broker has them no more either, and all holders answer anew', async (t) => {
  await house.start()
  await eventually('no message and no file to have them', async () => (await found()).length === 0)
  await eventually('all holders to have answered', async () => {
    const { rows } = await pools.privacy.query('select settled_at from erasure')
    return rows.length === 1 && rows[0].settled_at !== null
  })
  t.strictSame(placesIn(await found()), [])
})

t.test(
  'who opted out or took a consent back since the backup is not written to again, and who did not is',
  async (t) => {
    t.equal(await mayBeSent(LEAVES), 'refused')
    t.equal(await mayBeSent(NEVER), 'refused')
    t.equal(await mayBeSent(STAYS), 'granted')
    const { rows } = await pools.privacy.query('select purpose from suppression order by purpose')
    t.strictSame(rows, [{ purpose: 'all' }, { purpose: 'newsletter' }])
  },
)

t.test('what is wrong is said in a sentence', async (t) => {
  for (const [words, names, code, text] of [
    [['--help'], [], 0, /pnpm erasures replay --log FILE/],
    [['replay', '--log', join(folder, 'none')], services, 1, /there is no such file/],
    [['replay', '--log', fileURLToPath(import.meta.url)], services, 1, /restore\.test\.ts:1 is no entry of a log/],
    [['replay', '--log', log], [], 1, /No database is named: set ORDERS_DATABASE_URL/],
    [['replay'], services, 1, /Say which file/],
    [['forget'], services, 1, /There is no "forget"/],
  ] as const)
    t.match(await erasures([...words], names), { code, text })
})
