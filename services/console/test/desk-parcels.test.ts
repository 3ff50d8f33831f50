import t from 'tap'
import { parcels as en } from '../desk/words/parcels-en.ts'
import { parcels as nb } from '../desk/words/parcels-nb.ts'
import { aFailedDelivery, answersOfFailed } from './a-failed-delivery.ts'
import { SHIPMENT_ID } from './a-shipment.ts'
import { anOrder, answersAbout, ESCAPED, EVIL, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'

const shipment = aFailedDelivery(EVIL)
const page = `/desk/orders/${ORDER_ID}/shipments/${SHIPMENT_ID}`
const shipments = `/desk/orders/${ORDER_ID}#shipments`
const about = `/shipments/${SHIPMENT_ID}`
const house = await startTestConsole(t, {
  ...{ ...answersAbout(anOrder()), ...deskAnswers, ...answersOfFailed(shipment) },
})
const { answers } = house
const support = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
const told = () => house.asked.filter(({ method }) => method === 'PUT').map(({ url, body }) => ({ url, body }))
/** The page of what would follow of a form, with what is written into it. */
async function check(way: string, typed: Record<string, string> = {}) {
  const action = `${page}/${way}/check`
  return support.send(action, { ...support.fieldsOf((await support.ask(`${page}/${way}`)).text, action), ...typed })
}
const doIt = (way: string, text: string) => support.send(`${page}/${way}`, support.fieldsOf(text, `${page}/${way}`))
const shipmentPart = async (shown: object) => {
  answers[`GET /shipments?orderId=${ORDER_ID}`] = { items: [shown] }
  const { text } = await support.ask(`/desk/orders/${ORDER_ID}`)
  return /<section[^>]* id="shipments".*?<\/section>/s.exec(text)![0]
}

t.test(
  'the work page counts deliveries that failed, with what is over its day, and leads to what can be done',
  async (t) => {
    const overdue = aFailedDelivery('Kari', { status: 'refused' })
    overdue.failed = { failure: 'refused', failedAt: '2026-10-20T08:00:00Z', dueOn: '2026-10-27' }
    answers['GET /failed-deliveries'] = {
      items: [
        overdue,
        aFailedDelivery('Kari', {
          failed: { ...shipment.failed!, dueOn: '2090-01-10' },
        }),
      ],
    }
    const { text } = await support.ask('/desk/work')
    t.match(text, new RegExp(`href="#failed">${en.failed} 2</a> <span class="ds-tag" data-color="danger">`))
    const [list = ''] = /<section[^>]* id="failed".*?<\/section>/s.exec(text) ?? []
    t.ok(list.indexOf('27 October 2026') < list.indexOf('10 January 2090'), 'what is due first stands first')
    for (const said of ['Bring TEST0000007NO', 'SG-34265-3WB02', `href="${page}/close"`, `href="${page}/send-again"`])
      t.ok(list.includes(said), said)
    t.equal(list.split('/send-again"').length, 2, 'only what is back is sent again')
    t.notOk(list.includes('/desk/failed'), 'what is not longer leads nowhere')
  },
)

t.test('a list that goes on is read a page at a time', async (t) => {
  const next = `2026-12-04/${SHIPMENT_ID}`
  const after = `/failed-deliveries?after=${encodeURIComponent(next)}&limit=50`
  for (const limit of [10, 50]) answers[`GET /failed-deliveries?limit=${limit}`] = { items: [shipment], next }
  answers[`GET ${after}`] = { items: [aFailedDelivery('Kari', { status: 'lost' })] }
  t.ok((await support.ask('/desk/work')).text.includes('href="/desk/failed"'))
  const first = await support.ask('/desk/failed')
  const [, onward = ''] = /href="(\/desk\/failed\?[^"]+)"/.exec(first.text) ?? []
  const second = await support.ask(onward.replaceAll('&amp;', '&'))
  t.ok(second.text.includes('lost') && !second.text.includes('/desk/failed?'))
  answers[`GET ${after}`] = { items: [] }
  t.ok((await support.ask(onward.replaceAll('&amp;', '&'))).text.includes(en.noFailed))
  for (const limit of [10, 50]) delete answers[`GET /failed-deliveries?limit=${limit}`]
})

t.test('a lost parcel leads to the report by which the customer chooses', async (t) => {
  const reportId = '01a21b28-5d68-7ee0-97e6-be9cecd5e905'
  const lost = aFailedDelivery('Kari', {
    status: 'lost',
    failed: { failure: 'lost', failedAt: '2026-11-26T08:00:00Z', dueOn: '2026-12-04', reportId },
  })
  answers['GET /failed-deliveries'] = { items: [lost] }
  const { text } = await support.ask('/desk/failed')
  t.ok(text.includes(`href="/desk/orders/${ORDER_ID}/damage/${reportId}"`))
})

t.test('the page of an order says how a delivery failed, what can be done, and what came of it', async (t) => {
  const open = await shipmentPart(shipment)
  for (const said of [
    'not collected, <time datetime="2026-11-26T08:00:00Z">',
    en.open,
    '4 December 2026',
    ESCAPED,
    `href="${page}/send-again"`,
  ])
    t.ok(open.includes(said), said)
  const closed = await shipmentPart({
    ...shipment,
    failed: { ...shipment.failed, ended: 'closed', why: EVIL, by: 'ola' },
  })
  t.ok(closed.includes(`${en.ended_closed}: ${ESCAPED}`) && closed.includes('ola'))
  t.ok(closed.includes(`href="${page}/send-again"`), 'what was seen to otherwise may be sent again all the same')
  t.notOk(closed.includes(`href="${page}/close"`))
  const again = { ended: 'sent-again', replacementId: ORDER_ID }
  const sent = await shipmentPart({ ...shipment, failed: { ...shipment.failed, ...again } })
  t.ok(sent.includes(ORDER_ID.slice(0, 8)) && !sent.includes(`href="${page}/send-again"`))
  const doubts = [{ failure: 'returned', occurredAt: '2026-11-27T08:00:00Z' }]
  const doubted = await shipmentPart({ ...shipment, status: 'delivered', failed: undefined, doubts })
  t.ok(doubted.includes(en.doubted) && doubted.includes(`href="${page}/close"`))
  const here = await shipmentPart({ ...shipment, status: 'packed', failed: undefined, dispatched: undefined })
  t.ok(here.includes(`href="${page}/part"`) && !here.includes(`href="${page}/damage"`))
})

t.test('goods are sent again once, after a look at which and at what is cited', async (t) => {
  const foreseen = await check('send-again')
  for (const said of [`2 × ${ESCAPED}, 1 × Sentral`, 'angrerettloven § 20', en.sendMail])
    t.ok(foreseen.text.includes(said), said)
  t.strictSame(told(), [])
  for (const _ of [1, 2]) t.equal((await doIt('send-again', foreseen.text)).headers.get('location'), shipments)
  t.match(told(), [{ url: `${about}/failed-delivery/sending` }])
  t.equal(told().length, 1)
  answers[`POST ${about}/failed-delivery/sending/preview`] = { changes: false, lines: [], reasons: [] }
  t.ok((await check('send-again')).text.includes(en.sendOver))
  answers[`POST ${about}/failed-delivery/sending/preview`] = problem(409, 'They are not known to be back.')
  const refused = await check('send-again')
  t.equal(refused.status, 409)
  t.match(refused.text, /role="alert".*not known to be back/s)
})

t.test(
  'how it was seen to is written down in words, once, and stays as it was written where it is refused',
  async (t) => {
    const before = told().length
    const foreseen = await check('close', { why: 'They fetch it here.' })
    for (const said of [ESCAPED, 'They fetch it here.', 'angrerettloven § 20', 'leaves the list'])
      t.ok(foreseen.text.includes(said), said)
    for (const _ of [1, 2]) t.equal((await doIt('close', foreseen.text)).headers.get('location'), shipments)
    t.strictSame(told().slice(before), [
      { url: `${about}/failed-delivery/closing`, body: { why: 'They fetch it here.' } },
    ])
    answers[`PUT ${about}/failed-delivery/closing`] = problem(409, 'No failed delivery of it waits for anybody.')
    const late = await doIt('close', (await check('close', { why: 'They fetch it.' })).text)
    t.equal(late.status, 409)
    t.match(late.text, /role="alert".*waits for anybody/s)
    t.match(late.text, />They fetch it\.<\/textarea>/)
    answers[`GET ${about}`] = { ...shipment, status: 'delivered', receivedAt: '2026-11-25T08:00:00Z' }
    t.ok((await check('close', { why: 'Kari has it.' })).text.includes(en.closeStands))
  },
)

t.test('an agreed part leaves by itself, under the id of its form', async (t) => {
  const here = { ...shipment, status: 'packed', failed: undefined, dispatched: undefined }
  answers[`GET ${about}`] = here
  const before = told().length
  const foreseen = await check('part', { 'units-1': '1', 'units-2': '0', why: 'Her mail of today.' })
  for (const said of [`1 × ${ESCAPED}`, '1 × Sentral', en.partOpened, 'angrerettloven § 21', 'Her mail of today.'])
    t.ok(foreseen.text.includes(said), said)
  const { id } = support.fieldsOf(foreseen.text, `${page}/part`)
  answers[`PUT ${about}/parts/${id}`] = here
  for (const _ of [1, 2]) t.equal((await doIt('part', foreseen.text)).headers.get('location'), shipments)
  const body = { lines: [{ lineId: '1', quantity: 1 }], why: 'Her mail of today.' }
  t.strictSame(told().slice(before), [{ url: `${about}/parts/${id}`, body }])
  answers[`POST ${about}/parts/preview`] = problem(409, 'Nothing of it would be left: it is no part.')
  const whole = await check('part', { 'units-1': '2', 'units-2': '1' })
  t.equal(whole.status, 409)
  t.match(whole.text, /role="alert".*no part/s)
})

t.test('what a customer says on the phone becomes a report, and one is led to its page', async (t) => {
  answers[`GET ${about}`] = shipment
  const before = told().length
  const typed = { kind: 'lost', what: 'It never came.', 'units-2': '0', reportedAt: '2026-11-26T10:00' }
  const foreseen = await check('damage', typed)
  for (const said of ['never came', '5 December 2026', 'vegfraktloven § 40', en.reportMail, ESCAPED])
    t.ok(foreseen.text.includes(said), said)
  const { id } = support.fieldsOf(foreseen.text, `${page}/damage`)
  answers[`PUT ${about}/damage-reports/${id}`] = {}
  for (const _ of [1, 2])
    t.equal((await doIt('damage', foreseen.text)).headers.get('location'), `/desk/orders/${ORDER_ID}/damage/${id}`)
  const body = {
    kind: 'lost',
    what: 'It never came.',
    lines: [{ lineId: '1', quantity: 2 }],
    reportedAt: '2026-11-26T09:00:00Z',
  }
  t.strictSame(told().slice(before), [{ url: `${about}/damage-reports/${id}`, body }])
})

t.test('a delivery that was told wrongly is corrected, after a look at from when periods count', async (t) => {
  const came = { ...shipment, status: 'delivered', failed: undefined, receivedAt: '2026-11-25T08:00:00Z' }
  answers[`GET ${about}`] = came
  t.ok((await shipmentPart(came)).includes(`href="${page}/correction"`))
  const before = told().length
  const nobody = await check('correction', { takenBy: 'nobody', why: 'It went to somebody else.' })
  for (const said of ['25 November 2026', en.correctNone, en.correctStays, 'The risk is ours.'])
    t.ok(nobody.text.includes(said), said)
  answers[`PUT ${about}/delivery/correction`] = came
  for (const _ of [1, 2]) t.equal((await doIt('correction', nobody.text)).headers.get('location'), shipments)
  answers[`POST ${about}/delivery/correction/preview`] = {
    ...{ changes: true, was: '2026-11-25T08:00:00Z', receivedAt: '2026-11-27T08:00:00Z', reasons: [] },
  }
  const typed = { takenBy: 'customer', receivedAt: '2026-11-27T09:00', receivedBy: 'Kari', why: 'The driver erred.' }
  const later = await check('correction', typed)
  t.ok(later.text.includes('count from 27 November 2026'))
  await doIt('correction', later.text)
  const url = `${about}/delivery/correction`
  const delivered = { takenBy: 'customer', receivedAt: '2026-11-27T08:00:00Z', receivedBy: 'Kari' }
  t.strictSame(told().slice(before), [
    { url, body: { why: 'It went to somebody else.' } },
    { url, body: { delivered, why: 'The driver erred.' } },
  ])
  answers[`POST ${about}/delivery/correction/preview`] = { changes: false, reasons: [] }
  t.ok((await check('correction', typed)).text.includes(en.correctOver))
})

t.test('what is done about a shipment stands under its own order alone, and for staff alone', async (t) => {
  const other = '01a21b28-5d68-7ee0-97e6-be9cecd5e6ff'
  answers[`GET /orders/${other}`] = { ...anOrder(), id: other }
  for (const way of ['send-again', 'close', 'correction', 'part', 'damage']) {
    t.equal((await support.ask(`${page.replace(ORDER_ID, other)}/${way}`)).status, 404, way)
    t.equal((await support.ask(`${page.replace(SHIPMENT_ID, other)}/${way}`)).status, 404, way)
    const another = createVisitor(house)
    t.equal((await another.ask(`${page}/${way}`)).status, 303, `${way} asks to sign in`)
    await another.signIn('privacy')
    t.equal((await another.ask(`${page}/${way}`)).status, 403, way)
    const { _csrf, ...fields } = support.fieldsOf((await support.ask(`${page}/${way}`)).text, `${page}/${way}/check`)
    t.equal((await support.send(`${page}/${way}`, fields)).status, 403, 'without the token of the session')
  }
})

t.test('the alarms of parcels lead to where something can be done', async (t) => {
  for (const kind of ['parcel-not-delivered', 'delivery-doubted']) {
    const alarm = {
      id: ORDER_ID,
      kind,
      about: SHIPMENT_ID,
      raisedAt: '2026-12-05T09:00:00Z',
      detail: { orderId: ORDER_ID },
    }
    answers[`GET /alarms?kind=${kind}&limit=200`] = { items: [alarm] }
    const { text } = await support.ask(`/desk/work/alarms/shipping/${kind}/${ORDER_ID}`)
    t.ok(text.includes(`href="${page}/close"`), kind)
  }
})

t.test('both languages say the same things', async (t) => {
  t.strictSame(Object.keys(en).sort(), Object.keys(nb).sort())
  const norwegian = createVisitor(house, { 'accept-language': 'nb' })
  await norwegian.signIn('support')
  answers[`GET ${about}`] = shipment
  const { text } = await norwegian.ask(`${page}/send-again`)
  for (const said of [nb.doSend, nb.seeBy, 'ikke hentet']) t.ok(text.includes(said), said)
})
