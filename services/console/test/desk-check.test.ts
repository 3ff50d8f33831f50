import t from 'tap'
import { check as en } from '../desk/words/check-en.ts'
import { check as nb } from '../desk/words/check-nb.ts'
import { goods } from '../desk/words/goods-en.ts'
import { anOrder, answersAbout, cites, granted, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'

const CASE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e704'
const found = {
  ...{ id: CASE_ID, orderId: ORDER_ID, status: 'requested', requestedAt: '2026-11-27T09:00:00Z' },
  lines: [
    { lineId: '1', quantity: 2, amount: 129_900 },
    { lineId: '2', quantity: 1, amount: 49_900 },
  ],
  ...{ sendBackBy: '2026-12-11', refundEstimate: 179_800, currency: 'NOK', reasons: granted.reasons },
}
const reasons = [{ code: 'used', cites: [{ clause: '9.2', text: 'The goods are to be unused.' }] }]
const door = `/voluntary-returns/${CASE_ID}/check`
const at = `/desk/cases/${CASE_ID}/do/condition`

const house = await startTestConsole(t, { ...answersAbout(anOrder()), [`GET /voluntary-returns/${CASE_ID}`]: found })
const support = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
const told = (method: string, url: string) =>
  house.asked.filter((each) => each.method === method && each.url === url).map(({ body }) => body)
const unit = (key: string, said: Record<string, string>) =>
  Object.fromEntries(Object.entries(said).map(([name, value]) => [`${name}-${key}`, value]))
const whole = { unused: 'yes', undamaged: 'yes', packaging: 'yes', fit: 'yes' }
async function checked(typed: Record<string, string>) {
  const form = await support.ask(at)
  return support.send(`${at}/check`, { ...support.fieldsOf(form.text, `${at}/check`), ...typed })
}

t.test(
  'what came back by the offer is said unit by unit, after a look at what is paid back and what is not',
  async (t) => {
    const then = {
      ...{ ...found, status: 'refund-decided' },
      check: {
        ...{ checkedAt: '2026-12-01T09:00:00Z', units: [], accepted: [{ lineId: '1', quantity: 1 }] },
        ...{ refused: [{ lineId: '1', quantity: 1, reasons }], missing: [{ lineId: '2', quantity: 1 }] },
      },
      refund: { amount: 64_950, dueOn: '2026-12-15', decidedAt: '2026-12-01T09:00:00Z', reasons: granted.reasons },
    }
    house.answers[`POST ${door}/preview`] = then
    house.answers[`PUT ${door}`] = then
    const typed = {
      ...unit('1-1', whole),
      ...unit('1-2', { ...whole, unused: 'no', packaging: 'no', fit: 'no' }),
      ...unit('2-1', { unused: 'absent' }),
      note: 'Den er brukt.',
    }
    const check = await checked(typed)
    for (const said of [
      ...['Paid back: 1 × Fuktsensor.', 'goes back to them: 1 × Fuktsensor.', 'Not in the parcel: 1 × Sentral.'],
      ...['649.50', '15 December 2026', 'The goods are to be unused.', cites[0]!.text],
    ])
      t.ok(check.text.includes(said), said)
    t.strictSame(told('PUT', door), [])
    for (const _ of [1, 2])
      t.equal(
        (await support.send(at, support.fieldsOf(check.text, at))).headers.get('location'),
        `/desk/cases/${CASE_ID}`,
      )
    const body = {
      units: [
        { lineId: '1', quantity: 1, unused: true, undamaged: true, originalPackaging: true, fitForSale: true },
        { lineId: '1', quantity: 1, unused: false, undamaged: true, originalPackaging: false, fitForSale: false },
      ],
      note: 'Den er brukt.',
    }
    t.strictSame(told('PUT', door), [body])
    t.strictSame(told('POST', `${door}/preview`), [body], 'what was seen is what is done')
  },
)

t.test('where nothing meets the offer, it is said that the case is over without money', async (t) => {
  house.answers[`POST ${door}/preview`] = {
    ...{
      ...found,
      status: 'ended',
      ended: { outcome: 'conditions-not-met', endedAt: '2026-12-01T09:00:00Z', reasons },
    },
  }
  const { text } = await checked({ ...unit('1-1', { ...whole, unused: 'no' }), note: 'Brukt.' })
  t.ok(text.includes(en.ends))
  t.ok(text.includes('The goods are to be unused.'))
  t.notOk(text.includes(goods.noRefundYet))
})

t.test('what is refused stands above what was written', async (t) => {
  house.answers[`POST ${door}/preview`] = problem(400, 'body.note is needed where goods lack something')
  const check = await checked(unit('1-1', { ...whole, unused: 'no' }))
  t.equal(check.status, 400)
  t.match(check.text, /role="alert".*needed where goods lack/s)
})

t.test('a case that goes back by the offer leads there until it is decided, in both languages', async (t) => {
  const aCase = { id: CASE_ID, orderId: ORDER_ID, number: 'SG-1', kind: 'voluntary-return', notes: [], timeline: [] }
  const shown = async (status: string, language = 'en') => {
    house.answers[`GET /returns/${CASE_ID}/case`] = { ...aCase, status, openedAt: '2026-11-27T09:00:00Z' }
    const visitor = createVisitor(house, { 'accept-language': language })
    await visitor.signIn('support')
    return (await visitor.ask(`/desk/cases/${CASE_ID}`)).text
  }
  t.ok((await shown('requested')).includes(`href="${at}"`))
  t.ok((await shown('received', 'nb')).includes(nb.check))
  t.notOk((await shown('refund-decided')).includes(at))
})
