import { databaseBefore } from '@vilkar/testing/database-before.ts'
import { sql } from 'kysely'
import t from 'tap'
import { migrations } from '../../service.ts'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const { call, db, clock } = house
const cable = { name: { nb: 'Kabel', en: 'Cable' }, priceNok: 20_000, priceEur: 1_000, vatRate: 2500 }
const put = (sku: string, changes: object = {}) =>
  call('warehouse', 'PUT', `/products/${sku}`, { ...cable, ...changes })
const loweredOf = async (sku: string) =>
  (await call('storefront', 'GET', '/products')).body.items.find((item: { sku: string }) => item.sku === sku).lowered
const kept = async (sku: string) =>
  (await db.selectFrom('product_price').select('price_nok').where('sku', '=', sku).orderBy('since').execute()).map(
    ({ price_nok }) => Number(price_nok),
  )

t.test('a price that was lowered stands beside the lowest of the 30 days before', async (t) => {
  await put('A', { stock: 1 })
  t.equal(await loweredOf('A'), undefined, 'it never cost anything else')
  clock.advance('P60D')
  await put('A', { priceNok: 18_000 })
  clock.advance('P10D')
  await put('A', { priceNok: 15_000 })
  const lowered = await loweredOf('A')
  t.match(lowered, { NOK: { lowestBefore: 18_000, percent: 16.67 } })
  t.equal(lowered.EUR, undefined, 'the other currency is as it was')
  t.equal(lowered.NOK.reasons[0].cites[0].section, '§ 9 a')
  await put('A', { priceNok: 15_000, name: { nb: 'Kabel, 2 m', en: 'Cable, 2 m' } })
  t.strictSame(await loweredOf('A'), lowered, 'described anew at the same price')
  clock.advance('P31D')
  t.equal(await loweredOf('A'), undefined, 'after 30 days it is the price')
  t.strictSame(await kept('A'), [20_000, 18_000, 15_000])
})

t.test('prices that are told at once are all kept, in the order in which they held', async (t) => {
  await put('B', { stock: 1 })
  await Promise.all([1, 2, 3, 4, 5].map((n) => put('B', { priceNok: n * 1_000 })))
  const { price_nok } = await db
    .selectFrom('product')
    .select('price_nok')
    .where('sku', '=', 'B')
    .executeTakeFirstOrThrow()
  const prices = await kept('B')
  t.equal(prices.length, 6)
  t.equal(prices.at(-1), Number(price_nok), 'the last is what it costs')
})

t.test('a price that an instance of before wrote counts', async (t) => {
  await put('C', { stock: 1 })
  clock.advance('P40D')
  await sql`update product set price_nok = 9000, updated_at = ${clock.now().toString()} where sku = 'C'`.execute(db)
  t.match(await loweredOf('C'), { NOK: { lowestBefore: 20_000, percent: 55 } })
})

t.test('of before prices were kept, what a product costs is known since it was last described', async (t) => {
  const { db: old, migrateToNow, close } = await databaseBefore(migrations, '270')
  t.teardown(close)
  await sql`insert into product (sku, name, price_nok, vat_rate, stock, traits, updated_at)
    values ('A', '{}', 100, 0, 4, '{}', '2026-06-01T08:00:00Z')`.execute(old)
  await migrateToNow()
  const { rows } = await sql<object>`select sku, since, price_nok, price_eur from product_price`.execute(old)
  t.equal(rows.length, 1)
  t.match(rows[0], { sku: 'A', price_eur: null })
})
