import assert from 'node:assert/strict'
import type { ReconcileInput } from '@vilkar/payments/port.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { alarm, alarmsOf, decideRefund, dispatch, formed, resolved } from '../alarming.ts'

const unknown = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'
const refused = { type: 'status', status: 403, code: 'NOT_ALLOWED' } as const
type Formed = Awaited<ReturnType<typeof formed>>
const operationOf = async ({ house: { db } }: Formed) =>
  db.selectFrom('money_operation').selectAll().where('kind', '=', 'capture').executeTakeFirstOrThrow()
const say = ({ house: { call } }: Formed, id: string, body: object) =>
  call('support', 'PUT', `/payments/operations/${id}/verdict`, { reason: 'Looked at the portal.', ...body })

/** An order whose capture was done at the provider, as nobody here can tell: its operation is ambiguous. */
async function ambiguous(t: Parameters<typeof formed>[0], done: boolean) {
  const all = await formed(t)
  const { house, id, order } = all
  house.klarna.faults.add({ match: { method: 'POST', path: '/captures' }, phase: 'before', action: refused })
  await dispatch(house, id)
  await alarm(house, 'payment-declined-operation')
  const candidates = done ? [{ providerId: await captureInPortal(all), amount: order.totals.total }] : []
  const { id: operationId } = await operationOf(all)
  const last_result = JSON.stringify({ kind: 'ambiguous', candidates })
  await house.db
    .updateTable('money_operation')
    .set({ status: 'ambiguous', last_result })
    .where('id', '=', operationId)
    .execute()
  return { ...all, operationId, providerId: candidates[0]?.providerId }
}

async function captureInPortal({ house: { klarna }, order }: Formed) {
  const url = `${klarna.url}/ordermanagement/v1/orders/${klarna.orders()[0]!.order_id}/captures`
  const authorization = `Basic ${Buffer.from('test:test-only').toString('base64')}`
  const body = JSON.stringify({ captured_amount: order.totals.total })
  const headers = { authorization, 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body })
  assert.equal(answer.status, 201)
  return answer.headers.get('capture-id')!
}

t.test('a money operation that a person must settle', async (t) => {
  t.test('that was executed is booked as the movement that the person names, and nothing is sent', async (t) => {
    const it = await ambiguous(t, true)
    const { house, operationId, providerId, order, read } = it
    assertProblem(await say(it, operationId, { verdict: 'executed' }), 400, 'invalid-input', /providerId is required/)
    assertProblem(
      await say(it, operationId, { verdict: 'executed', providerId: 'made-up' }),
      409,
      'movement-unknown',
      /no capture made-up of this amount/,
    )
    const answer = await say(it, operationId, { verdict: 'executed', providerId })
    t.equal(answer.status, 200)
    t.hasStrict(answer.body, { status: 'done', providerId, attempt: 1 })
    t.equal((await read()).payment.captured, order.totals.total)
    t.equal(house.klarna.orders()[0]!.captures.length, 1)
    t.equal((await say(it, operationId, { verdict: 'executed', providerId })).status, 200)
    assertProblem(await say(it, operationId, { verdict: 'not-executed' }), 409, 'operation-not-ambiguous', /It is done/)
    const kept = await house.db.selectFrom('operation_decision').selectAll().execute()
    t.equal(kept.length, 1)
    t.hasStrict(kept[0], { verdict: 'executed', reason: 'Looked at the portal.', attempt: 1 })
    t.ok(kept[0]!.said_by)
  })
  t.test('that was not executed is asked for anew, under a new key', async (t) => {
    const it = await ambiguous(t, false)
    const answer = await say(it, it.operationId, { verdict: 'not-executed' })
    t.equal(answer.body.attempt, 2)
    await eventually('the capture', async () => (await it.read()).payment.captured === it.order.totals.total)
    t.equal(it.house.klarna.orders()[0]!.captures.length, 1)
    await resolved(it.house, 'payment-declined-operation')
  })
  t.test('is not tried again before the person has said what became of it', async (t) => {
    const it = await ambiguous(t, false)
    const retry = (id: string, role = 'support', body: object = { reason: 'Again.' }) =>
      it.house.call(role, 'POST', `/payments/operations/${id}/retry`, body)
    assertProblem(await retry(it.operationId), 409, 'operation-ambiguous', /Say what became of it/)
    assertProblem(await retry(unknown), 404, 'operation-unknown', /no such money operation/)
    assertProblem(await retry(it.operationId, 'storefront'), 403, 'scope-missing', /staff/)
    assertProblem(await retry(it.operationId, 'support', {}), 400, 'invalid-input', /reason/)
    const start = await it.house.db.selectFrom('payment_session').select('id').executeTakeFirstOrThrow()
    assertProblem(await retry(start.id), 404, 'operation-unknown', /no such money operation/)
    t.strictSame(await it.house.db.selectFrom('operation_decision').selectAll().execute(), [])
  })
  t.test('that is unanswered and that nobody works on any more is looked at again, under its own key', async (t) => {
    const it = await ambiguous(t, true)
    const { house, operationId, order, read } = it
    await house.db.updateTable('money_operation').set({ status: 'sent' }).where('id', '=', operationId).execute()
    const answer = await house.call('support', 'POST', `/payments/operations/${operationId}/retry`, { reason: 'Look.' })
    t.equal(answer.body.attempt, 1)
    await eventually('the capture', async () => (await read()).payment.captured === order.totals.total)
    t.equal(house.klarna.orders()[0]!.captures.length, 1)
  })
  t.test(
    'that is asked about again and again, while the provider may be at work on it, is not put off by that',
    async (t) => {
      const it = await ambiguous(t, true)
      const { house, operationId } = it
      const last_sent_at = house.clock.now().toString()
      await house.db
        .updateTable('money_operation')
        .set({ status: 'sent', last_sent_at })
        .where('id', '=', operationId)
        .execute()
      const provider = house.deps.providers.current
      const asked: (string | undefined)[] = []
      Object.assign(provider, {
        async reconcile({ lastSentAt }: ReconcileInput) {
          asked.push(lastSentAt?.toString())
          return { kind: 'pending', reason: 'provider_processing', checkAfter: house.clock.now().add({ seconds: 65 }) }
        },
      })
      for (const times of [1, 2, 3]) {
        house.clock.advance('PT20S')
        await house.call('support', 'POST', `/payments/operations/${operationId}/retry`, { reason: 'Well?' })
        await eventually('the provider to be asked', async () => asked.length >= times)
      }
      t.strictSame([...new Set(asked)], [last_sent_at])
    },
  )
  t.test('that was declined is tried again under a new key, once, and what was done is not', async (t) => {
    const it = await formed(t)
    const { house, id, order, read } = it
    await dispatch(house, id)
    await eventually('the capture', async () => (await read()).payment.captured === order.totals.total)
    house.klarna.faults.add({ match: { method: 'POST', path: '/refunds' }, phase: 'before', action: refused })
    await decideRefund(house, id, 5_000)
    const { detail } = await alarm(house, 'payment-declined-operation')
    const retry = () =>
      house.call('support', 'POST', `/payments/operations/${detail.operationId}/retry`, { reason: 'Again.' })
    t.equal((await retry()).body.attempt, 2)
    await eventually('the refund', async () => (await read()).payment.refunded === 5_000)
    assertProblem(await retry(), 409, 'operation-done', /did it already/)
    t.equal(house.klarna.orders()[0]!.refunds.length, 1)
    t.equal(
      (await alarmsOf(house, 'payment-declined-operation')).filter((a: { resolvedAt?: string }) => !a.resolvedAt)
        .length,
      0,
    )
  })
})

t.test(
  '§ 41 who cancels goods made to order while they travel is refused for now, and a person is called',
  async (t) => {
    const { house: shop, order } = await formed(t, { product: { traits: { madeToOrder: true } } })
    await dispatch(shop, order.id)
    const answer = await shop.call('storefront', 'PUT', `/orders/${order.id}/cancellation`, { by: 'customer' })
    assertProblem(answer, 409, 'cancellation-needs-person', /By law you may still cancel until they are delivered/)
    t.hasStrict(await alarm(shop, 'cancellation-asked-in-transit'), { orderId: order.id })
  },
)
