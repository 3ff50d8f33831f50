import assert from 'node:assert/strict'
import { type Call, startCallbackServer } from '@vilkar/testing/callback-server.ts'
import t from 'tap'
import { inShort, openShop, SETTINGS, success, until } from './shop.ts'

t.test('a customer is sent to a page that knows the order, and nothing of who they are', async (t) => {
  const { simulator, vipps, order } = await openShop(t)
  const input = order(19_900)
  const { sessionId, url } = success(await vipps.start(input))
  t.equal(sessionId, input.intent.idempotencyKey)
  const page = await (await fetch(url)).text()
  t.match(page, /Ordre V-1001/)
  t.match(page, /199,00/)
  t.notMatch(JSON.stringify(simulator.journal()), /kunde@example\.com/)
  t.strictSame(success(await vipps.readSession(sessionId)), { state: 'waiting' })
  t.equal(success(await vipps.read(sessionId)).capturable, 0)
})

t.test('an approval makes the session a payment of the whole amount, under the order’s number', async (t) => {
  const { vipps, order } = await openShop(t)
  const { sessionId, url } = success(await vipps.start(order(19_900)))
  const sent = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ choice: 'approve' }),
    redirect: 'manual',
  })
  t.strictSame([sent.status, sent.headers.get('location')], [303, 'https://shop.example/thanks'])
  t.strictSame(success(await vipps.readSession(sessionId)), { state: 'completed', paymentId: sessionId })
  const { orderNumber, authorised, capturable, captured, currency, state } = success(await vipps.read(sessionId))
  t.strictSame(
    [orderNumber, authorised, capturable, captured, currency, state],
    ['V-1001', 19_900, 19_900, 0, 'NOK', 'authorised'],
  )
  success(await vipps.acknowledge({ paymentId: sessionId, orderNumber: 'V-1001', intent: order(1_000).intent }))
})

t.test('a customer who declines has declined for good; one who only closes the page may come back', async (t) => {
  const { simulator, vipps, order } = await openShop(t)
  const { sessionId, url } = success(await vipps.start(order(10_000)))
  const choose = (choice: string) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ choice }), redirect: 'manual' })
  await choose('close')
  t.strictSame(success(await vipps.readSession(sessionId)), { state: 'waiting' })
  await choose('decline')
  t.strictSame(success(await vipps.readSession(sessionId)), { state: 'declined' })
  await choose('approve')
  t.strictSame(success(await vipps.readSession(sessionId)), { state: 'declined' })
  t.equal(inShort(await vipps.closeSession(sessionId)), 'ok')
  t.strictSame(simulator.violations(), [])
})

t.test('who does not approve within ten minutes cannot any more', async (t) => {
  const { simulator, vipps, advance, order } = await openShop(t)
  const { sessionId } = success(await vipps.start(order(10_000)))
  advance({ minutes: 9, milliseconds: 59_999 })
  t.strictSame(success(await vipps.readSession(sessionId)), { state: 'waiting' })
  advance({ milliseconds: 1 })
  t.strictSame(success(await vipps.readSession(sessionId)), { state: 'expired' })
  assert.throws(() => simulator.approve(sessionId), RangeError)
  t.equal(success(await vipps.read(sessionId)).state, 'expired')
})

for (const idempotency of SETTINGS) {
  const setting = Object.values(idempotency).join(', ')
  for (const action of [{ type: 'hang' }, { type: 'reset' }, { type: 'truncate' }, { type: 'html' }] as const) {
    t.test(
      `a creation whose answer is lost (${action.type}) is repeated and is the same payment (${setting})`,
      async (t) => {
        const { simulator, vipps, impatient, order } = await openShop(t, { idempotency })
        const input = order(10_000)
        simulator.faults.add({ match: { path: '/payments$' }, phase: 'after', action })
        t.equal((await (action.type === 'hang' ? impatient : vipps).start(input)).kind, 'unknown')
        await until(() => simulator.payments().length === 1)
        const { sessionId, url } = success(await vipps.start(input))
        t.strictSame(
          simulator.payments().map(({ reference }) => reference),
          [sessionId],
        )
        t.equal((await fetch(url)).status, 200)
        t.strictSame(simulator.violations(), [])
      },
    )
  }
}

t.test('when the reference is taken by this very order, the payment is read instead of made again', async (t) => {
  const { simulator, vipps, order } = await openShop(t)
  const input = order(10_000)
  const first = success(await vipps.start(input))
  simulator.faults.add({
    match: { method: 'POST', path: '/payments$' },
    phase: 'before',
    action: { type: 'status', status: 409, code: '4020' },
  })
  t.equal(JSON.stringify(success(await vipps.start(input))), JSON.stringify(first))
})

t.test('under the same key with another amount or order nothing is started', async (t) => {
  const { simulator, vipps, order } = await openShop(t)
  const input = order(10_000)
  success(await vipps.start(input))
  const dearer = { ...input, total: { amount: 12_000, currency: 'NOK' } }
  t.equal(inShort(await vipps.start(dearer)), 'unknown conflict')
  t.equal(inShort(await vipps.start({ ...order(10_000), intent: input.intent })), 'unknown conflict')
  t.equal(simulator.payments().length, 1)
})

t.test('amounts that are none, too large or of a currency that Vipps does not take are not sent', async (t) => {
  const { simulator, vipps, order } = await openShop(t)
  for (const amount of [0, -1, 99.5, 65_000_001, Number.NaN, 2 ** 53]) {
    const input = { ...order(1_000), total: { amount, currency: 'NOK' } }
    t.equal(inShort(await vipps.start(input)), 'declined invalid_request')
  }
  const foreign = { ...order(1_000), total: { amount: 1_000, currency: 'USD' } }
  t.equal(inShort(await vipps.start(foreign)), 'declined invalid_request')
  const odd = order(1_000)
  odd.intent.idempotencyKey = 'key with blanks'
  t.equal(inShort(await vipps.start(odd)), 'declined invalid_request')
  t.strictSame(simulator.journal(), [])
})

t.test('what Vipps refuses at creation is an invalid request, with its words', async (t) => {
  const { vipps, order } = await openShop(t)
  const input = order(1_000)
  input.urls.success = 'http://shop.example/thanks'
  const refused = await vipps.start(input)
  t.equal(inShort(refused), 'declined invalid_request')
  t.ok(refused.kind === 'declined' && refused.error.messages.some((message) => message.includes('returnUrl')))
})

t.test('closing ends the payment for the customer, and may be said twice', async (t) => {
  const { simulator, vipps, order } = await openShop(t)
  const { sessionId } = success(await vipps.start(order(10_000)))
  success(await vipps.closeSession(sessionId))
  success(await vipps.closeSession(sessionId))
  t.strictSame(success(await vipps.readSession(sessionId)), { state: 'expired' })
  assert.throws(() => simulator.approve(sessionId), RangeError)
  t.strictSame(simulator.violations(), [])
  // Under the key of the first try Vipps would repeat what it said to that.
  const keys = simulator.journal().flatMap(({ path, key }) => (path.endsWith('/cancel') ? [key] : []))
  t.equal(new Set(keys).size, 2)
})

t.test('a payment that was approved is not closed, and keeps its money', async (t) => {
  const { vipps, paid } = await openShop(t)
  const paymentId = await paid(10_000)
  t.equal(inShort(await vipps.closeSession(paymentId)), 'declined already_paid')
  t.equal(success(await vipps.read(paymentId)).capturable, 10_000)
})

t.test(
  'an approval that is faster than the closing wins: the money is there, and is let go by releasing it',
  async (t) => {
    const { simulator, vipps, order, intent } = await openShop(t)
    const { sessionId } = success(await vipps.start(order(10_000)))
    const approved = Promise.withResolvers<void>()
    simulator.faults.add({
      match: { path: '/cancel$' },
      phase: 'before',
      action: { type: 'delay', until: approved.promise },
    })
    const closing = vipps.closeSession(sessionId)
    await until(() => simulator.journal().some(({ path }) => path.endsWith('/cancel')))
    simulator.approve(sessionId)
    approved.resolve()
    t.equal(inShort(await closing), 'declined already_paid')
    t.strictSame(success(await vipps.release({ paymentId: sessionId, intent: intent('release', 0) })), {
      released: 10_000,
    })
  },
)

t.test('a closing whose answer is lost is unknown, and goes well when it is said again', async (t) => {
  const { simulator, vipps, order } = await openShop(t)
  const { sessionId } = success(await vipps.start(order(10_000)))
  simulator.faults.add({ match: { path: '/cancel$' }, phase: 'after', action: { type: 'reset' } })
  t.equal(inShort(await vipps.closeSession(sessionId)), 'unknown connection_lost')
  success(await vipps.closeSession(sessionId))
})

t.test('a closing whose answer says nothing is looked up: it went well when nobody can pay', async (t) => {
  const { simulator, vipps, order } = await openShop(t)
  const { sessionId } = success(await vipps.start(order(10_000)))
  simulator.faults.add({ match: { path: '/cancel$' }, phase: 'before', action: { type: 'empty_body' } })
  t.equal(inShort(await vipps.closeSession(sessionId)), 'unknown bad_response')
  simulator.faults.add({ match: { path: '/cancel$' }, phase: 'after', action: { type: 'empty_body' } })
  success(await vipps.closeSession(sessionId))
  t.strictSame(success(await vipps.readSession(sessionId)), { state: 'expired' })
})

type Told = { name: string; amount: { value: number } }
const named = (calls: Call[], name: string) => calls.filter(({ said }) => (said as Told).name === name)

t.test('webhooks come until they are taken, may come twice, late or never, and only name a payment', async (t) => {
  const { calls, url: webhookUrl } = await startCallbackServer(t, ({ length }) => (length === 1 ? 500 : 202))
  const { simulator, vipps, order, move } = await openShop(t, { webhookUrl })
  const late = Promise.withResolvers<void>()
  simulator.faults.add({ match: { method: 'AUTHORIZED' }, phase: 'after', action: { type: 'duplicate_push' } })
  simulator.faults.add({
    match: { method: 'CAPTURED' },
    phase: 'after',
    action: { type: 'delay_push', until: late.promise },
  })
  simulator.faults.add({ match: { method: 'REFUNDED' }, phase: 'after', action: { type: 'drop_push' } })
  const { sessionId } = success(await vipps.start(order(10_000)))
  await until(() => named(calls, 'CREATED').length === 2)
  simulator.approve(sessionId)
  await until(() => named(calls, 'AUTHORIZED').length === 2)
  success(await vipps.capture(move('capture', sessionId, 4_000)))
  success(await vipps.refund(move('refund', sessionId, 1_000)))
  success(await vipps.capture(move('capture', sessionId, 5_000)))
  await until(() => named(calls, 'CAPTURED').length === 1)
  late.resolve()
  await until(() => named(calls, 'CAPTURED').length === 2)
  const told = named(calls, 'CAPTURED').map(({ said }) => (said as Told).amount.value)
  t.strictSame(told, [5_000, 4_000])
  t.strictSame(named(calls, 'REFUNDED'), [])

  const [approval] = named(calls, 'AUTHORIZED')
  t.strictSame(vipps.parseNotification(approval!), { sessionId, paymentId: sessionId })
  t.strictSame(vipps.parseNotification(calls[0]!), { sessionId })
  // Signed for this address and this body, and for no other.
  t.equal(vipps.parseNotification({ ...approval!, url: 'http://shop.example/' }), null)
  t.equal(vipps.parseNotification({ ...approval!, body: calls[0]!.body }), null)
})

t.test('a forged webhook is not heard, and what it names says what is true when it is read', async (t) => {
  const { vipps, order } = await openShop(t)
  const { sessionId } = success(await vipps.start(order(10_000)))
  const amount = { value: 1, currency: 'NOK' }
  const body = JSON.stringify({ msn: '123456', reference: sessionId, name: 'AUTHORIZED', amount })
  const forged = { url: 'http://shop.example/', headers: {}, body }
  t.equal(vipps.parseNotification(forged), null)
  t.strictSame(success(await vipps.readSession(sessionId)), { state: 'waiting' })
  t.equal(success(await vipps.read(sessionId)).authorised, 0)
})
