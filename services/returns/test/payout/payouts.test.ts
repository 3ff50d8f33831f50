import { randomUUID } from 'node:crypto'
import { assertProblem, changesNothing } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { payoutIdOfInterest } from '../../payout/interest.ts'
import { offerInterest } from '../../payout/jobs/offer-interest.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, mailbox, deps, look, hear, call, delivered } = await startReturnsForTest()
const ALONE = 50_000
const give = (orderId: string, amount: number, id: string = randomUUID(), role = 'support') =>
  call(role, 'PUT', `/orders/${orderId}/goodwill/${id}`, { amount, why: 'Pakken ble tre uker forsinket.' })
const settle = (id: string, verdict: string, role = 'manager') =>
  call(role, 'PUT', `/proposed-payouts/${id}/verdict`, { verdict })
const toldOf = async (id: string) =>
  (await db.selectFrom('outbox').select('type').where('aggregate_id', '=', id).orderBy('seq').execute()).map(
    ({ type }) => type,
  )
const alarmsAbout = async (about: string) =>
  (await call('support', 'GET', '/alarms')).body.items.filter((alarm: { about: string }) => alarm.about === about)
const mailTo = (email: string, subject: RegExp) =>
  eventually('the mail', async () => mailbox.to(email).find((mail) => subject.test(mail.subject)))

t.test('one person gives what one may, and it is owed at once, told by mail, and over when it is paid', async (t) => {
  const { id, email } = await delivered()
  clock.at = '2026-06-10T08:00:00Z'
  const payoutId = randomUUID()
  const { status, body } = await give(id, ALONE, payoutId)
  t.equal(status, 201)
  t.hasStrict(body, { status: 'owed', amount: ALONE, dueOn: '2026-06-24', reasons: [{ code: 'beyond-duty' }] })
  t.strictSame(await toldOf(payoutId), ['PayoutProposed', 'PayoutDecided'])
  const { text } = await mailTo(email, /Du får .*500,00/)
  t.match(text, /ikke krav på.*i tillegg til alt du har rett til.*24\. juni 2026.*punkt 12\.1/s)
  for (const _ of [1, 2])
    await hear('PayoutMade', id, { payoutId, kind: 'goodwill', amount: ALONE, paidAt: '2026-06-11T08:00:00Z' })
  t.hasStrict((await call('support', 'GET', `/returns/${payoutId}/case`)).body, {
    ...{ kind: 'payout', status: 'paid', owed: ALONE, closedAt: '2026-06-11T08:00:00Z' },
  })
  t.strictSame((await toldOf(payoutId)).at(-1), 'PayoutClosed')
})

t.test('more than one may give waits for another with the right role, and what was given before counts', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-10T08:00:00Z'
  t.equal((await give(id, ALONE - 1)).body.status, 'owed')
  const second = randomUUID()
  t.hasStrict((await give(id, 2, second)).body, { status: 'proposed', needs: 'second-person', proposedBy: 'support' })
  t.strictSame((await call('storefront', 'GET', `/orders/${id}/payouts`)).body.items.length, 1, 'no promise to see yet')
  t.equal((await settle(second, 'approved', 'support')).body.type, '/problems/scope-missing')
  const own = randomUUID()
  await give(id, 3, own, 'manager')
  t.equal((await settle(own, 'approved')).body.type, '/problems/second-person-needed', 'never the same')
  t.hasStrict((await settle(own, 'declined')).body, { status: 'declined' })
  const answers = await Promise.all([settle(second, 'approved'), settle(second, 'approved')])
  for (const answer of answers) t.hasStrict(answer, { status: 200, body: { status: 'owed', settledBy: 'manager' } })
  t.strictSame(await toldOf(second), ['PayoutProposed', 'PayoutDecided'])
  t.equal((await settle(second, 'declined')).body.type, '/problems/payout-settled')
  t.equal((await settle(randomUUID(), 'approved')).body.type, '/problems/payout-unknown')
})

t.test('what would follow of goodwill is seen before it is given', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-10T08:00:00Z'
  await give(id, 20_000)
  const see = (amount: number, role = 'support') =>
    call(role, 'POST', `/orders/${id}/goodwill/preview`, { amount, why: 'Pakken ble tre uker forsinket.' })
  await changesNothing(db, async () => {
    const atOnce = {
      amount: 30_000,
      dueOn: '2026-06-24',
      given: 20_000,
      alone: ALONE,
      reasons: [{ code: 'beyond-duty' }],
    }
    const { status, body } = await see(30_000)
    t.hasStrict({ status, body }, { status: 200, body: atOnce })
    t.notOk('needs' in body)
    const { body: byTwo } = await see(30_001)
    t.hasStrict(byTwo, { needs: 'second-person', answerBy: '2026-06-12' })
    t.notOk('dueOn' in byTwo)
    assertProblem(await see(byTwo.together), 409, 'concession-limit', /two persons/)
    assertProblem(await see(1, 'storefront'), 403, 'scope-missing', /staff/)
  })
  t.hasStrict((await give(id, 30_000)).body, { status: 'owed', dueOn: '2026-06-24' })
})

t.test('two who give at once do not give more than one may', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-10T08:00:00Z'
  const answers = await Promise.all([give(id, 30_000), give(id, 30_000)])
  t.strictSame(answers.map(({ body }) => body.status).sort(), ['owed', 'proposed'])
})

t.test('there is an end to what two may give, and said again it is the same', async (t) => {
  const { id } = await delivered()
  const payoutId = randomUUID()
  t.equal((await give(id, 2_000_001)).body.type, '/problems/concession-limit')
  t.strictSame([(await give(id, 100, payoutId)).status, (await give(id, 100, payoutId)).status], [201, 200])
  t.equal((await give(id, 101, payoutId)).body.type, '/problems/payout-recorded')
  t.equal((await give(id, 100, randomUUID(), 'storefront')).status, 403)
  t.equal((await give(randomUUID(), 100)).status, 404)
})

t.test('a person is called for what nobody approves, and for what nobody pays', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-10T08:00:00Z'
  const [waiting, unpaid] = [randomUUID(), randomUUID()]
  await give(id, 100, unpaid)
  await give(id, ALONE, waiting)
  clock.at = '2026-06-12T10:00:00Z'
  await look()
  t.hasStrict(await alarmsAbout(waiting), [{ kind: 'payout-unapproved' }])
  t.strictSame(await alarmsAbout(unpaid), [])
  clock.at = '2026-06-25T10:00:00Z'
  await look()
  t.hasStrict(await alarmsAbout(unpaid), [{ kind: 'payout-unpaid' }])
})

t.test('whatever is given before, a withdrawal pays back all that it would have', async (t) => {
  const refundAfter = async (goodwill: number[]) => {
    const { id } = await delivered()
    clock.at = '2026-06-10T08:00:00Z'
    for (const amount of goodwill) await give(id, amount)
    const { body } = await call('storefront', 'POST', `/orders/${id}/withdrawals`, {})
    await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, { receivedAt: clock.at })
    const { refund } = (await call('support', 'GET', `/returns/${body.id}`)).body
    return refund.amount
  }
  const whole = await refundAfter([])
  for (const goodwill of [[1], [ALONE], [20_000, 30_000]]) t.equal(await refundAfter(goodwill), whole)
})

/** A withdrawal whose refund was due on 24 June, or when the goods came if that was later, and is paid on this day. */
async function paidBack(paidAt: string, receivedAt?: string) {
  const { id, email } = await delivered()
  clock.at = '2026-06-10T08:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${id}/withdrawals`, {})
  if (receivedAt) clock.at = receivedAt
  await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, { receivedAt: clock.at })
  const { refund } = (await call('support', 'GET', `/returns/${body.id}`)).body
  await hear('PaymentRefunded', id, { returnId: body.id, amount: refund.amount, refundedAt: paidAt })
  clock.at = paidAt
  return {
    id,
    email,
    caseId: body.id as string,
    amount: refund.amount as number,
    payoutId: payoutIdOfInterest(body.id),
  }
}
const setInterest = (id: string, amount: number) =>
  call('support', 'PUT', `/proposed-payouts/${id}/interest`, { amount, why: 'Satsen er 12,5 prosent.' })

t.test('a refund that was paid in time gives no interest', async (t) => {
  const { payoutId } = await paidBack('2026-06-24T20:00:00Z')
  await offerInterest(deps)
  t.strictSame(await toldOf(payoutId), [])
})

t.test(
  'a refund that was late, at a rate that is not known: the customer is told, and somebody looks it up by its day',
  async (t) => {
    const { id, email, payoutId, amount } = await paidBack('2027-01-14T10:00:00Z', '2027-01-04T10:00:00Z')
    await Promise.all([offerInterest(deps), offerInterest(deps)])
    const least = Math.ceil((amount * 800 * 10) / (10_000 * 365))
    t.strictSame(await toldOf(payoutId), ['PayoutProposed'])
    const { body } = await call('storefront', 'GET', `/orders/${id}/payouts`)
    t.hasStrict(body.items, [
      { status: 'proposed', needs: 'rate', amount: least, answerBy: '2027-01-21', interest: { amount, days: 10 } },
    ])
    t.strictSame(body.items[0].rateUnknown, { from: '2027-01-05', until: '2027-01-14' })
    const { text } = await mailTo(email, /renter til gode/)
    t.match(
      text,
      /4\. januar 2027.*14\. januar 2027.*10 dager.*5\. januar 2027 til 14\. januar 2027.*21\. januar 2027.*forsinkelsesrenteloven § 2 og § 3/s,
    )
    t.equal((await settle(payoutId, 'approved')).body.type, '/problems/interest-rate-needed')
    t.equal((await settle(payoutId, 'declined')).body.type, '/problems/payout-settled', 'it is owed by law')
    t.equal((await setInterest(payoutId, least - 1)).body.type, '/problems/interest-refused')
    clock.at = '2027-01-21T12:00:00Z'
    await look()
    t.hasStrict(await alarmsAbout(payoutId), [{ kind: 'interest-rate-unknown' }])
    t.hasStrict(await setInterest(payoutId, least + 50), { status: 200, body: { status: 'owed', amount: least + 50 } })
    t.equal((await setInterest(payoutId, least + 50)).status, 200, 'said again')
    t.equal((await setInterest(payoutId, least + 51)).body.type, '/problems/payout-settled')
    await mailTo(email, /i forsinkelsesrente/)
  },
)
