import { example } from '@vilkar/contracts/test/examples.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { createApp } from '../../app.ts'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, mailbox, deps, look, hear, call, delivered } = await startReturnsForTest()
const one = [{ lineId: '1', quantity: 1 }]
const unit = (change: object = {}) => ({ ...one[0], complete: true, wear: 'tried', fitForSale: true, ...change })

/** A withdrawal of one sensor, which is sealed for hygiene if asked for. */
async function declared({ hygieneSealed = false } = {}) {
  const lines = example('OrderPlaced').data.lines.map((line) => ({
    ...line,
    traits: { ...line.traits, hygieneSealed },
  }))
  const { id: orderId, email } = await delivered(undefined, { placed: { lines } })
  clock.at = '2026-06-10T09:00:00Z'
  const { body } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, { lines: one })
  return { orderId, email, id: body.id as string }
}
const put = (id: string, what: string, body: object, { at = '2026-06-15T10:00:00Z', role = 'warehouse' } = {}) => {
  clock.at = at
  return call(role, 'PUT', `/returns/${id}/${what}`, body)
}
const read = async (id: string) => (await call('support', 'GET', `/returns/${id}`)).body
const alarmsAbout = async (about: string) =>
  (await call('support', 'GET', '/alarms')).body.items.filter((alarm: { about: string }) => alarm.about === about)
const mailsOf = (about: string) =>
  db.selectFrom('mail').select('kind').where('about_id', '=', about).orderBy('id').execute()
async function lookAt(at: string) {
  clock.at = at
  await look()
}

t.test(
  'who waits for a person to look at their goods, or to judge them, is told so, once each, and until when',
  async (t) => {
    const { id, email } = await declared({ hygieneSealed: true })
    t.equal((await rowsAdded(db, () => put(id, 'receipt', {}))).mail, 1)
    const told = async (words: RegExp) =>
      eventually('the mail', async () => mailbox.to(email).find(({ text }) => words.test(text)))
    const looked = await told(/En person skal se på det/)
    t.match(
      looked.text,
      /1 × .*senest 24\. juni 2026.*svare før det er avgjort.*angrerettloven § 22 bokstav g, § 3 og § 24/s,
    )
    const opened = { units: [unit({ seal: 'broken' })] }
    t.equal((await rowsAdded(db, () => put(id, 'inspection', opened))).mail, 1)
    t.equal((await rowsAdded(db, () => put(id, 'inspection', opened))).mail, undefined, 'said again it is told once')
    t.match((await told(/En person vurderer/)).text, /brukt, skadet, åpnet eller borte.*senest 24\. juni 2026/s)
    const whole = await declared()
    await put(whole.id, 'inspection', { units: [unit()] })
    const kinds = (await mailsOf(whole.id)).map(({ kind }) => kind)
    t.strictSame(kinds.sort(), ['refund-decided', 'withdrawal-receipt'], 'nothing of what is paid back at once')
  },
)

t.test('goods under a seal that come back opened are not paid back by themselves (case L21)', async (t) => {
  const { id, email } = await declared({ hygieneSealed: true })
  t.notOk((await put(id, 'receipt', {})).body.refund, 'not before somebody has looked')
  const { body } = await put(id, 'inspection', { units: [unit({ seal: 'broken', fitForSale: false })] })
  t.hasStrict(body, { inspection: { plain: false } })
  const listed = (await call('support', 'GET', `/returns/${id}/case`)).body
  t.hasStrict(listed, { awaits: 'assessment', dueOn: '2026-06-17' }, 'a person has a day for it')
  await lookAt('2026-06-17T11:00:00Z')
  t.hasStrict(await alarmsAbout(id), [{ kind: 'return-unassessed' }])
  t.notOk((await read(id)).refund)
  const deductions = [{ ...one[0], amount: 49_900, why: 'seal-broken' }]
  const judged = await put(
    id,
    'assessment',
    { deductions, grounds: 'Seglet er brutt.' },
    { at: clock.at, role: 'support' },
  )
  t.hasStrict(judged.body, { assessment: { heardUntil: '2026-06-24T11:00:00Z' } })
  const mail = await eventually('the hearing', async () =>
    mailbox.to(email).find(({ subject }) => /sett på/.test(subject)),
  )
  t.match(
    mail.text,
    /499,00\skr, forseglingen er brutt\nBegrunnelse: Seglet er brutt\.\nDette følger av .*angrerettloven § 22/,
  )
  t.match(mail.text, /innen 24\. juni 2026, 13:00/)
  await lookAt('2026-06-24T11:00:00Z')
  t.hasStrict(await read(id), { status: 'refund-decided', refund: { amount: 0, dueOn: '2026-06-24' } })
  t.hasStrict(await alarmsAbout(id), [{ resolution: 'The answer came.' }])
})

t.test('an empty parcel is not paid back by itself either (case L21)', async (t) => {
  const { id } = await declared()
  const { body } = await put(id, 'inspection', { units: [], note: 'A brick.' })
  t.hasStrict(body, { inspection: { plain: false, missing: one } })
  await lookAt('2026-07-30T10:00:00Z')
  t.notOk((await read(id)).refund)
})

t.test('goods that nobody looks at in time are paid back on the last day, and a person is called before', async (t) => {
  const { id } = await declared({ hygieneSealed: true })
  await put(id, 'receipt', {})
  await lookAt('2026-06-17T10:59:59Z')
  t.strictSame(await alarmsAbout(id), [])
  await lookAt('2026-06-17T11:00:00Z')
  t.hasStrict(await alarmsAbout(id), [{ kind: 'return-uninspected' }])
  await lookAt('2026-06-24T14:00:00Z')
  t.hasStrict(await read(id), { refund: { amount: 49_900, dueOn: '2026-06-24', decidedAt: '2026-06-24T14:00:00Z' } })
})

t.test('goods that are as they should be are paid back with the look at them, said twice or at once', async (t) => {
  const { id } = await declared()
  const answers = await Promise.all(
    [1, 2, 3].map(() => put(id, 'inspection', { units: [unit({ serialNumber: 'SN-1' })] })),
  )
  for (const { status, body } of answers)
    t.hasStrict(
      { status, body },
      { status: 200, body: { receivedAt: clock.at, fitForSale: one, refund: { amount: 49_900 } } },
    )
  await changesNothing(db, () => put(id, 'inspection', { units: [unit()] }))
  assertProblem(await put(id, 'inspection', { units: [] }), 409, 'inspection-settled', /other findings/)
})

t.test('what two people judge at once is decided once', async (t) => {
  const { id, orderId } = await declared()
  await put(id, 'inspection', { units: [unit({ wear: 'used' })] })
  const less = (amount: number) => ({
    deductions: [{ ...one[0], amount, why: 'diminished-value' }],
    grounds: 'Brukt.',
    final: true,
  })
  await put(id, 'assessment', { ...less(3_000), final: undefined }, { role: 'support' })
  const added = await rowsAdded(db, async () => {
    const answers = await Promise.all(
      [1_000, 2_000, 3_000].map((amount) => put(id, 'assessment', less(amount), { role: 'support' })),
    )
    t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 409, 409])
    const { refund } = answers.find(({ status }) => status === 200)!.body
    t.equal(refund.amount, 49_900 - refund.deductions[0].amount)
  })
  t.strictSame(added, { outbox: 2, mail: 1, refusal: 2 })
  await hear('PaymentRefunded', orderId, { returnId: id })
  t.equal((await read(id)).status, 'closed')
})

t.test('staff look, and a person with a token of their own judges', async () => {
  const { id } = await declared()
  await changesNothing(db, async () => {
    assertProblem(
      await put(id, 'inspection', { units: [] }, { role: 'storefront' }),
      403,
      'scope-missing',
      /what came back/,
    )
    const nothing = { deductions: [] }
    assertProblem(await put(id, 'assessment', nothing, { role: 'storefront' }), 403, 'scope-missing', /judge what came/)
    const deductions = [{ ...one[0], amount: 1, why: 'diminished-value' }]
    assertProblem(await put(id, 'assessment', { deductions }, { role: 'support' }), 400, 'invalid-input', /grounds/)
    assertProblem(await put(crypto.randomUUID(), 'inspection', { units: [] }), 404, 'return-unknown', /no such return/)
  })
})

t.test('a program judges nothing, whatever it may do besides', async (t) => {
  const { id } = await declared()
  const scopes = new Set(['staff', 'service', 'returns:write'])
  const app = await createApp({ ...deps, doors: { verifyToken: async () => ({ subject: 'robot', scopes }) } })
  t.teardown(() => app.close())
  const headers = { authorization: 'Bearer robot' }
  const answer = await app.inject({
    method: 'PUT',
    url: `/returns/${id}/assessment`,
    headers,
    payload: { deductions: [] },
  })
  t.equal(answer.statusCode, 403)
  t.equal(answer.json().type, '/problems/person-needed')
})

t.test('what would follow is seen before it is done, and is what follows then', async (t) => {
  const { id } = await declared()
  const see = (what: string, body: object, role = 'support') =>
    call(role, 'POST', `/returns/${id}/${what}/preview`, body)
  clock.at = '2026-06-15T10:00:00Z'
  const deductions = [{ ...one[0], amount: 3_000, why: 'diminished-value' }]
  const judged = { deductions, grounds: 'Brukt.' }
  await changesNothing(db, async () => {
    const plain = await see('inspection', { units: [unit()] })
    t.hasStrict(plain, { status: 200, body: { inspection: { plain: true }, refund: { amount: 49_900 } } })
    t.hasStrict((await see('inspection', { units: [] })).body, { inspection: { plain: false, missing: one } })
    const tooMany = { units: [unit({ quantity: 9 })] }
    assertProblem(await see('inspection', tooMany), 409, 'quantity-exceeded', /come back by this return/)
    assertProblem(await see('assessment', judged), 409, 'not-inspected', /what came back/)
    assertProblem(await see('inspection', { units: [] }, 'storefront'), 403, 'scope-missing', /what came back/)
  })
  t.notOk((await read(id)).inspection)

  await put(id, 'inspection', { units: [unit({ wear: 'used' })] })
  const heard = await changesNothingBut(() => see('assessment', judged))
  t.hasStrict(heard.body.assessment, { deductions: [{ amount: 3_000 }], heardUntil: '2026-06-22T10:00:00Z' })
  t.ok(heard.body.assessment.deductions[0].reasons.some(({ cites }: { cites: object[] }) => cites.length > 0))
  t.notOk(heard.body.refund)
  assertProblem(await see('assessment', { deductions }), 400, 'invalid-input', /grounds/)
  const unheard = { ...judged, final: true }
  assertProblem(await see('assessment', unheard), 409, 'customer-unheard', /was not told/)
  const done = await put(id, 'assessment', judged, { role: 'support' })
  t.strictSame(done.body, heard.body)
  t.hasStrict((await see('assessment', unheard)).body.refund, { amount: 46_900, deductions: [{ amount: 3_000 }] })
})
async function changesNothingBut<Answered>(ask: () => Promise<Answered>) {
  let answered: Answered | undefined
  await changesNothing(db, async () => {
    answered = await ask()
  })
  return answered!
}
