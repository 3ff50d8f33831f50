import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { call, clock, delivered, hear } = await startReturnsForTest()

type Answer = { at: string; sendBackBy: string; lines: { returnable: number; withdrawal: { outcome: string } }[] }

async function ask(id: string): Promise<Answer> {
  const { status, body } = await call('storefront', 'GET', `/orders/${id}/eligibility`)
  t.equal(status, 200)
  return body
}

t.test('what may go back is worked out once a day, and told again until midnight in Oslo', async (t) => {
  clock.at = '2026-06-10T09:00:00Z'
  const { id } = await delivered()
  const first = await ask(id)
  t.equal(first.at, '2026-06-10T09:00:00Z')
  clock.at = '2026-06-10T21:59:59.999Z'
  t.strictSame(await ask(id), first)
  clock.at = '2026-06-10T22:00:00Z'
  const next = await ask(id)
  t.equal(next.at, '2026-06-10T22:00:00Z')
  t.not(next.sendBackBy, first.sendBackBy)
})

t.test('a right that has ended is not told of as open', async (t) => {
  clock.at = '2026-06-18T21:59:59Z'
  const { id } = await delivered()
  t.equal((await ask(id)).lines[0]!.withdrawal.outcome, 'granted')
  clock.at = '2026-06-18T22:00:00Z'
  t.equal((await ask(id)).lines[0]!.withdrawal.outcome, 'refused')
})

t.test('what is heard of the order counts at once', async (t) => {
  clock.at = '2026-06-10T09:00:00Z'
  const { id } = await delivered()
  const before = await ask(id)
  await hear('OrderCancelled', id)
  const after = await ask(id)
  t.equal(after.at, before.at)
  t.not(after.lines[0]!.returnable, before.lines[0]!.returnable)
})

t.test('an answer that is kept is told to nobody else', async (t) => {
  clock.at = '2026-06-10T09:00:00Z'
  const { id } = await delivered()
  await ask(id)
  t.equal((await call('support', 'GET', `/orders/${id}/eligibility`)).status, 200)
  t.equal((await call('customer', 'GET', `/orders/${id}/eligibility`)).status, 404)
})

t.test('of a moment that is named the answer is worked out for it', async (t) => {
  clock.at = '2026-06-10T09:00:00Z'
  const { id } = await delivered()
  await ask(id)
  const { body } = await call('storefront', 'GET', `/orders/${id}/eligibility?at=2026-06-10T10:00:00Z`)
  t.equal(body.at, '2026-06-10T10:00:00Z')
})

t.test('who asks at the same moment is told each of their own order', async (t) => {
  clock.at = '2026-06-10T09:00:00Z'
  const orders = [await delivered(), await delivered(), await delivered()]
  const unknown = '019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'
  const asked = [orders[0]!.id, unknown, orders[1]!.id, orders[0]!.id, orders[2]!.id]
  const answers = await Promise.all(asked.map((id) => call('storefront', 'GET', `/orders/${id}/eligibility`)))
  t.strictSame(
    answers.map(({ status, body }) => (status === 200 ? body.orderId : status)),
    asked.map((id) => (id === unknown ? 404 : id)),
  )
})
