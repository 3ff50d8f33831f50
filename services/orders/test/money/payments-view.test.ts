import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { sql } from 'kysely'
import t from 'tap'
import { retryOperation } from '../../money/by-hand.ts'
import { sendOperation } from '../../money/jobs/send-operation.ts'
import { checkAuthorisations } from '../../money/jobs/watch-authorisations.ts'
import { lockOperation } from '../../money/operation-store.ts'
import { recordRefused } from '../../money/outcome.ts'
import { handle } from '../../order/handle.ts'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'
import { stopAll } from '../stop-all.ts'

const house = await startOrdersForTest(t)
const { call, db, deps, klarna } = house
const { read, payments, paymentsWhen, placed, formed, dispatch, refund } = paying(house)
await house.stock('SENSOR-1', { stock: 1_000 })

const kindsOf = ({ entries }: { entries: { kind: string }[] }) => entries.map(({ kind }) => kind)
const booksOf = (number: string) => klarna.orders().find(({ merchant_reference1 }) => merchant_reference1 === number)!
const alarmsOf = (orderId: string) => db.selectFrom('alarm').selectAll().where('order_id', '=', orderId).execute()

const capturesOf = (orderId: string) =>
  db.selectFrom('money_operation').selectAll().where('order_id', '=', orderId).where('kind', '=', 'capture').execute()
const isClaimed = ({ claimed_until }: { claimed_until: string | null }) =>
  claimed_until !== null && Temporal.Instant.compare(claimed_until, Temporal.Now.instant()) > 0

/** Something that waits until it is let go. */
function held() {
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  return { released, release }
}

t.test('what became of an order’s money', async (t) => {
  t.test('is nothing before anybody paid, and what the provider holds once somebody did', async (t) => {
    const order = await placed()
    t.strictSame(await payments(order.id), { accounts: [], entries: [], documents: [], operations: [], payouts: [] })
    klarna.approve(order.session)
    const { accounts, entries } = await paymentsWhen('the authorisation', order.id, (view) => view.accounts.length > 0)
    const books = booksOf(order.number)
    const { total } = order.totals
    t.strictSame(accounts, [
      {
        currency: 'NOK',
        provider: 'klarna',
        paymentId: books.order_id,
        authorised: total,
        captured: 0,
        refunded: 0,
        released: 0,
        left: total,
        expiresAt: Temporal.Instant.from(books.expires_at).toString(),
      },
    ])
    t.hasStrict(entries, [{ kind: 'authorised', amount: total, providerId: books.order_id }])
  })

  t.test('a capture is booked with its invoice, a refund with a credit note that refers to it', async (t) => {
    const order = await formed()
    await dispatch(order.id)
    await paymentsWhen('the invoice', order.id, ({ documents }) => documents.length === 1)
    await refund(order.id, 4_000)
    const view = await paymentsWhen('the credit note', order.id, ({ documents }) => documents.length === 2)
    const { captures, refunds } = booksOf(order.number)
    const { total, vat } = order.totals
    t.strictSame(kindsOf(view), ['authorised', 'captured', 'refunded'])
    t.strictSame(
      view.entries.slice(1).map(({ providerId }: { providerId: string }) => providerId),
      [captures[0]!.capture_id, refunds[0]!.refund_id],
    )
    t.hasStrict(view.accounts, [{ captured: total, refunded: 4_000, released: 0, left: 0 }])
    const [invoice, note] = view.documents
    t.hasStrict(invoice, {
      series: 'invoice',
      amount: total,
      vat: [{ rate: 2_500, gross: total, vat }],
    })
    t.hasStrict(note, {
      series: 'credit-note',
      amount: 4_000,
      vat: [{ rate: 2_500, gross: 4_000, vat: 800 }],
      invoices: [invoice.number],
    })
    t.strictSame(view.operations, [])
  })

  t.test('what is let go at a cancellation is booked as released, also when the answer was lost', async (t) => {
    for (const action of [undefined, { type: 'reset' }]) {
      const order = await formed()
      if (action) klarna.faults.add({ match: { method: 'POST', path: '/cancel' }, phase: 'after', action } as never)
      await call('storefront', 'PUT', `/orders/${order.id}/cancellation`, { by: 'customer' })
      await confirmCancellation(order.id)
      const view = await paymentsWhen('the release', order.id, (now) => now.accounts[0].left === 0)
      t.strictSame(kindsOf(view), ['authorised', 'released'])
      t.equal(view.accounts[0].released, order.totals.total)
      t.equal(booksOf(order.number).status, 'CANCELLED')
    }
  })

  t.test('a capture whose answer is lost is booked once, under the provider’s name for it', async (t) => {
    const order = await formed()
    klarna.faults.add({
      match: { method: 'POST', path: '/captures' },
      phase: 'after',
      action: { type: 'reset' },
    } as never)
    await dispatch(order.id)
    const view = await paymentsWhen('the capture', order.id, (now) => now.documents.length === 1)
    const { captures } = booksOf(order.number)
    t.equal(captures.length, 1)
    t.hasStrict(view.entries, [{}, { kind: 'captured', providerId: captures[0]!.capture_id }])
  })

  t.test('a capture that was taken as the power went is found when it is back, and not asked for again', async (t) => {
    const order = await formed()
    const { current } = house.deps.providers
    const { capture } = current
    const taken = Promise.withResolvers<void>()
    Object.assign(current, {
      async capture(input: never) {
        await capture(input)
        taken.resolve()
        Object.assign(current, { capture })
        throw new Error('The power went.')
      },
    })
    await dispatch(order.id)
    await taken.promise
    // The claim of the process that is gone runs out.
    await house.db
      .updateTable('money_operation')
      .set({ claimed_until: null })
      .where('order_id', '=', order.id)
      .execute()
    const { accounts } = await paymentsWhen('the capture', order.id, ({ documents }) => documents.length === 1)
    t.equal(accounts[0].captured, order.totals.total)
    t.equal(booksOf(order.number).captures.length, 1)
  })

  t.test('the provider is told with what the goods left', async (t) => {
    const order = await formed()
    const data = { orderId: order.id, shipmentId: crypto.randomUUID(), at: house.clock.now().toString() }
    const lines = [{ lineId: '1', quantity: 1 }]
    const parcel = { carrier: 'Posten', trackingNumber: 'NO123' }
    await house.db
      .transaction()
      .execute((trx) => handle(trx, { type: 'RecordDispatch', data: { ...data, lines, ...parcel } }, house.deps))
    await paymentsWhen('the capture', order.id, ({ documents }) => documents.length === 1)
    const [captured] = booksOf(order.number).captures
    t.strictSame(captured!.shipping_info, [{ shipping_company: 'Posten', tracking_number: 'NO123' }])
    t.hasStrict((await read(order.id)).shipments, [parcel])
  })

  t.test(
    'a refund waits for the capture before it to have an outcome, so that it never overtakes it in our books',
    async (t) => {
      const order = await formed()
      const { order_id } = booksOf(order.number)
      const captures = { method: 'POST', path: `${order_id}/captures` }
      const reads = { method: 'GET', path: `${order_id}$` }
      klarna.faults.add({ match: captures, phase: 'after', action: { type: 'reset' } } as never)
      klarna.faults.add({ match: reads, phase: 'before', action: { type: 'status', status: 503 } } as never)
      await dispatch(order.id)
      await eventually('the capture at the provider', async () => booksOf(order.number).captures.length === 1)
      await refund(order.id, 1_000)
      const view = await paymentsWhen('both to be booked', order.id, ({ documents }) => documents.length === 2)
      t.strictSame(kindsOf(view), ['authorised', 'captured', 'refunded'])
      t.strictSame(await alarmsOf(order.id), [])
    },
  )

  t.test('a refund that is heard of before its shipment waits until there is something to give back', async (t) => {
    const order = await formed()
    await refund(order.id, 1_000)
    await paymentsWhen('the refund to be planned', order.id, ({ operations }) => operations.length === 1)
    // After hours in vain its next try is far away: it is the capture that has it tried again.
    await eventually('its try to be put off', async () => {
      const { rows } = await sql`update jobs.job set start_after = now() + interval '1 hour'
        where name = 'settle-payment' and state = 'retry' returning id`.execute(house.db)
      return rows.length > 0
    })
    await dispatch(order.id)
    const view = await paymentsWhen('both to be booked', order.id, ({ documents }) => documents.length === 2)
    t.strictSame(kindsOf(view), ['authorised', 'captured', 'refunded'])
    t.strictSame(await alarmsOf(order.id), [])
  })

  t.test(
    'a refund that crosses a cancellation before shipment gives nothing back, since nothing was taken',
    async (t) => {
      const order = await formed()
      await refund(order.id, 1_000)
      await call('support', 'PUT', `/orders/${order.id}/cancellation`, { by: 'customer' })
      await stopAll(house, order.id, house.clock.now().toString())
      const view = await paymentsWhen(
        'the end of it',
        order.id,
        ({ entries, operations }) => entries.length === 2 && operations.length === 0,
      )
      t.strictSame(kindsOf(view), ['authorised', 'released'])
    },
  )

  t.test('a refused operation is told in words, calls a person, and goes on only as a new attempt', async (t) => {
    const order = await formed()
    const { order_id } = booksOf(order.number)
    const action = { type: 'status', status: 403, code: 'PAYMENT_METHOD_FAILED', messages: ['words of theirs'] }
    klarna.faults.add({
      match: { method: 'POST', path: `${order_id}/captures` },
      phase: 'before',
      action,
    } as never)
    await dispatch(order.id)
    const view = await paymentsWhen('the refusal', order.id, ({ operations }) => operations[0]?.status === 'declined')
    const [operation] = view.operations
    t.equal(operation.lastResult, "The customer's means of payment could not be charged.")
    t.match(operation.state, /refused it; a person decides/)
    t.notMatch(JSON.stringify(view), /words of theirs|correlation|idempotency|Basic /i)
    t.hasStrict(await alarmsOf(order.id), [
      {
        kind: 'payment-declined-operation',
        resolved_at: null,
        detail: { operationId: operation.id, reason: 'payment_method_failed' },
      },
    ])

    const said = { by: 'support', reason: 'Again.' }
    await transact(deps, async (trx) => retryOperation(trx, deps, (await lockOperation(trx, operation.id))!, said))
    await paymentsWhen('the capture', order.id, ({ documents }) => documents.length === 1)
    t.not((await alarmsOf(order.id))[0]!.resolved_at, null)
    await t.rejects(
      transact(deps, async (trx) => retryOperation(trx, deps, (await lockOperation(trx, operation.id))!, said)),
      /did it already/,
    )
    const { attempt } = await db
      .selectFrom('money_operation')
      .select('attempt')
      .where('id', '=', operation.id)
      .executeTakeFirstOrThrow()
    t.equal(attempt, 2)
  })

  t.test(
    'a capture that is sent once more is nobody else’s to send, however long reading the books took',
    async (t) => {
      const order = await formed()
      const { order_id } = booksOf(order.number)
      const captures = { method: 'POST', path: `${order_id}/captures` }
      const [books, sending] = [held(), held()]
      klarna.faults.add({ match: captures, phase: 'before', action: { type: 'reset' } })
      const reading = { match: { method: 'GET', path: order_id }, phase: 'before' } as const
      klarna.faults.add({ ...reading, action: { type: 'delay', until: books.released } } as never)
      await dispatch(order.id)
      const operation = await eventually('the books to be read', async () => {
        const [capture] = await capturesOf(order.id)
        return capture?.last_result && isClaimed(capture) ? capture : undefined
      })
      klarna.faults.add({
        match: captures,
        phase: 'before',
        action: { type: 'delay', until: sending.released },
      } as never)
      await sql`update money_operation set claimed_until = now() - interval '1 s' where id = ${operation.id}`.execute(
        db,
      )
      books.release()
      const again = await eventually('it to be sent once more', async () =>
        (await capturesOf(order.id)).find(({ last_sent_at }) => last_sent_at !== operation.last_sent_at),
      )
      t.ok(isClaimed(again))
      await t.rejects(sendOperation(deps).run({ operationId: operation.id }), /in flight/)
      sending.release()
      await paymentsWhen('the capture', order.id, ({ documents }) => documents.length === 1)
      t.equal(booksOf(order.number).captures.length, 1)
    },
  )

  t.test(
    'a capture that was taken although we were told to wait is found when it is refused the second time',
    async (t) => {
      const order = await formed()
      const { order_id } = booksOf(order.number)
      const match = { method: 'POST', path: `${order_id}/captures` }
      klarna.faults.add({ match, phase: 'after', action: { type: 'status', status: 429 } })
      await dispatch(order.id)
      await eventually('it to be taken', async () => booksOf(order.number).captures.length === 1)
      const no = { type: 'status', status: 403, code: 'PAYMENT_METHOD_FAILED' } as const
      klarna.faults.add({ match, phase: 'before', action: no })
      const { accounts } = await paymentsWhen('the capture', order.id, ({ documents }) => documents.length === 1)
      t.equal(accounts[0].captured, order.totals.total)
      t.equal(booksOf(order.number).captures.length, 1)
      t.strictSame(await alarmsOf(order.id), [])
    },
  )

  t.test('what is heard late of an earlier attempt says nothing of the next', async (t) => {
    const order = await formed()
    const busy = { type: 'status', status: 429 } as const
    klarna.faults.add({ match: { method: 'POST', path: '/captures' }, phase: 'before', action: busy, times: 100 })
    await dispatch(order.id)
    const [first] = await eventually('it to be turned away', async () => {
      const captures = await capturesOf(order.id)
      return captures[0]?.last_result ? captures : undefined
    })
    await sql`update money_operation set attempt = 2 where id = ${first!.id}`.execute(db)
    await transact(deps, async (trx) => {
      const locked = (await lockOperation(trx, first!.id))!
      await recordRefused(trx, deps, locked, first!.attempt, 'RecordDeclined', { kind: 'declined' })
    })
    const [next] = await capturesOf(order.id)
    t.not(next!.status, 'declined')
    t.strictSame(await alarmsOf(order.id), [])
    klarna.faults.clear()
    await paymentsWhen('the capture', order.id, ({ documents }) => documents.length === 1)
  })

  t.test('a capture that does not fit the ledger is not booked, not sent twice, and calls a person', async (t) => {
    const order = await formed()
    const { order_id } = booksOf(order.number)
    await sql`insert into ledger_entry (order_id, kind, amount, currency, provider, payment_id, provider_id, at)
      values (${order.id}, 'released', 1, 'NOK', 'klarna', ${order_id}, 'wrong', now())`.execute(db)
    await dispatch(order.id)
    const view = await paymentsWhen(
      'the operation',
      order.id,
      ({ operations }) => operations[0]?.status === 'ambiguous',
    )
    t.match(
      view.operations[0].lastResult,
      /does not fit the ledger: more would be taken and let go than was authorised/,
    )
    t.strictSame(kindsOf(view), ['authorised', 'released'])
    t.strictSame(view.documents, [])
    t.equal((await call('support', 'GET', `/orders/${order.id}`)).body.payment.captured, 0)
    t.equal(booksOf(order.number).captures.length, 1)
    t.hasStrict(await alarmsOf(order.id), [{ kind: 'payment-stuck-operation', resolved_at: null }])
  })

  t.test('an extension moves the end of the authorisation, and no money', async (t) => {
    const order = await formed()
    const before = (await payments(order.id)).accounts[0].expiresAt
    house.clock.advance('P24D')
    await checkAuthorisations(deps)
    const view = await paymentsWhen('the extension', order.id, ({ accounts }) => accounts[0].expiresAt !== before)
    t.strictSame(kindsOf(view), ['authorised', 'extended'])
    t.equal(view.accounts[0].expiresAt, Temporal.Instant.from(booksOf(order.number).expires_at).toString())
    t.equal(view.accounts[0].left, order.totals.total)
  })

  t.test('is for whom the order belongs to and for staff; for others it does not exist', async (t) => {
    const order = await placed()
    const url = `/orders/${order.id}/payments`
    for (const role of ['storefront', 'support']) t.equal((await call(role, 'GET', url)).status, 200)
    assertProblem(await call('customer', 'GET', url), 404, 'order-unknown', /no such order/)
    assertProblem(await call('nobody', 'GET', url), 401, 'token-missing', /bearer/)
    assertProblem(await call('mailer', 'GET', url), 403, 'scope-missing', /orders:read/)
    assertProblem(await call('support', 'GET', '/orders/7/payments'), 400, 'invalid-input', /params\.id .*uuid/)
    await changesNothing(db, () => call('support', 'GET', url))
  })
})

/** Shipping says that the goods have not left. */
async function confirmCancellation(orderId: string) {
  await eventually('the cancellation to be asked for', async () => {
    const { body } = await call('support', 'GET', `/orders/${orderId}`)
    return body.status === 'cancelling'
  })
  await stopAll(house, orderId, house.clock.now().toString())
}
