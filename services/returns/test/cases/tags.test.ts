import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, call, delivered, clock } = await startReturnsForTest()
const words = (body: { items: { word: string }[] }) => body.items.map(({ word }) => word)

/** An order with a case of it. */
async function withCase() {
  const { id: orderId } = await delivered()
  clock.at = '2026-06-10T09:00:00Z'
  const complained = { lines: [{ lineId: '1', quantity: 1 }], defect: 'Den låser ikke.' }
  const { body } = await call('support', 'POST', `/orders/${orderId}/complaints`, complained)
  return { orderId, caseId: body.id as string }
}
const tag = (path: string, word: string, method: 'PUT' | 'DELETE' = 'PUT', role = 'support') =>
  call(role, method, `${path}/tags/${encodeURIComponent(word)}`)

t.test('staff tags an order and a case, sees who did, and takes tags off again, each once', async (t) => {
  const { orderId, caseId } = await withCase()
  for (const _ of [1, 2]) t.equal((await tag(`/orders/${orderId}`, 'vip')).status, 200)
  await tag(`/orders/${orderId}`, 'gjentatt-hærverk')
  t.match((await call('support', 'GET', `/orders/${orderId}/tags`)).body, {
    items: [{ word: 'gjentatt-hærverk' }, { word: 'vip', taggedAt: clock.at, taggedBy: /./ }],
  })
  t.strictSame(words((await tag(`/returns/${caseId}`, 'presse')).body), ['presse'])
  const seen = { tags: ['presse'], orderTags: ['gjentatt-hærverk', 'vip'] }
  t.hasStrict((await call('support', 'GET', `/returns/${caseId}/case`)).body, seen)
  for (const _ of [1, 2])
    t.strictSame(words((await tag(`/orders/${orderId}`, 'vip', 'DELETE')).body), ['gjentatt-hærverk'])
})

t.test('cases and orders are found by a tag, whichever of the two bears it', async (t) => {
  const [one, other, third] = [await withCase(), await withCase(), await withCase()]
  await tag(`/orders/${one.orderId}`, 'storkunde')
  await tag(`/returns/${other.caseId}`, 'storkunde')
  await tag(`/returns/${third.caseId}`, 'annet')
  const { body } = await call('support', 'GET', '/returns?tag=storkunde')
  t.strictSame(body.items.map(({ id }: { id: string }) => id).sort(), [one.caseId, other.caseId].sort())
  t.match((await call('support', 'GET', '/returns/figures?tag=storkunde')).body, {
    items: [{ kind: 'complaint', open: 2 }],
  })
  const orders: string[] = []
  for (let after = ''; ; ) {
    const { items, next } = (await call('support', 'GET', `/tags/storkunde/orders?limit=1${after}`)).body
    orders.push(...items.map(({ orderId }: { orderId: string }) => orderId))
    if (next === undefined) break
    after = `&after=${next}`
  }
  t.strictSame(orders, [one.orderId, other.orderId].sort())
  const { items } = (await call('support', 'GET', '/tags')).body
  t.strictSame(
    items.find(({ word }: { word: string }) => word === 'storkunde'),
    { word: 'storkunde', orders: 1, cases: 1 },
  )
})

t.test('what is no short word is refused, and so are words beyond what an order bears, two at once too', async (t) => {
  const { orderId, caseId } = await withCase()
  for (const word of ['VIP', 'to ord', '-a', 'a-', 'a--b', 'x'.repeat(31), 'kari@example.com', '<b>'])
    assertProblem(await tag(`/orders/${orderId}`, word), 400, 'invalid-input', /word/)
  for (let i = 1; i <= 19; i++) await tag(`/returns/${caseId}`, `nr-${i}`)
  const answers = await Promise.all([tag(`/returns/${caseId}`, 'den-ene'), tag(`/returns/${caseId}`, 'den-andre')])
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 409])
  t.equal((await tag(`/returns/${caseId}`, 'nr-1')).status, 200, 'what is there is no more')
  const { length } = await db.selectFrom('tag').select('word').where('about', '=', caseId).execute()
  t.equal(length, 20)
})

t.test('only staff tags, and only what there is', async () => {
  const { orderId, caseId } = await withCase()
  for (const path of [`/orders/${orderId}`, `/returns/${caseId}`])
    for (const method of ['PUT', 'DELETE'] as const)
      assertProblem(await tag(path, 'vip', method, 'storefront'), 403, 'scope-missing', /scope/)
  for (const method of ['PUT', 'DELETE'] as const) {
    assertProblem(await tag(`/orders/${crypto.randomUUID()}`, 'vip', method), 404, 'order-unknown', /no such order/)
    assertProblem(await tag(`/returns/${crypto.randomUUID()}`, 'vip', method), 404, 'case-unknown', /no such case/)
  }
  assertProblem(
    await call('support', 'GET', `/orders/${crypto.randomUUID()}/tags`),
    404,
    'order-unknown',
    /no such order/,
  )
})
