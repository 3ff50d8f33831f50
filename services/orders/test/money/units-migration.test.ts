import { databaseBefore } from '@vilkar/testing/database-before.ts'
import { sql } from 'kysely'
import t from 'tap'
import { migrations } from '../../service.ts'

t.test('orders of before units could be stopped', async (t) => {
  const { db, migrateToNow, close } = await databaseBefore(migrations, '080')
  t.teardown(close)
  const order = async (status: string, more: object = {}) => {
    const id = crypto.randomUUID()
    const state = JSON.stringify({ placed: { terms: { edition: 'a-seller/2026-01-15' } }, shipments: [], ...more })
    await sql`insert into orders (id, number, version, status, state, personal, placed_at)
      values (${id}, ${id}, 1, ${status}, ${state}, '{}', now())`.execute(db)
    return id
  }
  const placed = await order('awaiting-payment')
  const formed = await order('formed', { formedAt: '2026-06-01T08:00:00Z' })
  const bounced = await order('awaiting-confirmation', { bounced: {} })
  const cancelling = await order('cancelling', { formedAt: '2026-06-01T08:00:00Z' })
  const delivered = await order('delivered', { shipments: [{}] })

  /** A movement of some of the lines: `[lineId, units, amount]`. */
  type Part = [lineId: string, quantity: number, amount: number]
  let moved = 0
  async function move(orderId: string, kind: 'capture' | 'refund', lines: Part[], purpose = 'shipment') {
    moved += 1
    const amount = lines.reduce((sum, [, , each]) => sum + each, 0)
    const parts = lines.map(([lineId, quantity, each]) => ({ lineId, quantity, amount: each }))
    const portion = JSON.stringify({ lines: parts, deliveryAmount: 0 })
    const { rows } = await sql<{ id: string }>`
      insert into money_operation (id, order_id, kind, purpose_kind, purpose_id, amount, currency, portion, status)
      values (gen_random_uuid(), ${orderId}, ${kind}, ${purpose}, ${String(moved)}, ${amount}, 'NOK', ${portion}, 'done') returning id`.execute(
      db,
    )
    await sql`insert into ledger_entry (order_id, kind, amount, currency, provider, payment_id, provider_id, operation_id, at)
      values (${orderId}, ${kind === 'capture' ? 'captured' : 'refunded'}, ${amount}, 'NOK', 'klarna', ${`p-${orderId}`},
        ${String(moved)}, ${rows[0]!.id}, now())`.execute(db)
  }
  for (const id of [formed, delivered, cancelling])
    await sql`insert into ledger_entry (order_id, kind, amount, currency, provider, payment_id, provider_id, at)
      values (${id}, 'authorised', 10000, 'NOK', 'klarna', ${`p-${id}`}, ${`p-${id}`}, now())`.execute(db)
  await move(delivered, 'capture', [
    ['1', 2, 2_000],
    ['2', 1, 3_000],
  ])
  await move(delivered, 'refund', [['1', 1, 1_000]], 'return')
  // Paid back out of another line's payment, as was possible then.
  await move(formed, 'capture', [
    ['1', 1, 1_000],
    ['2', 1, 3_000],
  ])
  await move(formed, 'refund', [['1', 3, 3_000]], 'return')
  await move(cancelling, 'capture', [['1', 1, 1_000]])
  await move(cancelling, 'refund', [['1', 1, 500]], 'by-hand')
  await migrateToNow()

  t.test('have no stops yet, and know whether there was an agreement', async (t) => {
    const { rows } = await sql<{ id: string; stops: object; ever: boolean | null }>`
      select id, state -> 'stops' as stops, (state -> 'everFormed')::boolean as ever from orders`.execute(db)
    const ever = Object.fromEntries(rows.map((row) => [row.id, row.ever]))
    t.ok(rows.every(({ stops }) => JSON.stringify(stops) === '[]'))
    t.strictSame(
      [placed, formed, bounced, cancelling, delivered].map((id) => ever[id]),
      [null, true, true, true, true],
    )
  })
  t.test(
    'are watched from now on: what is being cancelled for an answer, what is delivered for what is held',
    async (t) => {
      const idsWith = async (column: string) =>
        (await sql<{ id: string }>`select id from orders where ${sql.ref(column)} is not null`.execute(db)).rows
      t.strictSame(await idsWith('answer_awaited_since'), [{ id: cancelling }])
      t.strictSame(await idsWith('all_gone_since'), [{ id: delivered }])
    },
  )
  t.test('have an account per line, which is exact where it can be', async (t) => {
    const accounts = async (id: string) =>
      (
        await sql<object>`select line_id, captured::int, refunded::int, units_captured, units_refunded, exact
          from line_account where order_id = ${id} order by line_id`.execute(db)
      ).rows
    const of = (
      line_id: string,
      captured: number,
      refunded: number,
      units_captured: number,
      units_refunded: number,
      exact = true,
    ) => ({
      ...{ line_id, captured, refunded, units_captured, units_refunded, exact },
    })
    t.strictSame(await accounts(delivered), [of('', 0, 0, 0, 0), of('1', 2_000, 1_000, 2, 1), of('2', 3_000, 0, 1, 0)])
    t.strictSame(await accounts(formed), [
      of('', 0, 0, 0, 0),
      of('1', 1_000, 3_000, 1, 3, false),
      of('2', 3_000, 0, 1, 0),
    ])
    t.strictSame(await accounts(cancelling), [of('', 0, 0, 0, 0, false), of('1', 1_000, 500, 1, 1, false)])
  })
  t.test('keep from then on what no line may give back more of', async (t) => {
    await t.rejects(move(delivered, 'refund', [['1', 1, 1_001]], 'return'), /refunded_within_captured_by_line/)
    await t.resolves(move(delivered, 'refund', [['1', 1, 1_000]], 'return'))
  })
})
