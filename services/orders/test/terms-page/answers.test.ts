import '@vilkar/terms/test/fixtures/add-nordlys.ts'
import { assertProblem } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { startOrdersForTest } from '../orders-service.ts'

// Alone in its process, which knows a seller more from here on.

const house = await startOrdersForTest(t)
const ask = (url: string, role = 'support') =>
  house.app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${role}` } })
const PATH = '/terms/nordlys/2026-07-01/answers'

/** The most processor time, in milliseconds, that this thread was held for between two turns while something was done. */
async function heldWhile(act: () => Promise<unknown>) {
  const turns: number[] = []
  let isOver = false
  let before = process.threadCpuUsage()
  const take = () => {
    const { user, system } = process.threadCpuUsage(before)
    turns.push((user + system) / 1_000)
    before = process.threadCpuUsage()
    if (!isOver) setImmediate(take)
  }
  setImmediate(take)
  await act()
  isOver = true
  return { turns: turns.length, most: Math.max(...turns) }
}

t.test('the first comparison of two editions holds nobody up', async (t) => {
  // What they share with all other questions is loaded by the first of any kind.
  await ask('/terms')
  const { turns, most } = await heldWhile(async () => {
    const { statusCode } = await ask('/terms/smartgroup/2026-01-15/answers?against=nordlys/2026-01-01')
    t.equal(statusCode, 200)
  })
  t.ok(turns > 400, `others had their turn ${turns} times`)
  t.ok(most < 50, `it held the thread for ${most} ms`)
})

t.test('staff reads what worked cases would get under two editions', async (t) => {
  const answer = await ask(`${PATH}?against=nordlys/2026-01-01`)
  t.equal(answer.statusCode, 200)
  const { before, now, cases, same, differing, unjudged } = answer.json()
  t.strictSame([before, now], ['nordlys/2026-01-01', 'nordlys/2026-07-01'])
  t.equal(same + differing.length + unjudged.length, cases)
  const { parts, clauses } = differing.find(({ id }: { id: string }) => id === 'W001')
  t.ok(
    parts.some(
      ({ part, before, now }: Record<string, string>) => part === 'lastDay' && before === '"2026-07-01"' && now,
    ),
  )
  t.strictSame(clauses, ['4.1'])
  const again = await ask(`${PATH}?against=nordlys/2026-01-01`)
  t.equal(again.body, answer.body)
})

t.test('it is refused to others, and of editions that there are not', async () => {
  const refused = async (url: string, status: number, kind: string, detail: RegExp, role = 'support') => {
    const { statusCode, headers, body } = await ask(url, role)
    assertProblem({ status: statusCode, headers, body: JSON.parse(body) }, status, kind, detail)
  }
  await refused(`${PATH}?against=nordlys/2026-01-01`, 403, 'scope-missing', /./, 'storefront')
  await refused(`${PATH}?against=nordlys/2020-01-01`, 404, 'edition-unknown', /no edition .* see \/terms/)
  await refused('/terms/nordlys/2020-01-01/answers?against=nordlys/2026-01-01', 404, 'edition-unknown', /2020-01-01/)
  await refused(`${PATH}?against=nordlys`, 400, 'invalid-input', /must be an edition, such as/)
  await refused(PATH, 400, 'invalid-input', /against/)
})
