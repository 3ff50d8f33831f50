import t from 'tap'
import { en } from '../../customer/words/en.ts'
import { nb } from '../../customer/words/nb.ts'
import { cites, granted } from '../an-order.ts'
import { createVisitor, problem, startTestConsole } from '../console.ts'
import { anOrderByLink, CASE_ID, LINK } from './by-link.ts'

const given = anOrderByLink()
const house = await startTestConsole(t, given.answers)
const visitor = createVisitor(house, { 'accept-language': 'en' })
const casePath = `/customer/order/cases/${CASE_ID}?link=${LINK}`
const proofPath = `/customer/order/cases/${CASE_ID}/proof?link=${LINK}`
const door = `/linked-order/cases/${CASE_ID}/proof-of-sending`
const label = {
  ...{ id: CASE_ID, status: 'issued', requestedAt: '2026-11-27T09:00:00Z', carrier: 'bring', code: '4711 0815' },
  ...{ trackingNumber: 'NO-BACK-1', validUntil: '2026-12-24T11:00:00Z' },
  url: 'https://returns.example/return-labels?link=x',
}
/** The page of a withdrawal with these changes to it, in a language. */
async function shown(changes: { withdrawal?: object; label?: object; closedAt?: string } = {}, language = 'en') {
  const withdrawal = {
    ...{ id: CASE_ID, lines: [{ lineId: '1', quantity: 1 }], sendBackBy: '2026-12-14', refundEstimate: 129_900 },
    ...{ reasons: granted.reasons, ...changes.withdrawal },
  }
  house.answers[`GET /linked-order/cases/${CASE_ID}`] = {
    ...{ id: CASE_ID, kind: 'withdrawal', status: 'declared', openedAt: '2026-11-27T09:00:00Z', currency: 'NOK' },
    ...{ ...changes, withdrawal },
  }
  return (await createVisitor(house, { 'accept-language': language }).ask(casePath)).text
}

t.test('the label of a return is shown with the code, until when it is good, and as paper', async (t) => {
  const text = await shown({ label })
  for (const said of ['4711 0815', 'NO-BACK-1', '24 December 2026', label.url, en.labelCode])
    t.ok(text.includes(said), said)
  t.ok((await shown({ label }, 'nb')).includes(nb.labelCode))
  t.ok((await shown({ label: { ...label, status: 'requested', url: undefined } })).includes(en.labelComing))
  t.notOk(
    (await shown({ label, closedAt: '2026-12-20T09:00:00Z' })).includes('4711 0815'),
    'nothing goes back any more',
  )
})

t.test('the customer says that goods are sent, once, and what is refused keeps what was written', async (t) => {
  const text = await shown()
  const form = visitor.fieldsOf((await visitor.ask(casePath)).text, proofPath)
  t.ok(text.includes(en.proofIntro))
  const typed = { ...form, carrier: 'Posten', trackingNumber: 'KVIT-1', sentAt: '2026-11-27T10:00' }
  house.answers[`PUT ${door}`] = problem(409, 'That moment is still to come.', {
    reasons: [{ code: 'x', cites: [{ act: 'angrerettloven', section: '§ 24', text: cites[0]!.text }] }],
  })
  const refused = await visitor.send(proofPath, typed)
  t.equal(refused.status, 409)
  t.match(refused.text, /angrerettloven § 24.*value="Posten".*value="KVIT-1"/s)
  house.answers[`PUT ${door}`] = { id: CASE_ID }
  house.asked.length = 0
  for (const _ of [1, 2]) {
    const { status, headers } = await visitor.send(proofPath, typed)
    t.equal(status, 303)
    t.match(headers.get('location'), new RegExp(`/customer/order/cases/${CASE_ID}\\?.*#sent$`))
  }
  const told = house.asked.filter(({ method }) => method === 'PUT').map(({ url, body }) => ({ url, body }))
  const body = { link: LINK, carrier: 'Posten', trackingNumber: 'KVIT-1', sentAt: '2026-11-27T09:00:00Z' }
  t.strictSame(told, [{ url: door, body }])
})

t.test('what was said is shown, and there is no form where there is nothing to say any more', async (t) => {
  const proof = {
    shownAt: '2026-11-28T09:00:00Z',
    paysFrom: '2026-12-03T09:00:00Z',
    carrier: 'Posten',
    trackingNumber: 'K-1',
  }
  const text = await shown({ withdrawal: { proof } })
  for (const said of ['K-1', '3 December 2026', en.proofBelieved]) t.ok(text.includes(said), said)
  t.notOk(text.includes('/proof?'))
  t.ok((await shown({ withdrawal: { proofRejected: true } })).includes(en.proofRejected))
  for (const over of [{ withdrawal: { receivedAt: '2026-12-01T09:00:00Z' } }, { closedAt: '2026-12-01T09:00:00Z' }])
    t.notOk((await shown(over)).includes('/proof?'), JSON.stringify(over))
})

t.test('of goods that the shop collects the day is shown, and nothing of sending them', async (t) => {
  const collection = { offeredAt: '2026-11-28T09:00:00Z', collectOn: '2026-12-04', lastDay: '2027-02-26' }
  const withdrawal = { collection, returnCostBearer: 'seller' }
  const text = await shown({ withdrawal })
  for (const said of [en.collectOn, '4 December 2026', en.bearer_seller]) t.ok(text.includes(said), said)
  for (const unsaid of [en.sendBackBy, '/proof?']) t.notOk(text.includes(unsaid), unsaid)
  const later = await shown(
    { withdrawal: { ...withdrawal, collection: { ...collection, collectOn: undefined } } },
    'nb',
  )
  t.ok(later.includes(nb.collectLater))
})

t.test('the page of an order lists what was offered to its customer, until when and how it is taken', async (t) => {
  const offer = {
    ...{ offerId: '01a21b28-5d68-7ee0-97e6-be9cecd5e6ff', currency: 'NOK', until: '2026-12-24T11:00:00Z' },
    lines: [{ name: { nb: 'Sensor', en: 'A sensor' }, quantity: 2, unitPrice: 8_000, cataloguePrice: 10_000 }],
    ...{ label: { nb: 'inkl. mva.', en: 'incl. VAT' }, status: 'open', reasons: granted.reasons },
  }
  const order = async (items: object[], language = 'en') => {
    house.answers['GET /linked-order/price-offers'] = { items }
    return (await createVisitor(house, { 'accept-language': language }).ask(`/customer/order?link=${LINK}`)).text
  }
  const text = (await order([offer, { ...offer, offerId: CASE_ID, status: 'used' }])).replaceAll('\u00a0', ' ')
  for (const said of [
    en.offers,
    '2 × A sensor: NOK 80.00 each',
    'NOK 100.00',
    'incl. VAT',
    '24 December 2026',
    offer.offerId,
  ])
    t.ok(text.includes(said), said)
  t.notOk(text.includes(CASE_ID), 'what is used cannot be taken')
  t.notOk(text.includes('href="/shop"'), 'this console has no shop')
  t.ok((await order([offer], 'nb')).includes(nb.offers))
  t.notOk((await order([])).includes(en.offers))
})
