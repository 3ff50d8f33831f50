import { readFileSync } from 'node:fs'
import { disputed } from '@vilkar/terms/cases/disputed.ts'
import { differing, isSteps, readFactsCases } from '@vilkar/terms/cases/facts.ts'
import { onlyGiven } from '@vilkar/terms/test/asked-over-http.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'
import { type Facts, tellFacts } from './told-facts.ts'

/**
 * The worked cases told as the facts of an order happen: heard as events, or done at the doors, with the clock moved. What the customer may
 * do is asked of the order then; of a defect, a seal and goods that were used the doors that judge them are asked.
 */

const bank = new URL('../../../../libs/terms/cases/facts.csv', import.meta.url)
const cases = readFactsCases(readFileSync(bank, 'utf8')).filter((each) => !isSteps(each) && !('function' in each.facts))
const house = await startReturnsForTest()
const { call } = house

type Line = Facts['lines'][number]
type Right = { outcome: string; reasons: object[]; [more: string]: unknown }
type Told = { lines: { complaint: Right; withdrawal: Right; voluntaryReturn: Right }[] }

const put = async (path: string, body: object, role = 'support') => (await call(role, 'PUT', path, body)).body
const complain = async (orderId: string, { lineId, quantity, defect }: Line) => {
  const { noticedAt, showedAt, sellerAtFault } = defect!
  const said = { defect: 'It broke.', channel: 'email', lines: [{ lineId, quantity }] }
  return (
    await call('support', 'POST', `/orders/${orderId}/complaints`, { ...said, noticedAt, showedAt, sellerAtFault })
  ).body
}

/** What is said to a complaint of a line, and once putting it right failed. */
async function complained(orderId: string, line: Line): Promise<Partial<Right>> {
  const { id, lines, assessment } = await complain(orderId, line)
  const [judged = { outcome: 'refused', reasons: assessment?.reasons }] = lines
  if (!line.defect!.failedCures) return judged
  await put(`/complaints/${id}/assessment`, { outcome: 'accepted' })
  await put(`/complaints/${id}/choice`, { remedy: 'repair' })
  await put(`/complaints/${id}/cure`, {})
  const { choices: next } = await put(`/complaints/${id}/failure`, { defect: 'It broke again.' })
  const { status } = await put(`/complaints/${id}/choice`, { remedy: 'rescission' })
  return { ...judged, remedies: { next, mayRefuseCure: status === 'returning' } }
}

/** The day that is expected, when a complaint of its last second is in time and one of a second later for a person to judge. */
async function neverLateUntil(facts: Facts, expected: unknown) {
  if (typeof expected !== 'string') return expected
  const end = Temporal.PlainDate.from(expected).add({ days: 1 }).toZonedDateTime('Europe/Oslo').toInstant()
  const outcomeAt = async (at: Temporal.Instant) => {
    const orderId = await tellFacts(house, { ...facts, at: at.toString() })
    return (await complain(orderId, facts.lines[0]!)).lines[0].outcome
  }
  const [last, over] = [await outcomeAt(end.subtract({ seconds: 1 })), await outcomeAt(end)]
  return last === 'granted' && over === 'review' ? expected : `${last} that day and ${over} after it`
}

/** Of each line, whether anything comes back of it where a person takes off all that the law lets them for its seal. */
async function inspected(orderId: string, lines: Line[]): Promise<string[]> {
  const { body } = await call('support', 'POST', `/orders/${orderId}/withdrawals`, { channel: 'email' })
  const units = lines.map(({ lineId, quantity, sealBroken }) => ({
    ...{ lineId, quantity, complete: true, fitForSale: false },
    ...{ wear: 'none', seal: sealBroken ? 'broken' : 'intact' },
  }))
  await put(`/returns/${body.id}/inspection`, { units }, 'warehouse')
  const withheld = (line: Line) => ({
    ...{ lineId: line.lineId, quantity: line.quantity, amount: line.total },
    why: 'seal-broken',
  })
  const tries = lines.map(async (line) => {
    const said = { deductions: [withheld(line)], grounds: 'The seal is broken.' }
    const { status } = await call('support', 'POST', `/returns/${body.id}/assessment/preview`, said)
    return status === 200 ? 'refused' : 'granted'
  })
  return Promise.all(tries)
}

/** What is said to goods that came back by the offer of the terms. */
async function checked(orderId: string, { lineId, quantity, unused }: Line): Promise<string> {
  const { body } = await call('support', 'POST', `/orders/${orderId}/voluntary-returns`, {})
  const unit = { lineId, quantity, unused, undamaged: true, originalPackaging: true, fitForSale: true }
  const { refund } = await put(`/voluntary-returns/${body.id}/check`, { units: [unit] }, 'warehouse')
  return refund === undefined ? 'refused' : 'granted'
}

async function answerOf(facts: Facts, expected: Record<string, unknown>): Promise<Told> {
  const orderId = await tellFacts(house, facts)
  const { body } = await call('support', 'GET', `/orders/${orderId}/entitlements`)
  const told = body as Told
  for (const [n, line] of facts.lines.entries()) {
    const right = told.lines[n]!
    if (line.defect) {
      Object.assign(right.complaint, await complained(orderId, line))
      const key = `lines.${n}.complaint.neverLateUntil`
      if (key in expected) right.complaint.neverLateUntil = await neverLateUntil(facts, expected[key])
    }
    if (line.unused === false) right.voluntaryReturn.outcome = await checked(orderId, line)
  }
  if (facts.lines.some(({ sealBroken }) => sealBroken !== undefined))
    for (const [n, outcome] of (await inspected(orderId, facts.lines)).entries())
      told.lines[n]!.withdrawal.outcome = outcome
  return told
}

t.test('an order that became what a worked case tells is answered as the bank expects', async (t) => {
  for (const { id, topic, facts, expected } of cases)
    t.test(`${id} ${topic}`, async (t) => {
      const differs = differing(await answerOf(facts as Facts, expected), expected)
      if (id in onlyGiven) return t.not(Object.keys(differs).length, 0, 'it agrees, and has to leave the list')
      t.strictSame(differs, disputed[id]?.answers ?? {})
    })
})

t.test('what is only given is a case', async (t) => {
  const ids = new Set(cases.map(({ id }) => id))
  t.strictSame(
    Object.keys(onlyGiven).filter((id) => !ids.has(id)),
    [],
  )
})
