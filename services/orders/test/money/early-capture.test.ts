import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t, { type Test } from 'tap'
import { onWithdrawalDeclared } from '../../order/reactions/on-withdrawal-declared.ts'
import { alarm, dispatch, type Fault, formed, tell } from '../alarming.ts'
import { stopAll } from '../stop-all.ts'

/** An order at whose checkout an earlier payment was stated, or was not. */
async function stated(t: Test, early: boolean, fault?: Fault) {
  const all = await formed(t, { request: { earlyCapture: early }, fault })
  const { house, id } = all
  const at = house.clock.now().toString()
  const cancel = async () => {
    await tell(house, {
      type: 'CancelOrder',
      data: { requestId: crypto.randomUUID(), orderId: id, at, by: 'customer', reason: 'customer-wish' },
    })
    await stopAll(house, id, at)
  }
  const captured = () =>
    eventually('the early capture', async () => (await all.read()).payment.captured === all.order.totals.total)
  return { ...all, cancel, captured }
}

t.test('a payment before shipment (clause 6.2)', async (t) => {
  t.test('is taken at formation when it was stated, and not again when the goods leave', async (t) => {
    const { house, id, order, read, captured } = await stated(t, true)
    await captured()
    await dispatch(house, id)
    const seen = await read()
    t.equal(seen.shipments[0].captureAmount, 0)
    const captures = await house.db
      .selectFrom('money_operation')
      .select('amount')
      .where('kind', '=', 'capture')
      .execute()
    t.strictSame(captures, [{ amount: order.totals.total }])
    const { items } = (await house.call('support', 'GET', `/orders/${id}/history`)).body
    const { reasons } = items.find(({ type }: { type: string }) => type === 'PaymentCaptured')
    t.equal(reasons[0].code, 'early-capture-stated')
    t.match(house.mailbox.to('kari@example.com')[1]!.text, /taken now, as was stated when you ordered/)
  })
  t.test('is not taken when nothing was stated', async (t) => {
    const { house } = await stated(t, false)
    const captures = await house.db.selectFrom('money_operation').select('id').where('kind', '=', 'capture').execute()
    t.strictSame(captures, [])
  })
  t.test('goes back whole when the order is cancelled before its goods leave', async (t) => {
    const { house, order, read, cancel, captured } = await stated(t, true)
    await captured()
    await cancel()
    await eventually('the refund', async () => (await read()).payment.refunded === order.totals.total)
    const [books] = house.klarna.orders()
    t.strictSame([books!.captures.length, books!.refunds.length], [1, 1])
    t.strictSame(house.klarna.violations(), [])
  })
  t.test('goes back too when it was on its way as the order was cancelled', async (t) => {
    const { house, order, read, cancel } = await stated(t, true)
    await cancel()
    // The books come to rest last: a capture on its way may still be told after the rest was let go.
    await eventually('nothing to be held or taken at the provider', async () => {
      const [books] = house.klarna.orders()
      return books!.remaining_authorized_amount === 0 && books!.captured_amount === books!.refunded_amount
    })
    const { payment } = await eventually('the order to know', async () => {
      const seen = await read()
      const { captured, refunded, released } = seen.payment
      return captured === refunded && (released || refunded === order.totals.total) && seen
    })
    t.equal(payment.captured, house.klarna.orders()[0]!.captured_amount)
  })
  t.test(
    'that was refused and made by hand goes back, each time, when the order was cancelled, and is not asked for again',
    async (t) => {
      const { house, id, read, cancel } = await stated(t, true, {
        match: { method: 'POST', path: '/captures$' },
        phase: 'before',
        action: { type: 'status', status: 403, code: 'NOT_ALLOWED' },
        times: 100,
      })
      const { detail } = await alarm(house, 'payment-declined-operation')
      const books = () => house.klarna.orders()[0]!
      for (const amount of [3_000, 2_000]) house.klarna.portal.capture(books().order_id, amount)
      await cancel()
      await eventually('the rest to be let go', async () => (await read()).payment.released)
      await house.call('support', 'POST', '/payments/reconciliation', { date: osloDay(house.clock.now()).toString() })
      for (const { capture_id } of books().captures) {
        const url = `/orders/${id}/payments/movements/${capture_id}`
        await eventually(
          'it to be taken into the ledger',
          async () => (await house.call('support', 'PUT', url, { reason: 'By hand.' })).status === 200,
        )
      }
      await eventually('all of it to be back', async () => (await read()).payment.refunded === 5_000)
      t.equal(books().refunded_amount, 5_000)
      const verdict = { verdict: 'executed', providerId: books().captures[0]!.capture_id, reason: 'It was for this.' }
      const said = await house.call('support', 'PUT', `/payments/operations/${detail.operationId}/verdict`, verdict)
      t.strictSame([said.status, said.body.type], [409, '/problems/order-cancelled'])
    },
  )
  t.test('what was only held is let go when the customer withdraws before the goods leave', async (t) => {
    const { house, id, read } = await stated(t, false)
    const at = house.clock.now().toString()
    const lines = [{ lineId: '1', quantity: 3, amount: 30_000 }]
    const withdrawal = { orderId: id, returnId: crypto.randomUUID(), declaredAt: at, lines }
    await transact(house.deps, (trx) => onWithdrawalDeclared(trx, house.deps, withdrawal as never))
    await stopAll(house, id, at)
    await eventually('the release', async () => (await read()).payment.released)
    t.equal(house.klarna.orders()[0]!.status, 'CANCELLED')
  })
  t.test('what was only held is let go when the order is cancelled', async (t) => {
    const { house, read, cancel } = await stated(t, false)
    await cancel()
    await eventually('the release', async () => (await read()).payment.released)
    t.equal(house.klarna.orders()[0]!.status, 'CANCELLED')
  })
})
