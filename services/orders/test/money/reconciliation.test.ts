import assert from 'node:assert/strict'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { driftOf } from '../../money/drift.ts'
import { watchReconciliation } from '../../money/jobs/reconcile-day.ts'
import { handle } from '../../order/handle.ts'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'
import { stopAll } from '../stop-all.ts'

const house = await startOrdersForTest(t)
const { call, db, klarna, clock } = house
const { formed, dispatch, refund, paymentsWhen } = paying(house)
await house.stock('SENSOR-1', { stock: 1_000 })

const URL_OF = '/payments/reconciliation'
const today = () => osloDay(clock.now()).toString()
const booksOf = (number: string) => klarna.orders().find(({ merchant_reference1 }) => merchant_reference1 === number)!

/** The report of a day that is asked for now, once it is finished. */
async function reportOf(date: string) {
  const asked = await call('support', 'POST', URL_OF, { date })
  assert.equal(asked.status, 202)
  const { id } = await db
    .selectFrom('reconciliation_run')
    .select('id')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  await eventually('the report', async () => {
    const { finished_at } = await db
      .selectFrom('reconciliation_run')
      .select('finished_at')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return finished_at !== null
  })
  const { status, body } = await call('support', 'GET', `${URL_OF}?date=${date}&limit=500`)
  assert.equal(status, 200)
  return body
}

type Found = { orderId: string }
const findingOf = (report: { payments: Found[] }, { id }: { id: string }) =>
  report.payments.find(({ orderId }) => orderId === id)

async function captured() {
  const order = await formed()
  await dispatch(order.id)
  await paymentsWhen('the capture', order.id, ({ documents }) => documents.length === 1)
  return order
}

/** Goods leave, and the job that captures their payment is lost. */
async function dispatchUnheard(orderId: string) {
  const enqueue = house.deps.jobs.enqueue
  house.deps.jobs.enqueue = async () => {}
  await dispatch(orderId).finally(() => {
    house.deps.jobs.enqueue = enqueue
  })
}

t.test('the daily comparison with the provider’s books', async (t) => {
  t.test('of a day that was not compared does not exist; one that has not begun cannot be', async () => {
    assertProblem(await call('support', 'GET', `${URL_OF}?date=2020-02-03`), 404, 'report-unknown', /not been compared/)
    assertProblem(await call('support', 'POST', URL_OF, { date: '2999-01-01' }), 400, 'invalid-input', /not begun/)
    for (const date of ['2026-02-30', 'yesterday'])
      assertProblem(await call('support', 'POST', URL_OF, { date }), 400, 'invalid-input', /day|date/)
    for (const method of ['GET', 'POST'] as const) {
      const body = method === 'POST' ? { date: '2020-02-03' } : undefined
      const url = method === 'GET' ? `${URL_OF}?date=2020-02-03` : URL_OF
      assertProblem(await call('customer', method, url, body), 403, 'scope-missing', /staff/)
    }
  })

  t.test('finds nothing where ledger and provider say the same', async (t) => {
    const [open, paid] = [await formed(), await captured()]
    const report = await reportOf(today())
    const { total } = open.totals
    const untouched = { captured: 0, refunded: 0, capturable: total }
    const taken = { captured: total, refunded: 0, capturable: 0 }
    t.hasStrict(findingOf(report, open), { ledger: untouched, provider: untouched, drift: [] })
    t.hasStrict(findingOf(report, paid), { ledger: taken, provider: taken, drift: [] })
    t.strictSame(report.counts, { payments: report.payments.length, drift: 0, inFlight: 0 })
    t.strictSame(report.drift, [])
  })

  t.test('finds a capture that was made in the provider’s portal, lists it, and calls a person', async (t) => {
    const order = await formed()
    const { order_id } = booksOf(order.number)
    klarna.portal.capture(order_id, 3_000)
    const report = await reportOf(today())
    const [movement] = booksOf(order.number).captures
    const { total } = order.totals
    const drift = [
      {
        kind: 'movement-not-in-ledger',
        movement: 'capture',
        providerId: movement!.capture_id,
        amount: 3_000,
        at: Temporal.Instant.from(movement!.captured_at).toString(),
      },
      { kind: 'captured-differs', provider: 3_000, ledger: 0 },
      { kind: 'capturable-differs', provider: total - 3_000, ledger: total },
    ]
    t.strictSame(
      report.drift.filter(({ orderId }: Found) => orderId === order.id).map((found: { drift: object }) => found.drift),
      [drift],
    )
    t.equal(report.counts.drift, 1)
    const alarms = await db.selectFrom('alarm').selectAll().where('order_id', '=', order.id).execute()
    t.hasStrict(alarms, [{ kind: 'reconciliation-drift', detail: { paymentId: order_id, drift } }])
    klarna.portal.refund(order_id, 3_000)
  })

  t.test('what somebody captured and refunded elsewhere is taken into the ledger after a look, once', async (t) => {
    const order = await formed()
    const { order_id } = booksOf(order.number)
    klarna.portal.capture(order_id, 3_000)
    klarna.portal.refund(order_id, 1_000)
    const [capture, refund] = [booksOf(order.number).captures[0]!, booksOf(order.number).refunds[0]!]
    const adopt = (providerId: string, role = 'support') =>
      call(role, 'PUT', `/orders/${order.id}/payments/movements/${providerId}`, {
        reason: 'Done by hand in the portal.',
      })
    assertProblem(await adopt(capture.capture_id), 409, 'movement-unknown', /Have the day compared first/)
    await reportOf(today())
    assertProblem(await adopt(capture.capture_id, 'storefront'), 403, 'scope-missing', /staff/)
    assertProblem(await adopt('made-up'), 409, 'movement-unknown', /made-up/)
    // Nothing is given back that the ledger does not hold.
    assertProblem(await adopt(refund.refund_id), 409, 'movement-does-not-fit', /does not fit/)
    for (const providerId of [capture.capture_id, refund.refund_id, capture.capture_id])
      t.hasStrict(await adopt(providerId), { status: 200, body: { status: 'done', providerId } })
    const { accounts, documents } = (await call('support', 'GET', `/orders/${order.id}/payments`)).body
    t.hasStrict(accounts, [{ captured: 3_000, refunded: 1_000 }])
    t.strictSame(
      documents.map(({ series, amount }: { series: string; amount: number }) => [series, amount]),
      [
        ['invoice', 3_000],
        ['credit-note', 1_000],
      ],
    )
    const { payment } = (await call('support', 'GET', `/orders/${order.id}`)).body
    t.strictSame([payment.captured, payment.refunded], [3_000, 1_000])
    const report = await reportOf(today())
    t.strictSame((findingOf(report, order) as { drift?: object }).drift, [])
  })

  t.test(
    'an order that is cancelled after a part was captured elsewhere gives that back and lets the rest go',
    async (t) => {
      const order = await formed()
      const { order_id } = booksOf(order.number)
      klarna.portal.capture(order_id, 3_000)
      klarna.portal.refund(order_id, 1_000)
      await reportOf(today())
      const { captures, refunds } = booksOf(order.number)
      for (const providerId of [captures[0]!.capture_id, refunds[0]!.refund_id]) {
        const url = `/orders/${order.id}/payments/movements/${providerId}`
        t.equal((await call('support', 'PUT', url, { reason: 'Done by hand.' })).status, 200)
      }
      const at = clock.now().toString()
      await transact(house.deps, async (trx) => {
        const data = { orderId: order.id, at }
        await handle(
          trx,
          {
            type: 'CancelOrder',
            data: { requestId: crypto.randomUUID(), ...data, by: 'customer', reason: 'customer-wish' },
          },
          house.deps,
        )
      })
      await stopAll(house, order.id, at)
      const { accounts } = await paymentsWhen(
        'all of it to be back',
        order.id,
        (view) => view.accounts[0].left === 0 && view.accounts[0].refunded === 3_000,
      )
      t.equal(accounts[0].released, order.totals.total - 3_000)
      const books = booksOf(order.number)
      t.strictSame([books.refunded_amount, books.remaining_authorized_amount], [3_000, 0])
    },
  )

  t.test('what was captured elsewhere after our own capture was refused settles ours', async (t) => {
    const order = await formed()
    const { order_id } = booksOf(order.number)
    const refused = { type: 'status', status: 403, code: 'NOT_ALLOWED' } as const
    klarna.faults.add({ match: { method: 'POST', path: `${order_id}/captures` }, phase: 'before', action: refused })
    await dispatch(order.id)
    await paymentsWhen('the refusal', order.id, ({ operations }) => operations[0]?.status === 'declined')
    klarna.portal.capture(order_id, order.totals.total)
    await reportOf(today())
    const { capture_id } = booksOf(order.number).captures[0]!
    const url = `/orders/${order.id}/payments/movements/${capture_id}`
    t.equal((await call('support', 'PUT', url, { reason: 'Captured by hand.' })).status, 200)
    const { operations, documents } = (await call('support', 'GET', `/orders/${order.id}/payments`)).body
    t.strictSame([operations, documents.length], [[], 1])
    const calls = await db.selectFrom('alarm').selectAll().where('order_id', '=', order.id).execute()
    t.ok(calls.find(({ kind }) => kind === 'payment-declined-operation')?.resolved_at)
  })

  t.test(
    'what was captured by hand, and leaves too little for the goods that go out, is a part of what is asked for them',
    async (t) => {
      const order = await formed()
      const { total } = order.totals
      const { order_id } = booksOf(order.number)
      for (const amount of [3_000, 2_000]) klarna.portal.capture(order_id, amount)
      await reportOf(today())
      const [capture_id, other] = booksOf(order.number).captures.map((capture) => capture.capture_id)
      for (const providerId of [capture_id, other]) {
        const adoption = `/orders/${order.id}/payments/movements/${providerId}`
        t.equal((await call('support', 'PUT', adoption, { reason: 'By hand.' })).status, 200)
      }
      const shipmentId = crypto.randomUUID()
      await dispatch(order.id, shipmentId)
      const { operations } = await paymentsWhen(
        'the refusal',
        order.id,
        (view) => view.operations[0]?.status === 'declined',
      )
      const url = `/payments/operations/${operations[0].id}/verdict`
      const say = (verdict: string, providerId?: string) =>
        call('support', 'PUT', url, { verdict, providerId, reason: 'It was for these goods.' })
      assertProblem(await say('not-executed'), 409, 'operation-not-ambiguous', /tried again/)
      assertProblem(await say('executed', 'made-up'), 409, 'movement-unknown', new RegExp(capture_id!))
      for (const _ of [1, 2]) t.equal((await say('executed', capture_id)).status, 200)
      await paymentsWhen(
        'another refusal',
        order.id,
        (view) => view.operations[0]?.amount === total - 3_000 && view.operations[0].status === 'declined',
      )
      t.equal((await say('executed', other)).status, 200)
      const { accounts, documents } = await paymentsWhen('the rest', order.id, (view) => view.operations.length === 0)
      t.equal(accounts[0].captured, total)
      t.strictSame(
        documents.map(({ amount }: { amount: number }) => amount),
        [3_000, 2_000, total - 5_000],
      )
      t.equal((await call('support', 'GET', `/orders/${order.id}`)).body.payment.captured, total)
      const history = (await call('support', 'GET', `/orders/${order.id}/history`)).body.items
      const told = history.filter(
        ({ type, data }: { type: string; data: { shipmentId?: string } }) =>
          type === 'PaymentCaptured' && data.shipmentId === shipmentId,
      )
      t.hasStrict(told, [{ data: { amount: total, alreadyRecordedAmount: 5_000 } }])
      const calls = await db.selectFrom('alarm').selectAll().where('order_id', '=', order.id).execute()
      t.ok(calls.find(({ kind }) => kind === 'payment-declined-operation')?.resolved_at)
    },
  )

  t.test('a refund of more than the ledger holds', async (t) => {
    t.test(
      'was given back in part in the portal: a person is called, says which movement it is, and the rest goes back',
      async (t) => {
        const order = await captured()
        const { total } = order.totals
        const { order_id } = booksOf(order.number)
        klarna.portal.refund(order_id, 10_000)
        await reportOf(today())
        const { refund_id } = booksOf(order.number).refunds[0]!
        const adoption = { reason: 'Given back by hand before the return was decided.' }
        await call('support', 'PUT', `/orders/${order.id}/payments/movements/${refund_id}`, adoption)
        const returnId = crypto.randomUUID()
        await refund(order.id, total, returnId)
        const waiting = await paymentsWhen('the refund to wait', order.id, ({ operations }) =>
          /waits for the rest/.test(operations[0]?.state),
        )
        clock.advance('PT61M')
        const alarms = db.selectFrom('alarm').selectAll().where('order_id', '=', order.id)
        const stuck = () => alarms.where('kind', '=', 'payment-stuck-operation').executeTakeFirst()
        await eventually('a person to be called', stuck)

        const url = `/payments/operations/${waiting.operations[0].id}/verdict`
        const say = (verdict: string, providerId?: string) =>
          call('support', 'PUT', url, { verdict, providerId, reason: 'It is of this return.' })
        assertProblem(await say('not-executed'), 409, 'operation-not-ambiguous', /waits/)
        assertProblem(await say('executed', 'made-up'), 409, 'movement-unknown', new RegExp(refund_id))
        for (const _ of [1, 2]) t.equal((await say('executed', refund_id)).status, 200)
        const { accounts } = await paymentsWhen('all to be back', order.id, (view) => view.operations.length === 0)
        t.equal(accounts[0].refunded, total)
        t.equal(booksOf(order.number).refunded_amount, total)
        t.equal((await call('support', 'GET', `/orders/${order.id}`)).body.payment.refunded, total)
        const history = (await call('support', 'GET', `/orders/${order.id}/history`)).body.items
        const told = history.filter(({ data }: { data: object }) => 'returnId' in data && data.returnId === returnId)
        t.hasStrict(told, [{ data: { amount: total, alreadyRecordedAmount: 10_000 } }])
        t.ok((await stuck())!.resolved_at)
      },
    )

    t.test(
      'was given back whole in the portal: the returns are settled by that movement and nothing more is sent',
      async (t) => {
        const order = await captured()
        const { order_id } = booksOf(order.number)
        klarna.portal.refund(order_id, order.totals.total)
        await reportOf(today())
        const { refund_id } = booksOf(order.number).refunds[0]!
        await call('support', 'PUT', `/orders/${order.id}/payments/movements/${refund_id}`, { reason: 'By hand.' })
        await refund(order.id, 10_000)
        const { operations } = await paymentsWhen('the refund to wait', order.id, (view) =>
          /waits for the rest/.test(view.operations[0]?.state),
        )
        const verdict = { verdict: 'executed', providerId: refund_id, reason: 'The same goods.' }
        const said = await call('support', 'PUT', `/payments/operations/${operations[0].id}/verdict`, verdict)
        t.hasStrict(said, { status: 200, body: { status: 'done', providerId: refund_id } })
        // What the movement has left is for the next return.
        await refund(order.id, order.totals.total - 10_000)
        const next = await paymentsWhen('the next to wait', order.id, (view) => /waits/.test(view.operations[0]?.state))
        await call('support', 'PUT', `/payments/operations/${next.operations[0].id}/verdict`, verdict)
        const { items } = (await call('support', 'GET', `/orders/${order.id}/history`)).body
        type Told = { type: string; data: { amount: number; alreadyRecordedAmount?: number } }
        t.strictSame(
          items
            .filter(({ type }: Told) => type === 'PaymentRefunded')
            .map(({ data }: Told) => [data.amount, data.alreadyRecordedAmount]),
          [
            [order.totals.total, undefined],
            [10_000, 10_000],
            [order.totals.total - 10_000, order.totals.total - 10_000],
          ],
        )
        t.equal((await call('support', 'GET', `/orders/${order.id}`)).body.payment.refunded, order.totals.total)
        t.equal(booksOf(order.number).refunds.length, 1)
      },
    )

    t.test(
      'hides no drift meanwhile, and goes back once what it waits for was captured elsewhere and taken in',
      async (t) => {
        const order = await formed()
        const { order_id } = booksOf(order.number)
        await refund(order.id, 3_000)
        await paymentsWhen('the refund to wait', order.id, (view) => /waits/.test(view.operations[0]?.state))
        klarna.portal.capture(order_id, 3_000)
        const found = findingOf(await reportOf(today()), order) as { drift?: { kind: string }[] }
        t.strictSame(
          found.drift!.map(({ kind }) => kind),
          ['movement-not-in-ledger', 'captured-differs', 'capturable-differs'],
        )
        const { capture_id } = booksOf(order.number).captures[0]!
        const url = `/orders/${order.id}/payments/movements/${capture_id}`
        t.equal((await call('support', 'PUT', url, { reason: 'By hand.' })).status, 200)
        await paymentsWhen('the refund', order.id, ({ accounts }) => accounts[0].refunded === 3_000)
      },
    )
  })

  t.test('holds what moved that day and what is open, and nothing else', async (t) => {
    const [open, paid] = [await formed(), await captured()]
    clock.advance('P3D')
    const report = await reportOf(today())
    t.ok(findingOf(report, open))
    t.equal(findingOf(report, paid), undefined)
  })

  t.test('goes through all payments, some per job', async (t) => {
    const orders = await Promise.all(Array.from({ length: 7 }, () => formed()))
    const report = await reportOf(today())
    for (const order of orders) t.ok(findingOf(report, order), order.number)
    const seen: string[] = []
    let next = ''
    do {
      const { body } = await call('support', 'GET', `${URL_OF}?date=${today()}&limit=3${next && `&after=${next}`}`)
      seen.push(...body.payments.map(({ orderId }: Found) => orderId))
      next = body.next ?? ''
    } while (next !== '')
    t.strictSame(
      seen,
      report.payments.map(({ orderId }: Found) => orderId),
    )
  })

  t.test('has what the job queue gave up on asked again', async (t) => {
    const order = await formed()
    await dispatchUnheard(order.id)
    clock.advance('PT2H')
    await reportOf(today())
    await paymentsWhen('the capture', order.id, ({ documents }) => documents.length === 1)
    t.equal(booksOf(order.number).captures.length, 1)
  })

  t.test('is tried again while the provider does not answer, and says nothing until then', async (t) => {
    const order = await captured()
    const { order_id } = booksOf(order.number)
    klarna.faults.add({
      match: { method: 'GET', path: order_id },
      phase: 'before',
      action: { type: 'status', status: 503 },
      times: 2,
    } as never)
    const report = await reportOf(today())
    t.strictSame((findingOf(report, order) as unknown as { drift: [] }).drift, [])
  })

  t.test('is begun by the clock once a day for the day before, by however many processes', async (t) => {
    const watchers = [watchReconciliation(house.deps), watchReconciliation(house.deps)]
    const begun = () =>
      db
        .selectFrom('reconciliation_run')
        .select(['day', 'finished_at'])
        .where('asked_by', 'is', null)
        .orderBy('day')
        .execute()
    const daysBefore = () => osloDay(clock.now()).subtract({ days: 1 }).toString()
    try {
      const days: string[] = []
      for (const _ of [1, 2]) {
        days.push(daysBefore())
        await eventually(`the report of ${days.at(-1)}`, async () => {
          const runs = await begun()
          return runs.length === days.length && runs.every(({ finished_at }) => finished_at !== null)
        })
        t.equal((await call('support', 'GET', `${URL_OF}?date=${days.at(-1)}`)).status, 200)
        clock.advance('P1D')
      }
      const runs = await begun()
      t.strictSame(
        runs.slice(0, 2).map(({ day }) => day),
        days,
      )
    } finally {
      await Promise.all(watchers.map((watcher) => watcher.stop()))
    }
  })
})

t.test('what differs', async (t) => {
  const ledger = { captured: 0, refunded: 0, capturable: 500 }
  const movement = { providerId: 'c-1', reference: 'operation-1', amount: 200, at: null }
  const snapshot = { captured: 200, refunded: 0, capturable: 300, captures: [movement], refunds: [] }

  t.test('is no drift while our own operation is under way', async (t) =>
    t.strictSame(driftOf({ ledger, booked: [], underWay: new Set(['operation-1']) }, snapshot), []),
  )

  t.test('is drift when the movement is not of the operation that is under way', async (t) =>
    t.strictSame(
      driftOf({ ledger, booked: [], underWay: new Set(['operation-2']) }, snapshot).map(({ kind }) => kind),
      ['movement-not-in-ledger'],
    ),
  )

  t.test('is drift when the provider does not show what was booked', async (t) => {
    const booked = [{ movement: 'capture' as const, providerId: 'c-1', amount: 200, at: '2026-06-01T08:00:00Z' }]
    const side = { captured: 200, refunded: 0, capturable: 300 }
    t.strictSame(
      driftOf({ ledger: side, booked, underWay: new Set() }, { ...snapshot, captures: [] }).map(({ kind }) => kind),
      ['movement-not-at-provider'],
    )
    t.strictSame(driftOf({ ledger: side, booked, underWay: new Set() }, snapshot), [])
  })
})
