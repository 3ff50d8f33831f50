import { withoutTokens } from '@vilkar/testing/without-tokens.ts'
import type { FastifyRequest } from 'fastify'
import t from 'tap'
import { en } from '../desk/words/en.ts'
import { work } from '../desk/words/work-en.ts'
import { en as pagesEn } from '../pages/words/en.ts'
import { anOrder, answersAbout, cites, granted, ORDER_ID } from './an-order.ts'
import { createVisitor, problem, startTestConsole } from './console.ts'
import { deskAnswers } from './desk-answers.ts'

const shipment = {
  ...{ id: 's-1', orderId: ORDER_ID, orderNumber: 'SG-1', status: 'delivered', customerKind: 'consumer', lines: [] },
  dispatched: { carrier: 'Posten', trackingNumber: 'NO123', handedOverAt: '2026-11-22T09:00:00Z' },
  receivedAt: '2026-11-26T12:00:00Z',
}
const MAIL_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e6fe'
const aCase = {
  ...{ id: '01a21b28-5d68-7ee0-97e6-be9cecd5e6ff', orderId: ORDER_ID, number: 'SG-34265-3WB02', kind: 'withdrawal' },
  ...{ status: 'declared', awaits: 'units', dueOn: '2020-01-01', openedAt: '2026-11-27T09:00:00Z' },
}
const order = anOrder()
const answers = () => answersAbout(order)
const only =
  (query: string, items: object[]) =>
  ({ url }: FastifyRequest) => ({
    items: decodeURIComponent(url).endsWith(query) ? items : [],
  })

t.test('the search', async (t) => {
  const house = await startTestConsole(t, answers())
  const visitor = createVisitor(house, { 'accept-language': 'en' })
  await visitor.signIn('support')
  const found = async (q: string) => (await visitor.ask(`/desk?q=${encodeURIComponent(q)}`)).text

  for (const [what, q, door, answer, why] of [
    [
      'a number, in small letters too',
      'sg-34265-3wb02',
      'GET /orders',
      only('number=SG-34265-3WB02', [order]),
      en.by_number,
    ],
    ['an e-mail address', 'kari@example.com', 'GET /orders', only('email=kari@example.com', [order]), en.by_email],
    ['a name', 'Kari', 'GET /orders', only('name=Kari', [order]), en.by_name],
    ['an invoice', '10 023', 'GET /orders', only('document=10023', [order]), en.by_document],
    ['a company', '999615147', 'GET /orders', only('organisationNumber=999615147', [order]), en.by_organisation],
    ['the number of a parcel', 'NO123', 'GET /shipments', only('trackingNumber=NO123', [shipment]), en.by_tracking],
    ['a case of whoever it is', 'Kari', 'GET /returns', only('q=Kari', [aCase]), en.by_case],
    ['where goods go', 'Storgata 1', 'GET /orders', only('address=Storgata 1', [order]), en.by_address],
    ['a postal code', '0155', 'GET /orders', only('address=0155', [order]), en.by_address],
    ['who a gift is for', 'Ola Mottaker', 'GET /orders', only('recipient=Ola Mottaker', [order]), en.by_recipient],
    ['a telephone number', '+47 900 11 222', 'GET /orders', only('phone=+47 900 11 222', [order]), en.by_phone],
    ['the number of a unit', 'SN-0042', 'GET /serials/SN-0042', { units: [{ orderId: ORDER_ID }] }, en.by_serial],
    ['a tag', 'VIP', 'GET /tags/vip/orders', { items: [{ orderId: ORDER_ID }] }, en.by_tag],
    ['the id of the order', ORDER_ID, 'GET /orders', { items: [] }, en.by_id],
  ] as const)
    t.test(`finds by ${what}, and says so`, async (t) => {
      Object.assign(house.answers, answers(), { [door]: answer })
      const text = await found(q)
      t.match(text, `href="/desk/orders/${ORDER_ID}"`)
      t.match(text, `>${why}</td>`)
      t.match(text, '1 order')
    })

  t.test('finds by the provider’s id of a payment, and says so', async (t) => {
    const payment = '3eaeb557-5e30-47f8-b840-b8d987f5945d'
    const unknown = problem(404, 'There is no such order.')
    Object.assign(house.answers, answers(), {
      'GET /orders': only(`payment=${payment}`, [order]),
      [`GET /orders/${payment}`]: () => unknown,
    })
    const text = await found(payment)
    t.match(text, `href="/desk/orders/${ORDER_ID}"`)
    t.match(text, `>${en.by_payment}</td>`)
  })

  t.test('finds by the id of a shipment, and says so', async (t) => {
    const id = '3eaeb557-5e30-47f8-b840-b8d987f5945e'
    Object.assign(house.answers, answers(), {
      'GET /orders': { items: [] },
      [`GET /shipments/${id}`]: { orderId: ORDER_ID },
    })
    t.match(await found(id), `>${en.by_shipment}</td>`)
  })

  t.test('what is no number of a unit, no tag and no telephone number is not asked for as one', async (t) => {
    Object.assign(house.answers, answers(), { 'GET /orders': { items: [] } })
    house.asked.length = 0
    await found('Kari Ñ/1?%')
    t.notOk(house.asked.some(({ url }) => /serials|tags|phone/.test(url)))
  })

  t.test('says what nobody answered, and shows what others found', async (t) => {
    Object.assign(house.answers, answers(), { 'GET /orders': only('name=Kari', [order]), 'GET /returns': 'silent' })
    const text = await found('Kari')
    t.match(text, 'returns does not answer')
    t.match(text, `href="/desk/orders/${ORDER_ID}"`)
    Object.assign(house.answers, answers())
    t.match(await found('nobody'), 'Nothing was found')
  })
})

t.test('the page of an order', async (t) => {
  const house = await startTestConsole(t, { ...answers(), 'GET /shipments': { items: [shipment] } })
  const visitor = createVisitor(house, { 'accept-language': 'en' })
  await visitor.signIn('support')

  t.test('has per line what is open, until when and why, and draws it', async (t) => {
    const { text, status } = await visitor.ask(`/desk/orders/${ORDER_ID}`)
    t.equal(status, 200)
    for (const said of [
      '10 December 2026',
      'clause 8.2',
      cites[0]!.text,
      'avtaleloven § 7',
      '26 November 2031',
      'Posten NO123',
    ])
      t.match(text, said)
    t.match(text, /<svg class="timeline"/)
    t.match(text, /<line class="today"/)
    t.equal(
      [...text.matchAll(/<rect class="span"/g)].length,
      3,
      'withdrawal, voluntary return, complaint: lines that end alike are one',
    )
    t.notMatch(withoutTokens(text), /NaN|undefined| style="/)
  })

  t.test('has no amount, no day to come and no cost beside a right whose answer is no', async (t) => {
    const door = `/orders/${ORDER_ID}/entitlements`
    const known = answers()[`GET ${door}`] as { lines: [{ withdrawal: { reasons: object[] } }] }
    const [line] = known.lines
    const no = { outcome: 'refused', reasons: line.withdrawal.reasons }
    const ruled = async (changes: object) => {
      house.answers[`GET ${door}`] = { ...known, lines: [{ ...line, ...changes }] }
      return (await visitor.ask(`/desk/orders/${ORDER_ID}`)).text
    }
    const [estimate, cost] = ['About NOK', `<strong>${en.returnCost}</strong>`]
    t.match(await ruled({}), new RegExp(`${en.right_withdrawal}</strong>.*?${estimate}`, 's'))
    const offer = await ruled({ withdrawal: no })
    t.equal(offer.split(estimate).length - 1, 1)
    t.ok(offer.indexOf(estimate) > offer.indexOf(`<strong>${en.right_voluntaryReturn}</strong>`), 'of the offer')
    const over = await ruled({
      ...{ withdrawal: { ...no, until: '2020-01-02' }, voluntaryReturn: { ...no, until: '2099-01-02' } },
      complaint: { ...no, presumedUntil: '2099-03-04', neverLateUntil: '2099-05-06' },
    })
    for (const meaningless of [estimate, cost, '2 January 2099', '4 March 2099', '6 May 2099'])
      t.notMatch(over, meaningless)
    t.match(over, /the last day was <time[^>]*>2 January 2020/)
    t.notMatch(await ruled({ returnable: 0 }), estimate)
    house.answers[`GET ${door}`] = known
  })

  t.test('has a case that is over without a day to come or money that is owed', async (t) => {
    const over = {
      ...{ id: ORDER_ID, orderId: ORDER_ID, number: 'SG-34265-3WB02', kind: 'withdrawal', status: 'closed', tags: [] },
      ...{ openedAt: '2026-11-20T09:00:00Z', dueOn: '2026-12-21', owed: 179_600, currency: 'NOK' },
    }
    const shown = async (closedAt?: string) => {
      house.answers['GET /returns'] = { items: [{ ...over, ...(closedAt && { closedAt }) }] }
      const { text } = await visitor.ask(`/desk/orders/${ORDER_ID}`)
      const cases = text.slice(text.indexOf('id="cases"'))
      return ['21 December 2026', 'NOK 1,796.00'].filter((said) => cases.replaceAll('\u00a0', ' ').includes(said))
        .length
    }
    t.equal(await shown(), 2)
    t.equal(await shown('2026-11-25T09:00:00Z'), 0)
    house.answers['GET /returns'] = { items: [] }
  })

  t.test('names the first of many goods of a parcel, and all of them in a list that opens', async (t) => {
    const lines = Array.from({ length: 9 }, (_, i) => ({ lineId: '1', name: `Sensor ${i}`, quantity: 1 }))
    house.answers['GET /shipments'] = { items: [{ ...shipment, lines }] }
    const { text } = await visitor.ask(`/desk/orders/${ORDER_ID}`)
    t.match(text, '<summary>1 × Sensor 0, 1 × Sensor 1, 1 × Sensor 2 and 6 more</summary>')
    t.match(text, '<li>1 × Sensor 8</li>')
    house.answers['GET /shipments'] = { items: [shipment] }
  })

  t.test('offers nothing to cancel or send elsewhere once it was cancelled or all of it has left', async (t) => {
    const ways = ['cancel-line', 'cancel-order', 'address'].map((name) => `/desk/orders/${ORDER_ID}/do/${name}"`)
    const shown = async () => {
      const { text } = await visitor.ask(`/desk/orders/${ORDER_ID}`)
      return ways.filter((way) => text.includes(way)).length
    }
    t.equal(await shown(), 0, 'nothing of it is here')
    house.answers[`GET /orders/${ORDER_ID}`] = anOrder({ status: 'cancelling' })
    t.equal(await shown(), 3, 'shipping is asked what it can stop')
    house.answers[`GET /orders/${ORDER_ID}`] = order
    const door = `GET /orders/${ORDER_ID}/entitlements`
    const rights = answers()[door] as { lines: object[] }
    house.answers[door] = { ...rights, lines: rights.lines.map((line) => ({ ...line, cancellable: 1 })) }
    t.equal(await shown(), 3)
    house.answers[`GET /orders/${ORDER_ID}`] = anOrder({ status: 'cancelled' })
    t.equal(await shown(), 0)
    Object.assign(house.answers, answers())
  })

  t.test('says the day that clocks in Oslo had, of what happened there just after midnight', async (t) => {
    const late = '2026-11-30T23:30:00Z'
    const entitled = answers()[`GET /orders/${ORDER_ID}/entitlements`] as { lines: object[] }
    const risk = { bearer: 'customer', since: late, reasons: [] }
    const invoice = { id: 'invoice-1', series: 'invoice', number: 1, issuedAt: late, amount: 100, currency: 'NOK' }
    house.answers[`GET /orders/${ORDER_ID}/entitlements`] = {
      ...entitled,
      lines: entitled.lines.map((line) => ({ ...line, risk })),
    }
    house.answers[`GET /orders/${ORDER_ID}/documents`] = { items: [invoice] }
    const { text } = await visitor.ask(`/desk/orders/${ORDER_ID}`)
    const days = [...text.matchAll(/\d+ (?:November|December) 2026<\/time>/g)].map(([day]) => day)
    t.equal(
      days.filter((day) => day.startsWith('1 December')).length,
      2,
      'the risk, said once for both lines, and the invoice',
    )
    t.notOk(days.includes('30 November 2026</time>'))
    house.answers['GET /orders'] = { items: [anOrder({ status: 'unformed', placedAt: late })] }
    const work = await visitor.ask('/desk/work')
    t.match(work.text, '1 December 2026')
    t.notMatch(work.text, '30 November 2026')
    Object.assign(house.answers, answers(), { 'GET /orders': { items: [] } })
  })

  t.test('asks what holds on another day, and refuses what is no day', async (t) => {
    const { text } = await visitor.ask(`/desk/orders/${ORDER_ID}?at=2027-07-01`)
    const asked = house.asked.filter(({ url }) => url.includes('/dossier?')).at(-1)!
    t.match(decodeURIComponent(asked.url), 'at=2027-07-01T10:00:00Z')
    t.match(text, '<line class="asked"')
    for (const at of ['tomorrow', '2027-02-30'])
      t.equal((await visitor.ask(`/desk/orders/${ORDER_ID}?at=${at}`)).status, 400)
    const dragged = await visitor.ask(`/desk/orders/${ORDER_ID}?from=2027-06-01&days=30`)
    t.match(dragged.text, 'name="at" type="date" value="2027-07-01"', 'so many days after the order')
    for (const wrong of ['from=2027-06-01&days=-1', 'from=2027-06-01&days=x', 'from=2027-02-30&days=1'])
      t.equal((await visitor.ask(`/desk/orders/${ORDER_ID}?${wrong}`)).status, 400, wrong)
  })
})

t.test('what staff does about an order', async (t) => {
  const house = await startTestConsole(t, answers())
  const visitor = createVisitor(house, { 'accept-language': 'en' })
  await visitor.signIn('support')
  const at = `/desk/orders/${ORDER_ID}/do/withdrawal`
  const door = `POST /orders/${ORDER_ID}/withdrawals`
  const posted = () => house.asked.filter(({ method }) => method === 'POST')
  const fill = async (words: string) => {
    const fields = visitor.fieldsOf((await visitor.ask(at)).text, `${at}/check`)
    const seen = await visitor.send(`${at}/check`, { ...fields, 'units-1': '1', channel: 'phone', words })
    return { seen, fields: visitor.fieldsOf(seen.text, at) }
  }

  t.test('shows first what follows and what would be cited, with nothing done', async (t) => {
    const { seen } = await fill('She regrets <b>it</b>')
    t.equal(seen.status, 200)
    t.match(seen.text, cites[0]!.text)
    t.match(seen.text, '1 × Fuktsensor')
    t.match(seen.text, pagesEn.notDoneYet)
    t.notMatch(seen.text, '<b>it</b>')
    t.strictSame(posted(), [])
  })

  t.test('is done once, however often it is sent, and with the words as they were', async (t) => {
    house.answers[door] = { id: 'r-1' }
    const { fields } = await fill('She regrets it')
    const done = await visitor.send(at, fields)
    t.equal(done.status, 303)
    t.equal((await visitor.send(at, fields)).status, 303)
    t.strictSame(
      posted().map(({ body }) => body),
      [{ lines: [{ lineId: '1', quantity: 1 }], channel: 'phone', statement: 'She regrets it' }],
    )
  })

  t.test('that is refused is told with its citations, and may be sent again', async (t) => {
    house.answers[door] = problem(409, 'The period is over.', { reasons: granted.reasons })
    const before = posted().length
    const { fields } = await fill('Too late')
    for (const _ of [1, 2]) {
      const answer = await visitor.send(at, fields)
      t.equal(answer.status, 409)
      t.match(answer.text, 'The period is over.')
      t.match(answer.text, cites[0]!.text)
    }
    t.equal(posted().length, before + 2)
  })

  t.test('that nobody answered is not sent again by itself', async (t) => {
    house.answers[door] = 'silent'
    const before = posted().length
    const { fields } = await fill('Who knows')
    t.equal((await visitor.send(at, fields)).status, 503)
    const sent = posted().length
    t.ok(sent > before)
    t.equal((await visitor.send(at, fields)).status, 303)
    t.equal(posted().length, sent)
  })
})

t.test('where nothing waits the work lists say so', async (t) => {
  // The parts of what is composed are empty, and the whole is made of them.
  const get = (_: object, door: string | symbol) => (String(door).startsWith('GET /work') ? undefined : { items: [] })
  const nothing = new Proxy<Record<string, unknown>>({}, { get })
  const house = await startTestConsole(t, nothing)
  const visitor = createVisitor(house, { 'accept-language': 'en' })
  await visitor.signIn('support')
  t.match((await visitor.ask('/desk/work')).text, work.nothingWaits)
})

t.test('the work lists count what waits of every service, and what is overdue', async (t) => {
  const alarm = { id: 'a-1', kind: 'relay-behind', detail: {}, raisedAt: '2026-11-27T09:00:00Z' }
  const house = await startTestConsole(t, {
    ...answers(),
    'GET /returns': { items: [aCase] },
    'GET /alarms': { items: [alarm, { ...alarm, id: 'a-2', resolvedAt: '2026-11-27T10:00:00Z' }] },
    'GET /dead-letters': { items: [] },
    'GET /payouts': 'silent',
    'GET /statements': { items: [] },
  })
  const visitor = createVisitor(house, { 'accept-language': 'en' })
  await visitor.signIn('manager')
  const { text, status } = await visitor.ask('/desk/work')
  t.equal(status, 200)
  t.match(text, 'Withdrawal (1)')
  t.match(text, '1 overdue')
  t.match(text, 'Alarms (3)', 'of three services, those that nobody has resolved')
  t.match(text, 'orders and payments does not answer')
  t.match(text, `/desk/cases/${aCase.id}`)
})

t.test(
  'money, deliveries and law have lists of their own, each with what is over and a link to its order',
  async (t) => {
    const at = '2020-01-01T09:00:00Z'
    const of = { orderId: ORDER_ID, number: 'SG-34265-3WB02', currency: 'NOK' }
    const late = { ...of, unsent: [{ lineId: '1', quantity: 2 }], underway: [], extraTimeUntil: '2090-01-02' }
    const act = { act: 'angrerettloven', status: 'in-force', source: 'Lovdata', how: 'read', checkedOn: '2019-12-01' }
    const drift = [
      { kind: 'captured-differs', provider: 20_000, ledger: 10_000 },
      { kind: 'movement-not-in-ledger', movement: 'refund', amount: 5_000 },
      { kind: 'payment-unknown-to-provider' },
      { kind: 'of-a-later-version' },
    ]
    const driftAlarms = [
      { detail: { day: '2019-12-31', currency: 'NOK', drift } },
      { detail: { captured: 700, ledger: 500 } },
      { detail: { currency: 'NOK', capturable: 12_300 } },
    ].map((each) => ({ ...each, id: 'a-1', orderId: ORDER_ID, kind: 'reconciliation-drift', raisedAt: at }))
    const house = await startTestConsole(t, {
      ...answers(),
      'GET /returns': only('refund=unpaid&limit=10', [
        { ...aCase, awaits: 'payment', owed: 49_900, currency: 'NOK' },
        { ...aCase, awaits: 'assessment', dueOn: '2020-01-05', payBy: '2090-01-04' },
      ]),
      'GET /orders/late': {
        items: [
          { ...late, promise: 'last-day', dueOn: '2020-01-01' },
          { ...late, promise: 'estimate', dueOn: '2020-01-03' },
        ],
      },
      'GET /payments/uncaptured': {
        items: [{ ...of, amount: 10_000, status: 'ambiguous', dispatchedAt: at, dueAt: at }],
        next: ORDER_ID,
      },
      'GET /payments/authorisations/ending': {
        items: [{ ...of, left: 30_000, provider: 'klarna', expiresAt: '2090-01-01T09:00:00Z' }],
      },
      'GET /alarms': ({ url }: FastifyRequest) => ({ items: url.includes('drift') ? driftAlarms : [] }),
      'GET /law': {
        items: [
          { ...act, lookAgainOn: '2019-12-31', due: true },
          { ...act, act: 'kjøpsloven', lookAgainOn: '2090-12-31', due: false },
        ],
        tables: [{ table: 'late-payment-rates', knownTo: '2019-12-31', due: true }],
      },
      'GET /mails/unsent': {
        items: [
          { mailId: MAIL_ID, aboutId: ORDER_ID, kind: 'confirmation', createdAt: at, tries: 3, error: 'No route.' },
        ],
      },
    })
    const visitor = createVisitor(house, { 'accept-language': 'en' })
    await visitor.signIn('support')
    const { text } = await visitor.ask('/desk/work')
    const part = (id: string) => new RegExp(`<section[^>]* id="${id}".*?</section>`, 's').exec(text)?.[0] ?? ''
    for (const [id, ...said] of [
      ['refunds', `${work.refunds} (2)`, '499.00', en.overdue, '4 January 2090'],
      ['late', `${work.late} (2)`, work['promise_last-day'], work.promise_estimate, '2 January 2090'],
      [
        'uncaptured',
        `${work.uncaptured} (1+)`,
        '100.00',
        work.capture_ambiguous,
        en.overdue,
        'href="/desk/work/lists/uncaptured"',
      ],
      ['ending', `${work.ending} (1)`, '300.00', 'klarna', '1 January 2090'],
      [
        'drift',
        'Captured: NOK',
        'A refund of NOK',
        work['drift_payment-unknown-to-provider'],
        'of-a-later-version',
        '700 hundredths',
        '123.00',
      ],
      [
        'law',
        `${work.law} (2)`,
        'angrerettloven',
        work.how_read,
        work['table_late-payment-rates'],
        'known to 31 December 2019',
      ],
      ['unsent', `${work.unsent} (2)`, 'confirmation', 'No route.'],
    ] as const)
      for (const words of said) t.ok(part(id).includes(words), `${id}: ${words}`)
    for (const id of ['refunds', 'late', 'uncaptured', 'ending', 'drift'])
      t.match(part(id), `href="/desk/orders/${ORDER_ID}"`, id)
    t.notMatch(part('ending'), en.overdue)
    t.equal([...part('late').matchAll(/data-color="danger"/g)].length, 1, 'what was only expected is not overdue')
    t.notMatch(part('law'), 'kjøpsloven')
    t.match(text, `${en.payouts} ${work.unread}`, 'what nobody answered is not said to be none')

    t.match(text, 'href="/desk/work/unsent-mails/orders/')
  },
)

t.test('lists that go on say so', async (t) => {
  const house = await startTestConsole(t, { ...deskAnswers, ...answers() })
  const visitor = createVisitor(house, { 'accept-language': 'en' })
  await visitor.signIn('support')
  const withdrawals = Array.from({ length: 100 }, () => aCase)
  const figures = { items: [{ kind: 'withdrawal', open: 1234, overdue: 120, closed: 7 }] }

  t.test('the work lists count all cases of a kind, and lead to them', async (t) => {
    Object.assign(house.answers, {
      'GET /returns': { items: withdrawals, next: aCase.id },
      'GET /returns/figures': figures,
      'GET /payouts': { items: Array.from({ length: 100 }, () => ({ orderId: ORDER_ID, amount: 1, currency: 'NOK' })) },
    })
    const { text } = await visitor.ask('/desk/work?mine=yes')
    t.match(text, `${en.kind_withdrawal} 1234`)
    t.match(text, '120 overdue')
    t.ok(text.includes('href="/desk/cases?kind=withdrawal&amp;mine=yes"'))
    t.match(text, `${work.refunds} 100+`)
    t.ok(text.includes('href="/desk/cases?refund=unpaid&amp;mine=yes"'))
    t.match(text, `${en.payouts} 100+`)
    t.ok(house.asked.some(({ url }) => url === '/work?assignee=support&limit=10'))
    house.answers['GET /returns/figures'] = 'silent'
    t.match((await visitor.ask('/desk/work')).text, `${en.kind_withdrawal} 100+`, 'where nobody counted')
  })

  t.test('of what went wrong the first are shown, and all that were read are counted', async (t) => {
    const unsent = {
      mailId: ORDER_ID,
      aboutId: ORDER_ID,
      kind: 'confirmation',
      createdAt: '2020-01-01T09:00:00Z',
      tries: 3,
    }
    house.answers['GET /mails/unsent'] = { items: Array.from({ length: 50 }, () => unsent), count: 60 }
    const { text } = await visitor.ask('/desk/work')
    const [list = ''] = /<section[^>]* id="unsent".*?<\/section>/s.exec(text) ?? []
    t.ok(list.includes(`${work.unsent} (120)`), 'of two services')
    for (const service of ['orders', 'returns']) {
      t.equal(list.split(`/unsent-mails/${service}/${ORDER_ID}"`).length - 1, 50)
      t.ok(list.includes(`/unsent-mails/${service}/all"`), 'and all of each')
    }
    t.ok(list.includes('href="/desk/work/lists/unsent"'))
    const whole = await visitor.ask('/desk/work/lists/unsent')
    for (const service of ['orders', 'returns'])
      t.equal(whole.text.split(`/unsent-mails/${service}/${ORDER_ID}"`).length - 1, 50)
    t.ok(whole.text.includes(work.firstOnly), 'there are more than are read')
  })

  t.test('all cases of a kind are paged through', async (t) => {
    const { text } = await visitor.ask('/desk/cases?kind=withdrawal')
    t.ok(text.includes(`href="/desk/cases?kind=withdrawal&amp;after=${aCase.id}"`))
    await visitor.ask(`/desk/cases?kind=withdrawal&after=${aCase.id}`)
    t.match(house.asked.at(-1)!.url, `kind=withdrawal&status=open&after=${aCase.id}&limit=50`)
    house.answers['GET /returns'] = { items: [] }
    t.match((await visitor.ask('/desk/cases?refund=unpaid')).text, en.noCases)
    t.equal((await visitor.ask('/desk/cases?kind=nonsense')).status, 400)
  })

  t.test('a search that found more than was read says so', async (t) => {
    house.answers['GET /orders'] = { items: [order], next: ORDER_ID }
    t.match((await visitor.ask('/desk?q=Kari')).text, work.firstOnly)
    house.answers['GET /orders'] = { items: [order] }
    t.notMatch((await visitor.ask('/desk?q=Kari')).text, work.firstOnly)
  })
})
