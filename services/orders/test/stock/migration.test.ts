import { databaseBefore } from '@vilkar/testing/database-before.ts'
import { sql } from 'kysely'
import t from 'tap'
import { v7 as uuidv7 } from 'uuid'
import { migrations } from '../../service.ts'

t.test('of before changes were kept, what there was is what is free and what orders have', async (t) => {
  const { db, migrateToNow, close } = await databaseBefore(migrations, '090')
  t.teardown(close)
  const stopped = { concluded: { stopped: [{ lineId: '1', quantity: 1 }] } }
  await sql`insert into product (sku, name, vat_rate, stock, traits, updated_at)
    values ('A', '{}', 0, 4, '{}', '2026-06-01T08:00:00Z'), ('B', '{}', 0, 0, '{}', '2026-06-01T08:00:00Z')`.execute(db)
  await ordered('formed', 3, [stopped])
  await ordered('cancelled', 7, [])
  await ordered('awaiting-payment', 1, [])

  await migrateToNow()
  const rows = await sql<object>`select sku, units, reason, stock_after from stock_change order by sku`.execute(db)
  t.strictSame(rows.rows, [
    { sku: 'A', units: 4 + 2 + 1, reason: 'opened', stock_after: 4 },
    { sku: 'B', units: 0, reason: 'opened', stock_after: 0 },
  ])
  await sql`insert into stock_change (id, sku, units, reason, stock_after, at)
    values (${uuidv7()}, 'A', 1, 'received', 5, now())`.execute(db)
  const first = await sql<{
    reason: string
  }>`select reason from stock_change where sku = 'A' order by id limit 1`.execute(db)
  t.equal(first.rows[0]?.reason, 'opened', 'it is the first of its changes')

  async function ordered(status: string, quantity: number, stops: object[]) {
    const id = crypto.randomUUID()
    const lines = [{ lineId: '1', sku: 'A', quantity }]
    const state = JSON.stringify({ placed: { lines, terms: { edition: 'a-seller/1' } }, stops })
    await sql`insert into orders (id, number, version, status, state, personal, placed_at)
      values (${id}, ${id}, 1, ${status}, ${state}, '{}', now())`.execute(db)
  }
})
