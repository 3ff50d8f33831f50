import assert from 'node:assert/strict'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'

const house = await startOrdersForTest(t, { watch: true })
const { call, db, klarna } = house
const { read, payments, paymentsWhen, reaches, placed } = paying(house)
await house.stock('SENSOR-1', { stock: 1_000 })

const booksOf = (number: string) => klarna.orders().find(({ merchant_reference1 }) => merchant_reference1 === number)!
const eventsOf = async (id: string) =>
  (await call('support', 'GET', `/orders/${id}/history`)).body.items.map(({ type }: { type: string }) => type)
const startOf = (id: string) =>
  db.selectFrom('payment_session').select(['id', 'payment_id']).where('order_id', '=', id).executeTakeFirstOrThrow()

/** An order whose customer has paid, and whose payment the provider is still reviewing. */
async function underReview() {
  klarna.faults.clear()
  const order = await placed()
  klarna.approve(order.session, 'PENDING')
  await eventually('the payment to be known', async () => (await startOf(order.id)).payment_id ?? undefined)
  return { ...order, paymentId: booksOf(order.number).order_id }
}

/** The provider's call about an order, as anybody who knows the address could make it; and the job after it is done. */
async function notify(id: string, times = 1) {
  const { id: operationId } = await startOf(id)
  const body = { order_id: booksOf((await read(id)).number).order_id, event_type: 'FRAUD_RISK_ACCEPTED' }
  for (let n = 0; n < times; n++)
    assert.equal((await call('nobody', 'POST', `/payments/klarna/notifications/${operationId}`, body)).status, 202)
  await eventually('the notifications to be looked at', idle)
}

const idle = async () => {
  const jobs = await db
    .selectFrom('jobs.job' as never)
    .select('id' as never)
    .where('name' as never, '=', 'check-payment' as never)
    .where('state' as never, 'in', ['created', 'active', 'retry'] as never)
    .execute()
  return jobs.length === 0
}

t.test('a payment that the provider reviews', async (t) => {
  t.test('is no payment until it is accepted, and then once, however often it is told', async (t) => {
    const order = await underReview()
    await eventually('the first look to be over', idle)
    t.strictSame(await eventsOf(order.id), ['OrderPlaced'])
    t.strictSame((await payments(order.id)).entries, [])
    t.equal(house.mailbox.to('kari@example.com').filter(({ text }) => /confirm your order/.test(text)).length, 0)

    klarna.portal.review(order.paymentId, 'ACCEPTED')
    await notify(order.id, 3)
    await reaches(order.id, 'formed')
    await eventually('the notifications to be looked at', idle)
    t.strictSame(await eventsOf(order.id), ['OrderPlaced', 'PaymentAuthorised', 'ContractFormed'])
    t.equal((await payments(order.id)).entries.length, 1)
  })

  t.test('is looked at again without being told, also after the deadline for paying', async (t) => {
    const order = await underReview()
    house.clock.advance('PT25H')
    await eventually('another look', async () => {
      const { payment_check_due_at } = await db
        .selectFrom('orders')
        .select('payment_check_due_at')
        .where('id', '=', order.id)
        .executeTakeFirstOrThrow()
      return Temporal.Instant.compare(payment_check_due_at!, house.clock.now()) > 0
    })
    await eventually('the look to be over', idle)
    t.equal((await read(order.id)).status, 'awaiting-payment')
    silently(order.paymentId, 'ACCEPTED')
    house.clock.advance('PT11M')
    await reaches(order.id, 'formed')
  })

  t.test('is found by its own name when the provider has forgotten the page', async () => {
    const order = await underReview()
    await eventually('the first look to be over', idle)
    silently(order.paymentId, 'ACCEPTED')
    house.clock.advance('PT49H')
    await reaches(order.id, 'formed')
  })

  t.test('and turned down ends the order as declined, and what it held is let go', async (t) => {
    const order = await underReview()
    klarna.portal.review(order.paymentId, 'REJECTED')
    const ended = await reaches(order.id, 'cancelled')
    t.equal(ended.cancelled.reason, 'payment-declined')
    const view = await paymentsWhen('the release', order.id, ({ accounts }) => accounts[0]?.left === 0)
    t.equal(view.accounts[0].released, order.totals.total)
    t.equal(booksOf(order.number).status, 'CANCELLED')
  })

  t.test('stays cancelled when the verdict comes after a cancellation', async (t) => {
    for (const verdict of ['REJECTED', 'ACCEPTED'] as const) {
      const order = await underReview()
      t.equal((await call('storefront', 'PUT', `/orders/${order.id}/cancellation`, { by: 'customer' })).status, 200)
      klarna.portal.review(order.paymentId, verdict)
      await notify(order.id, 3)
      const view = await paymentsWhen('the release', order.id, ({ accounts }) => accounts[0]?.left === 0)
      t.strictSame(
        view.entries.map(({ kind }: { kind: string }) => kind),
        ['authorised', 'released'],
      )
      const after = await read(order.id)
      t.equal(after.status, 'cancelled')
      t.equal(after.cancelled.reason, 'customer-wish')
      t.equal(booksOf(order.number).status, 'CANCELLED')
    }
  })

  t.test('is not believed to be accepted because somebody says so', async (t) => {
    const order = await underReview()
    await notify(order.id, 2)
    t.equal((await read(order.id)).status, 'awaiting-payment')
    t.strictSame((await payments(order.id)).entries, [])
  })
})

t.test('a payment of another amount holds the order and calls a person, once', async (t) => {
  klarna.faults.clear()
  const order = await placed()
  klarna.faults.add({
    match: { method: 'GET', path: '/ordermanagement/' },
    phase: 'before',
    action: { type: 'delay', until: untilChanged() },
  } as never)
  klarna.approve(order.session)
  const { order_id: paymentId } = booksOf(order.number)
  klarna.portal.lower(paymentId, order.totals.total - 100)
  letGo()
  const alarms = () => db.selectFrom('alarm').selectAll().where('order_id', '=', order.id).execute()
  await eventually('the alarm', async () => (await alarms()).length > 0)
  await notify(order.id, 3)
  t.hasStrict(await alarms(), [
    { kind: 'payment-amount-differs', detail: { paymentId, amount: order.totals.total - 100, currency: 'NOK' } },
  ])
  t.equal((await alarms()).length, 1)
  // It waits for the person: looking again would tell nothing new.
  const { payment_check_due_at } = await db
    .selectFrom('orders')
    .select('payment_check_due_at')
    .where('id', '=', order.id)
    .executeTakeFirstOrThrow()
  t.equal(payment_check_due_at, null)
  t.strictSame(await eventsOf(order.id), ['OrderPlaced', 'AuthorisePayment refused'])
  t.hasStrict((await payments(order.id)).accounts, [{ authorised: order.totals.total - 100 }])

  // The person ends the order; what the provider holds is the customer's again.
  const cancelled = await call('support', 'PUT', `/orders/${order.id}/cancellation`, {
    by: 'seller',
    reason: 'technical-mistake',
  })
  t.equal(cancelled.status, 200)
  await paymentsWhen('the release', order.id, ({ accounts }) => accounts[0].left === 0)
  t.equal(booksOf(order.number).status, 'CANCELLED')
})

let letGo = () => {}
function untilChanged() {
  const { promise, resolve } = Promise.withResolvers<void>()
  letGo = resolve
  return promise
}

/** The review ends, and every call about it is lost. */
function silently(paymentId: string, verdict: 'ACCEPTED' | 'REJECTED') {
  klarna.faults.add({
    match: { path: '/notifications/' },
    phase: 'before',
    action: { type: 'drop_push' },
    times: 100,
  } as never)
  klarna.portal.review(paymentId, verdict)
}
