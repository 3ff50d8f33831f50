import t from 'tap'
import { parcels as en } from '../../customer/words/parcels-en.ts'
import { parcels as nb } from '../../customer/words/parcels-nb.ts'
import { previews } from '../../customer/words/previews-en.ts'
import { createVisitor, problem, startTestConsole } from '../console.ts'
import { anOrderByLink, LINK, parcelsByLink, REPORTED_ID, SENT_ID } from './by-link.ts'

const given = anOrderByLink()
const house = await startTestConsole(t, given.answers)
const visitor = createVisitor(house, { 'accept-language': 'en' })
const ofOrder = `/customer/order?link=${LINK}`
const ofParcel = `/customer/order/parcels/${SENT_ID}?link=${LINK}`
const ofReport = `/customer/order/damage/${REPORTED_ID}?link=${LINK}`
const choicePath = `/customer/order/damage/${REPORTED_ID}/choice?link=${LINK}`
const door = `/linked-order/damage-reports/${REPORTED_ID}`
t.beforeEach(() => {
  Object.assign(house.answers, parcelsByLink())
  house.asked.length = 0
})
const told = () => house.asked.filter(({ method, url }) => method === 'PUT' && url.startsWith('/linked-order/damage'))
const formOf = async (path: string, action = path) => visitor.fieldsOf((await visitor.ask(path)).text, action)
/** A report of the parcel with these changes, as its page shows it. */
async function reported(changes: object = {}) {
  const report = {
    ...{ id: REPORTED_ID, shipmentId: SENT_ID, kind: 'lost', lines: [{ lineId: '1', quantity: 2 }] },
    ...{ reportedBy: 'carrier', reportedAt: '2026-11-27T09:00:00Z', choices: ['replacement', 'refund'], ...changes },
  }
  Object.assign(house.answers, parcelsByLink({ status: 'lost' }, report))
  return (await visitor.ask(ofReport)).text
}

t.test('the page of an order says where each parcel is, and leads to telling that it has not come', async (t) => {
  for (const [language, words] of Object.entries({ en, nb })) {
    const { text } = await createVisitor(house, { 'accept-language': language }).ask(ofOrder)
    for (const said of [words.parcels, words['status_in-transit'], words.wrong, 'NO123', `/parcels/${SENT_ID}?`])
      t.ok(text.includes(said), said)
  }
  house.answers['GET /linked-order/parcels'] = problem(404, 'No.', { type: '/problems/link-unknown' })
  const { status, text } = await visitor.ask(ofOrder)
  t.equal(status, 200, 'of an order of before nothing is known there')
  t.notOk(text.includes(en.parcels))
})

t.test('a customer tells that a parcel has not come, once, however often the form is sent', async (t) => {
  const typed = { ...(await formOf(ofParcel)), id: REPORTED_ID, kind: 'lost', what: 'Said to be here on Monday.' }
  for (const _ of [1, 2]) {
    const { status, headers } = await visitor.send(ofParcel, { ...typed, 'units-1': '1' })
    t.equal(status, 303)
    t.match(headers.get('location'), new RegExp(`^/customer/order/damage/${REPORTED_ID}\\?.*sent=yes`))
  }
  const body = { link: LINK, shipmentId: SENT_ID, kind: 'lost', lines: [{ lineId: '1', quantity: 1 }] }
  t.strictSame(
    told().map(({ url, body }) => ({ url, body })),
    [{ url: door, body: { ...body, what: typed.what } }],
  )
  const { text } = await visitor.ask(ofReport)
  for (const said of [en.stands_asked, en.by_customer, typed.what]) t.ok(text.includes(said), said)
  t.notOk(text.includes(previews.seeFirst), 'nobody else says so yet')
})

t.test('what is missing is said, and what was written stands in the form', async (t) => {
  const typed = { id: '', ...(await formOf(ofParcel)), kind: 'damaged', what: 'Crushed.', 'units-1': '1' }
  for (const [lacking, why] of [
    [{ kind: '' }, en.noKind],
    [{ what: ' ' }, en.noWhat],
    [{ 'units-1': '0' }, en.noUnits],
  ] as const) {
    const { status, text } = await visitor.send(ofParcel, { ...typed, ...lacking })
    t.equal(status, 400)
    t.ok(text.includes(why), why)
  }
  house.answers[`PUT ${door.replace(REPORTED_ID, typed.id)}`] = problem(409, 'No.', {
    type: '/problems/too-many-reports',
  })
  const { status, text } = await visitor.send(ofParcel, typed)
  t.equal(status, 409)
  t.ok(text.includes('Crushed.') && text.includes(en['refused_too-many-reports']))
})

t.test('of a known loss the customer chooses, once, and then it is said what was chosen', async (t) => {
  for (const said of [en.stands_choose, en.choice_refund, en.by_carrier]) t.ok((await reported()).includes(said), said)
  const checkPath = `/customer/order/damage/${REPORTED_ID}/choice/check`
  const look = (typed: object) => visitor.ask(`${checkPath}?${new URLSearchParams({ ...chosen, ...typed })}`)
  const chosen = { ...(await formOf(ofReport, checkPath)), choice: 'refund' }
  t.equal((await look({ choice: 'neither' })).status, 400)
  const check = await look({})
  for (const said of [
    '2 × ',
    '1,498.00',
    '199.00',
    '11 December 2026',
    previews.loss_refund,
    previews.chosenOnce,
    'Too late.',
  ])
    t.ok(check.text.replaceAll('\u00a0', ' ').includes(said), said)
  const others = await look({ choice: 'replacement' })
  for (const said of [previews.loss_replacement, previews.costsNothing]) t.ok(others.text.includes(said), said)
  t.notOk(
    told().some(({ url }) => url.endsWith('/choice')),
    'nothing was done by looking',
  )
  house.asked.length = 0
  const typed = visitor.fieldsOf(check.text, choicePath)
  t.equal((await visitor.send(choicePath, { ...typed, choice: 'neither' })).status, 400)
  for (const _ of [1, 2]) t.equal((await visitor.send(choicePath, typed)).status, 303)
  t.strictSame(
    told().map(({ url, body }) => ({ url, body })),
    [{ url: `${door}/choice`, body: { link: LINK, choice: 'refund' } }],
  )
  t.ok((await reported({ choice: 'refund', choices: [] })).includes(en.stands_refund))
  t.ok((await reported({ choice: 'replacement', choices: [] })).includes(en.stands_replacement))
  await reported()
  house.answers[`PUT ${door}/choice`] = problem(409, 'No.', { type: '/problems/loss-settled' })
  const { status, text } = await visitor.send(choicePath, { ...typed, id: crypto.randomUUID(), choice: 'refund' })
  t.equal(status, 409)
  t.ok(text.includes(en['refused_loss-settled']))
})

t.test('a picture is added to a report and shown', async (t) => {
  await reported({ kind: 'damaged', reportedBy: 'customer', choices: [] })
  const path = `/customer/order/damage/${REPORTED_ID}/photos?link=${LINK}`
  const fields = await formOf(ofReport, path)
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) if (name !== 'photos') form.set(name, value)
  form.set('photos', new Blob([Buffer.from('JPEG')]), 'a.jpg')
  t.equal((await visitor.ask(path, { method: 'POST', body: form })).status, 303)
  t.ok((await visitor.ask(ofReport)).text.includes(`/damage/${REPORTED_ID}/photos/${'0'.repeat(64)}`))
})

t.test('a link that opens nothing, another parcel and another report are answered alike', async (t) => {
  await reported()
  const other = '01a21b28-5d68-7ee0-97e6-be9cecd5e6aa'
  for (const path of [
    `/customer/order/parcels/${SENT_ID}?link=x`,
    `/customer/order/damage/${REPORTED_ID}?link=x`,
    `/customer/order/parcels/${other}?link=${LINK}`,
    `/customer/order/damage/${other}?link=${LINK}`,
  ]) {
    const { status, text } = await visitor.ask(path)
    t.equal(status, 404, path)
    t.match(text, /The link opens nothing/)
  }
})

t.test('nothing is asked to be told of a parcel of which all went back, was paid back or is settled', async (t) => {
  const parcelDoor = `/parcels/${SENT_ID}`
  const rights = given.answers['GET /linked-order/eligibility'] as (asked: object) => { lines: object[] }
  const isOffered = async ({ left = 2, parcel = {}, reports = [] as object[], payment = {} } = {}) => {
    Object.assign(house.answers, parcelsByLink(parcel, ...(reports as Record<string, unknown>[])), {
      'GET /linked-order': { ...given.order, payment: { ...given.order.payment, ...payment } },
      'GET /linked-order/eligibility': (asked: object) => {
        const answer = rights(asked)
        return { ...answer, lines: answer.lines.map((line) => ({ ...line, returnable: left })) }
      },
    })
    return (await visitor.ask(ofOrder)).text.includes(parcelDoor)
  }
  const received = { receivedAt: '2026-11-26T12:00:00Z', status: 'delivered' }
  const paidBack = { captured: 189_700, refunded: 189_700 }
  t.ok(await isOffered(), 'on its way')
  t.ok(await isOffered({ parcel: received }), 'received')
  t.ok(await isOffered({ left: 0 }), 'withdrawn from, and not here yet')
  t.notOk(await isOffered({ left: 0, parcel: received }), 'all of it went back')
  t.notOk(await isOffered({ left: 0, payment: paidBack }), 'all of it is paid back')
  t.ok(await isOffered({ left: 1, parcel: received, payment: { captured: 189_700, refunded: 1 } }), 'some is left')
  const report = {
    id: REPORTED_ID,
    kind: 'lost',
    reportedBy: 'carrier',
    reportedAt: '2026-11-27T09:00:00Z',
    choices: [],
  }
  const settled = (quantity: number) => [{ ...report, choice: 'replacement', lines: [{ lineId: '1', quantity }] }]
  t.notOk(await isOffered({ reports: settled(2) }), 'it is settled what becomes of all of it')
  t.ok(await isOffered({ reports: settled(1) }), 'of some it is not')
})
