import { randomUUID } from 'node:crypto'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, mailbox, look, hear, call, delivered } = await startReturnsForTest()
const one = [{ lineId: '1', quantity: 1 }]
const LATE = '2026-07-01T08:00:00Z'
type Cited = { code: string; cites: { section?: string; agreement?: string }[] }
const otherwise = (orderId: string, body: object = {}, id: string = randomUUID(), role = 'support') =>
  call(role, 'PUT', `/orders/${orderId}/overrides/${id}`, {
    ...{ about: 'withdrawal', lines: one, why: 'Hun lå på sykehus i tre uker.', ...body },
  })
const settle = (id: string, verdict: string, role = 'manager') =>
  call(role, 'PUT', `/overrides/${id}/verdict`, { verdict })
const toldOf = async (id: string) =>
  (await db.selectFrom('outbox').select('type').where('aggregate_id', '=', id).orderBy('seq').execute()).map(
    ({ type }) => type,
  )
const refundsOf = async (returnId: string) =>
  (await db.selectFrom('outbox').select(['type', 'data']).where('aggregate_id', '=', returnId).orderBy('seq').execute())
    .filter(({ type }) => type === 'RefundDecided')
    .map(
      ({ data }) =>
        data as unknown as { amount: number; overrideId?: string; lines: { quantity: number }[]; reasons: Cited[] },
    )

t.test('a withdrawal that came too late is taken all the same, and cites the rule and the decision', async (t) => {
  const { id, email } = await delivered()
  clock.at = LATE
  t.equal((await call('storefront', 'POST', `/orders/${id}/withdrawals`, { lines: one })).status, 409)
  const overrideId = randomUUID()
  const { status, body } = await otherwise(id, { words: 'Jeg rakk det ikke.' }, overrideId)
  t.equal(status, 201)
  t.hasStrict(body, {
    status: 'decided',
    amount: 49_900,
    ruled: [{ code: 'period-over' }],
    reasons: [{ code: 'decided-otherwise' }],
  })
  t.strictSame(await toldOf(overrideId), ['OverrideProposed', 'OverrideDecided'])
  const { body: taken } = await call('support', 'GET', `/returns/${body.caseId}`)
  t.hasStrict(taken, { status: 'declared', lines: one })
  const reasons = taken.reasons as Cited[]
  t.ok(reasons.some(({ cites }) => cites.some(({ section }) => section === '§ 21')))
  t.ok(reasons.some(({ cites }) => cites.some(({ agreement }) => agreement === overrideId)))
  for (const about of [body.caseId, overrideId]) {
    const { answer } = (await call('support', 'GET', `/returns/${about}/case`)).body
    t.match(
      answer.nb,
      /bestemt dette til din fordel.*punkt 3\.1, .*skriftlig avtale.*angrerettloven.*§ 21|bestemt dette til din fordel.*punkt 8\.2.*skriftlig avtale.*angrerettloven/,
    )
  }
  await call('warehouse', 'PUT', `/returns/${body.caseId}/receipt`, { receivedAt: clock.at })
  t.hasStrict(await refundsOf(body.caseId), [{ amount: 49_900 }])
  const { text } = await eventually('the mail', async () =>
    mailbox.to(email).find((mail) => /noe annet/.test(mail.subject)),
  )
  t.match(text, /ikke lenger, angre.*§ 21.*angre likevel.*punkt 3\.1/s)
  t.equal(
    (await call('storefront', 'POST', `/orders/${id}/withdrawals`, { lines: one })).status,
    409,
    'the rest is as it was',
  )
})

t.test('a voluntary return and a complaint that came too late are taken all the same', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-09-01T08:00:00Z'
  const offered = await otherwise(id, { about: 'voluntary-return' })
  t.equal(offered.status, 201)
  t.hasStrict((await call('support', 'GET', `/voluntary-returns/${offered.body.caseId}`)).body, { status: 'requested' })
  const { id: other } = await delivered()
  clock.at = '2028-09-01T08:00:00Z'
  const complained = await otherwise(other, { about: 'complaint', words: 'Den uler.' })
  t.equal(complained.status, 201)
  t.hasStrict((await call('support', 'GET', `/complaints/${complained.body.caseId}`)).body, {
    status: 'received',
    lines: one,
  })
  t.equal((await otherwise(id, { about: 'complaint' })).status, 400, 'what is wrong has to be said')
})

t.test('more than one may give waits for another with the right role, and is carried out once', async (t) => {
  const { id } = await delivered()
  clock.at = LATE
  const [overrideId, own] = [randomUUID(), randomUUID()]
  const lock = [{ lineId: '2', quantity: 1 }]
  t.hasStrict((await otherwise(id, { lines: lock }, overrideId)).body, { status: 'proposed', needs: 'second-person' })
  t.equal((await settle(overrideId, 'approved', 'support')).body.type, '/problems/scope-missing')
  await otherwise(id, { lines: lock }, own, 'manager')
  t.equal((await settle(own, 'approved')).body.type, '/problems/second-person-needed', 'never the same')
  t.hasStrict((await settle(own, 'declined')).body, { status: 'declined' })
  clock.at = '2026-07-03T09:30:00Z'
  await look()
  const alarms = (await call('support', 'GET', '/alarms')).body.items
  t.ok(
    alarms.some(
      (each: { about: string; kind: string }) => each.about === overrideId && each.kind === 'override-unapproved',
    ),
  )
  const answers = await Promise.all([settle(overrideId, 'approved'), settle(overrideId, 'approved')])
  for (const answer of answers) t.hasStrict(answer, { status: 200, body: { status: 'decided', settledBy: 'manager' } })
  t.equal((await call('support', 'GET', `/orders/${id}/returns`)).body.items.length, 1)
  t.equal((await settle(overrideId, 'declined')).body.type, '/problems/override-settled')
  t.equal((await settle(randomUUID(), 'approved')).body.type, '/problems/override-unknown')
})

t.test('what became impossible before it was approved is not carried out, and stays proposed', async (t) => {
  const { id } = await delivered()
  clock.at = LATE
  const overrideId = randomUUID()
  const lock = [{ lineId: '2', quantity: 1 }]
  await otherwise(id, { lines: lock }, overrideId)
  await otherwise(id, { lines: lock, about: 'voluntary-return' })
  await call('storefront', 'POST', `/orders/${id}/voluntary-returns`, { lines: lock })
  const { status, body } = await settle(overrideId, 'approved')
  t.strictSame([status, body.type], [409, '/problems/withdrawal-refused'])
  t.strictSame(await toldOf(overrideId), ['OverrideProposed'])
  t.hasStrict((await settle(overrideId, 'declined')).body, { status: 'declined' })
})

t.test(
  'nothing is decided against the customer, or that the rules give already, or of what is not there',
  async (t) => {
    const { id } = await delivered()
    clock.at = '2026-06-10T08:00:00Z'
    t.equal((await otherwise(id)).body.type, '/problems/nothing-to-override', 'they can withdraw by law')
    t.equal((await otherwise(id, { about: 'deduction' })).status, 400)
    t.equal((await otherwise(id, { about: 'deduction', returnId: randomUUID() })).body.type, '/problems/return-unknown')
    clock.at = LATE
    t.equal((await otherwise(id, { lines: [{ lineId: '1', quantity: 3 }] })).body.type, '/problems/nothing-to-override')
    t.equal((await otherwise(id, { lines: [{ lineId: '9', quantity: 1 }] })).body.type, '/problems/withdrawal-refused')
    t.equal((await otherwise(id, {}, randomUUID(), 'storefront')).status, 403)
    t.equal((await otherwise(randomUUID())).status, 404)
    const overrideId = randomUUID()
    t.strictSame(
      [(await otherwise(id, {}, overrideId)).status, (await otherwise(id, {}, overrideId)).status],
      [201, 200],
    )
    t.equal(
      (await otherwise(id, { about: 'complaint', words: 'x' }, overrideId)).body.type,
      '/problems/override-recorded',
    )
  },
)

t.test('the trail of it stands in the timeline of its cases, with what else was agreed and given', async (t) => {
  const { id } = await delivered()
  clock.at = LATE
  const overrideId = randomUUID()
  const { body } = await otherwise(id, {}, overrideId)
  const agreement = { changes: { complaintYears: 6 }, text: 'Seks år', party: 'Kari Eksempel', agreedAt: LATE }
  t.equal((await call('support', 'PUT', `/orders/${id}/agreements/${randomUUID()}`, agreement)).status, 201)
  const goodwill = { amount: 100, why: 'Hun ventet lenge.' }
  t.equal((await call('support', 'PUT', `/orders/${id}/goodwill/${randomUUID()}`, goodwill)).status, 201)
  const { timeline } = (await call('support', 'GET', `/returns/${body.caseId}/case`)).body
  const types = timeline.map(({ type }: { type: string }) => type)
  for (const type of [
    'OverrideProposed',
    'OverrideDecided',
    'WithdrawalDeclared',
    'AgreementRecorded',
    'PayoutDecided',
  ])
    t.equal(types.filter((each: string) => each === type).length, 1, type)
})

t.test('two who decide the same at once have it taken once', async (t) => {
  const { id } = await delivered()
  clock.at = LATE
  const overrideId = randomUUID()
  const answers = await Promise.all([otherwise(id, {}, overrideId), otherwise(id, {}, overrideId)])
  t.strictSame(answers.map(({ status }) => status).sort(), [200, 201])
  t.equal((await call('support', 'GET', `/orders/${id}/returns`)).body.items.length, 1)
})

t.test('what was deducted is paid back after all, in parts and never more, by a refund of its own', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-10T08:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${id}/withdrawals`, { lines: one })
  const used = { ...one[0], complete: true, wear: 'used', fitForSale: false }
  await call('warehouse', 'PUT', `/returns/${body.id}/inspection`, { units: [used], note: 'Riper' })
  const deductions = [{ ...one[0], amount: 10_000, why: 'diminished-value' }]
  for (const final of [undefined, true])
    await call('support', 'PUT', `/returns/${body.id}/assessment`, { deductions, grounds: 'Riper', final })
  t.hasStrict(await refundsOf(body.id), [{ amount: 39_900 }])
  const first = randomUUID()
  const deduction = { about: 'deduction', returnId: body.id, lines: undefined }
  t.hasStrict(await otherwise(id, { ...deduction, amount: 4_000 }, first), {
    status: 201,
    body: { status: 'decided', amount: 4_000 },
  })
  t.hasStrict(await otherwise(id, deduction), { status: 201, body: { amount: 6_000 } }, 'the rest of it')
  t.equal((await otherwise(id, deduction)).body.type, '/problems/nothing-to-override')
  const [, restored] = await refundsOf(body.id)
  t.hasStrict(restored, { amount: 4_000, overrideId: first })
  t.strictSame(restored!.reasons.map(({ code }) => code).at(-1), 'decided-otherwise')
  t.ok(restored!.reasons.length > 1, 'what the rules said stands beside it')
  await hear('PaymentRefunded', id, { returnId: first, amount: 4_000 })
  await hear('PaymentRefunded', id, { returnId: body.id, amount: 39_900 })
  t.hasStrict((await call('support', 'GET', `/returns/${body.id}`)).body, {
    status: 'closed',
    closed: { amount: 39_900 },
  })
})
