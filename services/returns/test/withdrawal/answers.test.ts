import { rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { sql } from 'kysely'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, hear, call, look, ordered, delivered } = await startReturnsForTest()
const DECLARED = '2026-06-10T09:00:00Z'
const one = [{ lineId: '1', quantity: 1 }]

async function withdrawn(orderId: string) {
  clock.at = DECLARED
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, { lines: one })
  return body.id as string
}
async function lookAt(at: string) {
  clock.at = at
  await look()
}
const alarmsOf = async (returnId: string) =>
  (await call('support', 'GET', '/alarms')).body.items
    .filter(({ about }: { about: string }) => about === returnId)
    .map(({ kind, detail, resolution }: { kind: string; detail: object; resolution?: string }) => ({
      kind,
      detail,
      resolution,
    }))

t.test('which units had left: after an hour without an answer a person is called, once, until it comes', async (t) => {
  const { id: orderId } = await ordered()
  const returnId = await withdrawn(orderId)
  await lookAt('2026-06-10T09:59:59Z')
  t.strictSame(await alarmsOf(returnId), [])
  await lookAt('2026-06-10T10:00:00Z')
  await lookAt('2026-06-10T10:00:01Z')
  const unanswered = { kind: 'units-unanswered', detail: { orderId, since: DECLARED } }
  t.strictSame(await alarmsOf(returnId), [{ ...unanswered, resolution: undefined }])
  await hear('StopConcluded', orderId, { returnId, stopped: [{ ...one[0], amount: 49_900 }], left: [] })
  await lookAt('2026-06-10T10:00:02Z')
  t.strictSame(await alarmsOf(returnId), [{ ...unanswered, resolution: 'The answer came.' }])
})

t.test('the money: a refund that orders does not tell of calls a person, until it does', async (t) => {
  const { id: orderId } = await delivered()
  const returnId = await withdrawn(orderId)
  await lookAt('2026-06-14T09:00:00Z')
  t.strictSame(await alarmsOf(returnId), [], 'goods that are not back yet are no answer that is owed')
  await call('warehouse', 'PUT', `/returns/${returnId}/receipt`, {})
  await lookAt('2026-06-14T10:00:00Z')
  const unpaid = { kind: 'refund-unanswered', detail: { orderId, since: '2026-06-14T09:00:00Z' } }
  t.strictSame(await alarmsOf(returnId), [{ ...unpaid, resolution: undefined }])
  // Nothing was captured of it, and nothing will be: that is an answer as well.
  await hear('PaymentRefunded', orderId, { returnId, amount: 0 })
  await lookAt('2026-06-14T10:00:01Z')
  t.strictSame(await alarmsOf(returnId), [{ ...unpaid, resolution: 'The answer came.' }])
})

t.test('a person may end an alarm, and is called again while the answer is still owed', async (t) => {
  const { id: orderId } = await ordered()
  const returnId = await withdrawn(orderId)
  await lookAt('2026-06-10T10:00:00Z')
  const { items } = (await call('support', 'GET', '/alarms')).body
  const { id } = items.find(({ about }: { about: string }) => about === returnId)
  const done = { done: 'Shipping was down; it answers again.' }
  t.hasStrict(await call('support', 'PUT', `/alarms/${id}/resolution`, done), {
    status: 200,
    body: { resolution: done.done },
  })
  t.equal((await call('customer', 'GET', '/alarms')).status, 403)
  await look()
  t.equal((await alarmsOf(returnId)).length, 2)
})

t.test(
  'a withdrawal of an earlier release asks once which of its units had left, and ends by the answer',
  async (t) => {
    const { id: orderId } = await ordered()
    const returnId = await withdrawn(orderId)
    // As that release had stored it, and as the migration marks it.
    await sql`update return set units_to_be_asked = true,
    state = jsonb_set(state, '{declared,lines}', '[{"lineId": "1", "quantity": 1, "amount": 49900}]') where id = ${returnId}`.execute(
      db,
    )
    await sql`update order_facts set facts = facts #- '{returns,0,unanswered}' where order_id = ${orderId}`.execute(db)
    t.strictSame(await rowsAdded(db, () => lookAt('2026-06-10T09:00:01Z')), { outbox: 1 })
    t.strictSame(await rowsAdded(db, () => lookAt('2026-06-10T09:00:02Z')), {})
    const { facts } = await db
      .selectFrom('order_facts')
      .select('facts')
      .where('order_id', '=', orderId)
      .executeTakeFirstOrThrow()
    t.hasStrict(facts.returns, [{ returnId, unanswered: true }])
    await hear('StopConcluded', orderId, { returnId, stopped: [{ ...one[0], amount: 49_900 }], left: [] })
    t.hasStrict((await call('support', 'GET', `/returns/${returnId}`)).body, {
      status: 'closed',
      closed: { outcome: 'never-sent' },
    })
  },
)
