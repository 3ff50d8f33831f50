import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { call } = await startReturnsForTest({ factsRequestsPerMinute: 2 })
const facts = {
  customerKind: 'consumer',
  country: 'NO',
  currency: 'NOK',
  placedAt: '2026-06-01T10:00:00Z',
  lines: [{ lineId: '1', sku: 'P-1', quantity: 1, total: 49_900 }],
}

t.test('who brings the facts needs no token, and asks so often in a minute by one address', async (t) => {
  const ask = (role = 'nobody') => call(role, 'POST', '/eligibility', facts)
  const first = await ask()
  t.equal(first.status, 200, JSON.stringify(first.body))
  t.hasStrict(first.body, { lines: [{ lineId: '1' }] })
  t.equal((await ask()).status, 200)
  const third = await ask()
  assertProblem(third, 429, 'too-many-requests', /Try again in/)
  t.ok(third.headers['retry-after'])
  t.equal((await call('storefront', 'GET', '/orders/019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11/eligibility')).status, 404)
})
