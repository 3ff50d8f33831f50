import t from 'tap'
import { shipping as en } from '../desk/words/shipping-en.ts'
import { aFailedDelivery, answersOfFailed } from './a-failed-delivery.ts'
import { answersOfShipping, HINDRANCE_ID, hindranceReasons } from './a-recall.ts'
import { SHIPMENT_ID } from './a-shipment.ts'
import { anOrder, answersAbout, ESCAPED, EVIL, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'

const PART_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5ea03'
const shipment = aFailedDelivery(EVIL, {
  ...{ status: 'packed', failed: undefined, dispatched: undefined },
  parts: [
    { partId: PART_ID, lines: [{ lineId: '1', quantity: 1 }] },
    { partId: ORDER_ID, lines: [], ended: true },
  ],
})
const hindered = anOrder({
  status: 'formed' as never,
  hindrances: [
    { hindranceId: HINDRANCE_ID, event: 'strike', what: EVIL, exempt: true, hinderedAt: '2026-11-25T09:00:00Z' },
  ],
})
const house = await startTestConsole(t, {
  ...{ ...answersAbout(hindered), ...deskAnswers, ...answersOfFailed(shipment) },
  ...{ ...answersOfShipping(EVIL, SHIPMENT_ID), 'GET /failed-deliveries': { items: [] } },
})
const { answers } = house
const support = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
const order = `/desk/orders/${ORDER_ID}`
const of = `${order}/shipments/${SHIPMENT_ID}`
const told = () => house.asked.filter(({ method }) => method === 'PUT').map(({ url, body }) => ({ url, body }))
async function check(path: string, typed: Record<string, string> = {}) {
  const action = `${path}/check`
  // A box that is not ticked is not sent.
  const { ended: _, ...fields } = support.fieldsOf((await support.ask(path)).text, action)
  return support.send(action, { ...fields, ...typed })
}
const doIt = (path: string, text: string) => support.send(path, support.fieldsOf(text, path))
const has = (text: string, ...said: string[]) => {
  for (const each of said) t.ok(text.includes(each), each)
}

t.test('the work page counts what hinders, with what is over its day, and codes that nobody knows', async (t) => {
  const { text } = await support.ask('/desk/work')
  t.match(text, new RegExp(`href="#hindrances">${en.hindrances} 1</a> <span class="ds-tag" data-color="danger">`))
  t.match(text, new RegExp(`href="#codes">${en.codes} 1</a>`))
  has(text, 'href="/desk/hindrances"', 'href="/desk/carrier-codes"', 'href="/desk/circumstances"', ESCAPED)
})

t.test('a part that was agreed on is ended once, after a look at what leaves together', async (t) => {
  const path = `${of}/end-part`
  const { text } = await support.ask(order)
  has(text, `href="${path}"`, en.partsOut, PART_ID.slice(0, 8))
  const preview = `POST /shipments/${SHIPMENT_ID}/parts/${PART_ID}/end/preview`
  const all = { changes: true, part: [{ lineId: '1', quantity: 1 }], together: [{ lineId: '1', quantity: 3 }] }
  answers[preview] = { ...all, opened: true, reasons: hindranceReasons }
  const form = (await support.ask(path)).text
  t.match(form, new RegExp(`<option value="${PART_ID}" selected>1 × ${RegExp.escape(ESCAPED)}`))
  t.notOk(form.includes(`<option value="${ORDER_ID}"`), 'what was ended is not ended again')
  const foreseen = await check(path, { part: PART_ID, why: 'Her mail of today.' })
  has(foreseen.text, `1 × ${ESCAPED}`, `3 × ${ESCAPED}`, en.endPartOpened, en.endPartMail, '§ 24', 'Her mail of today.')
  const url = `/shipments/${SHIPMENT_ID}/parts/${PART_ID}/end`
  answers[`PUT ${url}`] = shipment
  for (const _ of [1, 2]) t.equal((await doIt(path, foreseen.text)).headers.get('location'), `${order}#shipments`)
  t.strictSame(told(), [{ url, body: { why: 'Her mail of today.' } }])
  answers[preview] = problem(409, 'The part has left: it goes its way as any parcel.')
  t.match((await check(path, { part: PART_ID, why: 'x' })).text, /role="alert".*has left/s)
  answers[`GET /shipments?orderId=${ORDER_ID}`] = { items: [{ ...shipment, status: 'cancelled', joinedTo: PART_ID }] }
  const joined = (await support.ask(order)).text
  has(joined, `Leaves with shipment ${PART_ID.slice(0, 8)} after all`)
  t.notOk(joined.includes(`href="${path}"`))
  answers[`GET /shipments?orderId=${ORDER_ID}`] = { items: [shipment] }
})

t.test('what bears on the risk is listed in words, and recorded once after a look at who would bear it', async (t) => {
  const { text } = await support.ask('/desk/circumstances')
  has(text, en.circumstance_ownCarrier, en.circumstance_unidentified, en['circumstance_return-voluntary'])
  has(text, `Not (any more): ${en.circumstance_lostAtHome}`, en.toBeJudged, ESCAPED, 'SG-34265-3WB02')
  const before = told().length
  const path = `${of}/circumstance`
  const typed = {
    kind: 'ownCarrier',
    since: '2026-11-25T10:00',
    'units-1': '1',
    'units-2': '1',
    why: 'Her mail of 1 June.',
  }
  const foreseen = await check(path, typed)
  has(foreseen.text, en.circumstanceBefore, en.bearer_customer, en.judged, '§ 24', 'Her mail of 1 June.')
  for (const _ of [1, 2]) t.equal((await doIt(path, foreseen.text)).headers.get('location'), `${order}#shipments`)
  const lines = [
    { lineId: '1', quantity: 1 },
    { lineId: '2', quantity: 1 },
  ]
  const body = { circumstance: { ownCarrier: true }, since: '2026-11-25T09:00:00Z', lines, why: 'Her mail of 1 June.' }
  t.strictSame(told().slice(before), [{ url: `/shipments/${SHIPMENT_ID}/circumstances`, body }])
  const asked = async (change: Record<string, string>) => {
    await check(path, { ...typed, 'units-1': '2', ...change })
    return house.asked.findLast(({ url }) => url.endsWith('/circumstances/preview'))!.body as { circumstance: object }
  }
  t.strictSame((await asked({ ended: 'yes' })).circumstance, { ownCarrier: false })
  t.strictSame((await asked({ kind: 'return-statutory' })).circumstance, { returnBasis: 'statutory' })
  t.strictSame((await asked({ kind: 'nonsense' })).circumstance, {})
  t.notOk('lines' in (await asked({})), 'of all units nothing is said')
  answers['GET /circumstances'] = { items: [] }
  has((await support.ask('/desk/circumstances')).text, en.noCircumstances)
})

t.test('what hinders is told, and said to be over, once each and after a look at what it frees from', async (t) => {
  has((await support.ask('/desk/hindrances')).text, ESCAPED, 'SG-34265-3WB02', en.exempt_yes)
  const page = (await support.ask(order)).text
  has(page, ESCAPED, `href="${order}/hindrances/new"`, `href="${order}/hindrances/${HINDRANCE_ID}/end"`)
  const before = told().length
  const awaited = { unsent: [{ lineId: '1', quantity: 2 }], underway: [] }
  const typed = {
    event: 'strike',
    what: 'They strike.',
    foreseeable: 'no',
    avoidable: 'unsaid',
    expectedBy: '2090-01-10',
  }
  const action = `${order}/hindrances/new/check`
  const minted = support.fieldsOf((await support.ask(`${order}/hindrances/new`)).text, action)
  const fields = { ...minted, ...typed }
  const url = `/orders/${ORDER_ID}/hindrances/${minted.id}`
  answers[`POST ${url}/preview`] = { changes: true, exempt: true, mail: true, ...awaited, reasons: hindranceReasons }
  answers[`PUT ${url}`] = hindered
  const foreseen = await support.send(action, fields)
  has(foreseen.text, en.hindranceFollows_yes, en.hindranceMail, '§ 24', 'They strike.')
  for (const _ of [1, 2])
    t.equal((await doIt(`${order}/hindrances/new`, foreseen.text)).headers.get('location'), `${order}#hindrances`)
  const body = { event: 'strike', what: 'They strike.', foreseeable: false, expectedBy: '2090-01-10' }
  t.strictSame(told().slice(before), [{ url, body }])

  const path = `${order}/hindrances/${HINDRANCE_ID}/end`
  const over = await check(path, { why: 'They work again.' })
  has(over.text, en.hindranceEndFollows, en.hindranceMail, 'They work again.')
  for (const _ of [1, 2]) t.equal((await doIt(path, over.text)).headers.get('location'), `${order}#hindrances`)
  t.strictSame(told().slice(before + 1), [
    { url: `/orders/${ORDER_ID}/hindrances/${HINDRANCE_ID}/end`, body: { why: 'They work again.' } },
  ])
  t.equal((await support.ask(`${order}/hindrances/${ORDER_ID}/end`)).status, 404)
  answers['GET /hindrances'] = { items: [] }
  has((await support.ask('/desk/hindrances')).text, en.noHindrances)
})

t.test(
  'a code is explained once, with a slash in it too, after a look at what becomes of the parcels that wait',
  async (t) => {
    const list = (await support.ask('/desk/carrier-codes')).text
    const path = '/desk/carrier-codes/oslo-bud/sett%20igjen%2Fport'
    has(list, `href="${path}"`, ESCAPED, en.explained, en.means_lost)
    const before = told().length
    const foreseen = await check(path, { meaning: 'delivered', why: 'Their manual.' })
    has(foreseen.text, 'sett igjen/port', en.codeDelivered, en.means_delivered, '§ 24', 'Their manual.')
    for (const _ of [1, 2]) t.equal((await doIt(path, foreseen.text)).headers.get('location'), '/desk/carrier-codes')
    const body = { code: 'sett igjen/port', meaning: 'delivered', why: 'Their manual.' }
    t.strictSame(told().slice(before), [{ url: '/carriers/oslo-bud/codes', body }])
    answers['POST /carriers/oslo-bud/codes/preview'] = problem(409, 'What this code means stands in the table.')
    t.match((await check(path, { meaning: 'lost', why: 'x' })).text, /role="alert".*in the table/s)
    answers['GET /carrier-codes'] = { items: [] }
    has((await support.ask('/desk/carrier-codes')).text, en.noCodes)
  },
)
