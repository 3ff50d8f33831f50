import { databaseBefore } from '@vilkar/testing/database-before.ts'
import { sql } from 'kysely'
import t from 'tap'
import { migrations } from '../../service.ts'

t.test('orders and documents of before sellers had names keep their numbers, and each series goes on', async (t) => {
  const { db, migrateToNow, close } = await databaseBefore(migrations, '030')
  t.teardown(close)
  const [orderId, laterId] = [crypto.randomUUID(), crypto.randomUUID()]
  await sold(orderId, 'a-seller/2026-01-15')
  await document(orderId, 'invoice', 'captured')
  await document(orderId, 'credit-note', 'refunded')
  await sql`insert into credit_note_invoice (credit_note, invoice) values (1, 1)`.execute(db)

  await migrateToNow()
  const kept = await sql<object>`
    select d.seller, d.series, d.number, o.seller as of_order from sales_document d join orders o on o.id = d.order_id order by series`
  t.strictSame((await kept.execute(db)).rows, [
    { seller: 'a-seller', series: 'credit-note', number: 1, of_order: 'a-seller' },
    { seller: 'a-seller', series: 'invoice', number: 1, of_order: 'a-seller' },
  ])
  const links = sql<object>`select seller, credit_note, invoice from credit_note_invoice`
  t.strictSame((await links.execute(db)).rows, [{ seller: 'a-seller', credit_note: 1, invoice: 1 }])

  await document(orderId, 'invoice', 'captured')
  await sold(laterId, 'another/2026-01-15')
  await document(laterId, 'invoice', 'captured')
  const series = sql<object>`select seller, series, last_number from sales_document_series order by seller, series`
  t.strictSame((await series.execute(db)).rows, [
    { seller: 'a-seller', series: 'credit-note', last_number: 1 },
    { seller: 'a-seller', series: 'invoice', last_number: 2 },
    { seller: 'another', series: 'invoice', last_number: 1 },
  ])
  for (const change of ['update sales_document set seller = $$x$$', 'update sales_document_series set last_number = 9'])
    await t.rejects(sql.raw(change).execute(db), /only ever added to|given by inserting one/)

  async function sold(id: string, edition: string) {
    const state = JSON.stringify({ placed: { terms: { edition } } })
    await sql`insert into orders (id, number, version, status, state, personal, placed_at)
      values (${id}, ${id}, 1, 'formed', ${state}, '{}', now())`.execute(db)
    await sql`insert into ledger_entry (order_id, kind, amount, currency, provider, payment_id, provider_id, at)
      values (${id}, 'authorised', 1000, 'NOK', 'klarna', ${id}, ${id}, now())`.execute(db)
  }
  async function document(id: string, kind: string, entryKind: string) {
    await sql`with entry as (
        insert into ledger_entry (order_id, kind, amount, currency, provider, payment_id, provider_id, at)
        values (${id}, ${entryKind}, 100, 'NOK', 'klarna', ${id}, ${crypto.randomUUID()}, now()) returning id)
      insert into sales_document (series, order_id, entry_id, amount, currency, vat, issued_at)
        select ${kind}, ${id}, id, 100, 'NOK', '[]', now() from entry`.execute(db)
  }
})
