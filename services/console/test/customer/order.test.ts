import { withoutTokens } from '@vilkar/testing/without-tokens.ts'
import t, { type Test } from 'tap'
import { en } from '../../customer/words/en.ts'
import { nb } from '../../customer/words/nb.ts'
import { previews as previewsEn } from '../../customer/words/previews-en.ts'
import { previews } from '../../customer/words/previews-nb.ts'
import { cites, ESCAPED, EVIL } from '../an-order.ts'
import { createVisitor, problem, startTestConsole } from '../console.ts'
import { LABELS, RECEIPT_LINK, STATEMENT_ID } from './answers.ts'
import { anOrderByLink, CASE_ID, LINK, linkUnknown, NEW_LINK, PAY_URL, withdrawalIsOver } from './by-link.ts'

const ID = '019f2146-0000-7a11-8a01-2d1c6f8b7a20'
const house = await startTestConsole(t, {})
const visit = (language: string) => createVisitor(house, { 'accept-language': language })
const by = (path = '', more = '') => `/customer/order${path}?link=${LINK}${more}`
const posted = (path: string) =>
  house.asked.filter(({ method, url }) => method !== 'GET' && url.split('?')[0] === path).map(({ body }) => body)

/** The house with an order as it is for who has its link, and nothing asked yet. */
function fresh(changed: Parameters<typeof anOrderByLink>[0] = {}) {
  for (const key of Object.keys(house.answers)) delete house.answers[key]
  house.asked.splice(0)
  const given = anOrderByLink(changed)
  Object.assign(house.answers, given.answers)
  return given
}

t.test('the page of an order has what is bought, what is open, until when and why, and what can be kept', async (t) => {
  fresh()
  for (const [language, words] of [
    ['nb', nb],
    ['en', en],
  ] as const) {
    const { status, text, headers } = await visit(language).ask(by())
    t.equal(status, 200)
    for (const said of [
      'Fuktsensor',
      cites[0]!.text,
      'avtaleloven § 7',
      words.calendar,
      words.terms,
      words.way_complain,
    ])
      t.match(text, said, language)
    t.ok(text.includes(LABELS[language].withdraw))
    t.match(text, /<svg class="timeline"/)
    t.match(text, language === 'nb' ? '23. november 2026' : '23 November 2026', 'the day in Oslo of what happened late')
    t.match(text, `href="/customer/order/documents/invoice-1?link=${LINK}"`)
    t.notMatch(withoutTokens(text), /undefined|\[object| style="|NaN/)
    t.equal(headers.get('referrer-policy'), 'no-referrer')
    t.match(headers.get('content-security-policy'), /default-src 'none'/)
    t.notMatch(text, words.toPay)
  }
  t.equal(house.asked[0]!.forwardedFor, '127.0.0.1', 'the services are told whose request it is')
})

t.test('what is not paid can be paid, and paid again when the payment has run out', async (t) => {
  const { order } = fresh()
  const payment = { ...order.payment, url: PAY_URL, captured: 0 }
  Object.assign(house.answers, anOrderByLink({ payment } as never).answers)
  const first = await visit('nb').ask(by())
  t.match(first.text, nb.toPay)
  t.match(first.text, `href="${PAY_URL}"`)
  Object.assign(house.answers, anOrderByLink({ payment: { ...payment, expiredAt: order.placedAt } } as never).answers)
  const again = (await visit('en').ask(by())).text
  t.match(again, en.payAgain)
  t.match(
    again,
    `href="${PAY_URL}">${en.payRest}`,
    'some of it may have been taken: the page to pay on says how much is left',
  )
})

t.test('asks what would hold on another day', async (t) => {
  fresh()
  const { text } = await visit('en').ask(by('', '&at=2027-07-01'))
  const asked = house.asked.findLast(({ url }) => url.includes('/linked-order/dossier?') && url.includes('at='))!
  t.match(decodeURIComponent(asked.url), 'at=2027-07-01T10:00:00Z')
  t.match(text, 'What would hold on 1 July 2027')
  t.match(text, '<line class="asked"')
  t.equal((await visit('en').ask(by('', '&at=2027-02-30&at=x'))).status, 200, 'what is no day asks nothing')
})

type Rights = { lines: Record<string, unknown>[] }
type AskedRights = { query: { at?: string } }
const RIGHTS = 'GET /linked-order/eligibility'

t.test('what may be done is what may be done today, whatever day is asked about', async (t) => {
  fresh()
  const today = house.answers[RIGHTS] as (asked: AskedRights) => Rights
  withdrawalIsOver(house.answers)
  const later = house.answers[RIGHTS] as typeof today
  house.answers[RIGHTS] = (asked: AskedRights) => (asked.query.at === undefined ? today : later)(asked)
  const { text } = await visit('nb').ask(by('', '&at=2027-07-01'))
  t.match(
    text,
    `href="${by('/withdraw')}">${LABELS.nb.withdraw}`,
    'the way to withdraw is there for as long as one may',
  )
})

t.test('no amount and no day stands beside a right whose answer is no', async (t) => {
  fresh()
  const estimate = /You would have about/
  t.match((await visit('en').ask(by())).text, estimate)
  const before = house.answers[RIGHTS] as (asked: AskedRights) => Rights
  const no = (until?: string) => ({ outcome: 'refused', reasons: [{ code: 'over', cites }], until })
  house.answers[RIGHTS] = (asked: AskedRights) => {
    const known = before(asked)
    const lines = known.lines.map((line) => ({
      ...{ ...line, withdrawal: no('2020-01-02'), voluntaryReturn: no('2098-02-03') },
      complaint: { ...no(), neverLateUntil: '2098-04-05' },
    }))
    return { ...known, lines }
  }
  const { text } = await visit('en').ask(by())
  for (const meaningless of [estimate, /3 February 2098/, /5 April 2098/, `<strong>${en.returnCost}</strong>`])
    t.notMatch(text, meaningless)
  t.match(text, /the last day was <time[^>]*>2 January 2020/)
})

t.test('what can be withdrawn from is not offered to be sent back, since the law gives more', async (t) => {
  fresh()
  t.notMatch((await visit('en').ask(by())).text, `href="${by('/send-back')}"`)
  const { text } = await visit('nb').ask(by('/send-back'))
  t.match(text, nb['refused_withdrawal-gives-more'])
  t.match(text, `href="${by('/withdraw')}">${LABELS.nb.withdraw}`)
  t.notMatch(text, '<form')
  withdrawalIsOver(house.answers)
  t.match((await visit('en').ask(by())).text, en['way_send-back'])
  t.match((await visit('en').ask(by('/send-back'))).text, previewsEn.seeFirst)
})

t.test('a service that is silent leaves its part out, and the page says so', async (t) => {
  fresh()
  house.answers['GET /linked-order/eligibility'] = 'silent'
  const { status, text } = await visit('nb').ask(by())
  t.equal(status, 200)
  t.match(text, nb.noRights)
  t.match(text, 'Fuktsensor')
})

t.test('the last days are a calendar, which is the same when it is fetched again', async (t) => {
  const { order } = fresh()
  const fetchIt = () => visit('nb').ask(by('/calendar'))
  const { text, headers } = await fetchIt()
  t.equal(headers.get('content-type'), 'text/calendar; charset=utf-8')
  t.match(headers.get('content-disposition'), `${order.number}.ics`)
  t.strictSame(
    [...text.matchAll(/DTSTART;VALUE=DATE:(\d+)/g)].map(([, day]) => day),
    ['20990101', '20990109', '20991126'],
  )
  t.match(text, /^BEGIN:VCALENDAR\r\n/)
  t.match(text.replaceAll('\r\n ', ''), `SUMMARY:${nb.right_withdrawal}: siste dag (ordre ${order.number})`)
  t.equal((await fetchIt()).text, text)
  const uids = (ics: string) => [...ics.replaceAll('\r\n ', '').matchAll(/UID:(\S+)/g)].map(([, uid]) => uid)
  t.strictSame(
    uids((await visit('en').ask(by('/calendar'))).text),
    uids(text),
    'in another language they are the same days',
  )
})

t.test('terms are shown as they were accepted, with where the law gives more', async (t) => {
  const { order } = fresh()
  const { text } = await visit('en').ask(by('/terms'))
  for (const said of [en.sameTerms, cites[0]!.text, 'Du får mer.', order.terms.sha256]) t.match(text, said)
  house.answers['GET /terms/smartgroup/2026-01-15'] = {
    ...(house.answers['GET /terms/smartgroup/2026-01-15'] as object),
    sha256: 'b'.repeat(64),
  }
  t.match((await visit('en').ask(by('/terms'))).text, en.otherTerms)
  const file = await visit('en').ask(by('/documents/invoice-1'))
  t.equal(file.headers.get('content-type'), 'application/pdf')
})

t.test('what customers call themselves is escaped', async (t) => {
  const { order } = fresh()
  Object.assign(
    house.answers,
    anOrderByLink({
      shippingAddress: { ...order.shippingAddress, name: EVIL },
      lines: order.lines.map((line) => ({ ...line, name: EVIL })),
    }).answers,
  )
  for (const path of ['', '/withdraw', '/send-back', '/complain']) {
    if (path === '/send-back') withdrawalIsOver(house.answers)
    const { text } = await visit('nb').ask(by(path))
    t.ok(text.includes(ESCAPED), path)
    t.notOk(text.includes(EVIL))
  }
})

t.test('some of the units are withdrawn from in two steps, once, and the receipt is shown', async (t) => {
  fresh()
  const visitor = visit('nb')
  t.match((await visitor.ask(by('/withdraw'))).text, 'max="2"')
  const none = await visitor.ask(by('/withdraw/check', '&units-1=0&units-2=-1'))
  t.equal(none.status, 400)
  t.match(none.text, nb.noUnits)
  const check = await visitor.ask(by('/withdraw/check', `&id=${ID}&units-1=1&units-2=0`))
  t.match(check.text, '1 × Fuktsensor')
  t.match(check.text, cites[0]!.text)
  t.match(check.text, new RegExp(`<button[^>]*>${LABELS.nb.confirm}</button>`))
  t.strictSame(posted('/linked-order/withdrawals'), [], 'choosing says nothing')
  const form = visitor.fieldsOf(check.text, by('/withdraw'))
  const done = await visitor.send(by('/withdraw'), form)
  const receipt = `/customer/receipts/${STATEMENT_ID}?link=${RECEIPT_LINK}&order=${LINK}`
  t.equal(done.headers.get('location'), receipt)
  t.equal((await visitor.send(by('/withdraw'), form)).headers.get('location'), receipt, 'pressed again it is the same')
  t.strictSame(posted('/linked-order/withdrawals'), [{ link: LINK, lines: [{ lineId: '1', quantity: 1 }] }])
  const shown = await visitor.ask(receipt)
  t.match(shown.text, nb.received)
  t.match(shown.text, `href="${by()}"`)
  t.match(shown.text, '1 × Fuktsensor')
  const back = await visitor.ask(by('/withdraw/check', `&id=${ID}&units-1=1`))
  t.equal(back.headers.get('location'), receipt, 'the way back leads to the receipt')
})

const asks = {
  'send-back': { door: '/linked-order/voluntary-returns', fields: { 'units-1': '2', words: 'Én for mye' } },
  complain: {
    door: '/linked-order/complaints',
    fields: { 'units-1': '1', words: 'Den uler', noticedOn: '2026-11-26' },
  },
} as const
const expected = {
  'send-back': { link: LINK, lines: [{ lineId: '1', quantity: 2 }], statement: 'Én for mye' },
  complain: {
    link: LINK,
    lines: [{ lineId: '1', quantity: 1 }],
    defect: 'Den uler',
    noticedAt: '2026-11-26T11:00:00Z',
  },
}
async function open(way: keyof typeof asks) {
  const visitor = visit('nb')
  if (way === 'send-back') withdrawalIsOver(house.answers)
  const action = by(way === 'send-back' ? '/send-back/check' : `/${way}`)
  return { visitor, form: visitor.fieldsOf((await visitor.ask(by(`/${way}`))).text, action) }
}
/** A form with files, as browsers send it. */
function sendFiles(visitor: ReturnType<typeof visit>, path: string, fields: Record<string, string>, files: Blob[]) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  for (const file of files) body.append('photos', file, 'IMG.jpg')
  return visitor.ask(path, { method: 'POST', body })
}

for (const way of ['send-back', 'complain'] as const)
  t.test(`${way}: said once however often it is sent, at the same moment too`, async (t) => {
    fresh()
    const { visitor, form } = await open(way)
    const { door, fields } = asks[way]
    const send = () => visitor.send(by(`/${way}`), { ...form, ...fields })
    const pressed = await Promise.all([send(), send(), send()])
    t.ok(pressed.every(({ status }) => status === 303))
    t.ok(
      pressed.some(
        ({ headers }) => headers.get('location') === `/customer/order/cases/${CASE_ID}?link=${LINK}&sent=yes`,
      ),
    )
    t.match((await send()).headers.get('location'), '#cases')
    t.strictSame(posted(door), [expected[way]])
    const { text } = await visitor.ask(`/customer/order/cases/${CASE_ID}?link=${LINK}&sent=yes`)
    t.match(text, nb.sentNow)
    t.match(text, '× Fuktsensor')
    t.match((await visitor.ask(by())).text, `/customer/order/cases/${CASE_ID}`)
  })

t.test(
  'what is refused is said in words with what it rests on, what was typed stays, and it may be sent again',
  async (t) => {
    fresh()
    const { visitor, form } = await open('send-back')
    const { door, fields } = asks['send-back']
    house.answers[`POST ${door}`] = problem(409, 'The right of withdrawal is still open.', {
      type: '/problems/withdrawal-gives-more',
      reasons: [{ code: 'more', cites }],
    })
    for (const _ of [1, 2]) {
      const answer = await visitor.send(by('/send-back'), { ...form, ...fields })
      t.equal(answer.status, 409)
      for (const said of [nb['refused_withdrawal-gives-more'], cites[0]!.text, 'Én for mye', 'value="2"'])
        t.match(answer.text, said)
      t.notMatch(answer.text, 'still open.')
    }
    t.equal(posted(door).length, 2)
    t.match((await visitor.send(by('/send-back'), { ...form, 'units-1': '0' })).text, nb.noUnits)
    const complaint = await open('complain')
    const silent = await complaint.visitor.send(by('/complain'), { ...complaint.form, 'units-1': '1', words: ' ' })
    t.equal(silent.status, 400)
    t.match(silent.text, nb.noDefect)
  },
)

t.test('what follows of sending goods back by the offer is said before it is asked for', async (t) => {
  fresh()
  const { visitor, form } = await open('send-back')
  const { door, fields } = asks['send-back']
  const check = await visitor.send(by('/send-back/check'), { ...form, ...fields })
  t.equal(check.status, 200)
  for (const said of [
    '2 × Fuktsensor',
    '1 299,00',
    '24. desember 2026',
    cites[0]!.text,
    'Too late.',
    previews.wayBackYours,
  ])
    t.match(check.text.replaceAll('\u00a0', ' '), said)
  t.strictSame(posted(door), [], 'nothing was done by looking')
  const sent = visitor.fieldsOf(check.text, by('/send-back'))
  for (const _ of [1, 2]) t.equal((await visitor.send(by('/send-back'), sent)).status, 303)
  t.strictSame(posted(door), [expected['send-back']])
  t.equal((await visitor.send(by('/send-back/check'), { ...form, 'units-1': '0' })).status, 400)
  t.equal((await visitor.ask(by('/send-back/check'))).headers.get('location'), by('/send-back'))
  house.answers[`POST ${door}/preview`] = problem(409, 'No.', { type: '/problems/withdrawal-gives-more' })
  const refused = await visitor.send(by('/send-back/check'), { ...form, ...fields })
  t.equal(refused.status, 409)
  for (const said of [nb['refused_withdrawal-gives-more'], 'Én for mye']) t.match(refused.text, said)
})

t.test('pictures come with a complaint or after it, and one that is none loses nothing', async (t) => {
  const { photos } = fresh()
  const { visitor, form } = await open('complain')
  const jpeg = new Blob(['JPEG'], { type: 'image/jpeg' })
  const gif = new Blob(['GIF89a'], { type: 'image/gif' })
  const sent = await sendFiles(visitor, by('/complain'), { ...form, ...asks.complain.fields }, [
    jpeg,
    gif,
    new Blob([]),
  ])
  t.equal(sent.headers.get('location'), `/customer/order/cases/${CASE_ID}?link=${LINK}&sent=yes&refused=1`)
  t.equal(photos.length, 1)
  const page = await visitor.ask(sent.headers.get('location')!)
  t.match(page.text, 'Ett bilde ble ikke tatt vare på')
  t.match(page.text, `<img src="/customer/order/cases/${CASE_ID}/photos/${'0'.repeat(64)}?link=${LINK}"`)
  const more = `/customer/order/cases/${CASE_ID}/photos?link=${LINK}`
  const fields = visitor.fieldsOf(page.text, more)
  t.match((await sendFiles(visitor, more, fields, [jpeg])).headers.get('location'), '#pictures')
  t.equal(photos.length, 2)
  t.equal((await sendFiles(visitor, more, fields, [])).status, 400)
  t.equal((await sendFiles(visitor, more, {}, [jpeg])).status, 403, 'without its token')
  const large = await sendFiles(visitor, more, fields, [new Blob([new Uint8Array(10 * 1024 * 1024 + 1)])])
  t.match(large.headers.get('location'), 'refused=1')
  t.equal(photos.length, 2)
})

t.test('goods that go back and a newer order are made one exchange by the address of its page', async (t) => {
  const { cases } = fresh()
  t.match((await visit('nb').ask(by('/exchange'))).text, nb.nothing_exchange)
  cases.push({ id: CASE_ID, kind: 'withdrawal', status: 'declared', openedAt: '2026-11-27T09:00:00Z' })
  t.match((await visit('nb').ask(by())).text, nb.way_exchange)
  const visitor = visit('nb')
  const page = await visitor.ask(by('/exchange'))
  const form = visitor.fieldsOf(page.text, by('/exchange/check'))
  const door = `/linked-order/exchanges/${form.id}`
  house.answers[`PUT ${door}`] = { id: form.id }
  t.equal((await visitor.send(by('/exchange'), { ...form, case: CASE_ID })).status, 400)
  const newOrder = `https://shop.example/order?link=${NEW_LINK}`
  const check = await visitor.send(by('/exchange/check'), { ...form, case: CASE_ID, newOrder })
  for (const said of ['1 299,00', '1 499,00', '200,00', cites[0]!.text])
    t.match(check.text.replaceAll('\u00a0', ' '), said)
  t.strictSame(posted(door), [], 'nothing was done by looking')
  t.equal(visitor.fieldsOf(check.text, by('/exchange')).id, form.id)
  for (const _ of [1, 2]) {
    const done = await visitor.send(by('/exchange'), { ...form, case: CASE_ID, newOrder })
    t.match(done.headers.get('location'), `/customer/order/cases/${form.id}`)
  }
  const said = { link: LINK, returnId: CASE_ID, newLink: NEW_LINK }
  t.strictSame(posted(door), [said, said], 'under the id of the form, so that it is one')
  house.answers[`PUT ${door}`] = linkUnknown()
  t.equal((await visitor.send(by('/exchange/check'), { ...form, case: CASE_ID, newOrder: 'x' })).status, 404)
  t.equal((await visitor.send(by('/exchange/check'), { ...form, case: CASE_ID })).status, 400)
  const wrong = await visitor.send(by('/exchange'), { ...form, case: CASE_ID, newOrder })
  t.equal(wrong.status, 404)
  t.match(wrong.text, nb['refused_link-unknown'])
})

t.test('what is to become of defective goods is chosen where there is something to choose', async (t) => {
  const { cases } = fresh()
  const complaint = { id: CASE_ID, defect: EVIL, lines: [], answerBy: '2026-12-11', choices: ['repair', 'replacement'] }
  cases.push({ id: CASE_ID, kind: 'complaint', status: 'accepted', openedAt: '2026-11-27T09:00:00Z', complaint })
  const visitor = visit('en')
  const page = await visitor.ask(`/customer/order/cases/${CASE_ID}?link=${LINK}`)
  t.ok(page.text.includes(ESCAPED))
  const at = `/customer/order/cases/${CASE_ID}/choice?link=${LINK}`
  const before = `/customer/order/cases/${CASE_ID}/choice/check`
  const look = (typed: object) => visitor.ask(`${before}?${new URLSearchParams({ ...form, ...typed })}`)
  const form = visitor.fieldsOf(page.text, before)
  t.equal((await look({ remedy: 'rubbish' })).status, 400)
  const check = await look({ remedy: 'repair' })
  for (const said of [
    '1 × Fuktsensor',
    '25 December 2026',
    cites[0]!.text,
    previewsEn.remedy_repair,
    previewsEn.confirm_repair,
  ])
    t.match(check.text, said)
  t.strictSame(posted(`/linked-order/complaints/${CASE_ID}/choice`), [], 'nothing was done by looking')
  t.strictSame(visitor.fieldsOf(check.text, at).remedy, 'repair')
  const made = visitor.fieldsOf(check.text, at)
  t.equal((await visitor.send(at, { ...made, remedy: 'rubbish' })).status, 400)
  for (const _ of [1, 2]) t.equal((await visitor.send(at, made)).status, 303)
  t.strictSame(posted(`/linked-order/complaints/${CASE_ID}/choice`), [{ link: LINK, remedy: 'repair' }])
})

t.test('by a link that opens nothing every page says the same, and nothing of an order', async (t) => {
  await abused(t as Test)
})

async function abused(t: Test) {
  fresh()
  const { visitor, form } = await open('complain')
  const pages = [
    '',
    '/terms',
    '/calendar',
    '/documents/invoice-1',
    '/withdraw',
    '/withdraw/check',
    '/send-back',
    '/complain',
  ]
  const all = [...pages, '/exchange', `/cases/${CASE_ID}`]
  const bodies = new Set<string>()
  for (const link of ['', '?link=', '?link=x', `?link=${LINK}x`, `?link=${NEW_LINK}`, '?link=a&link=b', '?link[a]=b'])
    for (const path of all) {
      const { status, text } = await visitor.ask(`/customer/order${path}${link}`)
      t.equal(status, 404, path + link)
      t.notMatch(withoutTokens(text), /SG-34265|Kari|Fuktsensor/)
      bodies.add(text.replaceAll(/back=[^"]*"/g, '').replaceAll(/value="[^"]*"/g, ''))
    }
  t.equal(bodies.size, 1)
  const before = house.asked.filter(({ method }) => method !== 'GET').length
  const fields = { ...form, 'units-1': '1', words: 'x', case: CASE_ID, newOrder: 'x', remedy: 'repair' }
  for (const path of ['/withdraw', '/send-back', '/send-back/check', '/complain', '/exchange', '/exchange/check'])
    t.equal((await visitor.send(`/customer/order${path}?link=x`, fields)).status, 404, path)
  t.equal((await visitor.send(`/customer/order/cases/${CASE_ID}/choice?link=x`, fields)).status, 404)
  t.equal(
    house.asked.filter(({ method }) => method !== 'GET').length,
    before + 1,
    'only the choice asks, and is refused',
  )
  t.equal((await visitor.ask(`/customer/order/cases/${CASE_ID}/photos/x?link=x`)).status, 404)
  const stranger = visit('nb')
  t.equal((await stranger.send(by('/complain'), asks.complain.fields)).status, 403, 'without its token')
}

t.test('of an order of many lines what holds is said once, and every line is there without JavaScript', async (t) => {
  const names = Array.from({ length: 100 }, (_, n) => `Vare nummer ${n + 1}`)
  const { order, answers } = fresh()
  const lines = names.map((name, n) => ({ ...order.lines[0]!, lineId: String(n + 1), name }))
  const door = 'GET /linked-order/eligibility'
  const before = answers[door] as (asked: object) => { lines?: object[] }
  Object.assign(house.answers, anOrderByLink({ lines }).answers, {
    [door]: (asked: object) => {
      const answer = before(asked)
      return answer.lines
        ? { ...answer, lines: names.map((_, n) => ({ ...answer.lines![0], lineId: String(n + 1) })) }
        : answer
    },
  })
  const { text } = await visit('nb').ask(by())
  for (const name of names) t.equal(text.split(`${name} <span class="quiet">2 av 2</span>`).length, 2, name)
  for (const name of names) t.match(text, `<li><span>2 × ${name}</span>`, name)
  t.equal(text.split(cites[0]!.text).length - 1, 3, 'a sentence once for each right that it holds for')
  t.ok(text.length < 60_000, `${text.length} characters`)
})
