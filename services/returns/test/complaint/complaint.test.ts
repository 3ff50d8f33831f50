import { assertProblem, changesNothing, rowsAdded } from '@vilkar/server/test/problem-answer.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, clock, mailbox, look, hear, call, ordered, delivered } = await startReturnsForTest()
const units = (quantity: number, lineId = '1') => [{ lineId, quantity }]
/** Goods were received on the fourth of June 2026. */
const LATER = '2026-10-01T09:00:00Z'

const complain = (orderId: string, body: object = {}, { at = LATER, role = 'storefront' } = {}) => {
  clock.at = at
  return call(role, 'POST', `/orders/${orderId}/complaints`, { defect: 'Den piper hele tiden.', ...body })
}
const put = (id: string, what: string, body: object | undefined, { at = clock.at, role = 'support' } = {}) => {
  clock.at = at
  return call(role, 'PUT', `/complaints/${id}/${what}`, body)
}
const read = async (id: string) => (await call('support', 'GET', `/complaints/${id}`)).body
const mailTo = (email: string, subject: RegExp, text = /./) =>
  eventually(`a mail about ${subject}`, async () =>
    mailbox.to(email).find((mail) => subject.test(mail.subject) && text.test(mail.text)),
  )
const alarmsAbout = async (about: string) =>
  (await call('support', 'GET', '/alarms')).body.items.filter((alarm: { about: string }) => alarm.about === about)
/** A complaint of one sensor that the seller answers for. */
async function accepted(lines = units(1), placed: Record<string, unknown> = {}) {
  const { id: orderId, email } = await delivered(undefined, { placed })
  const { body } = await complain(orderId, { lines })
  await put(body.id, 'assessment', { outcome: 'accepted' })
  return { orderId, email, id: body.id as string }
}
/** The same, after a repair that did not help. */
async function failed(lines = units(1), placed: Record<string, unknown> = {}) {
  const complaint = await accepted(lines, placed)
  await put(complaint.id, 'choice', { remedy: 'repair' }, { role: 'storefront' })
  await put(complaint.id, 'cure', { note: 'Byttet batteri.' })
  await put(complaint.id, 'failure', { defect: 'Den piper igjen.' }, { role: 'storefront' })
  return complaint
}

t.test('no complaint is late against a seller who was grossly negligent, once staff says so (§ 27)', async (t) => {
  const { id: orderId } = await delivered()
  const late = { at: '2032-03-01T09:00:00Z' }
  t.match((await complain(orderId, {}, late)).body, { status: 'rejected', lines: [] })
  t.equal((await complain(orderId, { sellerAtFault: true }, late)).status, 403, 'a storefront cannot know')
  const { body } = await complain(orderId, { sellerAtFault: true }, { ...late, role: 'support' })
  t.match(body, { status: 'received', sellerAtFault: true, lines: [{ outcome: 'granted' }, { outcome: 'granted' }] })
  t.ok(body.lines.every((line: { reasons: { code: string }[] }) => line.reasons[0]!.code === 'seller-at-fault'))
  const { status } = await put(body.id, 'assessment', { outcome: 'rejected', cause: 'late', grounds: 'Too late.' })
  t.equal(status, 409)
  t.match((await put(body.id, 'assessment', { outcome: 'accepted' })).body, { status: 'accepted' })
})

t.test('what would come of a complaint is told before it is made, and nothing is done by asking', async (t) => {
  const { id: orderId } = await delivered()
  const foresee = (body: object, role = 'support') =>
    call(role, 'POST', `/orders/${orderId}/complaints/preview`, { lines: units(1), ...body })
  clock.at = '2032-03-01T09:00:00Z'
  await changesNothing(db, async () => {
    const late = await foresee({})
    t.hasStrict(late.body, { lines: [], rejected: true, refused: [{ lineId: '1', quantity: 1 }] })
    t.ok(late.body.refused[0].reasons[0].cites.length > 0)
    const atFault = await foresee({ sellerAtFault: true })
    t.hasStrict(atFault.body, {
      lines: [{ outcome: 'granted', reasons: [{ code: 'seller-at-fault' }] }],
      rejected: false,
    })
    t.match(atFault.body.answerBy, /^2032-03-/)
    const inTime = await foresee({ noticeSentAt: LATER })
    t.hasStrict(
      inTime.body,
      { lines: [{ lineId: '1', outcome: 'granted' }], rejected: false },
      'it counts from when it was sent',
    )
    assertProblem(await foresee({ lines: units(1, '9') }), 409, 'complaint-refused', /nothing here/)
    assertProblem(
      await foresee({ noticeSentAt: '2020-01-01T00:00:00Z' }),
      409,
      'notice-before-order',
      /before the order/,
    )
    t.equal((await foresee({}, 'storefront')).status, 403)
  })
})

t.test('10 a complaint is acknowledged at once, and a person answers it by its day or is called', async (t) => {
  const { id: orderId, email } = await delivered()
  const said = { lines: units(1), noticedAt: '2026-09-20T09:00:00Z', channel: 'phone' }
  const { status, body, headers } = await complain(orderId, said)
  t.strictSame([status, headers.location], [201, `/complaints/${body.id}`])
  t.hasStrict(body, {
    ...{ status: 'received', answerBy: '2026-10-08', choices: [], defect: 'Den piper hele tiden.' },
    lines: [{ lineId: '1', quantity: 1, outcome: 'granted', presumed: true, lastDay: '2028-06-06' }],
  })
  t.match((await mailTo(email, /mottatt reklamasjonen/)).text, /Den piper hele tiden\..*8\. oktober 2026/s)
  clock.at = '2026-10-08T09:59:59Z'
  await look()
  t.strictSame(await alarmsAbout(body.id), [])
  clock.at = '2026-10-08T10:00:00Z'
  await look()
  t.hasStrict(await alarmsAbout(body.id), [{ kind: 'complaint-unanswered' }])
  await put(body.id, 'assessment', { outcome: 'accepted' })
  await look()
  t.hasStrict(await alarmsAbout(body.id), [{ resolution: 'The answer came.' }])
})

t.test(
  'the customer chooses between repair and replacement, told before that what prolongs the liability',
  async (t) => {
    const { id, email } = await accepted()
    t.hasStrict(await read(id), { status: 'accepted', choices: ['repair', 'replacement'] })
    const { text } = await mailTo(email, /Svar på reklamasjonen/)
    t.match(text, /ny frist.*Velg.*– reparasjon\n– en ny vare/s)
    assertProblem(await put(id, 'choice', { remedy: 'rescission' }), 409, 'remedy-not-open', /repair or replacement/)
    const { body } = await put(id, 'choice', { remedy: 'replacement' }, { role: 'storefront' })
    t.hasStrict(body, { status: 'curing', chosen: { remedy: 'replacement', doneBy: '2026-10-15' } })
    await changesNothing(db, () => put(id, 'choice', { remedy: 'replacement' }))
    t.match((await mailTo(email, /Slik retter vi det/)).text, /koster deg ingenting.*§ 29/s)
    t.hasStrict((await put(id, 'cure', {})).body, { status: 'cured' })
    t.match((await mailTo(email, /i orden igjen/)).text, /kreve prisavslag eller heve/)
  },
)

t.test(
  'of contracts in the Union from its day on, a repair prolongs the liability, and that is told first',
  async (t) => {
    const placed = { country: 'SE', placedAt: '2026-08-01T08:00:00Z' }
    const { id: orderId, email } = await ordered({ placed })
    await hear('ContractFormed', orderId, { formedAt: '2026-08-01T08:01:00Z' })
    const shipmentId = crypto.randomUUID()
    await hear('ShipmentDispatched', orderId, { shipmentId, handedOverAt: '2026-08-02T08:00:00Z' })
    await hear('ShipmentDelivered', orderId, { shipmentId, receivedAt: '2026-08-04T08:00:00Z' })
    const { body } = await complain(orderId, { lines: units(1) })
    t.equal((await put(body.id, 'assessment', { outcome: 'accepted' })).body.assessment.repairMonths, 12)
    t.match((await mailTo(email, /Svar på reklamasjonen/)).text, /12 måneder lengre/)
  },
)

t.test('§ 30 another attempt may be refused unless one is reasonable, which a person says, with grounds', async (t) => {
  const { id, email } = await failed()
  const { body: before } = await put(id, 'assessment', { outcome: 'accepted' })
  t.strictSame(before.choices, ['price-reduction', 'rescission'], 'judged once, and the law says what may be refused')
  t.match(JSON.stringify(before.assessment.reasons), /another-attempt-may-be-refused.*10\.4.*§ 30/)
  const offered = await put(id, 'assessment', {
    outcome: 'accepted',
    furtherAttempt: 'offered',
    notFeasible: ['repair'],
  })
  t.hasStrict(offered.body, { status: 'accepted', choices: ['replacement', 'price-reduction', 'rescission'] })
  t.match((await mailTo(email, /Svar på reklamasjonen/, /prøve en gang til/)).text, /Det bestemmer du.*prisavslag/s)
  const reasonable = { outcome: 'accepted', furtherAttempt: 'reasonable' }
  assertProblem(await put(id, 'assessment', reasonable), 400, 'invalid-input', /grounds/)
  const { body } = await put(id, 'assessment', { ...reasonable, grounds: 'En ny pakning er nok.' })
  t.strictSame(body.choices, ['repair', 'replacement'])
  t.match((await mailTo(email, /Svar på reklamasjonen/, /rimelig/)).text, /En ny pakning.*§ 30.*Forbrukertilsynet/s)
  t.hasStrict((await put(id, 'choice', { remedy: 'repair' })).body, { status: 'curing' })
  assertProblem(await put(id, 'assessment', { ...reasonable, grounds: 'Igjen.' }), 409, 'remedy-not-open', /No attempt/)
  await put(id, 'failure', { defect: 'Den piper fremdeles.' })
  t.hasStrict(await read(id), { failedCures: 2, choices: ['price-reduction', 'rescission'] })
})

t.test('§ 37 between businesses nobody has to let the seller try again, and may', async (t) => {
  const { id } = await failed(units(1), { customerKind: 'business' })
  const again = (furtherAttempt: string) =>
    put(id, 'assessment', { outcome: 'accepted', grounds: 'En pakning.', furtherAttempt })
  assertProblem(await again('reasonable'), 409, 'remedy-not-open', /need not/)
  t.match((await again('offered')).body.choices.join(), /repair,replacement,price-reduction/)
})

t.test('a second failure opens a lower price and the end of the purchase', async (t) => {
  const { id, email, orderId } = await failed()
  t.hasStrict(await read(id), { status: 'accepted', failedCures: 1, choices: ['price-reduction', 'rescission'] })
  t.match((await mailTo(email, /Svar på reklamasjonen/, /ikke hjalp/)).text, /prisavslag.*heving/s)
  await put(id, 'choice', { remedy: 'price-reduction' }, { role: 'storefront' })
  const off = (amount: number) => put(id, 'price-reduction', { lines: [{ ...units(1)[0], amount }] })
  const tooMuch = await off(49_901)
  assertProblem(tooMuch, 409, 'reduction-refused', /At most 49900/)
  t.match(JSON.stringify(tooMuch.body.reasons), /§ 31/)
  const { body } = await off(15_000)
  t.hasStrict(body, { status: 'refund-decided', refund: { amount: 15_000, dueOn: '2026-10-15' } })
  t.match((await mailTo(email, /150,00/)).text, /avslag i prisen/)
  const { data } = await db
    .selectFrom('outbox')
    .select('data')
    .where('aggregate_id', '=', id)
    .where('type', '=', 'RefundDecided')
    .executeTakeFirstOrThrow()
  t.hasStrict(data, { reduction: true, lines: [{ quantity: 1, amount: 15_000 }] })
  await hear('PaymentRefunded', orderId, { returnId: id, amount: 15_000 })
  t.hasStrict(await read(id), { status: 'closed', closed: { amount: 15_000 } })
})

t.test('what a lower price gave back comes off what is paid back for the same goods later', async (t) => {
  const { id, orderId } = await failed(units(2))
  await put(id, 'choice', { remedy: 'price-reduction' })
  await put(id, 'price-reduction', { lines: [{ ...units(2)[0], amount: 20_000 }] })
  const again = await complain(orderId, { lines: units(1) })
  await put(again.body.id, 'assessment', { outcome: 'accepted' })
  await put(again.body.id, 'choice', { remedy: 'repair' })
  await put(again.body.id, 'failure', { defect: 'Den kom aldri.' })
  await put(again.body.id, 'choice', { remedy: 'rescission' })
  t.hasStrict((await put(again.body.id, 'receipt', {}, { role: 'warehouse' })).body, { refund: { amount: 39_900 } })
})

t.test(
  'a cancelled purchase gives back all that was paid, against the goods, and its units are in no other right',
  async (t) => {
    const lines = [...units(2), ...units(1, '2')]
    const { id, orderId } = await failed(lines)
    t.hasStrict((await put(id, 'choice', { remedy: 'rescission' })).body, { status: 'returning' })
    const { body: eligible } = await call('storefront', 'GET', `/orders/${orderId}/eligibility`)
    t.hasStrict(eligible.lines, [{ returnable: 0 }, { returnable: 0 }])
    assertProblem(await complain(orderId, { lines: units(1) }), 409, 'complaint-refused', /went back/)
    const { body } = await put(id, 'receipt', {}, { role: 'warehouse' })
    t.equal(body.refund.amount, 99_800 + 129_900 + 9_900, 'with the standard delivery')
  },
)

t.test(
  '10.2 what comes after the last day is acknowledged and rejected by the rule, naming who mediates and decides',
  async (t) => {
    const { id: orderId, email } = await delivered()
    const { status, body } = await complain(orderId, { lines: units(1) }, { at: '2028-06-07T09:00:00Z' })
    t.hasStrict({ status, body }, { status: 201, body: { status: 'rejected', assessment: { by: 'rule' }, lines: [] } })
    const { text } = await mailTo(email, /Svar på reklamasjonen/)
    t.match(text, /Den piper.*§ 27.*Forbrukertilsynet.*Forbrukerklageutvalget/s)
    const longLived = await complain(orderId, { lines: units(1, '2') }, { at: '2031-06-04T09:00:00Z' })
    t.hasStrict(longLived.body, { status: 'received' }, 'what is meant to last has five years')
  },
)

t.test('11 a person rejects only what the law lets them, and with grounds', async (t) => {
  const { id: orderId, email } = await delivered()
  const { body } = await complain(orderId, { lines: units(1) })
  const no = (change: object, grounds: string | undefined = 'Den er åpnet med skrutrekker.') =>
    put(body.id, 'assessment', { outcome: 'rejected', ...change, ...(grounds && { grounds }) })
  assertProblem(await no({ cause: 'misuse' }, ''), 400, 'invalid-input', /grounds/)
  assertProblem(await no({}), 400, 'invalid-input', /cause/)
  assertProblem(await no({ cause: 'no-defect' }), 409, 'rejection-unfounded', /presumed/)
  assertProblem(await no({ cause: 'late' }), 409, 'rejection-unfounded', /in time/)
  assertProblem(await no({ cause: 'misuse' }), 409, 'rejection-unfounded', /answers for this/)
  assertProblem(await no({ cause: 'misuse', instructionsCorrect: false }), 409, 'rejection-unfounded', /answers/)
  const rejected = await no({ cause: 'misuse', instructionsCorrect: true, instructionsSupplied: true })
  t.hasStrict(rejected.body, { status: 'rejected', assessment: { by: 'staff' } })
  t.match((await mailTo(email, /Svar på reklamasjonen/)).text, /skrutrekker.*Forbrukerklageutvalget/s)
  t.hasStrict((await put(body.id, 'assessment', { outcome: 'accepted' })).body, { status: 'accepted' }, 'taken back')
})

t.test('of a business the rules are those of kjøpsloven, and no consumer body is named', async (t) => {
  const { id: orderId, email } = await delivered(undefined, { placed: { customerKind: 'business' } })
  const { body } = await complain(orderId, { lines: units(1), noticedAt: '2026-07-01T09:00:00Z' })
  t.hasStrict(body.lines, [{ outcome: 'review', presumed: false }])
  const late = { outcome: 'rejected', cause: 'late', grounds: 'Meldt tre måneder etter.' }
  t.hasStrict((await put(body.id, 'assessment', late)).body, { status: 'rejected' })
  const { text } = await mailTo(email, /Svar på reklamasjonen/)
  t.match(text, /kjøpsloven § 32/)
  t.notMatch(text, /Forbruker/)
})

t.test('said by two channels, and at once, it is one complaint', async (t) => {
  const { id: orderId } = await delivered()
  const added = await rowsAdded(db, async () => {
    const answers = await Promise.all(
      ['email', 'phone', 'chat', 'email'].map((channel) => complain(orderId, { lines: units(2), channel })),
    )
    t.strictSame(answers.map(({ status }) => status).toSorted(), [200, 200, 200, 201])
    t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
  })
  t.hasStrict(added, { outbox: 1, mail: 1, complaint: 1, return_case: 1 })
})

t.test(
  'units that cross between rights are decided once: complaint, withdrawal, offer, receipt and money',
  async (t) => {
    const { id, orderId } = await failed(units(2))
    const offered = () =>
      call('support', 'POST', `/orders/${orderId}/voluntary-returns`, {
        lines: units(2),
        noticeSentAt: '2026-07-01T09:00:00Z',
      })
    assertProblem(await offered(), 409, 'voluntary-return-refused', /does not reach/)
    const late = { lines: units(2), noticeSentAt: '2026-06-18T20:00:00Z', channel: 'letter' }
    const [chosen, withdrawn] = await Promise.all([
      put(id, 'choice', { remedy: 'rescission' }),
      call('support', 'POST', `/orders/${orderId}/withdrawals`, late),
    ])
    t.strictSame([chosen.status, withdrawn.status].filter((status) => status < 300).length, 1)
    const receipts = await Promise.all(
      chosen.status === 200
        ? [put(id, 'receipt', {}), put(id, 'receipt', {})]
        : [1, 2].map(() => call('warehouse', 'PUT', `/returns/${withdrawn.body.id}/receipt`, {})),
    )
    t.ok(receipts.every(({ body }) => body.refund.amount === 99_800))
    const { facts } = await db
      .selectFrom('order_facts')
      .select('facts')
      .where('order_id', '=', orderId)
      .executeTakeFirstOrThrow()
    t.hasStrict(facts.returns, [{ lines: units(2) }])
    t.equal(facts.returns.length, 1)
  },
)

t.test('a choice, a failure, a lower price and a receipt at once come to one', async (t) => {
  const { id } = await failed()
  const choices = await Promise.all(
    ['price-reduction', 'rescission', 'price-reduction'].map((remedy) => put(id, 'choice', { remedy })),
  )
  const { chosen } = await read(id)
  t.ok(choices.every(({ status, body }) => status === 409 || body.chosen.remedy === chosen.remedy))
  const two = { lines: [{ ...units(1)[0], amount: 10_000 }] }
  const added = await rowsAdded(db, () =>
    Promise.all([put(id, 'price-reduction', two), put(id, 'price-reduction', two), put(id, 'receipt', {})]),
  )
  t.hasStrict(added, { mail: 1 })
  t.equal((await read(id)).status, 'refund-decided')
})

t.test('staff say what was done, a person judges, and nobody else sees it', async () => {
  const { id } = await accepted()
  await changesNothing(db, async () => {
    const storefront = { role: 'storefront' }
    assertProblem(await put(id, 'assessment', { outcome: 'accepted' }, storefront), 403, 'scope-missing', /staff/)
    assertProblem(await put(id, 'cure', {}, storefront), 403, 'scope-missing', /staff/)
    assertProblem(await put(id, 'receipt', {}, storefront), 403, 'scope-missing', /staff/)
    assertProblem(await put(crypto.randomUUID(), 'cure', {}), 404, 'complaint-unknown', /no such complaint/)
    assertProblem(await put(id, 'choice', { remedy: 'repair' }, { role: 'customer' }), 404, 'order-unknown', /no such/)
  })
})

t.test('what is said again in other words is kept with the complaint that there is', async (t) => {
  const { id: orderId } = await delivered()
  const { body } = await complain(orderId, { lines: units(1) })
  const again = await complain(orderId, { lines: units(2), defect: 'Nå piper begge.' })
  t.equal(again.status, 201, 'the other unit is a complaint of its own')
  const more = await complain(orderId, { lines: units(2), defect: 'De piper fortsatt.', channel: 'email' })
  t.equal(more.status, 200)
  const notes = await Promise.all(
    [body.id, again.body.id].map(async (id) => (await call('support', 'GET', `/returns/${id}/case`)).body.notes),
  )
  t.hasStrict(notes.flat(), [{ text: 'De piper fortsatt.', by: 'customer' }])
})

t.test(
  'what is said again is kept with the complaint that is open, and not with a later one that is over',
  async (t) => {
    const { id: orderId } = await delivered()
    const { body: open } = await complain(orderId, { lines: units(1) })
    const { body: over } = await complain(orderId, { lines: units(2), defect: 'Den andre lekker.' })
    await put(over.id, 'assessment', { outcome: 'accepted' })
    await put(over.id, 'choice', { remedy: 'repair' })
    await put(over.id, 'failure', { defect: 'Den kom aldri.' })
    t.hasStrict((await put(over.id, 'choice', { remedy: 'rescission' })).body, { status: 'returning' })
    const again = await complain(orderId, { lines: units(1), defect: 'Den piper fortsatt.' })
    t.hasStrict([again.status, again.body.id], [200, open.id])
  },
)

t.test(
  'a failure is said once the goods were put right, or the time for it is over; the seller may give it up before',
  async (t) => {
    const tries = async (remedy: string) => {
      const { id } = await accepted()
      await put(id, 'choice', { remedy }, { role: 'storefront', at: LATER })
      return (at: string, role = 'storefront') => put(id, 'failure', { defect: 'Den kom aldri.' }, { at, role })
    }
    for (const remedy of ['repair', 'replacement']) {
      const fails = await tries(remedy)
      assertProblem(await fails(LATER), 409, 'remedy-under-way', /by 2026-10-15/)
      assertProblem(await fails('2026-10-15T21:59:59Z'), 409, 'remedy-under-way', /2026-10-15/)
      t.hasStrict((await fails('2026-10-15T22:00:00Z')).body, { status: 'accepted', failedCures: 1 })
      t.hasStrict((await (await tries(remedy))(LATER, 'support')).body, { status: 'accepted', failedCures: 1 })
    }
  },
)

const late = { noticeSentAt: '2026-06-18T20:00:00Z', channel: 'letter' }
const withdraw = (orderId: string, lines: object[]) =>
  call('support', 'POST', `/orders/${orderId}/withdrawals`, { ...late, lines })
const steps: Record<string, ((id: string) => unknown)[]> = {
  received: [],
  accepted: [(id) => put(id, 'assessment', { outcome: 'accepted' })],
  curing: [(id) => put(id, 'assessment', { outcome: 'accepted' }), (id) => put(id, 'choice', { remedy: 'repair' })],
}
steps.reducing = [
  ...steps.curing!,
  (id) => put(id, 'failure', { defect: 'Den piper.' }),
  (id) => put(id, 'choice', { remedy: 'price-reduction' }),
]

t.test('units that are withdrawn from end a complaint for these units, whatever it waits for', async (t) => {
  for (const [status, way] of Object.entries(steps)) {
    const { id: orderId, email } = await delivered()
    const { body } = await complain(orderId, { lines: units(2) })
    for (const step of way) await step(body.id)
    t.hasStrict(await read(body.id), { status })
    t.equal((await withdraw(orderId, units(1))).status, 201)
    t.hasStrict(await read(body.id), { status, lines: [{ quantity: 1 }] })
    t.match((await mailTo(email, /gjelder ikke lenger alt/)).text, /ikke lenger:\n1 × .*fortsatt dette.*\n1 × /s)
    t.equal((await withdraw(orderId, units(1))).status, 201)
    t.hasStrict(await read(body.id), { status: 'ended', lines: [] })
    await mailTo(email, /Reklamasjonen er over/)
    assertProblem(await put(body.id, 'choice', { remedy: 'rescission' }), 409, 'remedy-not-open', /nothing/)
  }
})

t.test('a complaint of other units of the line goes on, and the one of before keeps what is left', async (t) => {
  const { id: orderId } = await delivered()
  const { body: first } = await complain(orderId, { lines: units(1) })
  const { body: second } = await complain(orderId, { lines: units(2), defect: 'Nå piper begge.' })
  await withdraw(orderId, units(1))
  t.hasStrict([await read(first.id), await read(second.id)], [{ status: 'received' }, { status: 'ended' }])
})

t.test('what did not help is said of the units that are still with the customer', async (t) => {
  const whole = await failedTwice(2)
  t.hasStrict((await whole.fails()).body, { status: 'accepted', lines: [{ quantity: 1 }] })
  const none = await failedTwice(1)
  assertProblem(await none.fails(), 409, 'quantity-exceeded', /another right/)
})
/** Two sensors were repaired, and then so many are withdrawn from that one, or none, is left. */
async function failedTwice(bought: number) {
  const { id, orderId } = await accepted(units(bought))
  await put(id, 'choice', { remedy: 'repair' })
  await put(id, 'cure', {})
  await withdraw(orderId, units(bought === 2 ? 1 : 2))
  return { fails: () => put(id, 'failure', { defect: 'Den piper igjen.' }, { role: 'storefront' }) }
}

t.test('what is lost is no more complained of than what went back', async (t) => {
  const { id: orderId } = await ordered()
  const shipmentId = crypto.randomUUID()
  await hear('ShipmentDispatched', orderId, { shipmentId, handedOverAt: '2026-06-02T12:00:00Z' })
  const { body } = await complain(orderId, { lines: units(2) })
  const lost = { reportId: crypto.randomUUID(), shipmentId, choice: 'refund', lines: units(2), settledAt: LATER }
  await hear('LossSettled', orderId, { ...lost, replacementId: undefined })
  t.hasStrict(await read(body.id), { status: 'ended' })
})
