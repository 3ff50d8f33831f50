import { randomUUID } from 'node:crypto'
import { example } from '@vilkar/contracts/test/examples.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { startReturnsForTest } from '../returns-service.ts'

const { db, owner, clock, mailbox, hear, call, delivered } = await startReturnsForTest()
const said = (more: object = {}) => ({
  ...{ text: 'Du kan angre i 60 dager, og vi betaler returfrakten.', party: 'Kari Eksempel' },
  ...{ agreedAt: '2026-06-05T08:00:00Z', changes: { withdrawalDays: 60, returnCost: 'seller' }, ...more },
})
const record = (orderId: string, body: object = said(), id: string = randomUUID(), role = 'support') =>
  call(role, 'PUT', `/orders/${orderId}/agreements/${id}`, body)
const toldOf = async (id: string) =>
  (await db.selectFrom('outbox').select(['type', 'data']).where('aggregate_id', '=', id).orderBy('seq').execute()).map(
    ({ type, data }) => ({ type, data }),
  )

t.test(
  'staff records what was agreed, and every later ruling that rests on it cites clause 3 and the agreement',
  async (t) => {
    const { id, email } = await delivered()
    clock.at = '2026-06-06T08:00:00Z'
    const agreementId = randomUUID()
    const { status, body } = await record(id, said(), agreementId)
    t.equal(status, 201)
    t.hasStrict(body, {
      id: agreementId,
      holds: true,
      recordedBy: 'support',
      reasons: [{ code: 'agreed-within-the-law' }],
    })
    t.hasStrict(await toldOf(agreementId), [
      { type: 'AgreementRecorded', data: { orderId: id, changes: said().changes } },
    ])
    clock.at = '2026-07-20T08:00:00Z'
    const lines = [{ lineId: '1', quantity: 1 }]
    const withdrawn = await call('storefront', 'POST', `/orders/${id}/withdrawals`, { lines })
    t.equal(withdrawn.status, 201, 'long after the fourteen days')
    t.hasStrict(withdrawn.body, { lastDay: '2026-08-03', returnCostBearer: 'seller' })
    const cited = withdrawn.body.reasons.flatMap((each: { cites: object[] }) => each.cites)
    for (const wanted of [{ clause: '3.1' }, { agreement: agreementId }])
      t.ok(cited.some((cite: object) => Object.entries(wanted).every(([key, value]) => cite[key as never] === value)))
    const { text } = await eventually('the mail', async () =>
      mailbox.to(email).find((mail) => /avtalt/.test(mail.subject)),
    )
    t.match(text, /Kari Eksempel.*angre i 60 dager.*punkt 3\.1/s)
  },
)

t.test('the offer and a complaint follow it too', async (t) => {
  const { id, email } = await delivered()
  clock.at = '2026-06-06T08:00:00Z'
  await record(id, said({ changes: { voluntaryReturnDays: 90, returnCost: 'seller', complaintYears: 8 } }))
  clock.at = '2026-08-20T08:00:00Z'
  const offered = await call('storefront', 'POST', `/orders/${id}/voluntary-returns`, {
    lines: [{ lineId: '1', quantity: 1 }],
  })
  t.equal(offered.status, 201)
  t.hasStrict(offered.body, { lastDay: '2026-09-02', returnCostBearer: 'seller' })
  const { text } = await eventually('the mail', async () =>
    mailbox.to(email).find((mail) => /sender du varene/.test(mail.subject)),
  )
  t.match(text, /Vi betaler frakten, som avtalt.*skriftlig avtale av 5\. juni 2026/s)
  clock.at = '2033-01-10T08:00:00Z'
  const complaint = { lines: [{ lineId: '1', quantity: 1 }], defect: 'Den uler' }
  const complained = await call('storefront', 'POST', `/orders/${id}/complaints`, complaint)
  t.strictSame([complained.status, complained.body.lines[0].lastDay], [201, '2034-06-05'])
  t.ok(complained.body.lines[0].reasons.some(({ code }: { code: string }) => code === 'agreed-in-writing'))
})

t.test(
  'what undercuts the law is refused with the section and what would be allowed, and nothing is recorded',
  async (t) => {
    const { id } = await delivered()
    clock.at = '2026-06-06T08:00:00Z'
    const agreementId = randomUUID()
    const { status, body } = await record(id, said({ changes: { withdrawalDays: 7, complaintYears: 2 } }), agreementId)
    t.equal(status, 409)
    t.hasStrict(body, {
      type: '/problems/agreement-undercuts',
      undercuts: [
        { change: 'withdrawalDays', allowed: { atLeast: 14 } },
        { change: 'complaintYears', allowed: { atLeast: 5 } },
      ],
    })
    t.match(JSON.stringify(body.reasons), /angrerettloven.*§ 3.*§ 21.*forbrukerkjøpsloven.*§ 27/)
    t.strictSame(await toldOf(agreementId), [])
    const business = await delivered('2026-06-04T14:30:00Z', { placed: { customerKind: 'business' } })
    t.equal((await record(business.id, said({ changes: { complaintYears: 1 } }))).status, 201, 'a business may')
  },
)

t.test('who was not told what sending back costs that the post does not take cannot agree to pay it', async (t) => {
  const [door, sensor] = example('OrderPlaced').data.lines
  const agree = async (bulky: object) => {
    const { id } = await delivered('2026-06-04T14:30:00Z', { placed: { lines: [{ ...door, bulky }, sensor] } })
    clock.at = '2026-06-06T08:00:00Z'
    return record(id, said({ changes: { returnCost: 'customer' } }))
  }
  const { status, body } = await agree({})
  t.equal(status, 409)
  t.hasStrict(body.undercuts, [{ change: 'returnCost', allowed: { only: 'seller' } }])
  t.equal((await agree({ returnCost: 45_000 })).status, 201)
})

t.test(
  'recorded once: said again it is the same, said otherwise it is refused, and the database changes none',
  async (t) => {
    const { id, email } = await delivered()
    clock.at = '2026-06-06T08:00:00Z'
    const agreementId = randomUUID()
    const answers = await Promise.all([record(id, said(), agreementId), record(id, said(), agreementId)])
    t.strictSame(answers.map(({ status }) => status).sort(), [200, 201])
    t.equal((await toldOf(agreementId)).length, 1)
    const other = await record(id, said({ changes: { withdrawalDays: 90 } }), agreementId)
    t.strictSame([other.status, other.body.type], [409, '/problems/agreement-recorded'])
    await t.rejects(owner.query("update agreement set state = '{}' where id = $1", [agreementId]), /not changed/)
    await eventually(
      'one mail',
      async () => mailbox.to(email).filter((mail) => /avtalt/.test(mail.subject)).length === 1,
    )
  },
)

t.test(
  'what is cheaper by agreement is paid back once, and a later withdrawal pays back the rest, and never more than was paid',
  async (t) => {
    const { id, email } = await delivered()
    clock.at = '2026-06-06T08:00:00Z'
    const agreementId = randomUUID()
    const cheaper = said({
      changes: { lowerPrices: [{ lineId: '1', quantity: 1, amount: 9_900 }], lowerDelivery: 10_000 },
    })
    const answers = await Promise.all([record(id, cheaper, agreementId), record(id, cheaper, agreementId)])
    t.hasStrict(answers.find(({ status }) => status === 201)?.body, { refund: { amount: 19_900, dueOn: '2026-06-22' } })
    const [, refund, ...more] = await toldOf(agreementId)
    const lines = [{ lineId: '1', quantity: 1, amount: 9_900 }]
    t.hasStrict(refund, {
      type: 'RefundDecided',
      data: { amount: 19_900, deliveryAmount: 10_000, reduction: true, lines },
    })
    t.strictSame(more, [])
    t.match(JSON.stringify(refund), /price-not-raised/, '4.2 a correction that only benefits the customer')
    t.match(
      (await eventually('the mail', async () => mailbox.to(email).find((mail) => /avtalt/.test(mail.subject)))).text,
      /koster mindre.*199,00.*22\. juni 2026/s,
    )
    await hear('PaymentRefunded', id, { returnId: agreementId, amount: 19_900 })
    const { body } = await call('storefront', 'POST', `/orders/${id}/withdrawals`, {})
    await call('warehouse', 'PUT', `/returns/${body.id}/receipt`, { receivedAt: clock.at })
    const { refund: rest } = (await call('support', 'GET', `/returns/${body.id}`)).body
    t.equal(rest.amount, 99_800 - 9_900 + 129_900 + 4_900, 'of the delivery what is still paid for it')
  },
)

t.test('nothing is made cheaper than it was, or that is not there', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-06T08:00:00Z'
  for (const changes of [
    { lowerPrices: [{ lineId: '1', quantity: 1, amount: 49_901 }] },
    { lowerPrices: [{ lineId: '9', quantity: 1, amount: 1 }] },
    { lowerPrices: [1, 2].map((amount) => ({ lineId: '1', quantity: 1, amount })) },
    { lowerDelivery: 14_901 },
  ])
    t.equal((await record(id, said({ changes }))).body.type, '/problems/reduction-refused')
  t.equal((await record(id, said({ changes: { lowerDelivery: 14_900 } }))).status, 201)
  t.equal((await record(id, said({ changes: { lowerDelivery: 1 } }))).body.type, '/problems/reduction-refused')
})

t.test('ended only by a later agreement, and by none of another order', async (t) => {
  const { id } = await delivered()
  const other = await delivered()
  clock.at = '2026-06-06T08:00:00Z'
  const [first, second] = [randomUUID(), randomUUID()]
  await record(id, said(), first)
  const strange = await record(other.id, said({ ends: [first] }))
  t.strictSame([strange.status, strange.body.type], [404, '/problems/agreement-unknown'])
  const later = said({ changes: { withdrawalDays: 20 }, ends: [first], agreedAt: '2026-06-06T07:00:00Z' })
  t.equal((await record(id, later, second)).status, 201)
  t.equal((await record(id, said({ ends: [first] }))).status, 404, 'it is ended already')
  const { body } = await call('storefront', 'GET', `/orders/${id}/agreements`)
  t.strictSame(
    body.items.map((each: { holds: boolean }) => each.holds),
    [false, true],
  )
  t.notOk('recordedBy' in body.items[0], 'who of the staff is not the customer’s to know')
  const { body: now } = await call('storefront', 'GET', `/orders/${id}/eligibility`)
  t.hasStrict(now.lines[0], { withdrawal: { until: '2026-06-24' }, returnCost: { bearer: 'customer' } })
})

t.test('who is not of the staff records none, and what cannot be is refused in words', async (t) => {
  const { id } = await delivered()
  clock.at = '2026-06-06T08:00:00Z'
  t.equal((await record(id, said(), randomUUID(), 'storefront')).status, 403)
  t.equal((await record(randomUUID())).status, 404)
  t.equal((await record(id, said({ changes: {} }))).status, 400)
  for (const [change, type] of [
    [{ agreedAt: '2026-06-07T08:00:00Z' }, 'moment-in-the-future'],
    [{ changes: { deliverBy: '2026-05-01' } }, 'delivery-before-order'],
  ] as const)
    t.strictSame((await record(id, said(change))).body.type, `/problems/${type}`)
})
