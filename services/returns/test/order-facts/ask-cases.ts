import { readFileSync } from 'node:fs'
import { differing, readFactsCases } from '@vilkar/terms/cases/facts.ts'
import { type Answer, readCases } from '@vilkar/terms/cases/runner.ts'
import { askedAt, notAsked } from '@vilkar/terms/test/asked-over-http.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'
import { type CaseFacts, momentOf, tell } from './told-case.ts'

/**
 * The worked cases of returns, refunds, notices, costs and complaints, each told as events and asked over HTTP with the clock moved. All
 * that a case expects is compared, but for what `notAsked` says that no door tells, such as the last day before holidays are counted.
 */

const bank = readCases(readFileSync(new URL('../../../../libs/terms/cases/cases.csv', import.meta.url), 'utf8'))
const root = new URL('../../../../', import.meta.url).href
type Asked = (facts: CaseFacts, id: string) => Promise<Answer>

/** Asks every case of the topics that stand by the file in `askedAt`. `id`s of single cases may have an answer of their own. */
export function askCases(file: string, asked: Record<string, Asked>) {
  const listed = askedAt[file.replace(root, '')]
  t.test('the file asks what is said that it asks', async (t) =>
    t.strictSame(Object.keys(asked).toSorted(), listed?.toSorted()),
  )
  for (const { id, topic, title, facts, expected } of bank) {
    const ask = asked[id] ?? asked[topic]
    if (!ask || id in notAsked) continue
    t.test(`${id} ${title}`, async (t) => {
      const got = await ask(facts as CaseFacts, id)
      const isUnsaid = (key: string) => `${id}.${key}` in notAsked || `${topic}.${key}` in notAsked
      const said = Object.keys(expected).filter((key) => !isUnsaid(key))
      t.ok(said.length > 0, 'a door says something of it')
      for (const key of said) t.strictSame(got[key], expected[key], key)
      for (const key of Object.keys(expected).filter(isUnsaid))
        t.notOk(key in got, `${key} is said by a door, and has to leave the list`)
    })
  }
}

const factsBank = readFactsCases(
  readFileSync(new URL('../../../../libs/terms/cases/facts.csv', import.meta.url), 'utf8'),
)

/** Asks cases of the second bank, each by its own way; an answer is looked into as one of the library is. */
export function askFactsCases(
  file: string,
  asked: Record<string, (facts: Record<string, unknown>) => Promise<object>>,
) {
  const listed = askedAt[file.replace(root, '')]
  t.test('the file asks what is said that it asks', async (t) =>
    t.strictSame(Object.keys(asked).toSorted(), listed?.toSorted()),
  )
  for (const { id, topic, basis, facts, expected } of factsBank) {
    const ask = asked[id] ?? asked[topic]
    if (!ask) continue
    t.test(`${id} ${basis}`, async (t) => {
      t.not(Object.keys(expected).length, 0)
      t.strictSame(differing(await ask(facts as Record<string, unknown>), expected), {})
    })
  }
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
    const tries = less > 0 ? [less, WHOLE_PRICE, 0] : seal === 'broken' ? [0] : []
    for (const amount of tries) {
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
