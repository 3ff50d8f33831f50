import type { PaymentProvider } from '@vilkar/payments/port.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { onRefundDecided } from '../../money/reactions/on-refund-decided.ts'
import { accountOf, alarm, alarmsOf, decideRefund, dispatch, formed, historyOf, resolved, tell } from '../alarming.ts'
import type { OrdersForTest } from '../orders-service.ts'
import { stopAll } from '../stop-all.ts'
import { AFTER_EXPIRY, EXTEND, paidTwice, refused, sentUnpaid } from './paid-twice.ts'

const WITHIN_FIVE_DAYS = 'P24D'
const CAPTURE = { method: 'POST', path: '/captures' }

t.test('an authorisation that is about to run out', async (t) => {
  t.test('is extended, once, while its goods are still here', async (t) => {
    const { house } = await formed(t, { watch: true })
    const before = (await accountOf(house)).expires_at!
    house.clock.advance(WITHIN_FIVE_DAYS)
    const after = await eventually('the extension', async () => {
      const { expires_at } = await accountOf(house)
      return (
        Temporal.Instant.compare(Temporal.Instant.from(expires_at!), Temporal.Instant.from(before)) > 0 && expires_at
      )
    })
    const [books] = house.klarna.orders()
    t.ok(Temporal.Instant.from(books!.expires_at).equals(Temporal.Instant.from(after!)))
    const operations = await house.db
      .selectFrom('money_operation')
      .select('status')
      .where('kind', '=', 'extend')
      .execute()
    t.strictSame(operations, [{ status: 'done' }])
    t.strictSame(await alarmsOf(house, 'authorisation-expiring'), [])
  })

  t.test('is left to end when nothing of it is to be taken any more', async (t) => {
    const { house, id, order, read } = await formed(t, { watch: true })
    await dispatch(house, id)
    await eventually('the capture', async () => (await read()).payment.captured === order.totals.total)
    house.clock.advance(AFTER_EXPIRY)
    await eventually('a look after the end', async () => lookedSince(house))
    t.strictSame((await house.call('support', 'GET', '/alarms')).body.items, [])
  })

  t.test('calls for a person when the provider will not, who can have it tried again', async (t) => {
    const { house } = await formed(t, { watch: true })
    house.klarna.faults.add({ match: EXTEND, phase: 'before', action: refused })
    house.clock.advance(WITHIN_FIVE_DAYS)
    const raised = await alarm(house, 'authorisation-expiring')
    const answer = await house.call('support', 'POST', `/payments/operations/${raised.detail.operationId}/retry`, {
      reason: 'Klarna said that it works again.',
    })
    t.equal(answer.status, 202)
    t.equal(answer.body.attempt, 2)
    t.match((await resolved(house, 'authorisation-expiring')).resolution, /lasts longer/)
    const kept = await house.db.selectFrom('operation_decision').select(['verdict', 'said_by', 'reason']).execute()
    t.hasStrict(kept, [{ verdict: 'retry', reason: 'Klarna said that it works again.' }])
  })
})

t.test('an authorisation that the provider extends no further calls for a person', async (t) => {
  const { house } = await formed(t, { watch: true })
  const before = (await accountOf(house)).expires_at!
  const extend: PaymentProvider['extend'] = async () => ({
    kind: 'ok',
    value: { expiresAt: Temporal.Instant.from(before) },
  })
  Object.assign(house.deps.providers.current, { extend })
  house.clock.advance(WITHIN_FIVE_DAYS)
  const { detail } = await alarm(house, 'authorisation-expiring')
  t.equal(detail.reason, 'not-extended-further')
})

/** Whether the watcher has looked at deadlines once more: a row that was due before it looked is not due after. */
async function lookedSince({ db, clock }: OrdersForTest) {
  const now = clock.now().toString()
  const { id } = await db
    .updateTable('orders')
    .set({ payment_check_due_at: now })
    .returning('id')
    .executeTakeFirstOrThrow()
  return eventually('a look', async () => {
    const { payment_check_due_at } = await db
      .selectFrom('orders')
      .select('payment_check_due_at')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return (
      payment_check_due_at === null || Temporal.Instant.compare(Temporal.Instant.from(payment_check_due_at!), now) > 0
    )
  })
}

t.test('an authorisation that has run out', async (t) => {
  t.test('holds the goods, calls for a person, and the customer can pay again', async (t) => {
    const { house, id, order, read, pageOf } = await formed(t, { watch: true })
    house.clock.advance(AFTER_EXPIRY)
    const raised = await alarm(house, 'authorisation-expired')
    t.equal(raised.detail.amount, order.totals.total)
    const waiting = await eventually('the page to pay again', async () => {
      const seen = await read()
      return seen.payment.url !== undefined && seen
    })
    t.not(waiting.payment.url, order.payment.url)
    t.ok(waiting.payment.expiredAt)
    const told = (await historyOf(house, id)).find(({ type }: { type: string }) => type === 'AuthorisationExpired')
    t.equal(told.reasons[0].code, 'authorisation-expired')
    t.equal(told.reasons[0].cites[0].clause, '6.2')

    const mail = await eventually('the mail that asks to pay again', async () =>
      house.mailbox.to('kari@example.com').find(({ subject }) => /has to be approved again/.test(subject ?? '')),
    )
    t.match(mail.text, new RegExp(`${waiting.payment.url}`))
    t.match(mail.text, /399/)
    house.klarna.approve(await pageOf(waiting.payment.url))
    const again = await eventually('the new authorisation', async () => {
      const seen = await read()
      return seen.payment.expiredAt === undefined && seen
    })
    t.equal(again.status, 'formed')
    t.equal((await resolved(house, 'authorisation-expired')).resolution, 'The customer paid again.')
    const account = await accountOf(house)
    t.equal(account.authorised - account.released, order.totals.total)

    await dispatch(house, id)
    await eventually('the capture', async () => (await read()).payment.captured === order.totals.total)
    t.strictSame(
      house.klarna.orders().map(({ captures }) => captures.length),
      [0, 1],
    )
    t.strictSame(house.klarna.violations(), [])
    t.equal((await house.call('nobody', 'GET', new URL(waiting.payment.url).pathname)).status, 409)
  })

  t.test('after part of the goods left, the customer is asked for the rest only', async (t) => {
    const { house, id, order, first } = await paidTwice(t)
    t.equal(house.klarna.orders()[1]!.order_amount, order.totals.total - first)

    // Money goes back the way it came: to the payment that took it, though another has taken over.
    for (const [amount, by] of [
      [10_000, [10_000, 0]],
      [20_000, [10_000, 20_000]],
    ] as const) {
      await decideRefund(house, id, amount)
      await eventually('the refund', async () => {
        const refunded = house.klarna.orders().map(({ refunded_amount }) => refunded_amount)
        return String(refunded) === String(by)
      })
    }
    t.strictSame(house.klarna.violations(), [])
  })

  t.test('after some units were cancelled, the customer is asked for the others only', async (t) => {
    const { house, id, order, read, pageOf } = await formed(t, { watch: true })
    const at = house.clock.now().toString()
    const requestId = crypto.randomUUID()
    const asked = { orderId: id, at, requestId, by: 'customer', reason: 'customer-wish' } as const
    await tell(house, { type: 'CancelUnits', data: { ...asked, lineId: '1', quantity: 1 } })
    const lines = [{ lineId: '1', stopped: 1, left: 0 }]
    await tell(house, { type: 'ConcludeStop', data: { orderId: id, at, requestId, lines, shipmentIds: [] } })
    house.klarna.faults.add({ match: EXTEND, phase: 'before', action: refused })
    house.clock.advance(AFTER_EXPIRY)
    const { payment } = await eventually('the page to pay again', async () => {
      const seen = await read()
      return seen.payment.url !== undefined && seen
    })
    house.klarna.approve(await pageOf(payment.url))
    await eventually('the new authorisation', async () => (await read()).payment.expiredAt === undefined)
    t.equal(house.klarna.orders()[1]!.order_amount, order.totals.total - 10_000)
    t.strictSame(house.klarna.violations(), [])
  })

  t.test('a refund of more than any one payment took goes back to all that did, and is told once', async (t) => {
    const { house, id, order, read, first } = await paidTwice(t)
    const { total } = order.totals

    await transact(house.deps, (trx) =>
      onRefundDecided(trx, house.deps, {
        orderId: id,
        returnId: crypto.randomUUID(),
        amount: total,
        lines: [{ lineId: '1', quantity: 3, amount: 30_000 }],
        deliveryAmount: total - 30_000,
      } as never),
    )
    await eventually('all of it to be back', async () => (await read()).payment.refunded === total)
    t.strictSame(
      house.klarna.orders().map(({ refunded_amount }) => refunded_amount),
      [first, total - first],
    )
    const refunds = (await historyOf(house, id)).filter(({ type }: { type: string }) => type === 'PaymentRefunded')
    t.strictSame(
      refunds.map(({ data }: { data: { amount: number } }) => data.amount),
      [total],
    )
    const { documents } = (await house.call('support', 'GET', `/orders/${id}/payments`)).body
    const credited = documents.filter(({ series }: { series: string }) => series === 'credit-note')
    t.strictSame(credited.map(({ amount }: { amount: number }) => amount).sort(), [first, total - first].sort())
    t.strictSame(house.klarna.violations(), [])
  })

  t.test('what is promised back of a payment, and was not sent yet, is not promised twice', async (t) => {
    const { house, id, first } = await paidTwice(t)
    const busy = { type: 'status', status: 429 } as const
    house.klarna.faults.add({ match: { method: 'POST', path: '/refunds' }, phase: 'before', action: busy, times: 100 })
    const refunds = () => house.db.selectFrom('money_operation').selectAll().where('kind', '=', 'refund').execute()
    for (const amount of [first, 10_000]) {
      const before = (await refunds()).length
      await decideRefund(house, id, amount)
      await eventually('the refund to be turned away', async () => {
        const sent = await refunds()
        return sent.length > before && sent.every(({ last_result }) => last_result !== null)
      })
    }
    house.klarna.faults.clear()
    await eventually('both to be back', async () => (await refunds()).every(({ status }) => status === 'done'))
    t.strictSame(
      house.klarna.orders().map(({ refunded_amount }) => refunded_amount),
      [first, 10_000],
    )
  })

  t.test('a refund that was refused is asked, once more, of a payment that still has as much', async (t) => {
    const { house, id, first } = await paidTwice(t)
    house.klarna.faults.add({ match: { method: 'POST', path: '/refunds' }, phase: 'before', action: refused })
    await decideRefund(house, id, 10_000)
    const { detail } = await alarm(house, 'payment-declined-operation')
    await decideRefund(house, id, first)
    const refunded = (amounts: number[]) =>
      eventually(`refunds of ${amounts}`, async () =>
        house.klarna.orders().every(({ refunded_amount }, index) => refunded_amount === amounts[index]),
      )
    await refunded([first, 0])
    await house.call('support', 'POST', `/payments/operations/${detail.operationId}/retry`, { reason: 'Try again.' })
    await refunded([first, 10_000])
  })

  t.test('a page that ran out itself is opened anew under the same link', async (t) => {
    const { house, read, pageOf } = await formed(t, { watch: true })
    house.clock.advance(AFTER_EXPIRY)
    const { payment } = await eventually('the page to pay again', async () => {
      const seen = await read()
      return seen.payment.url !== undefined && seen
    })
    const first = await pageOf(payment.url)
    house.clock.advance('P10D')
    const second = await pageOf(payment.url)
    t.not(second, first)
    house.klarna.approve(second)
    await eventually('the new authorisation', async () => (await read()).payment.expiredAt === undefined)
  })

  t.test(
    'after more was captured by hand than leaves all the goods unpaid, the customer is asked for the rest',
    async (t) => {
      const { house, id, order, read, pageOf } = await formed(t, { watch: true })
      const books = () => house.klarna.orders()[0]!
      house.klarna.portal.capture(books().order_id, 15_000)
      house.klarna.faults.add({ match: EXTEND, phase: 'before', action: refused })
      house.clock.advance(AFTER_EXPIRY)
      // What is due is not known before the ledger knows what was taken.
      await alarm(house, 'reconciliation-drift')
      t.equal((await read()).payment.expiredAt, undefined)
      const date = osloDay(house.clock.now()).toString()
      await house.call('support', 'POST', '/payments/reconciliation', { date })
      await eventually('the capture to be taken into the ledger', async () => {
        const url = `/orders/${id}/payments/movements/${books().captures[0]!.capture_id}`
        return (await house.call('support', 'PUT', url, { reason: 'Captured by hand.' })).status === 200
      })
      const { payment } = await eventually('the page to pay again', async () => {
        const seen = await read()
        return seen.payment.url !== undefined && seen
      })
      house.klarna.approve(await pageOf(payment.url))
      await eventually('the new authorisation', async () => (await read()).payment.expiredAt === undefined)
      t.equal(house.klarna.orders()[1]!.order_amount, order.totals.total - 15_000)
    },
  )

  t.test(
    'whose page to pay again the provider will not open calls for a person, who can have it tried again',
    async (t) => {
      const { house, id, read, pageOf } = await formed(t, { watch: true })
      await dispatch(house, id, 1)
      await eventually('the capture', async () => (await read()).payment.captured > 0)
      const bad = { type: 'status', status: 400, code: 'BAD_VALUE' } as const
      house.klarna.faults.add({
        match: { method: 'POST', path: '/payments/v1/sessions' },
        phase: 'before',
        action: bad,
      })
      house.clock.advance(AFTER_EXPIRY)
      const { detail } = await alarm(house, 'payment-declined-operation')
      t.equal(detail.operation, 'start')
      // Another operation that is carried out does not end the call: the page is still not open.
      await decideRefund(house, id, 100)
      await eventually('the refund', async () => (await read()).payment.refunded === 100)
      t.equal((await alarmsOf(house, 'payment-declined-operation'))[0].resolvedAt, undefined)
      const retry = `/payments/operations/${detail.operationId}/retry`
      t.equal((await house.call('support', 'POST', retry, { reason: 'They have mended it.' })).status, 202)
      await resolved(house, 'payment-declined-operation')
      house.klarna.approve(await pageOf((await read()).payment.url))
      await eventually('the new authorisation', async () => (await read()).payment.expiredAt === undefined)
      t.equal((await house.call('support', 'POST', retry, { reason: 'Once more.' })).status, 404)
    },
  )

  t.test('an order that is cancelled meanwhile owes and holds nothing', async (t) => {
    const { house, id, read } = await formed(t, { watch: true })
    house.clock.advance(AFTER_EXPIRY)
    await eventually('the hold', async () => (await read()).payment.expiredAt)
    const at = house.clock.now().toString()
    await tell(house, {
      type: 'CancelOrder',
      data: { requestId: crypto.randomUUID(), orderId: id, at, by: 'customer', reason: 'customer-wish' },
    })
    await stopAll(house, id, at)
    t.equal((await resolved(house, 'authorisation-expired')).resolution, 'The order was cancelled.')
    t.equal((await read()).payment.url, undefined)
  })

  t.test(
    'somebody who extended it at the provider’s has not harmed the order: the books are told to differ',
    async (t) => {
      const { house, read } = await formed(t, { watch: true })
      house.clock.advance('P20D')
      const path = `ordermanagement/v1/orders/${house.klarna.orders()[0]!.order_id}/extend-authorization-time`
      const authorization = `Basic ${Buffer.from('test:test-only').toString('base64')}`
      const { status } = await fetch(`${house.klarna.url}/${path}`, { method: 'POST', headers: { authorization } })
      t.equal(status, 204)
      house.clock.advance('P9D')
      await alarm(house, 'reconciliation-drift')
      t.match((await resolved(house, 'authorisation-expired')).resolution, /holds it until/)
      t.equal((await read()).payment.expiredAt, undefined)
    },
  )
})

t.test('goods that left and are not paid for', async (t) => {
  t.test('call for a person after a while, until they are', async (t) => {
    const { house, id, order, read } = await formed(t, { watch: true })
    house.klarna.faults.add({ match: CAPTURE, phase: 'before', action: refused })
    await dispatch(house, id)
    const declined = await alarm(house, 'payment-declined-operation')
    t.strictSame(await alarmsOf(house, 'shipped-not-captured'), [])
    house.clock.advance('PT61M')
    const raised = await alarm(house, 'shipped-not-captured')
    t.equal(raised.detail.operationId, declined.detail.operationId)
    t.equal(raised.detail.amount, order.totals.total)
    await house.call('support', 'POST', `/payments/operations/${raised.detail.operationId}/retry`, { reason: 'Asked.' })
    await eventually('the capture', async () => (await read()).payment.captured === order.totals.total)
    t.equal(
      (await resolved(house, 'shipped-not-captured')).resolution,
      'The payment was taken, or is claimed of the customer.',
    )
    t.equal(house.klarna.orders()[0]!.captures.length, 1)
  })
})

t.test('goods that left after their authorisation had run out', async (t) => {
  t.test('are taken of what the customer pays again, without anybody asking for it', async (t) => {
    const { house, id, order, read, pageOf, payUrl, claim } = await sentUnpaid(t)
    const told = (await historyOf(house, id)).find(({ type }: { type: string }) => type === 'AuthorisationExpired')
    t.equal(told.data.owed, order.totals.total)
    house.klarna.approve(await pageOf(payUrl))
    await eventually('the capture', async () => (await read()).payment.captured === order.totals.total)
    await resolved(house, 'payment-declined-operation')
    t.strictSame(
      house.klarna.orders().map(({ captures }) => captures.length),
      [0, 1],
    )
    t.match(await claim(), { status: 409, body: { detail: /did it already|refused/ } })
    t.strictSame(house.klarna.violations(), [])
  })

  t.test('are claimed of a customer who does not, and then nothing of it is asked, taken or paid back', async (t) => {
    const { house, id, order, read, payUrl, claim } = await sentUnpaid(t)
    const said = await claim()
    t.match(said, { status: 200, body: { status: 'claimed' } })
    t.strictSame((await claim()).body, said.body, 'said twice it happens once')
    const seen = await read()
    t.equal(seen.payment.claimed, order.totals.total)
    t.equal(seen.payment.captured, 0)
    t.equal((await house.call('nobody', 'GET', new URL(payUrl).pathname)).status, 409)
    await resolved(house, 'payment-declined-operation')
    const mail = await eventually('the mail', async () =>
      house.mailbox.to('kari@example.com').find(({ subject }) => /du skylder oss|you owe us/.test(subject ?? '')),
    )
    t.match(mail.text, /forbrukerkjøpsloven § 44/)
    // What comes back of it was never paid: nothing goes back, and a person is told to take it off the claim.
    await decideRefund(house, id, 10_000)
    const less = await alarm(house, 'refund-less-than-decided')
    t.match(less.detail, { decided: 10_000, captured: 0 })
    await eventually('nothing to be open', async () => {
      const { body } = await house.call('support', 'GET', `/orders/${id}/payments`)
      return body.operations.every(({ status }: { status: string }) => status === 'claimed')
    })
    t.strictSame(
      house.klarna.orders().map(({ captures, refunds }) => [captures.length, refunds.length]),
      [[0, 0]],
    )
  })

  t.test('are not claimed while the authorisation stands: the capture is to be tried again', async (t) => {
    const { house, id } = await formed(t, { watch: true })
    house.klarna.faults.add({ match: CAPTURE, phase: 'before', action: refused })
    await dispatch(house, id)
    const { detail } = await alarm(house, 'payment-declined-operation')
    const body = { verdict: 'claimed', reason: 'Too early.' }
    const answer = await house.call('support', 'PUT', `/payments/operations/${detail.operationId}/verdict`, body)
    t.match(answer, { status: 409, body: { type: /payment-not-expired/ } })
    t.match((await house.call('support', 'GET', `/orders/${id}/payments`)).body.operations, [{ status: 'declined' }])
  })
})
