import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readHistory } from '@vilkar/messaging/outbox/outbox.ts'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import t from 'tap'
import { damageSources } from '../../damage/alarms.ts'
import { startShippingForTest } from '../shipping-service.ts'

const { db, clock, call, requested } = await startShippingForTest()
const LEFT = '2026-06-02T12:00:00Z'
const put = async (url: string, body?: object, role = 'support') => {
  const answer = await call(role, 'PUT', url, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body
}
const answered = (id: string, body: object) => put(`/damage-reports/${id}/claim/answer`, body)
const refusedAnswer = (id: string, body: object) => call('support', 'PUT', `/damage-reports/${id}/claim/answer`, body)
const answersOf = async (shipmentId: string) =>
  (await readHistory(db, shipmentId)).flatMap(({ type, data }) => (type === 'CarrierClaimAnswered' ? [data] : []))
async function alarmed(reportId: string, at: string) {
  clock.at = at
  const { rows } = await damageSources
    .find(({ kind }) => kind === 'carrier-claim-unsettled')!
    .find(at)
    .execute(db)
  return rows.some(({ about }) => about === reportId)
}

/** A loss that was reported on the third of June; `claimed`: the carrier was told on the same day. */
async function lost(claimed = true) {
  clock.at = LEFT
  const { id: shipmentId } = await requested()
  await put(`/shipments/${shipmentId}/dispatch`, { carrier: 'X', trackingNumber: randomUUID() }, 'warehouse')
  clock.at = '2026-06-03T10:00:00Z'
  const id = randomUUID()
  await put(
    `/damage-reports/${id}`,
    { shipmentId, kind: 'lost', reportedBy: 'customer', what: 'It never came.' },
    'warehouse',
  )
  if (claimed) await put(`/damage-reports/${id}/claim`)
  return { id, shipmentId }
}
const money = { amount: 49_900, currency: 'NOK' }

t.test('what the carrier says to a claim is kept once, with its amount and the reference of the payment', async (t) => {
  const { id, shipmentId } = await lost()
  t.hasStrict(await answered(id, { answer: 'accepted', ...money }), { claim: { answer: 'accepted', ...money } })
  await changesNothing(db, () => answered(id, { answer: 'accepted', ...money }))
  const paid = { answer: 'paid', amount: 49_000, currency: 'NOK', reference: 'KRAV-118' }
  t.hasStrict(await answered(id, paid), { claim: paid })
  t.strictSame(
    (await answersOf(shipmentId)).map((data) => [(data as typeof paid).answer, (data as typeof paid).amount]),
    [
      ['accepted', 49_900],
      ['paid', 49_000],
    ],
  )
  assertProblem(await refusedAnswer(id, { answer: 'refused' }), 409, 'claim-settled', /has paid/)
  assertProblem(await refusedAnswer(id, { ...paid, amount: 1 }), 409, 'claim-settled', /has paid/)
})

t.test('nobody answers what they were not told, and an answer that is no refusal has its amount', async () => {
  const untold = await lost(false)
  assertProblem(await refusedAnswer(untold.id, { answer: 'refused' }), 409, 'carrier-not-told', /claimed/)
  const { id } = await lost()
  assertProblem(await refusedAnswer(id, { answer: 'paid' }), 409, 'amount-missing', /currency/)
  assertProblem(await refusedAnswer(id, { answer: 'paid', amount: 0, currency: 'NOK' }), 400, 'invalid-input', /amount/)
  assertProblem(await refusedAnswer(id, { answer: 'perhaps' }), 400, 'invalid-input', /answer/)
  assertProblem(await refusedAnswer(randomUUID(), { answer: 'refused' }), 404, 'damage-report-unknown', /no such/)
  assertProblem(
    await call('warehouse', 'PUT', `/damage-reports/${id}/claim/answer`, { answer: 'perhaps' }),
    ...([400, 'invalid-input', /answer/] as const),
  )
})

t.test(
  'a claim that nobody answers, or that is accepted and not paid, calls for a person after thirty days',
  async (t) => {
    const { id } = await lost()
    const listed = async () =>
      (await call('support', 'GET', '/damage-reports?claim=unsettled')).body.items.some(
        (each: { id: string }) => each.id === id,
      )
    t.notOk(await alarmed(id, '2026-07-03T09:59:59Z'))
    t.ok(await alarmed(id, '2026-07-03T10:00:01Z'))
    await answered(id, { answer: 'accepted', ...money })
    t.notOk(await alarmed(id, '2026-08-02T10:00:00Z'), 'thirty days from the answer')
    t.ok(await alarmed(id, '2026-08-02T10:00:02Z'))
    t.ok(await listed())
    await answered(id, { answer: 'paid', ...money })
    t.notOk(await alarmed(id, '2026-12-01T10:00:00Z'))
    t.notOk(await listed())
  },
)

t.test('a refusal ends the task, and may be overcome', async (t) => {
  const { id } = await lost()
  await answered(id, { answer: 'refused', reference: 'KRAV-119' })
  t.notOk(await alarmed(id, '2026-12-01T10:00:00Z'))
  t.hasStrict(await answered(id, { answer: 'paid', ...money }), { claim: { answer: 'paid', ...money } })
})

t.test('what would follow of an answer is said before, and until when it is waited for', async (t) => {
  const { id } = await lost()
  const foresee = (body: object, role = 'support') =>
    call(role, 'POST', `/damage-reports/${id}/claim/answer/preview`, body)
  await changesNothing(db, async () => {
    const accepted = (await foresee({ answer: 'accepted', ...money })).body
    t.hasStrict(accepted, { changes: true, answer: 'accepted', ...money, answerDueOn: '2026-07-03' })
    t.hasStrict(accepted.reasons, [{ cites: [{ act: 'vegfraktloven', section: '§ 40' }] }])
    const refused = (await foresee({ answer: 'refused', ...money })).body
    t.equal(refused.answerDueOn, undefined)
    t.equal(refused.amount, undefined)
    assertProblem(await foresee({ answer: 'paid' }), 409, 'amount-missing', /currency/)
    assertProblem(await foresee({ answer: 'refused' }, 'storefront'), 403, 'scope-missing', /staff/)
  })
  await answered(id, { answer: 'paid', ...money })
  t.equal((await foresee({ answer: 'paid', ...money })).body.changes, false)
  const untold = await lost(false)
  const early = `/damage-reports/${untold.id}/claim/answer/preview`
  assertProblem(await call('support', 'POST', early, { answer: 'refused' }), 409, 'carrier-not-told', /claimed/)
})

t.test('who waits longest for an answer stands first, with the day until which it is waited for', async (t) => {
  const [first, second] = [await lost(), await lost()]
  clock.at = '2026-06-10T10:00:00Z'
  await answered(first.id, { answer: 'accepted', ...money })
  const read = async (query: string) => (await call('support', 'GET', `/damage-reports?claim=unsettled${query}`)).body
  const own = ({ items }: { items: { id: string; answerDueOn: string }[] }) =>
    items.filter(({ id }) => id === first.id || id === second.id).map(({ id, answerDueOn }) => [id, answerDueOn])
  const both = [
    [second.id, '2026-07-03'],
    [first.id, '2026-07-10'],
  ]
  t.strictSame(own(await read('')), both)
  const paged: [string, string][] = []
  for (let after = ''; ; ) {
    const page = await read(`&limit=1${after}`)
    paged.push(...(own(page) as [string, string][]))
    if (page.next === undefined) break
    after = `&after=${encodeURIComponent(page.next)}`
  }
  t.strictSame(paged, both)
  await answered(first.id, { answer: 'refused' })
  t.equal((await call('support', 'GET', `/damage-reports/${first.id}`)).body.answerDueOn, undefined)
})
