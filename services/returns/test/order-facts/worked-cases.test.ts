import { readFileSync } from 'node:fs'
import { isSteps, judgeFacts, readFactsCases } from '@vilkar/terms/cases/facts.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

/** The worked cases whose facts are those of an order are put to the door itself, which answers as the library does. */

const bank = new URL('../../../../libs/terms/cases/facts.csv', import.meta.url)
const cases = readFactsCases(readFileSync(bank, 'utf8')).filter((each) => !isSteps(each) && !('function' in each.facts))
const { call } = await startReturnsForTest()

t.test('POST /eligibility answers every worked case that is told as the facts of an order', async (t) => {
  t.ok(cases.length > 0)
  for (const each of cases)
    t.test(`${each.id} ${each.topic}`, async (t) => {
      const { status, body } = await call('storefront', 'POST', '/eligibility', each.facts)
      t.equal(status, 200, JSON.stringify(body))
      const reached = (path: string) =>
        path.split('.').reduce<Record<string, unknown>>((part, key) => part?.[key] as never, body) ?? null
      const { got } = judgeFacts(each)
      for (const [path, expected] of Object.entries(each.expected).filter(([key]) => !key.startsWith('#')))
        t.strictSame(reached(path), path in got ? got[path] : expected, path)
    })
})
