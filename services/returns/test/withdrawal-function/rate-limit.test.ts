import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { call } = await startReturnsForTest({ functionRequestsPerMinute: 2 })

t.test('one address makes so many statements in a minute, and other doors are not counted with them', async (t) => {
  const draft = () =>
    call('nobody', 'POST', '/withdrawal-function/drafts', { name: 'K', orderNumber: 'SG-1', email: 'kari@example.com' })
  t.strictSame([(await draft()).status, (await draft()).status], [200, 200])
  const third = await draft()
  assertProblem(third, 429, 'too-many-requests', /Try again in/)
  t.ok(third.headers['retry-after'])
  t.equal((await call('nobody', 'GET', '/withdrawal-function')).status, 200)
})
