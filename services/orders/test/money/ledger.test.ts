import assert from 'node:assert/strict'
import { sql } from 'kysely'
import t from 'tap'
import { documentLines, vatOf } from '../../money/document-lines.ts'
import { bookEntry, type NewEntry, readAccounts } from '../../money/ledger.ts'
import { issueDocument, readDocuments } from '../../money/sales-documents.ts'
import { readOrder } from '../../order/handle.ts'
import { startOrdersForTest } from '../orders-service.ts'

const house = await startOrdersForTest(t)
const { db, owner } = house
await house.stock('SENSOR-1', { stock: 1_000 })

/** Entries of one new order whose payment is authorised, by raw SQL: no code of ours stands between it and the ledger. */
async function authorised(amount: number) {
  const { body: order } = await house.place()
  const paymentId = crypto.randomUUID()
  const insert = (kind: string, value: number, providerId: string = crypto.randomUUID()) =>
    sql`insert into ledger_entry (order_id, kind, amount, currency, provider, payment_id, provider_id, at)
      values (${order.id}, ${kind}, ${value}, 'NOK', 'klarna', ${paymentId}, ${providerId}, now())`.execute(db)
  await insert('authorised', amount, paymentId)
  const account = async () => (await readAccounts(db, order.id))[0]!
  return { orderId: order.id as string, paymentId, insert, account }
}

const fulfilled = (results: PromiseSettledResult<unknown>[]) =>
  results.filter(({ status }) => status === 'fulfilled').length
const messages = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason.message)] : []))
const refusedBy = (constraint: string) => (error: { constraint?: string; message: string }) =>
  error.constraint === constraint || error.message.includes(constraint)

t.test('the ledger', async (t) => {
  for (const change of [
    'update ledger_entry set amount = amount + 1',
    'delete from ledger_entry',
    'truncate ledger_entry cascade',
    'update payment_account set captured = 0',
    'delete from payment_account',
    'truncate payment_account',
    'update sales_document set amount = amount + 1',
    'delete from sales_document',
    'truncate sales_document cascade',
    'update sales_document_series set last_number = 0',
    'truncate sales_document_series cascade',
  ])
    t.test(`"${change}" is refused, even to who owns the table`, async (t) => {
      const { orderId, account } = await captured(10_000)
      const before = [await account(), await documentsOf(orderId)]
      await t.rejects(sql.raw(change).execute(owner), /only ever added to|add an entry|given by inserting one/)
      t.strictSame([await account(), await documentsOf(orderId)], before)
    })

  t.test('an account is what its entries add up to', async (t) => {
    const { insert, account } = await authorised(10_000)
    await insert('captured', 6_000)
    await insert('refunded', 1_500)
    await insert('released', 4_000)
    const { authorised: held, captured, refunded, released, left } = await account()
    t.strictSame(
      { held, captured, refunded, released, left },
      {
        held: 10_000,
        captured: 6_000,
        refunded: 1_500,
        released: 4_000,
        left: 0,
      },
    )
  })

  t.test('twenty captures at once never take more than is authorised', async (t) => {
    const { insert, account } = await authorised(10_000)
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => insert('captured', 900)))
    t.equal(fulfilled(results), 11)
    for (const message of messages(results)) t.match(message, /captured_within_authorised/)
    t.equal((await account()).captured, 9_900)
  })

  t.test('twenty refunds at once never pay back more than was captured', async (t) => {
    const { insert, account } = await authorised(10_000)
    await insert('captured', 5_000)
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => insert('refunded', 700)))
    t.equal(fulfilled(results), 7)
    for (const message of messages(results)) t.match(message, /refunded_within_captured/)
    t.equal((await account()).refunded, 4_900)
  })

  t.test('captures and releases at once share what is authorised', async (t) => {
    const { insert, account } = await authorised(10_000)
    const kinds = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 'captured' : 'released'))
    const results = await Promise.allSettled(kinds.map((kind) => insert(kind, 1_000)))
    t.equal(fulfilled(results), 10)
    t.equal((await account()).left, 0)
  })

  t.test('a movement of the provider’s is booked once, and so is an operation', async (t) => {
    const { orderId, paymentId, insert } = await authorised(10_000)
    await insert('captured', 100, 'capture-1')
    await t.rejects(insert('captured', 100, 'capture-1'), /order_id_kind_provider_id/)
    const entry = entryOf(orderId, paymentId, 'captured', 100)
    const operationId = (await operation(orderId, 100)) as string
    await db.transaction().execute((trx) => bookEntry(trx, { ...entry, operationId }))
    await assert.rejects(
      db.transaction().execute((trx) => bookEntry(trx, { ...entry, operationId, providerId: 'capture-3' })),
      refusedBy('operation_id'),
    )
  })

  t.test('nothing is booked on a payment that the order does not have, nor a movement of nothing', async (t) => {
    const { orderId, insert } = await authorised(10_000)
    await t.rejects(
      db.transaction().execute((trx) => bookEntry(trx, entryOf(orderId, 'another', 'captured', 100))),
      /has no open payment another/,
    )
    for (const amount of [0, -1]) await t.rejects(insert('captured', amount), /check constraint/)
  })

  t.test('another authorisation takes over only when nothing of the first is open', async (t) => {
    const { orderId, paymentId, insert, account } = await authorised(10_000)
    const second = entryOf(orderId, 'second', 'authorised', 4_000)
    await insert('captured', 6_000)
    await t.rejects(
      db.transaction().execute((trx) => bookEntry(trx, second)),
      /has no open payment/,
    )
    await insert('released', 4_000)
    await db.transaction().execute((trx) => bookEntry(trx, second))
    t.hasStrict(await account(), { paymentId: 'second', authorised: 14_000, left: 4_000 })
    // What was taken of the first is paid back to the first; nothing more is taken of it.
    await insert('refunded', 500)
    await t.rejects(insert('captured', 1), new RegExp(`no open payment ${paymentId}`))
  })
})

t.test('sales documents', async (t) => {
  t.test('have no gap in their numbers, however many transactions fail in between', async (t) => {
    const before = await lastNumber()
    const accounts = await Promise.all(Array.from({ length: 12 }, () => authorised(1_000)))
    const results = await Promise.allSettled(
      accounts.map(({ orderId, paymentId }, i) =>
        db.transaction().execute(async (trx) => {
          const number = await invoice(trx, orderId, paymentId, 1_000)
          if (i % 3 === 0) throw new Error(`rolled back with number ${number}`)
          return number
        }),
      ),
    )
    const numbers = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    t.equal(messages(results).length, 4)
    t.strictSame(
      numbers.toSorted((a, b) => a - b),
      Array.from({ length: 8 }, (_, i) => before + 1 + i),
    )
  })

  t.test('get their number from their series, whatever number is asked for', async (t) => {
    const { orderId, paymentId } = await authorised(1_000)
    const before = await lastNumber()
    await db.transaction().execute(async (trx) => {
      const entryId = await bookEntry(trx, entryOf(orderId, paymentId, 'captured', 1_000))
      await sql`insert into sales_document (series, number, order_id, entry_id, amount, currency, vat, issued_at)
        values ('invoice', 4711, ${orderId}, ${entryId}, 1000, 'NOK', '[]', now())`.execute(trx)
    })
    t.strictSame(
      (await documentsOf(orderId)).map(({ number }) => number),
      [before + 1],
    )
  })

  t.test('are of the entry that they are for: its kind, amount and currency', async (t) => {
    const { orderId, paymentId } = await authorised(1_000)
    for (const [series, amount, currency] of [
      ['credit-note', 1_000, 'NOK'],
      ['invoice', 999, 'NOK'],
      ['invoice', 1_000, 'EUR'],
    ] as const)
      await t.rejects(
        db.transaction().execute(async (trx) => {
          const entryId = await bookEntry(trx, entryOf(orderId, paymentId, 'captured', 1_000))
          await sql`insert into sales_document (series, order_id, entry_id, amount, currency, vat, issued_at)
            values (${series}, ${orderId}, ${entryId}, ${amount}, ${currency}, '[]', now())`.execute(trx)
        }),
        /foreign key constraint/,
      )
  })

  t.test('tell the VAT per rate, which adds up to what is sold', async (t) => {
    const { body: order } = await house.place()
    const { state } = await db.selectFrom('orders').select('state').where('id', '=', order.id).executeTakeFirstOrThrow()
    const { placed } = state
    const food = { ...placed.lines[0]!, lineId: '2', vatRate: 1_500, total: 11_500, vat: 1_500 }
    const mixed = { ...placed, lines: [...placed.lines, food] }
    const lines = [
      { lineId: '1', quantity: 1, amount: 10_000 },
      { lineId: '2', quantity: 1, amount: 11_500 },
    ]
    t.strictSame(vatOf(documentLines(mixed, { lines, deliveryAmount: 5_000 }, [])), [
      { rate: 1_500, gross: 11_500, vat: 1_500 },
      { rate: 2_500, gross: 15_000, vat: 3_000 },
    ])
  })
})

type Trx = Parameters<typeof bookEntry>[0]

const documentsOf = async (orderId: string) => readDocuments(db, await readOrder(db, orderId))

const entryOf = (orderId: string, paymentId: string, kind: NewEntry['kind'], amount: number): NewEntry => ({
  orderId,
  kind,
  amount,
  currency: 'NOK',
  provider: 'klarna',
  paymentId,
  providerId: crypto.randomUUID(),
  operationId: null,
  at: house.clock.now().toString(),
})

/** A capture with its invoice, as one transaction books them. */
async function invoice(trx: Trx, orderId: string, paymentId: string, amount: number) {
  const order = await readOrder(trx, orderId)
  const entryId = await bookEntry(trx, entryOf(orderId, paymentId, 'captured', amount))
  const portion = { lines: [{ lineId: '1', quantity: 1, amount }], deliveryAmount: 0 }
  const at = house.clock.now().toString()
  return issueDocument(trx, { series: 'invoice', order, restsOn: { entryId }, amount, portion, at })
}

t.test('line by line', async (t) => {
  /** `[lineId, units, amount]`, or the delivery. */
  type Part = [lineId: string, quantity: number, amount: number]
  const movement =
    (orderId: string, paymentId: string) =>
    async (
      kind: 'capture' | 'refund',
      lines: Part[],
      { delivery = 0, part = 1, purpose = crypto.randomUUID() as string } = {},
    ) => {
      const amount = lines.reduce((sum, [, , each]) => sum + each, delivery)
      const parts = lines.map(([lineId, quantity, each]) => ({ lineId, quantity, amount: each }))
      const portion = JSON.stringify({ lines: parts, deliveryAmount: delivery })
      const entry = kind === 'capture' ? 'captured' : 'refunded'
      await db.transaction().execute(async (trx) => {
        const { rows } = await sql<{ id: string }>`
          insert into money_operation (id, order_id, kind, purpose_kind, purpose_id, part, amount, currency, portion, status)
          values (gen_random_uuid(), ${orderId}, ${kind}, 'return', ${purpose}, ${part}, ${amount}, 'NOK', ${portion}, 'done')
          returning id`.execute(trx)
        await sql`insert into ledger_entry (order_id, kind, amount, currency, provider, payment_id, provider_id, operation_id, at)
          values (${orderId}, ${entry}, ${amount}, 'NOK', 'klarna', ${paymentId}, ${crypto.randomUUID()}, ${rows[0]!.id}, now())`.execute(
          trx,
        )
      })
    }
  async function taken() {
    const { orderId, paymentId } = await authorised(100_000)
    const move = movement(orderId, paymentId)
    await move(
      'capture',
      [
        ['1', 2, 2_000],
        ['2', 1, 3_000],
      ],
      { delivery: 500 },
    )
    return move
  }
  t.test('no more goes back than was captured of it, though the order would bear it', async () => {
    const move = await taken()
    await assert.rejects(move('refund', [['1', 1, 2_001]]), refusedBy('refunded_within_captured_by_line'))
    await assert.rejects(move('refund', [['3', 1, 1]]), refusedBy('refunded_within_captured_by_line'))
    await assert.rejects(move('refund', [], { delivery: 501 }), refusedBy('refunded_within_captured_by_line'))
    await move('refund', [['1', 2, 2_000]], { delivery: 500 })
    await assert.rejects(move('refund', [['1', 1, 1]]), refusedBy('_within_captured'))
    await move('refund', [['2', 1, 3_000]])
  })
  t.test('nor more units, though they cost less', async () => {
    const move = await taken()
    await assert.rejects(move('refund', [['1', 3, 1_500]]), refusedBy('units_refunded_within_captured'))
    await move('refund', [['1', 1, 500]])
    await move('refund', [['1', 1, 500]])
    await assert.rejects(move('refund', [['1', 1, 500]]), refusedBy('units_refunded_within_captured'))
  })
  t.test('parts of one refund count their units once', async () => {
    const move = await taken()
    const purpose = crypto.randomUUID()
    await move('refund', [['1', 2, 1_500]], { purpose })
    await move('refund', [['1', 2, 500]], { purpose, part: 2 })
  })
  t.test('ten refunds of one unit at once: as many as were captured', async (t) => {
    const move = await taken()
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => move('refund', [['1', 1, 1_000]])))
    t.equal(fulfilled(all), 2)
  })
  for (const change of ['update line_account set refunded = 0', 'delete from line_account', 'truncate line_account'])
    t.test(`"${change}" is refused, even to who owns the table`, async (t) => {
      await taken()
      await t.rejects(sql.raw(change).execute(owner), /line_account is what ledger_entry adds up to/)
    })
})

async function captured(amount: number) {
  const account = await authorised(amount)
  await db.transaction().execute((trx) => invoice(trx, account.orderId, account.paymentId, amount))
  return account
}

async function operation(orderId: string, amount: number) {
  const { rows } = await sql<{ id: string }>`
    insert into money_operation (id, order_id, kind, purpose_kind, purpose_id, amount, currency)
    values (gen_random_uuid(), ${orderId}, 'capture', 'shipment', 'a shipment', ${amount}, 'NOK') returning id`.execute(
    db,
  )
  return rows[0]!.id
}

async function lastNumber() {
  const { rows } = await sql<{ last_number: number }>`
    select last_number from sales_document_series where series = 'invoice'`.execute(db)
  return rows[0]!.last_number
}
