import t from 'tap'
import { goods as en } from '../desk/words/goods-en.ts'
import { anOrder, answersAbout, cites, granted, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'

const CASE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e703'
const returned = {
  ...{ id: CASE_ID, orderId: ORDER_ID, status: 'sent', declaredAt: '2026-11-27T09:00:00Z', reasons: granted.reasons },
  lines: [
    { lineId: '1', quantity: 2, amount: 129_900 },
    { lineId: '2', quantity: 1, amount: 49_900 },
  ],
  ...{ sendBackBy: '2026-12-11', returnCostBearer: 'customer', refundEstimate: 179_800, currency: 'NOK' },
}
const found = { lineId: '1', quantity: 1, wear: 'used', seal: 'broken', complete: false, fitForSale: false }
const inspection = { inspectedAt: '2026-12-01T09:00:00Z', units: [found], missing: [{ lineId: '2', quantity: 1 }] }
const refund = { amount: 179_800, dueOn: '2026-12-11', decidedAt: '2026-12-01T09:00:00Z', reasons: granted.reasons }
const reasons = [
  {
    code: 'x',
    cites: [{ act: 'angrerettloven', section: '§ 25', text: 'The consumer answers for diminished value.' }],
  },
]

const house = await startTestConsole(t, { ...answersAbout(anOrder()), [`GET /returns/${CASE_ID}`]: returned })
const support = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
const told = (method: string, url: string) =>
  house.asked.filter((each) => each.method === method && each.url === url).map(({ body }) => body)

/** The steps of a deed of the case: the form filled in, what would follow seen, and the doing. */
async function deed(step: string, typed: Record<string, string>) {
  const at = `/desk/cases/${CASE_ID}/do/${step}`
  const form = await support.ask(at)
  // A box that nobody ticked is not sent.
  const { final: _, ...shown } = support.fieldsOf(form.text, `${at}/check`)
  const check = await support.send(`${at}/check`, { ...shown, ...typed })
  return { at, form: form.text, check, fields: () => support.fieldsOf(check.text, at) }
}
const whole = { wear: 'none', complete: 'yes', fit: 'yes' }
const unit = (key: string, said: Record<string, string>) =>
  Object.fromEntries(Object.entries(said).map(([name, value]) => [`${name}-${key}`, value]))

t.test('a moment that nobody can read is refused, and is not taken for now', async (t) => {
  const preview = `POST /returns/${CASE_ID}/inspection/preview`
  house.answers[preview] = problem(400, 'body.receivedAt must match format "date-time".')
  const { check } = await deed('inspection', { receivedAt: '27.11.2026 10:00', ...unit('1-1', whole) })
  t.match(told('POST', `/returns/${CASE_ID}/inspection/preview`), [{ receivedAt: '27.11.2026 10:00' }])
  t.equal(check.status, 400)
  t.match(check.text, /receivedAt must match.*value="27.11.2026 10:00"/s)
  house.asked.length = 0
})

t.test('what came back is said unit by unit, after a look at what follows, and once', async (t) => {
  const preview = `POST /returns/${CASE_ID}/inspection/preview`
  house.answers[preview] = {
    ...returned,
    inspection: { ...inspection, plain: false },
    fitForSale: [{ lineId: '1', quantity: 1 }],
  }
  house.answers[`PUT /returns/${CASE_ID}/inspection`] = returned
  const typed = {
    ...unit('1-1', { ...whole, serial: 'SN-1' }),
    ...unit('1-2', { wear: 'used', seal: 'broken', complete: 'no', fit: 'no' }),
    ...unit('2-1', { wear: 'absent' }),
    note: 'En murstein.',
  }
  const { at, form, check, fields } = await deed('inspection', typed)
  for (const name of ['Fuktsensor, unit 1 of 2', 'Fuktsensor, unit 2 of 2', 'Sentral, unit 1 of 1']) t.match(form, name)
  for (const said of [en.notPlain, '1 × Sentral', en.noRefundYet]) t.ok(check.text.includes(said), said)
  const door = `/returns/${CASE_ID}/inspection`
  t.strictSame(told('PUT', door), [])
  for (const _ of [1, 2]) t.equal((await support.send(at, fields())).headers.get('location'), `/desk/cases/${CASE_ID}`)
  const body = {
    units: [
      { lineId: '1', quantity: 1, wear: 'none', complete: true, fitForSale: true, serialNumber: 'SN-1' },
      { lineId: '1', quantity: 1, wear: 'used', seal: 'broken', complete: false, fitForSale: false },
    ],
    note: 'En murstein.',
  }
  t.strictSame(told('PUT', door), [body])
  t.strictSame(told('POST', `${door}/preview`), [body], 'what was seen is what is done')
})

t.test('what is plain is seen to be paid back, with the sum, the day and the clause', async (t) => {
  house.answers[`POST /returns/${CASE_ID}/inspection/preview`] = {
    ...{ ...returned, refund, inspection: { ...inspection, missing: [], plain: true } },
  }
  const { check } = await deed('inspection', unit('1-1', whole))
  for (const said of [en.plain, 'NOK&nbsp;1,798.00', '11 December 2026', cites[0]!.text])
    t.ok(check.text.replaceAll('\u00a0', '&nbsp;').includes(said), said)
})

t.test(
  'goods are collected after a look at when they are paid back and until when they can be collected',
  async (t) => {
    const collected = { ...returned, refund, collection: { offeredAt: '2026-12-01T09:00:00Z', lastDay: '2027-03-01' } }
    house.answers[`POST /returns/${CASE_ID}/collection/preview`] = collected
    house.answers[`PUT /returns/${CASE_ID}/collection`] = collected
    const { at, form, check, fields } = await deed('collection', { collectOn: '2026-12-04' })
    t.ok(form.includes(en.collectLead))
    for (const said of [en.collectFollows, '1 March 2027', '11 December 2026', cites[0]!.text])
      t.ok(check.text.includes(said), said)
    t.strictSame(told('PUT', `/returns/${CASE_ID}/collection`), [])
    for (const _ of [1, 2])
      t.equal((await support.send(at, fields())).headers.get('location'), `/desk/cases/${CASE_ID}`)
    t.strictSame(told('PUT', `/returns/${CASE_ID}/collection`), [{ collectOn: '2026-12-04' }])
  },
)

t.test('of a line of many units some are alike, and each is counted', async (t) => {
  house.answers[`GET /returns/${CASE_ID}`] = { ...returned, lines: [{ lineId: '1', quantity: 40, amount: 1 }] }
  house.answers[`POST /returns/${CASE_ID}/inspection/preview`] = { ...returned, refund }
  await deed('inspection', {
    ...unit('1-1', { ...whole, quantity: '38' }),
    ...unit('1-2', { ...whole, wear: 'used', quantity: '2' }),
  })
  t.hasStrict(told('POST', `/returns/${CASE_ID}/inspection/preview`).at(-1), {
    units: [
      { quantity: 38, wear: 'none' },
      { quantity: 2, wear: 'used' },
    ],
  })
})

t.test('a person sees what is deducted, by which section, and that the customer is heard first', async (t) => {
  house.answers[`GET /returns/${CASE_ID}`] = { ...returned, inspection: { ...inspection, plain: false } }
  const assessed = { assessedAt: '2026-12-01T09:00:00Z', heardUntil: '2026-12-08T09:00:00Z' }
  const deductions = [{ lineId: '1', quantity: 1, amount: 20_000, why: 'diminished-value', reasons }]
  house.answers[`POST /returns/${CASE_ID}/assessment/preview`] = {
    ...returned,
    assessment: { ...assessed, deductions },
  }
  house.answers[`PUT /returns/${CASE_ID}/assessment`] = returned
  const typed = {
    ...{ 'amount-1-diminished-value': '200', 'units-1-diminished-value': '1', grounds: 'Den er brukt ute.' },
  }
  const { at, form, check, fields } = await deed('deduction', typed)
  for (const said of [
    `1 × Fuktsensor: ${en.wear_used}, ${en.sealBroken}, ${en.notWhole}`,
    'Sentral: it was not in the parcel',
  ])
    t.ok(form.includes(said), said)
  t.notMatch(form, 'Sentral: its value is less', 'nor of what never came')
  t.notMatch(form, 'Sentral: the seal is broken', 'only what the look at it gives rise to')
  t.notOk(form.includes(en.final), 'nobody was heard yet')
  for (const said of [
    '200.00',
    'angrerettloven § 25',
    reasons[0]!.cites[0]!.text,
    'Den er brukt ute.',
    '8 December 2026',
  ])
    t.ok(check.text.includes(said), said)
  t.match(check.text, en.noRefundYet)
  for (const _ of [1, 2]) await support.send(at, fields())
  const body = {
    deductions: [{ lineId: '1', quantity: 1, amount: 20_000, why: 'diminished-value' }],
    grounds: 'Den er brukt ute.',
  }
  t.strictSame(told('PUT', `/returns/${CASE_ID}/assessment`), [body])

  house.answers[`GET /returns/${CASE_ID}`] = {
    ...{ ...returned, inspection: { ...inspection, plain: false }, assessment: { ...assessed, deductions } },
  }
  const again = await deed('deduction', { final: 'yes', grounds: 'Den er brukt ute.' })
  t.ok(again.form.includes(en.final))
  t.hasStrict(told('POST', `/returns/${CASE_ID}/assessment/preview`).at(-1), {
    ...body,
    deductions: [{ amount: 20_000 }],
    final: true,
  })
})

t.test('what the law lets nobody deduct stands above what was written, before anything is done', async (t) => {
  house.answers[`POST /returns/${CASE_ID}/assessment/preview`] = () =>
    problem(409, 'The customer was not told of the right of withdrawal: nothing is deducted.', { reasons })
  const { check } = await deed('deduction', { 'amount-1-diminished-value': '777', grounds: 'Brukt.' })
  t.equal(check.status, 409)
  for (const said of ['nothing is deducted', reasons[0]!.cites[0]!.text, 'value="777"', 'Brukt.'])
    t.ok(check.text.includes(said), said)
})

t.test('a case leads to what there is to say of its goods', async (t) => {
  const aCase = {
    ...{ id: CASE_ID, orderId: ORDER_ID, number: 'SG-1', kind: 'withdrawal', status: 'sent', awaits: 'goods' },
    ...{ openedAt: '2026-11-27T09:00:00Z', notes: [], timeline: [] as object[] },
  }
  const ways = async (changed: object) => {
    house.answers[`GET /returns/${CASE_ID}/case`] = { ...aCase, ...changed }
    const { text } = await support.ask(`/desk/cases/${CASE_ID}`)
    return [...text.matchAll(/\/do\/([a-z]+)"/g)].map(([, step]) => step)
  }
  const timeline = [{ at: '2026-12-01T09:00:00Z', service: 'returns', type: 'ReturnInspected', subject: CASE_ID }]
  t.strictSame(await ways({}), ['inspection'])
  t.strictSame(await ways({ status: 'declared' }), ['inspection', 'collection'])
  const offered = [{ ...timeline[0], type: 'CollectionOffered' }]
  t.strictSame(await ways({ timeline: offered, status: 'closed' }), ['collection'], 'its day can be moved')
  t.strictSame(await ways({ timeline }), ['deduction'])
  t.strictSame(await ways({ timeline, status: 'refund-decided' }), [])
  t.strictSame(await ways({ kind: 'loss' }), [])
})
