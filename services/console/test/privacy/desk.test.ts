import { withoutTokens } from '@vilkar/testing/without-tokens.ts'
import t from 'tap'
import { en } from '../../privacy/words/en.ts'
import { nb } from '../../privacy/words/nb.ts'
import { registers } from '../../privacy/words/registers-en.ts'
import { ESCAPED, EVIL, ORDER_ID } from '../an-order.ts'
import { createVisitor, problem, startTestConsole } from '../console.ts'
import {
  ACCESS_ID,
  anExport,
  aPrivacyService,
  aRequest,
  BREACH_ID,
  DOUBTED_ID,
  HOLD_ID,
  LAW,
  REQUEST_ID,
} from './answers.ts'

/** With the services of the test as the privacy service too. */
const attached = { PRIVACY_URL: '' }
const house = await startTestConsole(t, aPrivacyService(), attached)
const pages = [
  ...['/privacy', '/privacy?all=yes', `/privacy/requests/${REQUEST_ID}`, '/privacy/requests/new', '/privacy/retention'],
  `/privacy/requests/${ACCESS_ID}`,
  ...[
    '/privacy/holds',
    '/privacy/holds/new',
    `/privacy/holds/${HOLD_ID}/end`,
    '/privacy/erasures',
    '/privacy/registers',
  ],
  ...['/privacy/registers/smartgroup/processor', '/privacy/registers/smartgroup/disclosure', '/privacy/breaches'],
  ...['/privacy/breaches/new', `/privacy/breaches/${BREACH_ID}`, `/privacy/breaches/${BREACH_ID}/better`],
  ...['orders', 'system'].map((way) => `/privacy/breaches/${BREACH_ID}/hit/${way}`),
  ...['/privacy/policies', '/privacy/policies/smartgroup/2026-01-15'],
]
const staff = async (language = 'en') => {
  const visitor = createVisitor(house, { 'accept-language': language })
  await visitor.signIn('support', '/privacy')
  return visitor
}
const told = (method: string, path: string) =>
  house.asked.filter((each) => each.method === method && each.url.split('?')[0] === path).map(({ body }) => body)

t.test(
  'every page says what the service answered, escapes what people wrote, and shows it in both languages',
  async (t) => {
    for (const language of ['nb', 'en']) {
      const visitor = await staff(language)
      for (const path of pages) {
        const { status, text } = await visitor.ask(path)
        t.equal(status, 200, path)
        t.notOk(text.includes(EVIL), path)
        t.notMatch(withoutTokens(text), /undefined|\[object|NaN| style="/, path)
        t.notMatch(text, /\{(?:count|names|what)[},]/, path)
      }
      const asked = house.asked.some(({ url }) => url === `/registers/smartgroup?locale=${language}`)
      t.ok(asked, 'the record of processing is asked for in the language of the page')
    }
    const visitor = await staff()
    t.ok((await visitor.ask(`/privacy/requests/${REQUEST_ID}`)).text.includes(ESCAPED))
    const text = (await visitor.ask('/privacy')).text
    for (const said of ['10 days overdue', '3 days left', en.notRunning, 'Erasure', 'A request is due within days'])
      t.match(text, said)
    t.match((await visitor.ask('/privacy/breaches')).text, '11 hours left')
    t.match((await visitor.ask('/privacy/breaches')).text, '5 hours late')
    for (const said of [LAW[0]!.text, 'bokføringsloven § 13', '12 events', 'an order is under way'])
      t.match((await visitor.ask('/privacy/erasures')).text, said)
  },
)

t.test(
  'the policies page says of each change how many were told, and without that answer shows the rest',
  async (t) => {
    const visitor = await staff()
    const { text } = await visitor.ask('/privacy/policies')
    for (const said of [
      'Choices',
      '4711',
      '42',
      '17',
      registers.untold,
      registers.unreachable,
      'of 8 only a consent is kept',
    ])
      t.match(text, said)
    const { 'GET /policy-changes': known } = house.answers
    house.answers['GET /policy-changes'] = 'silent'
    t.match((await visitor.ask('/privacy/policies')).text, 'privacy does not answer just now')
    house.answers['GET /policy-changes'] = { items: [] }
    t.match((await visitor.ask('/privacy/policies')).text, registers.noChanges)
    house.answers['GET /policy-changes'] = known
  },
)

t.test('who lacks the scope sees no desk, and who may only read is shown no form and sends none', async (t) => {
  for (const who of ['manager', 'warehouse', 'customer']) {
    const visitor = createVisitor(house, { 'accept-language': 'en' })
    await visitor.signIn(who, '/privacy')
    for (const path of pages) t.equal((await visitor.ask(path)).status, 403, `${who} ${path}`)
    const other = await visitor.ask('/studio')
    t.notMatch(other.text, 'href="/privacy"', who)
    const form = visitor.fieldsOf(other.text, '/sign-out')
    t.equal((await visitor.send('/privacy/retention/runs', form)).status, 403)
  }
  const nobody = createVisitor(house)
  t.equal((await nobody.ask('/privacy')).status, 303)
  t.equal((await nobody.send('/privacy/holds/new', {})).status, 401)
  t.match((await (await staff()).ask('/desk')).text, 'href="/privacy"')
})

t.test('a request from a letter is written down in three steps, and twice is once', async (t) => {
  const visitor = await staff()
  const id = '01a21b28-5d68-7ee0-97e6-be9cecd5e7aa'
  house.answers[`PUT /requests/${id}`] = () => ({})
  house.answers['GET /orders'] = { items: [{ id: ORDER_ID }] }
  const { text } = await visitor.ask('/privacy/requests/new')
  const typed = {
    ...{
      controller: 'smartgroup',
      kind: 'erase',
      channel: 'letter',
      receivedOn: '2026-05-15',
      email: 'kari@example.com',
    },
    ...{ words: EVIL, purpose: '', order: 'SG-34265-3WB02', replyTo: 'kari@example.com' },
  }
  const check = await visitor.send('/privacy/requests/new/check', {
    ...visitor.fieldsOf(text, '/privacy/requests/new/check'),
    ...typed,
    id,
  })
  t.equal(check.status, 200)
  for (const said of [en.youVouch, LAW[0]!.text, 'All that no law and nothing open keeps', 'Account', '15 May 2026'])
    t.match(check.text, said)
  t.notOk(check.text.includes(EVIL))
  t.strictSame(told('PUT', `/requests/${id}`), [], 'seeing what follows does nothing')
  const form = visitor.fieldsOf(check.text, '/privacy/requests/new')
  const changing = await visitor.send('/privacy/requests/new/change', { ...form, words: 'Slett meg' })
  t.match(changing.text, 'value="kari@example.com"')
  t.match(changing.text, '>Slett meg</textarea>')
  t.match(changing.text, `value="${id}"`, 'it is the same form')
  const sent = { ...form, words: EVIL }
  const [one, two] = await Promise.all([
    visitor.send('/privacy/requests/new', sent),
    visitor.send('/privacy/requests/new', sent),
  ])
  for (const each of [one, two]) t.equal(each.headers.get('location'), `/privacy/requests/${id}`)
  t.match(told('PUT', `/requests/${id}`), [
    {
      ...{ controller: 'smartgroup', kind: 'erase', channel: 'letter', receivedOn: '2026-05-15', orderId: ORDER_ID },
      ...{ identifiers: [{ kind: 'email', value: 'kari@example.com' }], words: EVIL, replyTo: 'kari@example.com' },
    },
  ])
  t.equal(told('PUT', `/requests/${id}`).length, 1)
})

t.test('a request that an organisation is to answer is passed on to it, with the section first', async (t) => {
  const visitor = await staff()
  const page = await visitor.ask(`/privacy/requests/${DOUBTED_ID}`)
  t.notOk(page.text.includes('/do/organisation'), 'not where nobody but the seller decides')
  const theirs = { status: 'to-pass-on', organisationsDecide: true, id: DOUBTED_ID, dueOn: undefined, kept: undefined }
  house.answers[`GET /requests/${DOUBTED_ID}`] = aRequest(theirs)
  t.teardown(() => Object.assign(house.answers, aPrivacyService()))
  const at = `/privacy/requests/${DOUBTED_ID}/do/organisation`
  t.match((await visitor.ask(`/privacy/requests/${DOUBTED_ID}`)).text, at)
  const organisation = { name: 'Nordlys', email: 'post@nordlys.example', person: 'Medlem 4711' }
  const form = visitor.fieldsOf((await visitor.ask(at)).text, `${at}/check`)
  const check = await visitor.send(`${at}/check`, { ...form, ...organisation })
  t.match(check.text, en.law_organisation)
  await visitor.send(at, visitor.fieldsOf(check.text, at))
  t.match(told('PUT', `/requests/${DOUBTED_ID}/organisation`), [organisation])
  house.answers[`GET /requests/${DOUBTED_ID}`] = aRequest({
    ...{ ...theirs, passedOn: [{ organisation: 'Nordlys', status: 'refused' }] },
  })
  t.match((await visitor.ask(`/privacy/requests/${DOUBTED_ID}`)).text, /Nordlys.*no such address/s)
})

t.test(
  'each step of a request says its section first, and what the service refuses stands above what was written',
  async (t) => {
    const visitor = await staff()
    for (const [step, path, body] of [
      ['identity', 'identity', { why: 'Ringte tilbake' }],
      ['extension', 'extension', { why: 'Ringte tilbake' }],
      ['done', 'answer', { outcome: 'done', answer: 'Ringte tilbake' }],
    ] as const) {
      const at = `/privacy/requests/${DOUBTED_ID}/do/${step}`
      const form = visitor.fieldsOf((await visitor.ask(at)).text, `${at}/check`)
      const check = await visitor.send(`${at}/check`, { ...form, why: 'Ringte tilbake' })
      t.match(check.text, en[`law_${step}`])
      const done = await visitor.send(at, { ...visitor.fieldsOf(check.text, at) })
      t.equal(done.headers.get('location'), `/privacy/requests/${DOUBTED_ID}`)
      t.match(told('PUT', `/requests/${DOUBTED_ID}/${path}`), [body])
    }
    house.answers[`PUT /requests/${REQUEST_ID}/extension`] = () =>
      problem(409, 'The first month is over.', { reasons: [{ cites: LAW }] })
    const at = `/privacy/requests/${REQUEST_ID}/do/extension`
    const form = visitor.fieldsOf((await visitor.ask(at)).text, `${at}/check`)
    const check = await visitor.send(`${at}/check`, { ...form, why: `Mye å gjøre ${EVIL}` })
    const refused = await visitor.send(at, visitor.fieldsOf(check.text, at))
    t.equal(refused.status, 409)
    for (const said of ['The first month is over.', LAW[0]!.text, 'Mye å gjøre']) t.match(refused.text, said)
    t.notOk(refused.text.includes(EVIL))
    const again = await visitor.ask(`${at}/check`)
    t.equal(again.headers.get('location'), at, 'what was only seen is not kept: one begins anew')
    t.equal((await visitor.ask(`/privacy/requests/${REQUEST_ID}/do/constructor`)).status, 404)
    t.equal((await visitor.ask(`/privacy/requests/${crypto.randomUUID()}`)).status, 404)
  },
)

t.test('a request to see data shows how far the export is, and what can be done about it', async (t) => {
  const visitor = await staff()
  const page = `/privacy/requests/${ACCESS_ID}`
  const shows = async (state: object) => {
    house.answers[`GET /exports/${ACCESS_ID}`] = anExport(state)
    return (await visitor.ask(page)).text
  }
  const waiting = await shows({})
  for (const said of [en.export_collecting, 'photo-store', en.partWanted, en.do_without]) t.match(waiting, said)
  t.notMatch(waiting, en.do_collect)
  const made = { readyAt: '2026-06-15T09:06:00Z', until: '2026-06-22T09:06:00Z' }
  const ready = await shows({ ...made, status: 'ready', parts: [{ ...anExport().parts[1], status: 'left-out' }] })
  for (const said of [en.export_ready, '22 June 2026', en.partLeftOut, en.exportFetch]) t.match(ready, said)
  t.notMatch(ready, en.do_without)
  const ended = await shows({ ...made, status: 'ended', parts: [] })
  for (const said of [en.export_ended, en.export_ended_help, en.do_collect]) t.match(ended, said)
  const erased = await shows({ status: 'erased', parts: [] })
  t.match(erased, en.export_erased_help)
  for (const text of [waiting, ended, erased]) t.notMatch(text, en.exportFetch)
  for (const [step, state] of [
    ['without', anExport()],
    ['collect', anExport({ status: 'ended' })],
  ] as const) {
    house.answers[`GET /exports/${ACCESS_ID}`] = state
    const at = `${page}/do/${step}`
    const check = await visitor.send(`${at}/check`, visitor.fieldsOf((await visitor.ask(at)).text, `${at}/check`))
    t.match(check.text, en[`law_${step}`])
    const done = await visitor.send(at, visitor.fieldsOf(check.text, at))
    t.equal(done.headers.get('location'), page)
  }
  t.strictSame(told('PUT', `/exports/${ACCESS_ID}`), [{ withoutMissing: true }, { withoutMissing: false }])
  house.answers[`GET /exports/${ACCESS_ID}`] = 'silent'
  t.match((await visitor.ask(page)).text, 'privacy does not answer just now', 'the rest of the page stands')
  house.answers[`GET /exports/${ACCESS_ID}`] = anExport()
})

t.test('the archive is for who may hand it over, and gone when its link is', async (t) => {
  const at = `/privacy/requests/${ACCESS_ID}/archive`
  house.answers[`GET /exports/${ACCESS_ID}/archive`] = () => Buffer.from('PK…')
  const visitor = await staff()
  const { status, text, headers } = await visitor.ask(at)
  t.match({ status, text }, { status: 200, text: 'PK…' })
  t.equal(headers.get('content-type'), 'application/zip')
  t.match(headers.get('content-disposition'), /attachment; filename="data-.*\.zip"/)
  t.equal(headers.get('cache-control'), 'no-store')
  for (const who of ['manager', 'warehouse', 'customer']) {
    const other = createVisitor(house)
    await other.signIn(who, '/privacy')
    t.equal((await other.ask(at)).status, 403, who)
  }
  t.equal((await createVisitor(house).ask(at)).status, 303, 'who is not signed in is led to do so')
  house.answers[`GET /exports/${ACCESS_ID}/archive`] = problem(409, 'It is being collected, or it is over.')
  const over = await visitor.ask(at)
  t.equal(over.status, 409)
  t.match(over.text, 'It is being collected, or it is over.')
})

t.test('retention is run once a press, and says how much was asked for', async (t) => {
  const visitor = await staff()
  const form = visitor.fieldsOf(
    (await visitor.ask('/privacy/retention?controller=smartgroup')).text,
    '/privacy/retention/runs',
  )
  const done = await visitor.send('/privacy/retention/runs', form)
  t.equal(done.headers.get('location'), '/privacy/retention?controller=smartgroup&asked=3')
  t.match((await visitor.ask('/privacy/retention?controller=smartgroup&asked=3')).text, '3 records were asked for')
  await visitor.send('/privacy/retention/runs', form)
  t.equal(told('POST', '/retention/smartgroup/runs').length, 1)
  const empty = await visitor.ask('/privacy/retention?controller=smartorg')
  for (const said of [en.nothingGoes, en.noRuns, en.nothingPast]) t.match(empty.text, said)
  t.equal((await visitor.send('/privacy/retention/runs', { ...form, _csrf: 'made-up' })).status, 403)
  house.answers['GET /retention/smartgroup/due'] = problem(400, 'on must match format "date"')
  t.equal((await visitor.ask('/privacy/retention?on=tomorrow')).status, 400, 'what is no day is said to be none')
  house.answers['GET /retention/smartgroup/due'] = aPrivacyService()['GET /retention/smartgroup/due']
})

t.test('a hold is set of a person or a record and ended, and a breach is told late only with the reason', async (t) => {
  const visitor = await staff()
  const id = '01a21b28-5d68-7ee0-97e6-be9cecd5e7bb'
  house.answers[`PUT /data-holds/${id}`] = () => ({})
  const check = await visitor.send('/privacy/holds/new/check', {
    ...visitor.fieldsOf((await visitor.ask('/privacy/holds/new')).text, '/privacy/holds/new/check'),
    ...{ id, controller: 'smartgroup', phone: '99887766', why: 'Tvist' },
  })
  t.match(check.text, 'GDPR Art. 17')
  const set = await visitor.send('/privacy/holds/new', visitor.fieldsOf(check.text, '/privacy/holds/new'))
  t.equal(set.headers.get('location'), '/privacy/holds')
  t.match(told('PUT', `/data-holds/${id}`), [
    { controller: 'smartgroup', person: { kind: 'phone', value: '99887766' }, why: 'Tvist', record: undefined },
  ])
  const end = `/privacy/holds/${HOLD_ID}/end`
  const sure = await visitor.send(`${end}/check`, visitor.fieldsOf((await visitor.ask(end)).text, `${end}/check`))
  t.equal((await visitor.send(end, visitor.fieldsOf(sure.text, end))).status, 303)
  t.equal(told('DELETE', `/data-holds/${HOLD_ID}`).length, 1)

  const report = `/privacy/breaches/${BREACH_ID}/do/report`
  const form = visitor.fieldsOf((await visitor.ask(report)).text, `${report}/check`)
  const typed = { ...form, at: '2026-06-15T09:30', reference: '26/1234' }
  const late = await visitor.send(report, typed)
  t.equal(late.status, 400)
  t.match(late.text, 'is needed: the 72 hours were over')
  t.match(late.text, 'value="26/1234"')
  const done = await visitor.send(report, { ...typed, words: 'Ferie' })
  t.equal(done.headers.get('location'), `/privacy/breaches/${BREACH_ID}`)
  t.match(told('PUT', `/breaches/${BREACH_ID}/report`).at(-1), { reportedAt: '2026-06-15T07:30:00Z', delay: 'Ferie' })
  const known = await visitor.ask(`/privacy/breaches/${BREACH_ID}/better`)
  t.match(known.text, 'value="120"', 'what is known stands in the form')
  t.match(known.text, registers.better)
})

t.test('who was hit by a breach is seen on its page, and named there to be told', async (t) => {
  const visitor = await staff()
  const page = `/privacy/breaches/${BREACH_ID}`
  const { text } = await visitor.ask(page)
  for (const said of ['261', 'no address left: tell them otherwise', `/desk/orders/${HOLD_ID}`, '93', 'And 263 more.'])
    t.ok(text.includes(said), said)
  house.answers['GET /orders'] = ({ url }: { url: string }) => ({
    items: url.includes('number=SG-1001') ? [{ id: ORDER_ID }] : [],
  })
  const tell = async (way: string, typed: object) => {
    const form = await visitor.ask(`${page}/hit/${way}`)
    const check = await visitor.send(`${page}/hit/${way}/check`, {
      ...visitor.fieldsOf(form.text, `${page}/hit/${way}/check`),
      ...typed,
    })
    t.match(check.text, 'GDPR Art. 34')
    const done = await visitor.send(`${page}/hit/${way}`, visitor.fieldsOf(check.text, `${page}/hit/${way}`))
    t.equal(done.headers.get('location'), `${page}#hit`)
    return check.text
  }
  const orders = await tell('orders', { orders: `sg-1001,\n${HOLD_ID} nobody`, language: 'en' })
  t.match(orders, '3 orders are written to')
  t.match(told('PUT', `/breaches/${BREACH_ID}/notices`).at(-1), {
    orderIds: [ORDER_ID, HOLD_ID, 'nobody'],
    language: 'en',
  })
  t.match(await tell('system', { system: 'member-portal', records: 'm-1\nm-2' }), 'the people of 2 records')
  t.match(told('PUT', `/breaches/${BREACH_ID}/people`).at(-1), { system: 'member-portal', records: ['m-1', 'm-2'] })
  t.match(await tell('system', { system: 'member-portal' }), 'everybody of whom it holds something')
  t.strictSame(told('PUT', `/breaches/${BREACH_ID}/people`).at(-1), { system: 'member-portal' })
})

t.test(
  'purposes, their grounds, whom they are about and what the policy does not say stand on the page of registers',
  async (t) => {
    const visitor = await staff()
    const { text } = await visitor.ask('/privacy/registers')
    for (const said of [
      'To carry out orders',
      'Art. 6(1)(b)',
      'Customers of the shop',
      'No purpose is told.',
      registers.notSaid,
    ])
      t.ok(text.includes(said), said)
    for (const said of [
      'To improve the site',
      'Mails that wait are sealed.',
      'Clubs of all kinds',
      'To keep the register',
    ])
      t.ok(text.includes(said), said)
  },
)

t.test('ways out for which no agreement is in force stand on the page of registers', async (t) => {
  const visitor = await staff()
  const { text } = await visitor.ask('/privacy/registers')
  t.match(text, registers.withoutAgreement)
  t.match(text, 'Kustom')
})

t.test('what is silent is said, and without a privacy service the desk says so and asks nobody', async (t) => {
  const visitor = await staff('nb')
  house.answers[`GET /requests/${REQUEST_ID}/person`] = 'silent'
  const poorer = await visitor.ask(`/privacy/requests/${REQUEST_ID}`)
  t.equal(poorer.status, 200)
  t.match(poorer.text, 'personvern svarer ikke akkurat nå')
  house.answers['GET /policies'] = 'silent'
  t.equal((await visitor.ask('/privacy')).status, 503)
  const alone = await startTestConsole(t, {})
  const other = createVisitor(alone, { 'accept-language': 'nb' })
  await other.signIn('support', '/privacy')
  for (const path of ['/privacy', '/privacy/retention', '/privacy/requests/new']) {
    const { status, text } = await other.ask(path)
    t.equal(status, 503)
    t.match(text, nb.noService)
  }
  t.strictSame(alone.asked, [])
  t.equal((await other.ask('/desk/nowhere')).status, 404, 'the rest works')
})
