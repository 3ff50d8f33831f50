import t from 'tap'
import { again } from '../desk/words/again-en.ts'
import { en } from '../desk/words/en.ts'
import { events } from '../desk/words/events-en.ts'
import { goodwill } from '../desk/words/goodwill-en.ts'
import { judging } from '../desk/words/judging-en.ts'
import { offer } from '../desk/words/offer-en.ts'
import { anOrder, answersAbout, cites, granted, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'

const PAYOUT_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e701'
const OVERRIDE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e702'
const proposed = {
  status: 'proposed',
  amount: 50_000,
  needs: 'second-person',
  proposedBy: 'support',
  why: 'It rained.',
}
const payout = { ...proposed, id: PAYOUT_ID, kind: 'goodwill', reasons: granted.reasons }
const override = { ...proposed, id: OVERRIDE_ID, about: 'withdrawal', ruled: granted.reasons }
const failed = { eventId: 'e-1', producer: 'orders', type: 'ContractFormed', aggregateId: ORDER_ID, attempts: 9 }
const answers = () => ({
  ...answersAbout(anOrder()),
  [`GET /orders/${ORDER_ID}/payouts`]: { items: [payout] },
  [`GET /orders/${ORDER_ID}/overrides`]: { items: [override] },
  'GET /dead-letters': { items: [{ ...failed, receivedAt: '2026-11-27T09:00:00Z', dead: true, version: 2 }] },
})
const house = await startTestConsole(t, answers())
const support = createVisitor(house, { 'accept-language': 'en' })
const manager = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
await manager.signIn('manager')
const told = (method: string, url: string) =>
  house.asked.filter((each) => each.method === method && each.url === url).map(({ body }) => body)

/** Fills in what staff does about the order, sees what would follow, and stands before doing it. */
async function standBefore(action: string, typed: Record<string, string>) {
  const at = `/desk/orders/${ORDER_ID}/do/${action}`
  const first = support.fieldsOf((await support.ask(at)).text, `${at}/check`)
  const { text } = await support.send(`${at}/check`, { ...first, ...typed })
  return { at, text, fields: support.fieldsOf(text, at) }
}

t.test('a whole order is cancelled after a look at what the services rule of it', async (t) => {
  const door = `/orders/${ORDER_ID}/cancellation`
  house.answers[`PUT ${door}`] = anOrder({ status: 'cancelled' } as never)
  const { at, text, fields } = await standBefore('cancel-order', { by: 'customer', reason: 'customer-wish' })
  t.match(text, 'Too late.', 'what it would rest on')
  t.match(text, en.cancelFollows)
  t.strictSame(told('PUT', door), [])
  for (const _ of [1, 2]) t.equal((await support.send(at, fields)).status, 303)
  t.strictSame(told('PUT', door), [{ by: 'customer', reason: 'customer-wish' }])
})

t.test('an address is corrected after a look at where goods go now and then', async (t) => {
  const door = `/orders/${ORDER_ID}/shipping-address`
  house.answers[`PUT ${door}`] = anOrder()
  const typed = { name: 'Kari', street: 'Nygata 2', postalCode: '0156', city: 'Oslo', country: 'NO', why: 'She moved.' }
  const { at, text, fields } = await standBefore('address', typed)
  t.match(text, 'Kari Eksempel, Storgata 1, 0155, Oslo, NO')
  t.match(text, 'Kari, Nygata 2, 0156, Oslo, NO')
  t.notMatch(text, en.addressAbroad)
  for (const _ of [1, 2]) await support.send(at, fields)
  const { why, ...shippingAddress } = typed
  t.strictSame(told('PUT', door), [{ shippingAddress, why }])
  t.match((await standBefore('address', { ...typed, country: 'SE' })).text, en.addressAbroad)
})

t.test('staff decides otherwise than the rules after a look at what they say', async (t) => {
  const typed = { about: 'voluntary-return', 'units-1': '1', words: 'Too big.', why: 'She is a friend of the house.' }
  const { at, text, fields } = await standBefore('override', typed)
  t.match(text, cites[0]!.text)
  t.match(text, en.overrideFollows)
  const door = `/orders/${ORDER_ID}/overrides/${fields.id}`
  house.answers[`PUT ${door}`] = override
  for (const _ of [1, 2]) await support.send(at, fields)
  t.strictSame(told('PUT', door), [
    { about: 'voluntary-return', lines: [{ lineId: '1', quantity: 1 }], why: typed.why, words: 'Too big.' },
  ])
})

t.test(
  'goodwill is given after a look at who must agree to it, by when it is paid, and what it rests on',
  async (t) => {
    const seen = {
      amount: 30_000,
      currency: 'NOK',
      reasons: granted.reasons,
      given: 20_000,
      alone: 50_000,
      together: 90_000,
    }
    const door = `/orders/${ORDER_ID}/goodwill`
    house.answers[`POST ${door}/preview`] = { ...seen, dueOn: '2026-12-11' }
    const typed = { amount: '300', why: 'It came late.' }
    const { at, text, fields } = await standBefore('goodwill', typed)
    for (const said of ['11 December 2026', goodwill.besides, goodwill.document, cites[0]!.text, '500.00', '900.00'])
      t.ok(text.includes(said), said)
    const body = { amount: 30_000, why: 'It came late.' }
    t.strictSame(told('POST', `${door}/preview`), [body])
    house.answers[`PUT ${door}/${fields.id}`] = payout
    for (const _ of [1, 2]) t.equal((await support.send(at, fields)).status, 303)
    t.strictSame(told('PUT', `${door}/${fields.id}`), [body])

    house.answers[`POST ${door}/preview`] = { ...seen, needs: 'second-person', answerBy: '2026-11-29' }
    t.match((await standBefore('goodwill', typed)).text, /a second person must approve it, by 29 November 2026/)
  },
)

t.test('a sum is written as people write it, and what could be another sum is none', async (t) => {
  const [door, at] = [`/orders/${ORDER_ID}/goodwill/preview`, `/desk/orders/${ORDER_ID}/do/goodwill`]
  house.answers[`POST ${door}`] = problem(409, 'It is more than two persons may give.')
  for (const [written, amount] of [
    ['300', 30_000],
    ['300,5', 30_050],
    ['1 299.95', 129_995],
    ['1.299,00', null],
    ['1,299', null],
    ['-5', null],
  ] as const) {
    const first = support.fieldsOf((await support.ask(at)).text, `${at}/check`)
    await support.send(`${at}/check`, { ...first, amount: written, why: 'It came late.' })
    t.match(told('POST', door).at(-1), { amount }, written)
  }
})

t.test('more than two may give is refused before anything is done, and what was written stands', async (t) => {
  house.answers[`POST /orders/${ORDER_ID}/goodwill/preview`] = problem(409, 'It is more than two persons may give.')
  const at = `/desk/orders/${ORDER_ID}/do/goodwill`
  const first = support.fieldsOf((await support.ask(at)).text, `${at}/check`)
  const { text, status } = await support.send(`${at}/check`, { ...first, amount: '999999', why: 'It rained.' })
  t.equal(status, 409)
  for (const said of ['It is more than two persons may give.', 'value="999999"', 'It rained.']) t.match(text, said)
})

t.test('what waits for a second person is answered after a look at what it rests on, once', async (t) => {
  for (const [what, id, door, follows] of [
    ['payout', PAYOUT_ID, `/proposed-payouts/${PAYOUT_ID}/verdict`, en.follow_payout],
    ['override', OVERRIDE_ID, `/overrides/${OVERRIDE_ID}/verdict`, en.follow_override],
  ] as const) {
    const at = `/desk/orders/${ORDER_ID}/approvals/${what}/${id}`
    const { text } = await manager.ask(`/desk/orders/${ORDER_ID}`)
    t.match(text, en['needs_second-person'])
    t.match(text, `href="${at}"`)
    const form = (await manager.ask(at)).text
    for (const said of ['It rained.', 'support', '500.00', cites[0]!.text]) t.match(form, said)
    const first = manager.fieldsOf(form, `${at}/check`)
    t.match((await manager.send(`${at}/check`, { ...first, verdict: 'declined' })).text, en.follow_declined)
    const check = (await manager.send(`${at}/check`, { ...first, verdict: 'approved' })).text
    for (const said of [follows, cites[0]!.text]) t.match(check, said)
    t.strictSame(told('PUT', door), [], 'nothing was done by looking')
    const fields = manager.fieldsOf(check, at)
    house.answers[`PUT ${door}`] = problem(409, 'Another person than who proposed it must approve.')
    const refused = await manager.send(at, fields)
    t.equal(refused.status, 409)
    t.match(refused.text, 'Another person than who proposed it must approve.')
    house.answers[`PUT ${door}`] = {}
    for (const _ of [1, 2]) t.equal((await manager.send(at, fields)).status, 303)
    t.strictSame(told('PUT', door).slice(1), [{ verdict: 'approved' }])
    t.equal((await manager.send(`${at}/check`, { ...first, verdict: 'perhaps' })).status, 400)
  }
  for (const nothing of ['money/x', `payout/${OVERRIDE_ID}`])
    t.equal((await manager.ask(`/desk/orders/${ORDER_ID}/approvals/${nothing}`)).status, 404)
})

t.test('what is about units is not done before some are chosen', async (t) => {
  for (const action of ['withdrawal', 'complaint', 'override']) {
    const at = `/desk/orders/${ORDER_ID}/do/${action}`
    const first = support.fieldsOf((await support.ask(at)).text, `${at}/check`)
    const { text, status } = await support.send(`${at}/check`, { ...first, words: 'x', why: 'y' })
    t.equal(status, 200)
    t.match(text, en.noUnits)
    t.notMatch(text, `action="${at}"`)
    t.match(text, `action="${at}/change"`)
  }
})

t.test('a corrected e-mail address is seen beside the one of before', async (t) => {
  const { text } = await standBefore('email', { email: 'kari@new.example', why: 'A typo.' })
  for (const said of ['kari@example.com', 'kari@new.example', en.emailFollows]) t.match(text, said)
})

t.test('events that failed are tried again after a look at what follows of it', async (t) => {
  const { text } = await manager.ask('/desk/work')
  t.match(text, events.event_ContractFormed)
  const at = `/desk/work/failed-events/shipping/${ORDER_ID}`
  t.match(text, `href="${at}"`)
  const first = manager.fieldsOf((await manager.ask(at)).text, `${at}/check`)
  house.answers['POST /dead-letters/revival/preview'] = {
    failed: 2,
    items: [
      {
        ...{ producer: 'orders', aggregateId: ORDER_ID, orderId: ORDER_ID, rehearsed: true },
        events: [
          { eventId: 'e-1', type: 'ContractFormed', version: 2, failed: true, outcome: 'applied' },
          {
            eventId: 'e-2',
            type: 'OrderCancelled',
            version: 3,
            failed: false,
            outcome: 'fails',
            error: 'no such line',
          },
        ],
        ...{ tells: ['ShipmentRequested'], mails: [{ kind: 'sent', aboutId: ORDER_ID, to: 'kari@example.com' }] },
        reasons: granted.reasons,
      },
    ],
  }
  const check = (await manager.send(`${at}/check`, first)).text
  for (const said of [
    ...[events.event_ContractFormed, events.event_ShipmentRequested, 'parcel sent to kari@example.com', 'no such line'],
    ...['2 events are tried again', again.outcome_applied, again.outcome_fails, again.behind, cites[0]!.text],
  ])
    t.match(check, said)
  t.strictSame(told('POST', '/dead-letters/revival/preview'), [{ aggregateId: ORDER_ID }])
  t.strictSame(told('POST', '/dead-letters/revival'), [], 'nothing was done by looking')
  house.answers['POST /dead-letters/revival'] = { revived: 1 }
  const fields = manager.fieldsOf(check, at)
  for (const _ of [1, 2]) t.equal((await manager.send(at, fields)).headers.get('location'), '/desk/work#dead')
  t.strictSame(told('POST', '/dead-letters/revival'), [{ aggregateId: ORDER_ID }])
  const all = '/desk/work/failed-events/returns/all'
  await manager.send(`${all}/check`, manager.fieldsOf((await manager.ask(all)).text, `${all}/check`))
  t.strictSame(told('POST', '/dead-letters/revival/preview').at(-1), {})
  for (const wrong of [`nobody/${ORDER_ID}`, 'orders/some'])
    t.equal((await manager.ask(`/desk/work/failed-events/${wrong}`)).status, 404)
})

t.test('mails that nobody took are tried again after a look at which go to whom', async (t) => {
  const at = `/desk/work/unsent-mails/orders/${PAYOUT_ID}`
  const first = manager.fieldsOf((await manager.ask(at)).text, `${at}/check`)
  const mail = {
    mailId: PAYOUT_ID,
    aboutId: ORDER_ID,
    kind: 'confirmation',
    createdAt: '2026-11-27T09:00:00Z',
    tries: 7,
  }
  house.answers['POST /mails/unsent/retry/preview'] = {
    count: 1,
    items: [{ ...mail, error: 'ECONNREFUSED', to: 'kari@example.com', written: false, reasons: granted.reasons }],
  }
  const check = (await manager.send(`${at}/check`, first)).text
  for (const said of ['kari@example.com', 'ECONNREFUSED', again.unwritten, again.formsContract, cites[0]!.text])
    t.match(check, said)
  t.strictSame(told('POST', '/mails/unsent/retry'), [])
  house.answers['POST /mails/unsent/retry'] = { tried: 1 }
  const fields = manager.fieldsOf(check, at)
  for (const _ of [1, 2]) t.equal((await manager.send(at, fields)).headers.get('location'), '/desk/work#unsent')
  t.strictSame(told('POST', '/mails/unsent/retry'), [{ mailId: PAYOUT_ID }])
  t.equal((await manager.ask(`/desk/work/unsent-mails/shipping/${PAYOUT_ID}`)).status, 404, 'shipping writes none')
  house.answers['POST /mails/unsent/retry/preview'] = { count: 0, items: [] }
  const none = (await manager.send(`${at}/check`, first)).text
  t.match(none, again.noMails)
  t.notMatch(none, `action="${at}"`, 'where nothing would follow there is no button')
})

const CASE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e703'
const complaint = {
  ...{ id: CASE_ID, orderId: ORDER_ID, status: 'received', lines: [{ lineId: '1', quantity: 1 }] },
  ...{ defect: 'Den hvisler om natta', choices: [], failedCures: 0 },
}
/** The steps of a deed of a case: the form filled in, what would follow seen, and the doing. */
async function ofCase(step: string, typed: Record<string, string | string[]>) {
  const at = `/desk/cases/${CASE_ID}/do/${step}`
  const form = await support.ask(at)
  // A box that nobody ticked is not sent.
  const { notFeasible: _, sellerAtFault: __, ...shown } = support.fieldsOf(form.text, `${at}/check`)
  for (const box of ['installedBySeller', 'instructionsCorrect', 'instructionsSupplied']) delete shown[box]
  const check = await support.send(`${at}/check`, { ...shown, ...typed } as never)
  return { at, form: form.text, text: check.text, fields: support.fieldsOf(check.text, at) }
}

t.test('a complaint is judged after a look at what the rules say of it, and once', async (t) => {
  house.answers[`GET /complaints/${CASE_ID}`] = complaint
  house.answers[`PUT /complaints/${CASE_ID}/assessment`] = complaint
  const rejecting = { outcome: 'rejected', cause: 'misuse', grounds: 'Brukt ute i regn.', instructionsCorrect: 'yes' }
  const { at, form, text, fields } = await ofCase('assessment', rejecting)
  t.match(form, 'Den hvisler om natta')
  t.notMatch(form, judging.furtherAttempt, 'nothing was tried before')
  for (const said of [judging.follow_rejected, 'Brukt ute i regn.', cites[0]!.text]) t.match(text, said)
  const door = `/complaints/${CASE_ID}/assessment`
  t.strictSame(told('PUT', door), [])
  for (const _ of [1, 2]) t.equal((await support.send(at, fields)).status, 303)
  t.strictSame(told('PUT', door), [
    { outcome: 'rejected', grounds: 'Brukt ute i regn.', cause: 'misuse', instructionsCorrect: true },
  ])
})

t.test('a complaint is written down with what the law asks, after a look at what would come of it', async (t) => {
  const door = `/orders/${ORDER_ID}/complaints`
  house.answers[`POST ${door}/preview`] = {
    lines: [{ lineId: '1', quantity: 1, outcome: 'granted', reasons: [{ code: 'seller-at-fault', cites }] }],
    ...{ rejected: false, answerBy: '2026-12-07' },
  }
  house.answers[`POST ${door}`] = complaint
  const typed = { 'units-1': '1', channel: 'letter', words: 'Den lekker.', noticeSentAt: '2026-11-20T10:00' }
  const { at, text, fields } = await standBefore('complaint', { ...typed, sellerAtFault: 'yes' })
  for (const said of [cites[0]!.text, judging.follow_received, '7 December 2026']) t.match(text, said)
  const asked = {
    lines: [{ lineId: '1', quantity: 1 }],
    channel: 'letter',
    noticeSentAt: '2026-11-20T09:00:00Z',
    sellerAtFault: true,
  }
  t.strictSame(told('POST', `${door}/preview`), [asked])
  t.strictSame(told('POST', door), [], 'nothing was done by looking')
  for (const _ of [1, 2]) t.equal((await support.send(at, fields)).status, 303)
  t.strictSame(told('POST', door), [{ ...asked, defect: 'Den lekker.' }])
})

t.test('what came too late by the rule is taken up anew by who finds that the seller is at fault', async (t) => {
  const late = { outcome: 'rejected', by: 'rule', assessedAt: '2026-11-27T09:00:00Z', reasons: granted.reasons }
  const said = { receivedAt: '2026-11-26T09:00:00Z', channel: 'email', assessment: late, status: 'rejected' }
  const refused = [{ lineId: '1', quantity: 1, reasons: granted.reasons }]
  house.answers[`GET /complaints/${CASE_ID}`] = { ...complaint, ...said, lines: [], refused }
  const door = `/orders/${ORDER_ID}/complaints`
  house.answers[`POST ${door}/preview`] = { lines: [], refused, rejected: true }
  house.answers[`POST ${door}`] = complaint
  const without = await ofCase('assessment', {})
  for (const words of [judging.takeUpLead, judging.sellerAtFault]) t.match(without.form, words)
  t.match(without.text, judging.follow_tooLate)
  const { at, fields } = await ofCase('assessment', { sellerAtFault: 'yes' })
  for (const _ of [1, 2]) await support.send(at, fields)
  t.strictSame(told('POST', door).at(-1), {
    ...{ lines: [{ lineId: '1', quantity: 1 }], defect: 'Den hvisler om natta' },
    ...{ noticeSentAt: said.receivedAt, channel: 'email', sellerAtFault: true },
  })
  house.answers[`GET /complaints/${CASE_ID}`] = complaint
})

t.test('what the law does not let anybody reject stands above what was written', async (t) => {
  house.answers[`PUT /complaints/${CASE_ID}/assessment`] = () =>
    problem(409, 'A defect within two years is presumed.', { reasons: [{ cites }] })
  const { at, fields } = await ofCase('assessment', { outcome: 'rejected', cause: 'no-defect', grounds: 'Virker her.' })
  const refused = await support.send(at, fields)
  t.equal(refused.status, 409)
  for (const said of ['A defect within two years is presumed.', cites[0]!.text, 'Virker her.'])
    t.match(refused.text, said)
})

t.test('once putting it right has failed, another attempt may be offered', async (t) => {
  house.answers[`GET /complaints/${CASE_ID}`] = { ...complaint, status: 'accepted', failedCures: 1 }
  house.answers[`PUT /complaints/${CASE_ID}/assessment`] = complaint
  const { at, form, text, fields } = await ofCase('assessment', { outcome: 'accepted', furtherAttempt: 'offered' })
  t.match(form, judging.furtherAttempt)
  t.match(text, judging.follow_offered)
  await support.send(at, fields)
  t.match(told('PUT', `/complaints/${CASE_ID}/assessment`).at(-1), { outcome: 'accepted', furtherAttempt: 'offered' })
})

t.test('a return label is replaced by name and for a reason', async (t) => {
  const label = { id: PAYOUT_ID, status: 'issued', requestedAt: '2026-11-27T09:00:00Z', trackingNumber: 'NO9' }
  house.answers[`GET /returns/${CASE_ID}/label`] = label
  house.answers[`PUT /returns/${CASE_ID}/label/replacement`] = label
  const { at, form, fields } = await ofCase('label', { reason: 'lost' })
  t.match(form, 'NO9')
  for (const _ of [1, 2]) await support.send(at, fields)
  t.strictSame(told('PUT', `/returns/${CASE_ID}/label/replacement`), [{ labelId: PAYOUT_ID, reason: 'lost' }])
})

const reasons = [{ code: 'bound-by-offer', cites: [{ act: 'avtaleloven', section: '§ 2', text: 'It binds.' }] }]
const lines = [{ sku: 'SKU-1', quantity: 2, unitPrice: 50_000, cataloguePrice: 64_950 }]
const foreseen = {
  ...{ lines, currency: 'NOK', until: '2026-12-24T11:00:00Z', reasons },
  ...{ given: 29_900, givenBefore: 10_000, anybody: 50_000, approvers: 2_000_000 },
}

t.test('a price is offered after a look at what it gives, who may give it and whom it binds', async (t) => {
  const door = `/orders/${ORDER_ID}/price-offers`
  house.answers[`POST ${door}/preview`] = foreseen
  const typed = { 'sku-1': 'SKU-1', 'units-1': '2', 'price-1': '500,00', until: '2026-12-24T12:00', reason: 'Swap.' }
  const { at, text, fields } = await standBefore('offer-price', typed)
  for (const said of ['500.00', '649.50', '299.00', '20,000.00', offer.binds, offer.told, offer.once, 'It binds.'])
    t.ok(text.includes(said), said)
  const body = {
    ...{ lines: [{ sku: 'SKU-1', quantity: 2, unitPrice: 50_000 }], currency: 'NOK' },
    ...{ until: '2026-12-24T11:00:00Z', reason: 'Swap.' },
  }
  t.strictSame(told('POST', `${door}/preview`), [body])
  house.answers[`PUT ${door}/${fields.id}`] = foreseen
  for (const _ of [1, 2]) t.equal((await support.send(at, fields)).status, 303)
  t.strictSame(told('PUT', `${door}/${fields.id}`), [body])

  house.answers[`POST ${door}/preview`] = problem(409, 'Anybody of the staff may offer up to 50000.')
  const first = support.fieldsOf((await support.ask(at)).text, `${at}/check`)
  const refused = await support.send(`${at}/check`, { ...first, ...typed, 'price-1': '1' })
  t.equal(refused.status, 409)
  for (const said of ['Anybody of the staff may offer up to 50000.', 'value="SKU-1"', 'Swap.'])
    t.match(refused.text, said)
})

t.test('an order says what was offered for it, and which order took that', async (t) => {
  const other = '01a21b28-5d68-7ee0-97e6-be9cecd5e6fb'
  const { given, until, currency } = foreseen
  const common = { orderId: ORDER_ID, lines, currency, until, given, reasons, reason: 'Swap.', offeredBy: 'support' }
  house.answers[`GET /orders/${ORDER_ID}/price-offers`] = {
    items: [
      { ...common, id: other, status: 'used', usedBy: other },
      { ...common, id: ORDER_ID, status: 'open' },
    ],
  }
  const { text } = await support.ask(`/desk/orders/${ORDER_ID}`)
  t.match(text, /2 × SKU-1 at NOK.500\.00 \(then NOK.649\.50\) and taken/)
  t.match(text, `href="/desk/orders/${other}"`)
  t.match(text, /and not taken yet/)
  t.match(text, /Swap\. – offered by support/)
})
