import { readFileSync } from 'node:fs'
import { disputed } from '@vilkar/terms/cases/disputed.ts'
import { differing, isSteps, readFactsCases } from '@vilkar/terms/cases/facts.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

/** The worked cases whose facts are those of an order are put to the door itself, which answers what the bank expects. */

const bank = new URL('../../../../libs/terms/cases/facts.csv', import.meta.url)
const cases = readFactsCases(readFileSync(bank, 'utf8')).filter((each) => !isSteps(each) && !('function' in each.facts))
const { call } = await startReturnsForTest()

t.test('POST /eligibility answers every worked case that is told as the facts of an order', async (t) => {
  t.ok(cases.length > 0)
  for (const { id, topic, facts, expected } of cases)
    t.test(`${id} ${topic}`, async (t) => {
      const { status, body } = await call('storefront', 'POST', '/eligibility', facts)
      t.equal(status, 200, JSON.stringify(body))
      t.strictSame(differing(body, expected), disputed[id]?.answers ?? {})
    })
})
