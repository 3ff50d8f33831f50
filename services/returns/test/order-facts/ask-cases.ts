import { readFileSync } from 'node:fs'
import { type Answer, readCases } from '@vilkar/terms/cases/runner.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'
import { type CaseFacts, momentOf, tell } from './told-case.ts'

/**
 * The worked cases of returns, refunds, notices, costs and complaints, each told as events and asked over HTTP with the clock moved. What
 * a case expects that no door says (such as the last day before holidays are counted) is judged by the library alone.
 */

const bank = readCases(readFileSync(new URL('../../../../libs/terms/cases/cases.csv', import.meta.url), 'utf8'))
type Asked = (facts: CaseFacts) => Promise<Answer>

/** Asks every case of these topics, but for those that no door is told or asked, and why. */
export function askCases(topics: Record<string, Asked>, notAsked: Record<string, string> = {}) {
  const cases = bank.filter(({ topic }) => topic in topics)
  t.test('what is not asked is a case of these topics', async (t) => {
    const ids = new Set(cases.map(({ id }) => id))
    t.strictSame(
      Object.keys(notAsked).filter((id) => !ids.has(id)),
      [],
    )
  })
  for (const { id, topic, title, facts, expected } of cases.filter(({ id }) => !(id in notAsked)))
    t.test(`${id} ${title}`, async (t) => {
      const got = await topics[topic]!(facts as CaseFacts)
      const asked = Object.keys(expected).filter((key) => key in got)
      t.ok(asked.length > 0, 'a door says something of it')
      for (const key of asked) t.strictSame(got[key], expected[key], key)
    })
}

export const later = (moment: string, hours: number) => Temporal.Instant.from(moment).add({ hours }).toString()

/** In øre, of the goods of the cases about their worth. */
const WHOLE_PRICE = 200_000
export const CONDITIONS = ['unused', 'undamaged', 'originalPackaging'] as const

/** A returns service, and what people do there in many cases. */
export async function openDesk() {
  const house = await startReturnsForTest()
  const { call, clock } = house
  const at = (moment: string) => {
    clock.at = Temporal.Instant.from(moment).toString()
  }
  const eligibility = async (id: string, moment: string) =>
    (await call('support', 'GET', `/orders/${id}/eligibility?at=${moment}`)).body
  const withdraw = (id: string, said: object) => call('support', 'POST', `/orders/${id}/withdrawals`, said)
  const refundOf = async (id: string) => (await call('support', 'GET', `/returns/${id}`)).body.refund

  /** What came back is looked at: so worn, under a seal or not, worth less by so much, and what that leaves of the refund. */
  async function lookedAt(
    id: string,
    { seal = 'intact', less = 0, why }: { seal?: string; less?: number; why: string },
  ) {
    const { body } = await withdraw(id, { channel: 'email' })
    const url = `/returns/${body.id}`
    at(later(clock.at, 24))
    const wear = why === 'diminished-value' && less > 0 ? 'used' : 'tried'
    const unit = { lineId: '1', quantity: 1, complete: true, wear, seal, fitForSale: false }
    await call('warehouse', 'PUT', `${url}/inspection`, { units: [unit] })
    // Where the law does not let so much be taken off, it is what the goods cost, and where it lets nothing be, nothing.
    for (const amount of less > 0 ? [less, WHOLE_PRICE, 0] : []) {
      const deductions = amount > 0 ? [{ lineId: '1', quantity: 1, amount, why }] : []
      const said = { deductions, grounds: 'As one can see.' }
      if ((await call('support', 'PUT', `${url}/assessment`, said)).status === 200) break
    }
    at(later(clock.at, 24 * 40))
    await house.look()
    return (await refundOf(body.id))?.amount as number
  }

  /** A voluntary return that was asked for, came back and was looked at; what the customer was answered. */
  async function offered(facts: CaseFacts, requestedAt: string, receivedAt = later(requestedAt, 48)) {
    const id = await tell(house, facts)
    at(requestedAt)
    const { status, body } = await call('support', 'POST', `/orders/${id}/voluntary-returns`, {})
    if (status !== 201) return { id, eligible: false }
    const condition = Object.fromEntries(CONDITIONS.map((each) => [each, facts[each] !== false]))
    const units = (body.lines as { lineId: string; quantity: number }[]).map(({ lineId, quantity }) => ({
      lineId,
      quantity,
    }))
    at(momentOf(receivedAt))
    const { body: seen } = await call('warehouse', 'PUT', `/voluntary-returns/${body.id}/check`, {
      units: units.map((unit) => ({ ...unit, ...condition, fitForSale: true })),
    })
    const { refund, sendBackBy } = seen
    return { id, eligible: refund !== undefined, dueOn: refund?.dueOn, amount: refund?.amount, sendBackBy }
  }

  return { ...house, at, eligibility, withdraw, refundOf, lookedAt, offered }
}
