import { createPool } from '@vilkar/server/postgres.ts'
import { asOwner } from '@vilkar/testing/database.ts'
import t from 'tap'
import { damage as en } from '../desk/words/damage-en.ts'
import { damage as nb } from '../desk/words/damage-nb.ts'
import { aDamage, answersOf, REPORT_ID, SHA } from './a-damage.ts'
import { anOrder, answersAbout, ESCAPED, EVIL, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'

const report = aDamage({ what: EVIL, photos: ['https://shop.example/a.jpg'], kind: 'lost' })
const page = `/desk/orders/${ORDER_ID}/damage/${REPORT_ID}`
const house = await startTestConsole(t, { ...answersAbout(anOrder()), ...deskAnswers, ...answersOf(report) })
const owner = createPool(asOwner(house.database), { max: 1 })
t.teardown(() => owner.end())
const support = createVisitor(house, { 'accept-language': 'en' })
await support.signIn('support')
const told = () => house.asked.filter(({ method }) => method === 'PUT').map(({ url, body }) => ({ url, body }))

t.test(
  'the work page counts what carriers are to be told of, with what is over its day, and leads to each',
  async (t) => {
    const { text } = await support.ask('/desk/work')
    t.match(text, new RegExp(`href="#claims">${en.claims} 2</a> <span class="ds-tag" data-color="danger">`))
    const [, list = ''] = /<section[^>]* id="claims".*?>(.*?)<\/section>/s.exec(text) ?? []
    t.ok(list.indexOf('10 November 2026') < list.indexOf('10 January 2090'), 'what is due first stands first')
    t.ok(list.includes(`href="${page}"`))
    t.notOk(list.includes('/desk/claims'), 'what is not longer leads nowhere')
  },
)

t.test('a list that goes on is read a page at a time', async (t) => {
  const next = `2026-11-10/${REPORT_ID}`
  const after = `/damage-reports?claim=open&after=${encodeURIComponent(next)}&limit=50`
  for (const limit of [10, 50])
    house.answers[`GET /damage-reports?claim=open&limit=${limit}`] = { items: [aDamage()], next }
  house.answers[`GET ${after}`] = { items: [aDamage({ kind: 'lost' })] }
  const work = await support.ask('/desk/work')
  t.ok(work.text.includes(`${en.claims} 1+`) && work.text.includes('href="/desk/claims"'))
  const first = await support.ask('/desk/claims')
  const [, onward = ''] = /href="(\/desk\/claims\?[^"]+)"/.exec(first.text) ?? []
  const second = await support.ask(onward.replaceAll('&amp;', '&'))
  t.ok(second.text.includes(en.kind_lost) && !second.text.includes('/desk/claims?'))
  house.answers[`GET ${after}`] = { items: [] }
  t.ok((await support.ask(onward)).text.includes(en.noClaims))
  const refused = problem(400, 'The request is wrong.', {
    errors: [{ field: 'after', message: 'must be what `next` of the page before was' }],
  })
  house.answers['GET /damage-reports?claim=open&after=x&limit=50'] = refused
  const bad = await support.ask('/desk/claims?after=x')
  t.equal(bad.status, 400)
  t.match(bad.text, /must be what `next` of the page before was/)
  for (const limit of [10, 50]) delete house.answers[`GET /damage-reports?claim=open&limit=${limit}`]
})

t.test('the page of an order says what was damaged or lost of it', async (t) => {
  const { text } = await support.ask(`/desk/orders/${ORDER_ID}`)
  const [, part = ''] = /<section[^>]* id="damage".*?>(.*?)<\/section>/s.exec(text) ?? []
  for (const said of [`href="${page}"`, en.kind_lost, '2 × Fuktsensor', en.reporter_customer, en.notClaimed])
    t.ok(part.includes(said), said)
  house.answers[`GET /damage-reports?orderId=${ORDER_ID}&limit=200`] = { items: [] }
  t.notMatch((await support.ask(`/desk/orders/${ORDER_ID}`)).text, /id="damage"/)
})

t.test(
  'a page has what happened, by when the carrier is told and why, and the pictures; who looks is written down',
  async (t) => {
    const { text } = await support.ask(page)
    for (const said of [
      ...[en.kind_lost, '2 × Fuktsensor', 'Bring TEST0000007NO', '4 December 2026', 'vegfraktloven § 40', ESCAPED],
      ...[
        `src="${page}/photos/${SHA}"`,
        'href="https://shop.example/a.jpg"',
        `href="${page}/claim"`,
        `href="${page}/choice"`,
      ],
    ])
      t.ok(text.includes(said), said)
    t.notMatch(text, /undefined|\[object|<script>alert/)
    const looks = await owner.query(`select subject, what, about from look order by id desc limit 1`)
    t.match(looks.rows, [{ subject: 'support', what: 'order', about: ORDER_ID }])
    const norwegian = createVisitor(house, { 'accept-language': 'nb' })
    await norwegian.signIn('support')
    const { text: norsk } = await norwegian.ask(page)
    for (const said of [nb.kind_lost, nb.notClaimed, nb.claimDueOn, nb.doClaim]) t.ok(norsk.includes(said), said)
    const picture = await support.ask(`${page}/photos/${SHA}`)
    t.equal(picture.headers.get('content-type'), 'image/jpeg')
  },
)

t.test('a report is shown under its own order alone, and what is not there is not there', async (t) => {
  const other = '01a21b28-5d68-7ee0-97e6-be9cecd5e6ff'
  house.answers[`GET /orders/${other}`] = { ...anOrder(), id: other }
  const foreign = page.replace(ORDER_ID, other)
  for (const path of [foreign, `${foreign}/claim`, `${foreign}/choice`, `${foreign}/photos/${SHA}`, `${page}/photos/b`])
    t.equal((await support.ask(path)).status, 404, path)
  t.equal((await support.ask(page.replace(REPORT_ID, other))).status, 404)
  for (const path of [page, `${page}/claim`, '/desk/claims']) {
    const warehouse = createVisitor(house)
    t.equal((await warehouse.ask(path)).status, 303, `${path} asks to sign in`)
    await warehouse.signIn('privacy')
    t.equal((await warehouse.ask(path)).status, 403, path)
  }
})

t.test('that the carrier was told is said once, after a look at what follows', async (t) => {
  const form = await support.ask(`${page}/claim`)
  const check = await support.send(`${page}/claim/check`, support.fieldsOf(form.text, `${page}/claim/check`))
  for (const said of [en.claimFollows, 'vegfraktloven § 40']) t.ok(check.text.includes(said), said)
  t.strictSame(told(), [])
  house.answers[`PUT /damage-reports/${REPORT_ID}/claim`] = report
  for (const _ of [1, 2])
    t.equal(
      (await support.send(`${page}/claim`, support.fieldsOf(check.text, `${page}/claim`))).headers.get('location'),
      page,
    )
  t.strictSame(told(), [{ url: `/damage-reports/${REPORT_ID}/claim`, body: undefined }])
})

t.test('claims that carriers are to answer are a list by the day until which each is waited for', async (t) => {
  const { text } = await support.ask('/desk/work')
  t.match(text, new RegExp(`href="#told">${en.told} 2</a> <span class="ds-tag" data-color="danger">`))
  const whole = await support.ask('/desk/claims/told')
  for (const said of [en.noAnswer, en.answer_accepted, '499.00', '10 November 2026', `href="${page}"`])
    t.ok(whole.text.replaceAll('\u00a0', ' ').includes(said), said)
  for (const limit of [10, 50]) house.answers[`GET /damage-reports?claim=unsettled&limit=${limit}`] = { items: [] }
  t.ok((await support.ask('/desk/claims/told')).text.includes(en.noTold))
  t.notOk((await support.ask('/desk/work')).text.includes('href="#told"'))
  for (const limit of [10, 50]) delete house.answers[`GET /damage-reports?claim=unsettled&limit=${limit}`]
})

t.test('what the carrier answers is written down once, after a look at what is waited for', async (t) => {
  const claimedAt = '2026-11-27T09:00:00Z'
  const claimed = { ...report, claimedAt, answerDueOn: '2026-12-27' }
  house.answers[`GET /damage-reports/${REPORT_ID}`] = claimed
  t.match((await support.ask(page)).text, new RegExp(`27 December 2026.*${en.reference}|${en.noAnswer}`, 's'))
  const [answer, check] = [`${page}/answer`, `${page}/answer/check`]
  const foresee = async (typed: Record<string, string>) =>
    support.send(check, { ...support.fieldsOf((await support.ask(answer)).text, check), ...typed })
  const preview = `POST /damage-reports/${REPORT_ID}/claim/answer/preview`
  const money = { amount: 49_900, currency: 'NOK' }
  const reasons = report.claimReasons
  house.answers[preview] = { changes: true, answer: 'accepted', ...money, answerDueOn: '2026-12-27', reasons }
  const accepted = await foresee({ answer: 'accepted', amount: '49900', currency: 'NOK', reference: 'KRAV-1' })
  for (const said of ['499.00', '27 December 2026', 'vegfraktloven § 40']) t.ok(accepted.text.includes(said), said)
  house.answers[`PUT /damage-reports/${REPORT_ID}/claim/answer`] = claimed
  const before = told().length
  for (const _ of [1, 2])
    t.equal((await support.send(answer, support.fieldsOf(accepted.text, answer))).headers.get('location'), page)
  const body = { answer: 'accepted', ...money, reference: 'KRAV-1' }
  t.strictSame(told().slice(before), [{ url: `/damage-reports/${REPORT_ID}/claim/answer`, body }])
  house.answers[preview] = { changes: true, answer: 'refused', reasons }
  t.ok((await foresee({ answer: 'refused', currency: 'NOK' })).text.includes(en.answerFollows_refused))
  t.strictSame(house.asked.at(-1)?.body, { answer: 'refused' }, 'a currency alone is no answer')
  house.answers[preview] = problem(409, 'What it will pay, or has paid, and in which currency.')
  const missing = await foresee({ answer: 'paid', currency: 'NOK' })
  t.equal(missing.status, 409)
  t.match(missing.text, /role="alert".*in which currency/s)
  t.match(missing.text, /<option value="paid" selected>/)
  const claim = { answer: 'paid', ...money, answeredAt: claimedAt, reference: 'KRAV-1' }
  house.answers[`GET /damage-reports/${REPORT_ID}`] = { ...report, claimedAt, claim }
  const { text } = await support.ask(page)
  for (const said of [en.answer_paid, '499.00', 'KRAV-1']) t.ok(text.includes(said), said)
  t.notOk(text.includes(`href="${answer}"`), 'after it has paid nothing more is expected')
})

t.test('of goods that came after all it is said what became of them, and nothing else is offered', async (t) => {
  const ended = { outcome: 'arrived', at: '2026-11-28T09:00:00Z' }
  house.answers[`GET /damage-reports/${REPORT_ID}`] = { ...report, choice: 'refund', ended }
  const { text } = await support.ask(page)
  for (const way of ['claim', 'choice', 'answer']) t.notOk(text.includes(`href="${page}/${way}"`), way)
  t.ok(text.includes(en.ended_arrived) && text.includes(`href="${page}/arrival"`))
  const [arrival, check] = [`${page}/arrival`, `${page}/arrival/check`]
  const fields = support.fieldsOf((await support.ask(arrival)).text, check)
  const foreseen = await support.send(check, { ...fields, done: 'Kari sends the first one back.' })
  t.ok(foreseen.text.includes(en.arrivalFollows) && foreseen.text.includes('Kari sends'))
  house.answers[`PUT /damage-reports/${REPORT_ID}/arrival`] = report
  const before = told().length
  for (const _ of [1, 2]) await support.send(arrival, support.fieldsOf(foreseen.text, arrival))
  const body = { done: 'Kari sends the first one back.' }
  t.strictSame(told().slice(before), [{ url: `/damage-reports/${REPORT_ID}/arrival`, body }])
  const seen = { ...report, choice: 'refund', ended: { ...ended, seenToAt: ended.at, done: EVIL } }
  house.answers[`GET /damage-reports/${REPORT_ID}`] = seen
  const after = await support.ask(page)
  t.ok(after.text.includes(ESCAPED) && !after.text.includes(`href="${arrival}"`))
})

t.test('what is over its day, or was told by somebody else meanwhile, is said before', async (t) => {
  const follows = async (changed: object) => {
    house.answers[`GET /damage-reports/${REPORT_ID}`] = { ...report, ...changed }
    const form = await support.ask(`${page}/claim`)
    return (await support.send(`${page}/claim/check`, support.fieldsOf(form.text, `${page}/claim/check`))).text
  }
  t.match(await follows({ claimDueOn: '2026-11-02' }), 'The last day was 2 November 2026')
  const claimedAt = '2026-11-27T09:00:00Z'
  t.match(await follows({ claimedAt }), 'The carrier was told already, 27 November 2026')
  const { text } = await support.ask(page)
  t.notOk(text.includes(`href="${page}/claim"`), 'what is done is not offered')
  t.match(text, '27 November 2026')
})

t.test('what the customer chose is written down once, and what shipping refuses is said in words', async (t) => {
  house.answers[`GET /damage-reports/${REPORT_ID}`] = report
  const [choice, check] = [`${page}/choice`, `${page}/choice/check`]
  const preview = `POST /damage-reports/${REPORT_ID}/choice/preview`
  const sendCheck = async (said: string) =>
    support.send(check, { ...support.fieldsOf((await support.ask(choice)).text, check), choice: said })
  house.answers[preview] = problem(400, 'The request is wrong.', {
    errors: [{ field: 'choice', message: 'must be one of them' }],
  })
  for (const said of ['', 'both']) {
    const wrong = await sendCheck(said)
    t.equal(wrong.status, 400)
    t.match(wrong.text, /role="alert".*must be one of them/s)
  }
  const reasons = [{ code: 'not-received', cites: [{ clause: '7.3', text: 'The risk is ours.' }] }]
  house.answers[preview] = { choice: 'refund', lines: [{ lineId: '1', quantity: 2 }], reasons }
  const foreseen = await sendCheck('refund')
  t.ok(foreseen.text.includes('paid back the way they were paid for: 2 × Fuktsensor.'))
  t.ok(foreseen.text.includes('The risk is ours.'), 'and cited')
  house.answers[`PUT /damage-reports/${REPORT_ID}/choice`] = problem(409, 'The customer chose a replacement already.')
  const late = await support.send(choice, support.fieldsOf(foreseen.text, choice))
  t.equal(late.status, 409)
  t.match(late.text, /role="alert".*chose a replacement already/s)
  t.match(late.text, /<option value="refund" selected>/, 'as it was written')
  house.answers[`PUT /damage-reports/${REPORT_ID}/choice`] = { ...report, choice: 'refund' }
  const before = told().length
  for (const _ of [1, 2])
    t.equal((await support.send(choice, support.fieldsOf(foreseen.text, choice))).headers.get('location'), page)
  t.strictSame(told().slice(before), [{ url: `/damage-reports/${REPORT_ID}/choice`, body: { choice: 'refund' } }])
})

t.test('of goods that came nothing is chosen here, and what was chosen is said', async (t) => {
  const [answers] = [house.answers]
  answers[`GET /damage-reports/${REPORT_ID}`] = { ...report, kind: 'damaged' }
  const shipment = answers[`GET /shipments/${report.shipmentId}`] as object
  answers[`GET /shipments/${report.shipmentId}`] = { ...shipment, receivedAt: '2026-11-26T08:00:00Z' }
  t.notMatch((await support.ask(page)).text, `${page}/choice`)
  answers[`GET /damage-reports/${REPORT_ID}`] = {
    ...report,
    choice: 'replacement',
    replacementId: ORDER_ID,
    what: 'erased',
  }
  const { text } = await support.ask(page)
  for (const said of [en.choice_replacement, ORDER_ID.slice(0, 8), en.erased]) t.ok(text.includes(said), said)
})

t.test('a page without its shipment and pictures shows the rest, and says what is missing', async (t) => {
  house.answers[`GET /shipments/${report.shipmentId}`] = 'silent'
  house.answers[`GET /damage-reports/${REPORT_ID}/photos`] = 'silent'
  const { status, text } = await support.ask(page)
  t.equal(status, 200)
  t.match(text, /data-color="warning" role="status"/)
  t.ok(text.includes('4 December 2026'))
})

t.test('the alarm of a carrier that is to be told leads to the page on which it is said', async (t) => {
  const alarm = {
    ...{ id: ORDER_ID, kind: 'carrier-claim-due', about: REPORT_ID, raisedAt: '2026-12-02T09:00:00Z' },
    detail: { orderId: ORDER_ID, kind: 'lost', claimDueOn: '2026-12-04' },
  }
  house.answers['GET /alarms?kind=carrier-claim-due&limit=200'] = { items: [alarm] }
  const { text } = await support.ask(`/desk/work/alarms/shipping/carrier-claim-due/${ORDER_ID}`)
  t.ok(text.includes(`href="${page}"`))
})

t.test('both languages say the same things', async (t) => {
  t.strictSame(Object.keys(en).sort(), Object.keys(nb).sort())
})
