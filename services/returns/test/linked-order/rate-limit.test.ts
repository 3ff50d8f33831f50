import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { call } = await startReturnsForTest({ linkRequestsPerMinute: 2 })

t.test('one address asks so often by links in a minute, of all doors together, and other doors go on', async (t) => {
  const ask = (path: string) => call('nobody', 'GET', `/linked-order/${path}?link=x`)
  t.strictSame([(await ask('eligibility')).status, (await ask('dossier')).status], [404, 404])
  const third = await ask('withdrawal-function')
  assertProblem(third, 429, 'too-many-requests', /Try again in/)
  t.ok(third.headers['retry-after'])
  assertProblem(
    await call('nobody', 'POST', '/linked-order/complaints', { link: 'x', defect: 'x' }),
    429,
    'too-many-requests',
    /./,
  )
  t.equal((await call('nobody', 'GET', '/withdrawal-function')).status, 200)
})
