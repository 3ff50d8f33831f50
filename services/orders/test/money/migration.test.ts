import assert from 'node:assert/strict'
import { databaseBefore } from '@vilkar/testing/database-before.ts'
import { sql } from 'kysely'
import t from 'tap'
import { migrations } from '../../service.ts'

const orderId = '019e8258-8c00-7a60-8f0e-2f8f9a4d1c11'
const cancelledId = '019e8258-8c00-7a60-8f0e-2f8f9a4d1c12'
const shipment = '019e8258-8c00-7b01-9a52-0d6b1f7c3e22'
const returned = '019e8258-8c00-7b01-9a52-0d6b1f7c3e33'
const portion = { lines: [{ lineId: '1', quantity: 1, amount: 1_000 }], deliveryAmount: 0 }
const session = { provider: 'klarna', id: 's-1', url: 'https://pay.example/s-1', expiresAt: '2026-06-03T10:00:00Z' }

/** Rows of the table that held both, as they were written: `[kind, cause, status, detail, last_result]`. */
type Before = [kind: string, cause: string, status: string, detail?: object, lastResult?: object]

t.test('operations and sessions of before keep their ids, what they are for and how far they have come', async (t) => {
  const { db, migrateToNow, close } = await databaseBefore(migrations, '024')
  t.teardown(close)
  const ids = new Map<Before, string>()
  const order = (id: string, status: string) =>
    sql`insert into orders (id, number, version, status, state, personal, placed_at, wake_at)
      values (${id}, ${id}, 1, ${status}, '{"placed": {"terms": {"edition": "a-seller/2026-01-15"}}}', '{}', now(), now())`.execute(
      db,
    )
  async function add(id: string, before: Before) {
    const [kind, cause, status, detail = {}, lastResult] = before
    ids.set(before, crypto.randomUUID())
    const result = lastResult === undefined ? null : JSON.stringify(lastResult)
    await sql`insert into payment_operation (id, order_id, kind, cause, amount, currency, detail, status, last_result, request)
      values (${ids.get(before)}, ${id}, ${kind}, ${cause}, 1000, 'NOK', ${JSON.stringify(detail)}, ${status}, ${result},
        ${kind === 'start' ? 'bytes' : null})`.execute(db)
  }
  await order(orderId, 'dispatched')
  await order(cancelledId, 'cancelled')
  const paid: Before = ['start', '', 'done', { session, paymentId: 'p-1', dropped: ['p-0'] }]
  const approving: Before = ['start', 'instead-of p-1', 'done', { session, approvalToken: 'a', portion }]
  const refused: Before = ['start', '', 'declined']
  const capture: Before = ['capture', shipment, 'sent', { portion, parcel: { carrier: 'Posten' }, paymentId: 'p-1' }]
  const waiting: Before = ['refund', returned, 'planned', { portion }, { kind: 'waits', since: '2026-06-01T10:00:00Z' }]
  const part: Before = ['refund', `${returned}/2`, 'planned', { portion, paymentId: 'p-2' }]
  const stuck: Before = ['capture', orderId, 'stuck', { portion }, { kind: 'ambiguous', candidates: [] }]
  const adopted: Before = ['refund', crypto.randomUUID(), 'done', { portion, adopted: true, paymentId: 'p-1' }]
  const held: Before = [
    'refund',
    crypto.randomUUID(),
    'declined',
    { portion, byHand: [{ operationId: 'x', amount: 5 }] },
  ]
  const extend: Before = ['extend', 'until 2026-06-20T10:00:00.000Z', 'planned', { paymentId: 'p-1' }]
  const release: Before = ['release', 'p-9', 'done', { paymentId: 'p-9' }]
  for (const before of [paid, approving, capture, waiting, part, stuck, adopted, extend]) await add(orderId, before)
  for (const before of [refused, held, release]) await add(cancelledId, before)
  await sql`insert into ledger_entry (order_id, kind, amount, currency, provider, payment_id, provider_id, operation_id, at)
    values (${orderId}, 'authorised', 1000, 'NOK', 'klarna', 'p-1', 'p-1', ${ids.get(paid)}, now())`.execute(db)
  for (const about of [refused, stuck])
    await sql`insert into operation_decision (id, operation_id, attempt, verdict, said_by, reason, said_at)
      values (${crypto.randomUUID()}, ${ids.get(about)}, 1, 'retry', 'support', 'Again.', now())`.execute(db)

  await migrateToNow()

  const { rows: sessions } = await sql<Record<string, unknown>>`select * from payment_session`.execute(db)
  const sessionOf = (before: Before) => sessions.find(({ id }) => id === ids.get(before))
  t.equal(sessions.length, 3)
  const opened = { provider: 'klarna', provider_session_id: 's-1', url: session.url, request: 'bytes' }
  t.hasStrict(sessionOf(paid), {
    ...{ ...opened, status: 'paid', payment_id: 'p-1', dropped_payment_ids: ['p-0'], replaces_payment_id: null },
  })
  t.hasStrict(sessionOf(approving), {
    ...{ ...opened, status: 'approving', approval_token: 'a', replaces_payment_id: 'p-1', portion },
  })
  t.hasStrict(sessionOf(refused), { status: 'declined', provider: null, replaces_payment_id: null })

  const { rows: operations } = await sql<Record<string, unknown>>`select * from money_operation`.execute(db)
  const is = (before: Before, expected: object) =>
    assert.partialDeepStrictEqual(
      operations.find(({ id }) => id === ids.get(before)),
      expected,
    )
  t.equal(operations.length, 8)
  is(capture, {
    purpose_kind: 'shipment',
    purpose_id: shipment,
    status: 'sent',
    parcel: { carrier: 'Posten' },
    portion,
  })
  is(waiting, {
    purpose_kind: 'return',
    purpose_id: returned,
    part: 1,
    status: 'waiting-for-capture',
    last_result: null,
  })
  t.match(String(operations.find(({ id }) => id === ids.get(waiting))!.waiting_since), /^2026-06-01 10:00:00/)
  is(part, { purpose_kind: 'return', purpose_id: returned, part: 2, payment_id: 'p-2', status: 'planned' })
  is(stuck, { purpose_kind: 'whole-order', purpose_id: orderId, status: 'ambiguous' })
  is(adopted, { purpose_kind: 'by-hand', purpose_id: adopted[1], status: 'done' })
  is(held, { purpose_kind: 'whole-order', purpose_id: held[1], by_hand: [{ operationId: 'x', amount: 5 }] })
  is(extend, { purpose_kind: 'expiry', purpose_id: '2026-06-20T10:00:00.000Z', payment_id: 'p-1' })
  is(release, { purpose_kind: 'payment', purpose_id: 'p-9' })

  const entries = sql<object>`select operation_id, session_id from ledger_entry`
  t.strictSame((await entries.execute(db)).rows, [{ operation_id: null, session_id: ids.get(paid) }])
  await t.rejects(sql`update ledger_entry set amount = 1`.execute(db), /only ever added to/)
  const decisions = sql<object>`select operation_id, session_id from operation_decision order by session_id`
  t.strictSame((await decisions.execute(db)).rows, [
    { operation_id: null, session_id: ids.get(refused) },
    { operation_id: ids.get(stuck), session_id: null },
  ])
})
