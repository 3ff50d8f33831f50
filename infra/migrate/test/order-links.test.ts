import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ERASED } from '@vilkar/contracts/erased.ts'
import { migrations } from '@vilkar/orders/service.ts'
import { foldersOf } from '@vilkar/server/migrate-as-owner.ts'
import { createPool } from '@vilkar/server/postgres.ts'
import { orderLink } from '@vilkar/server/signed-links.ts'
import { startShippingForTest } from '@vilkar/shipping/test/shipping-service.ts'
import { freshDatabase } from '@vilkar/testing/database.ts'
import t from 'tap'
import { fillOrderLinks } from '../fill-order-links.ts'

const EMAIL = 'kari@example.com'
const { db, deps, hear, call, requested } = await startShippingForTest()
const orders = createPool(await freshDatabase(...foldersOf(migrations)), { max: 1 })
t.teardown(() => orders.end())

const shippingAddress = { name: 'Kari', street: 'A 1', postalCode: '0155', city: 'Oslo', country: 'NO' }
const query = (text: string, values: unknown[] = []) => orders.query(text, values)
/** An order that both services know, and of which shipping does not know to whom it is written, as of before. */
async function ofBefore(email = EMAIL) {
  const { orderId } = await requested({ personal: { email: EMAIL, shippingAddress } })
  await db.updateTable('order_to_ship').set({ link_address: null }).where('order_id', '=', orderId).execute()
  const state = { placed: { terms: { edition: 'smartgroup/2026-01-15' } } }
  await query(
    `insert into orders (id, number, version, status, state, personal, placed_at) values ($1, $2, 1, 'formed', $3, $4, now())`,
    [orderId, orderId, state, { email }],
  )
  return orderId
}
const opens = async (orderId: string, email = EMAIL) => {
  const link = await deps.links.sign(orderLink(orderId, email))
  return (await call('nobody', 'GET', `/linked-order/parcels?link=${link}`)).status === 200
}

t.test('links of orders from before open their parcels, and none of anybody else', async (t) => {
  const [known, erasedThere, erasedHere, corrected] = [
    ...[await ofBefore(), await ofBefore(ERASED), await ofBefore(), await ofBefore('kari.e@example.com')],
  ] as [string, string, string, string]
  const stranger = crypto.randomUUID()
  await query(
    `insert into orders (id, number, version, status, state, personal, placed_at)
     select $1::uuid, $2, version, status, state, personal, placed_at from orders limit 1`,
    [stranger, stranger],
  )
  await db
    .insertInto('erased_order' as never)
    .values({ order_id: erasedHere, erasure_id: crypto.randomUUID(), erased_at: 'now', keeps: '{}' } as never)
    .execute()
  t.notOk(await opens(known))
  t.equal(await fillOrderLinks(orders, db), 2, 'what shipping never heard of, or was erased, is left alone')
  t.ok(await opens(known))
  t.notOk(await opens(known, 'ola@example.com'))
  t.ok(await opens(corrected, 'kari.e@example.com'))
  t.notOk(await opens(corrected), 'a mail that went to the wrong address opens nothing')
  for (const gone of [erasedThere, erasedHere]) t.notOk(await opens(gone))
  t.equal(await fillOrderLinks(orders, db), 0, 'again it changes nothing')
})

t.test('what shipping has heard since is newer than what is filled in', async (t) => {
  const orderId = await ofBefore()
  await hear('EmailCorrected', orderId, { wasFormed: undefined, personal: { email: 'kari.new@example.com' } })
  t.equal(await fillOrderLinks(orders, db), 0)
  t.ok(await opens(orderId, 'kari.new@example.com'))
})

t.test('it is a program that ends with a sentence where a variable is missing', async (t) => {
  const run = promisify(execFile)
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const { PATH, NODE_COMPILE_CACHE } = process.env
  const failed = await run(process.execPath, [main, '--order-links'], { env: { PATH, NODE_COMPILE_CACHE } }).catch(
    ({ stderr, code }) => `${code}: ${stderr}`,
  )
  t.match(failed, /^1: Wrong environment: .*ORDERS_DATABASE_URL/)
})
