import { withoutTokens } from '@vilkar/testing/without-tokens.ts'
import t from 'tap'
import { en } from '../../customer/my-data/words/en.ts'
import { nb } from '../../customer/my-data/words/nb.ts'
import { en as customerEn } from '../../customer/words/en.ts'
import { ESCAPED, EVIL, ORDER_ID } from '../an-order.ts'
import { createVisitor, problem, startTestConsole, type Visitor } from '../console.ts'
import { LAW } from '../privacy/answers.ts'
import { anOrderByLink, LINK } from './by-link.ts'
import { ADDRESS, aPersonsData, consented, EXPORT_ID, UNTIL } from './data-answers.ts'

const settings = { PRIVACY_URL: '', MY_DATA_CLIENT_ID: 'pages' }
const house = await startTestConsole(t, {}, settings)
const by = (path = '', more = '') => `/customer/order/data${path}?link=${LINK}${more}`
const ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e7cc'
const privacyPaths = /^\/(holdings|requests|consents|permission|policies|exports)/
const askedOfPrivacy = () => house.asked.filter(({ url }) => privacyPaths.test(url))

function fresh() {
  for (const key of Object.keys(house.answers)) delete house.answers[key]
  house.asked.splice(0)
  const data = aPersonsData()
  Object.assign(house.answers, anOrderByLink().answers, data.answers)
  return data
}
/** Whoever has the link and has written the address of the order. */
async function customer(language = 'en', address = ADDRESS) {
  const visitor = createVisitor(house, { 'accept-language': language })
  await writeAddress(visitor, address)
  return visitor
}
async function writeAddress(visitor: Visitor, email: string) {
  const form = visitor.fieldsOf((await visitor.ask(by())).text, by('/address'))
  return visitor.send(by('/address'), { ...form, email })
}

t.test(
  'says what is held, until when and why, what was consented to and what may be asked, in both languages',
  async (t) => {
    const { requests, log } = fresh()
    log.push(consented)
    requests.push({
      id: ID,
      controller: 'smartgroup',
      kind: 'access',
      channel: 'link',
      status: 'open',
      extended: false,
      receivedOn: '2026-06-01',
      dueOn: '2026-07-01',
      complainTo: ['Datatilsynet'],
      reasons: [],
      words: EVIL,
    })
    for (const [language, words] of [
      ['nb', nb],
      ['en', en],
    ] as const) {
      const visitor = await customer(language)
      const { status, text, headers } = await visitor.ask(by())
      t.equal(status, 200)
      for (const said of [
        words.held,
        words.stop_newsletter,
        words.start_profiling,
        words.ask_erase,
        words.ask_portability,
        LAW[0]!.text,
        'bokføringsloven § 13',
        'SmartGroup AS',
        'Datatilsynet',
      ])
        t.ok(text.includes(said), said)
      t.notMatch(withoutTokens(text), /undefined|\[object|NaN| style="/)
      t.equal(headers.get('referrer-policy'), 'no-referrer')
      t.match((await visitor.ask(`/customer/order?link=${LINK}`)).text, by().replace('?', '\\?').replaceAll('\\', ''))
      const page = (await visitor.ask(by(`/requests/${ID}`))).text
      t.ok(page.includes(ESCAPED) && !page.includes(EVIL))
    }
    const { authorization } = askedOfPrivacy().find(({ url }) => url.startsWith('/holdings'))!
    t.match(authorization, /^Bearer ey/, 'as the program, which the browser never sees')
  },
)

t.test(
  'a link that was forwarded, has ended or was never one opens nothing, and asks the privacy service nothing',
  async (t) => {
    fresh()
    const stranger = createVisitor(house, { 'accept-language': 'en' })
    const paths = ['', `/requests/${ID}`, `/requests/${EXPORT_ID}`, '/ask/erase', '/ask/access']
    for (const path of paths) {
      const gate = await stranger.ask(by(path))
      t.ok(gate.text.includes(en.gate), `the link alone: ${path}`)
      t.notOk(gate.text.includes(ADDRESS))
      const none = await stranger.ask(`/customer/order/data${path}?link=ended`)
      t.equal(none.status, 404)
      t.ok(none.text.includes(customerEn.noLink))
    }
    for (const wrong of ['ola@example.com', '', EVIL]) {
      const refused = await writeAddress(stranger, wrong)
      t.equal(refused.status, 400)
      t.notOk(refused.text.includes(ADDRESS), 'nor is it said which it is')
      t.ok((await stranger.ask(by())).text.includes(en.gate))
    }
    const form = stranger.fieldsOf((await stranger.ask(by())).text, by('/address'))
    for (const path of ['/ask/erase', '/consents', `/requests/${EXPORT_ID}/mails`]) {
      const sent = await stranger.send(by(path), { ...form, purpose: 'newsletter', given: 'no' })
      t.ok(sent.text.includes(en.gate), path)
    }
    t.equal((await stranger.send('/customer/order/data/ask/erase?link=ended', form)).status, 404)
    t.equal((await stranger.send(by('/ask/erase'), {})).status, 403, 'and without a form of this page nothing')
    t.strictSame(askedOfPrivacy(), [])
  },
)

t.test('another’s request is not shown, and once the order has another address that is to be written', async (t) => {
  const { requests } = fresh()
  const visitor = await customer('en', ' Kari@Example.com ')
  t.equal((await visitor.ask(by())).status, 200, 'in whatever letters')
  house.answers[`GET /requests/${ID}`] = { id: ID, words: 'secret' }
  const other = await visitor.ask(by(`/requests/${ID}`))
  t.equal(other.status, 404)
  t.notMatch(other.text, 'secret')
  t.equal(requests.length, 0)
  const { order } = anOrderByLink()
  Object.assign(house.answers, anOrderByLink({ customer: { ...order.customer, email: 'ny@example.com' } }).answers)
  t.ok((await visitor.ask(by())).text.includes(en.gate))
  await writeAddress(visitor, 'ny@example.com')
  const { text } = await visitor.ask(by())
  t.ok(text.includes(en.nothingHeld), 'of whom nothing is held')
})

t.test(
  'who asked to see their data sees when it is ready, and has the link mailed; the page itself leads to nothing',
  async (t) => {
    const { collect } = fresh()
    const page = by(`/requests/${EXPORT_ID}`)
    const send = by(`/requests/${EXPORT_ID}/mails`)
    const mailsAsked = () => house.asked.filter(({ method, url }) => method === 'POST' && url.endsWith('/mails'))
    for (const [language, words, day] of [
      ['nb', nb, '22. juni 2099'],
      ['en', en, '22 June 2099'],
    ] as const) {
      collect(house.answers)
      const visitor = await customer(language)
      for (const path of [by(), page])
        for (const said of [words.export_ready, day])
          t.ok((await visitor.ask(path)).text.includes(said), `${path} ${said}`)
      const { text } = await visitor.ask(page)
      t.ok(text.includes(words.exportInMail))
      t.notMatch(text, /archive|download|\.zip/, 'whoever has the link of an order has no more than that')
      const form = visitor.fieldsOf(text, send)
      house.asked.splice(0)
      const [one, two] = await Promise.all([visitor.send(send, form), visitor.send(send, form)])
      for (const each of [one, two]) t.equal(each.headers.get('location'), by(`/requests/${EXPORT_ID}`, '&said=mailed'))
      t.match(
        mailsAsked().map(({ body }) => body),
        [{ controller: 'smartgroup', identifiers: [{ kind: 'email', value: ADDRESS }] }],
        'pressed twice it is asked once',
      )
      t.ok((await visitor.ask(by(`/requests/${EXPORT_ID}`, '&said=mailed'))).text.includes(words.exportMailed))
    }
    const visitor = await customer()
    const form = visitor.fieldsOf((await visitor.ask(page)).text, send)
    collect(house.answers, { status: 'ended', until: UNTIL })
    const over = await visitor.send(send, form)
    t.equal(over.status, 409, 'the link ended while the page was open')
    t.ok(over.text.includes(customerEn['refused_export-not-ready']))
    const after = (await visitor.ask(page)).text
    for (const said of [en.export_ended, en.exportOver, by('/ask/access')]) t.ok(after.includes(said), said)
    t.notOk(after.includes(en.exportAgain))
    t.notOk((await visitor.ask(by())).text.includes(en.export_ready))
    collect(house.answers, { status: 'collecting', until: undefined })
    t.ok((await visitor.ask(page)).text.includes(en.exportComes))
  },
)

t.test('another’s export is neither shown nor mailed', async (t) => {
  const { collect, requests } = fresh()
  collect(house.answers)
  requests.splice(0)
  const visitor = await customer()
  t.equal((await visitor.ask(by(`/requests/${EXPORT_ID}`))).status, 404)
  t.notOk(
    house.asked.some(({ url }) => url.startsWith('/exports')),
    'nor asked for',
  )
  const { order } = anOrderByLink()
  Object.assign(house.answers, anOrderByLink({ customer: { ...order.customer, email: 'ny@example.com' } }).answers)
  await writeAddress(visitor, 'ny@example.com')
  const form = visitor.fieldsOf((await visitor.ask(by())).text, by('/consents'))
  t.equal((await visitor.send(by(`/requests/${EXPORT_ID}/mails`), form)).status, 404)
})

t.test('each right is asked for by the link and its address, once, however often it is sent', async (t) => {
  const { requests, takeRequest } = fresh()
  const visitor = await customer()
  for (const [kind, more] of [
    ['access', {}],
    ['rectify', { words: `Jeg heter Kari ${EVIL}` }],
    ['erase', {}],
    ['object', { purpose: 'legitimate-interest' }],
    ['human-review', { words: 'Hvorfor?' }],
  ] as const) {
    const at = by(`/ask/${kind}`)
    const { text } = await visitor.ask(at)
    t.ok(text.includes(en[`follows_${kind}`]), kind)
    const form = visitor.fieldsOf(text, at)
    takeRequest(house.answers, form.id!)
    const [one, two] = await Promise.all([
      visitor.send(at, { ...form, ...more }),
      visitor.send(at, { ...form, ...more }),
    ])
    const page = by(`/requests/${form.id}`, '&sent=yes')
    t.equal(one.headers.get('location'), page)
    t.equal(two.headers.get('location'), page)
    const told = house.asked.filter(({ method, url }) => method === 'PUT' && url === `/requests/${form.id}`)
    t.equal(told.length, 1, kind)
    t.match(told[0]!.body, {
      ...{
        controller: 'smartgroup',
        kind,
        // What cannot be undone is proven by a mail to the address, since a link may have been passed on.
        channel: kind === 'erase' ? 'form' : 'link',
        replyTo: ADDRESS,
        identifiers: [{ kind: 'email', value: ADDRESS }],
      },
      orderId: kind === 'human-review' ? ORDER_ID : undefined,
      purpose: kind === 'object' ? 'legitimate-interest' : undefined,
    })
    t.equal(told[0]!.forwardedFor, '127.0.0.1')
    const state = await visitor.ask(page)
    t.ok(state.text.includes(en.sent) && state.text.includes('9 January 2099'))
    t.notOk(state.text.includes(EVIL))
  }
  t.equal(requests.length, 5)
  t.equal((await visitor.ask(by('/ask/constructor'))).status, 404)
  const at = by('/ask/rectify')
  const form = visitor.fieldsOf((await visitor.ask(at)).text, at)
  house.answers[`PUT /requests/${form.id}`] = problem(400, 'words are missing.', { type: '/problems/invalid-input' })
  const refused = await visitor.send(at, form)
  t.equal(refused.status, 400)
  t.match(refused.text, 'role="alert"')
  t.notMatch(refused.text, 'words are missing.', 'in words of ours')
})

t.test(
  'a consent is taken back in one step, and given by the same; a child’s is refused with the section',
  async (t) => {
    const { log } = fresh()
    log.push(consented)
    const visitor = await customer()
    const formOf = async (purpose: string) => {
      const { text } = await visitor.ask(by())
      const forms = [...text.matchAll(/<form[^>]*data\/consents.*?<\/form>/gs)].map(([form]) => form)
      const form = forms.find((each) => each.includes(`value="${purpose}"`))!
      return visitor.fieldsOf(form, by('/consents'))
    }
    const stop = await formOf('newsletter')
    t.equal(stop.given, 'no')
    const done = await visitor.send(by('/consents'), stop)
    t.match(done.headers.get('location'), 'said=done')
    const { text } = await visitor.ask(by('', '&said=done'))
    for (const said of [en.noted, en.withdrawn, en.start_newsletter]) t.ok(text.includes(said), said)
    const start = { ...(await formOf('newsletter')), age: '40' }
    t.match((await visitor.send(by('/consents'), start)).headers.get('location'), 'said=mail')
    const told = house.asked
      .filter(({ method, url }) => method === 'PUT' && url === '/consents')
      .map(({ body }) => body)
    t.match(told, [
      { given: false, purpose: 'newsletter', value: ADDRESS },
      { given: true, age: 40, text: /SmartGroup AS/, language: 'en', proven: undefined },
    ])
    const child = await visitor.send(by('/consents'), { ...(await formOf('profiling')), age: '9' })
    t.equal(child.status, 409)
    t.ok(child.text.includes(LAW[0]!.text))
  },
)

t.test('without a privacy service there is no such page, and a silent one is said to be', async (t) => {
  fresh()
  const visitor = await customer()
  house.answers['POST /holdings/of-person'] = 'silent'
  t.equal((await visitor.ask(by())).status, 503)
  const alone = await startTestConsole(t, anOrderByLink().answers)
  const other = createVisitor(alone, { 'accept-language': 'en' })
  t.equal((await other.ask(by())).status, 404)
  t.notMatch((await other.ask(`/customer/order?link=${LINK}`)).text, customerEn.myData)
})
