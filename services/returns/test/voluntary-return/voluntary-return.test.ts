import { example } from '@vilkar/contracts/test/examples.ts'
import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, mailbox, look, hear, call, ordered, delivered } = await startReturnsForTest()
const units = (quantity: number, lineId = '1') => [{ lineId, quantity }]
const looked = (change: object = {}) => ({
  ...{ ...units(1)[0], unused: true, undamaged: true, originalPackaging: true, fitForSale: true },
  ...change,
})
/** A day after the right of withdrawal is over: goods were received on the fourth of June. */
const AFTER = '2026-06-20T09:00:00Z'

const ask = (orderId: string, body: object = {}, { at = AFTER, role = 'storefront' } = {}) => {
  clock.at = at
  return call(role, 'POST', `/orders/${orderId}/voluntary-returns`, body)
}
const put = (
  id: string,
  what: string,
  body: object | undefined,
  { at = '2026-06-25T09:00:00Z', role = 'warehouse' } = {},
) => {
  clock.at = at
  return call(role, 'PUT', `/voluntary-returns/${id}/${what}`, body)
}
const preview = (id: string, body: object, role = 'warehouse') => {
  clock.at = '2026-06-25T09:00:00Z'
  return call(role, 'POST', `/voluntary-returns/${id}/check/preview`, body)
}
const read = async (id: string) => (await call('support', 'GET', `/voluntary-returns/${id}`)).body
const mailTo = (email: string, subject: RegExp) =>
  eventually(`a mail about ${subject}`, async () => mailbox.to(email).find((mail) => subject.test(mail.subject)))
const alarmsAbout = async (about: string) =>
  (await call('support', 'GET', '/alarms')).body.items.filter((alarm: { about: string }) => alarm.about === about)
async function lookAt(at: string) {
  clock.at = at
  await look()
}
/** A request for so many sensors of an order that is delivered. */
async function asked(quantity = 1) {
  const { id: orderId, email } = await delivered()
  const { body } = await ask(orderId, { lines: units(quantity) })
  return { orderId, email, id: body.id as string }
}

t.test(
  '9.1 what nobody can withdraw from any more goes back by the offer, and the price of the goods with it',
  async (t) => {
    const { id: orderId, email } = await delivered()
    const { status, headers, body } = await ask(orderId, { lines: units(1), statement: 'Den ble for mye.' })
    t.equal(status, 201)
    t.equal(headers.location, `/voluntary-returns/${body.id}`)
    t.hasStrict(body, { status: 'requested', lastDay: '2026-07-06', sendBackBy: '2026-07-06', refundEstimate: 49_900 })
    const mail = await mailTo(email, /sender du varene/)
    t.match(mail.text, /ubrukte, uskadde og i originalemballasjen.*6\. juli 2026.*499,00/s)
    const answer = await put(body.id, 'check', { units: [looked()] })
    t.hasStrict(answer, {
      status: 200,
      body: { status: 'refund-decided', refund: { amount: 49_900, dueOn: '2026-07-09' } },
    })
    t.match((await mailTo(email, /Vi har sett på varene/)).text, /499,00/)
    const told = await db
      .selectFrom('outbox')
      .select(['type'])
      .where('aggregate_id', '=', body.id)
      .orderBy('aggregate_version')
      .execute()
    t.strictSame(
      told.map(({ type }) => type),
      ['VoluntaryReturnRequested', 'ReturnReceived', 'VoluntaryReturnChecked', 'RefundDecided'],
    )
    await hear('PaymentRefunded', orderId, { returnId: body.id, amount: 49_900 })
    t.hasStrict(await read(body.id), { status: 'closed', closed: { amount: 49_900 } })
    const { body: eligible } = await call('storefront', 'GET', `/orders/${orderId}/eligibility`)
    t.hasStrict(eligible.lines, [
      { lineId: '1', returnable: 1 },
      { lineId: '2', returnable: 1 },
    ])
  },
)

t.test('9.1 a business has the offer too', async (t) => {
  const { id: orderId } = await delivered(undefined, { placed: { customerKind: 'business' } })
  t.equal((await ask(orderId, {}, { at: '2026-06-10T09:00:00Z' })).status, 201)
})

t.test('whoever can withdraw is told that the law gives more, and nothing of it goes back by the offer', async (t) => {
  const { id: orderId, email } = await delivered()
  const answer = await ask(orderId, { lines: units(1) }, { at: '2026-06-10T09:00:00Z' })
  assertProblem(answer, 409, 'withdrawal-gives-more', /Withdraw/)
  t.match((await mailTo(email, /frivillig retur/)).text, /angrerett på dette, og den gir deg mer/)
  t.strictSame((await call('support', 'GET', `/orders/${orderId}/voluntary-returns`)).body.items, [])
})

t.test(
  'each line is judged by itself: what can be withdrawn from, what has not left, what is not the order’s',
  async (t) => {
    const [sensor, lock] = example('OrderPlaced').data.lines
    const lines = [{ ...sensor!, traits: { ...sensor!.traits, madeToOrder: true } }, lock!]
    const { id: orderId } = await delivered(undefined, { placed: { lines } })
    const { body } = await ask(
      orderId,
      { lines: [...units(2), ...units(2, '2'), ...units(1, '9')] },
      { at: '2026-06-10T09:00:00Z' },
    )
    t.hasStrict(body, {
      lines: [{ lineId: '1', quantity: 2 }],
      refused: [
        { lineId: '2', quantity: 1, reasons: [{ code: 'withdrawal-gives-more' }] },
        { lineId: '2', quantity: 1 },
        { lineId: '9', quantity: 1 },
      ],
    })
    const { id: unsent } = await ordered({ placed: { customerKind: 'business' } })
    assertProblem(await ask(unsent, {}), 409, 'voluntary-return-refused', /does not reach/)
  },
)

t.test('9.1 after the last day there is no offer, and the request counts from when it was sent', async (t) => {
  const { id: orderId } = await delivered()
  const late = { at: '2026-07-08T09:00:00Z', role: 'support' }
  const { body } = await ask(orderId, { lines: units(1) }, late)
  t.hasStrict(body, { type: '/problems/voluntary-return-refused', reasons: [{ code: 'voluntary-period-over' }] })
  const letter = { lines: units(1), channel: 'letter', noticeSentAt: '2026-07-06T09:00:00Z' }
  t.equal((await ask(orderId, letter, late)).status, 201)
  assertProblem(await ask(orderId, letter, { ...late, role: 'storefront' }), 403, 'scope-missing', /staff/)
})

t.test(
  '9.2 what lacks something stays the customer’s, with the reason, and what is as it was is paid back',
  async (t) => {
    const { id, email, orderId } = await asked(2)
    const found = { units: [looked(), looked({ unused: false, fitForSale: false })] }
    assertProblem(await put(id, 'check', found), 400, 'invalid-input', /note/)
    const { body } = await put(id, 'check', { ...found, note: 'Limet er brukt.' })
    t.hasStrict(body, {
      refund: { amount: 49_900 },
      check: { accepted: units(1), refused: [{ ...units(1)[0], reasons: [{ code: 'not-unused' }] }], missing: [] },
    })
    const { text } = await mailTo(email, /Vi har sett på varene/)
    t.match(text, /fortsatt ditt:\n1 × Lekkasjesensor: .*punkt 9\.2.*\nVi fant: Limet er brukt\./)
    t.match(text, /Forbrukertilsynet.*Forbrukerklageutvalget/)
    const { body: eligible } = await call('storefront', 'GET', `/orders/${orderId}/eligibility`)
    t.equal(eligible.lines[0].returnable, 1, 'it can be complained of, and asked about again')
    await changesNothing(db, () => put(id, 'check', { ...found, note: 'Igjen' }))
    assertProblem(await put(id, 'check', { units: [] }), 409, 'inspection-settled', /other findings/)
  },
)

t.test('an empty parcel ends it without money', async (t) => {
  const { id } = await asked()
  t.hasStrict((await put(id, 'check', { units: [] })).body, {
    status: 'ended',
    ended: { outcome: 'conditions-not-met' },
  })
})

t.test('goods that nobody looks at are paid back on the last day, and a person is called before', async (t) => {
  const { id } = await asked()
  await put(id, 'receipt', {})
  await lookAt('2026-06-27T09:59:59Z')
  t.strictSame(await alarmsAbout(id), [])
  await lookAt('2026-06-27T10:00:00Z')
  t.hasStrict(await alarmsAbout(id), [{ kind: 'voluntary-return-unchecked' }])
  await lookAt('2026-07-09T14:00:00Z')
  t.hasStrict(await read(id), { status: 'refund-decided', refund: { amount: 49_900, dueOn: '2026-07-09' } })
  assertProblem(await put(id, 'check', { units: [] }, { at: clock.at }), 409, 'inspection-settled', /other findings/)
})

t.test('who does not send the goods is reminded once, and keeps them in the end with every other right', async (t) => {
  const { id, email, orderId } = await asked()
  await lookAt('2026-07-06T21:59:59Z')
  t.notOk((await read(id)).remindedAt)
  await lookAt('2026-07-06T22:00:00Z')
  await lookAt('2026-07-10T00:00:00Z')
  t.match((await mailTo(email, /ikke fått varene/)).text, /før 21\. juli 2026/)
  await lookAt('2026-07-20T22:00:00Z')
  t.hasStrict(await read(id), { status: 'ended', ended: { outcome: 'never-sent' } })
  t.match((await mailTo(email, /er avsluttet/)).text, /reklamere/)
  const { body } = await call('storefront', 'GET', `/orders/${orderId}/eligibility`)
  t.hasStrict(body.lines[0], { returnable: 2, complaint: { outcome: 'granted' } })
})

t.test('the customer may keep the goods after all, as long as they have them', async (t) => {
  const { id } = await asked()
  const giving = { role: 'storefront' }
  t.hasStrict((await put(id, 'giving-up', undefined, giving)).body, { status: 'ended', ended: { outcome: 'given-up' } })
  await changesNothing(db, () => put(id, 'giving-up', undefined, giving))
  assertProblem(await put(id, 'receipt', {}), 409, 'return-over', /ask again/)
  const other = await asked()
  await put(other.id, 'receipt', {})
  assertProblem(await put(other.id, 'giving-up', undefined, giving), 409, 'return-received', /already/)
})

t.test('the same by two channels, and what is on its way already, is one return, also at once', async (t) => {
  const { id: orderId } = await delivered()
  const added = await rowsAdded(db, async () => {
    const answers = await Promise.all(
      ['web-form', 'email', 'phone', 'web-form'].map((channel) => ask(orderId, { lines: units(2), channel })),
    )
    t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 200, 200, 201])
    t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
  })
  t.hasStrict(added, { outbox: 1, mail: 1, voluntary_return: 1, return_case: 1 })
})

t.test('units are in one right at a time, whoever comes first', async (t) => {
  const { id: orderId } = await delivered()
  clock.at = AFTER
  const late = { lines: units(2), noticeSentAt: '2026-06-18T20:00:00Z', channel: 'letter' }
  const [offered, withdrawn] = await Promise.all([
    ask(orderId, { lines: units(2) }),
    call('support', 'POST', `/orders/${orderId}/withdrawals`, late),
  ])
  t.strictSame([offered.status, withdrawn.status].toSorted(), [201, 409])
  const { facts } = await db
    .selectFrom('order_facts')
    .select('facts')
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow()
  t.equal(
    facts.returns.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0),
    2,
  )
})

t.test('all that goes back in parts adds up to what was paid, by whatever right', async (t) => {
  const total = 100_001
  const [sensor, lock] = example('OrderPlaced').data.lines
  const lines = [{ ...sensor!, quantity: 3, total, unitPrice: 33_334 }, lock!]
  const { id: orderId } = await ordered({ placed: { lines } })
  const shipmentId = crypto.randomUUID()
  await hear('ShipmentDispatched', orderId, { shipmentId, lines: [...units(3), ...units(1, '2')] })
  await hear('ShipmentDelivered', orderId, { shipmentId })
  clock.at = '2026-06-10T09:00:00Z'
  const { body: withdrawn } = await call('storefront', 'POST', `/orders/${orderId}/withdrawals`, { lines: units(1) })
  const { body: offered } = await ask(orderId, { lines: units(1) })
  const { body: other } = await ask(orderId, { lines: units(1) })
  const [one, two, three] = await Promise.all([
    call('warehouse', 'PUT', `/returns/${withdrawn.id}/receipt`, {}),
    put(offered.id, 'check', { units: [looked()] }),
    put(other.id, 'check', { units: [looked()] }),
  ])
  const sums = [one, two, three].map(({ body }) => body.refund.amount as number)
  t.equal(
    sums.reduce((sum, amount) => sum + amount),
    total,
  )
})

t.test('staff look, and only a person turns goods down', async () => {
  const { id } = await asked()
  await changesNothing(db, async () => {
    assertProblem(await put(id, 'check', { units: [] }, { role: 'storefront' }), 403, 'scope-missing', /came back/)
    assertProblem(await put(id, 'receipt', {}, { role: 'storefront' }), 403, 'scope-missing', /came back/)
    assertProblem(await put(crypto.randomUUID(), 'receipt', {}), 404, 'return-unknown', /no such return/)
    assertProblem(await put(id, 'receipt', {}, { role: 'customer' }), 403, 'scope-missing', /came back/)
  })
})

t.test('what would follow of a look at the goods is seen before, and nothing is done by looking', async (t) => {
  const { id } = await asked(2)
  const mixed = { units: [looked(), looked({ unused: false })], note: 'Den er brukt.' }
  await changesNothing(db, async () => {
    const seen = await preview(id, mixed)
    t.hasStrict(seen, { status: 200, body: { status: 'refund-decided', refund: { amount: 49_900 } } })
    t.hasStrict(seen.body.check, { accepted: units(1), refused: units(1), missing: [] })
    t.match(JSON.stringify(seen.body.check.refused[0].reasons), /"clause":"9/)
    const none = await preview(id, { units: [] })
    t.hasStrict(none.body, { status: 'ended', ended: { outcome: 'conditions-not-met' }, check: { missing: units(2) } })
  })
  assertProblem(await preview(id, { units: mixed.units }), 400, 'invalid-input', /note/)
  assertProblem(await preview(id, mixed, 'storefront'), 403, 'scope-missing', /staff/)
  t.hasStrict((await put(id, 'check', mixed)).body.check, { accepted: units(1), refused: units(1) })
  const other = { units: [looked(), looked()] }
  assertProblem(await preview(id, other), 409, 'inspection-settled', /other findings/)
})
