import { EVIL, ORDER_ID } from '../an-order.ts'
import { problem } from '../console.ts'

export const REQUEST_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e701'
export const DOUBTED_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e702'
export const ACCESS_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e705'
export const BREACH_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e703'
export const HOLD_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e704'
export const PAPERS = [
  {
    act: 'personvernforordningen',
    section: 'Art. 12(3)',
    text: 'Without undue delay and in any event within one month.',
  },
]
export const LAW = [{ act: 'bokføringsloven', section: '§ 13', text: 'Kept for five years after the end of the year.' }]
const reasons = [{ code: 'one-month', cites: PAPERS }]
const kept = [{ code: 'kept-as-the-law-says', cites: LAW }]
const KEY = 'a1b2c3d4'.repeat(8)
const daysFromNow = (days: number) => Temporal.Now.plainDateISO('Europe/Oslo').add({ days }).toString()
const hoursFromNow = (hours: number) => Temporal.Now.instant().add({ hours }).toString({ smallestUnit: 'second' })

const policy = (controller: string, name: string) => ({
  ...{ id: `${controller}/2026-01-15`, controller, name, country: 'NO', since: '2026-01-15', dated: 'printed' },
  ...{ sha256: 'a'.repeat(64), contact: `privacy@${controller}.example`, authorities: ['Datatilsynet', 'ICO'] },
  links: { json: '', html: '' },
})
export const POLICIES = [policy('smartgroup', 'SmartGroup AS'), policy('smartorg', 'SmartOrg')]

export const aRequest = (changed: object = {}) => ({
  ...{ id: REQUEST_ID, controller: 'smartgroup', kind: 'erase', channel: 'email', status: 'open', extended: false },
  ...{ receivedOn: daysFromNow(-40), dueOn: daysFromNow(-10), orderId: ORDER_ID, words: EVIL },
  ...{ complainTo: ['Datatilsynet', 'ICO'], reasons },
  kept: [{ system: 'shop', record: ORDER_ID, until: '2031-12-31', holds: [], reasons: kept }],
  ...changed,
})
export const aHolding = (changed: object = {}) => ({
  ...{ controller: 'smartgroup', system: 'shop', record: ORDER_ID, category: 'order', status: 'held', facts: {} },
  ...{ dueAt: '2031-12-31T23:00:00Z', holds: ['open-complaint'], reasons: kept },
  ...changed,
})
const aBreach = (changed: object = {}) => ({
  ...{ id: BREACH_ID, controller: 'smartgroup', foundAt: hoursFromNow(-60), openedAt: hoursFromNow(-59), risk: 'high' },
  ...{
    nature: `En liste over kunder ble sendt til feil adresse ${EVIL}`,
    categories: ['kontaktopplysninger'],
    people: 120,
  },
  ...{ authorityBy: hoursFromNow(12), tellPeople: true, open: ['authority', 'people'], reasons },
  notice: {
    authority: { says: ['nature', 'people', 'contact', 'measures'], missing: ['contact', 'measures'], reasons },
    people: { says: ['nature', 'contact'], missing: ['contact'], reasons },
  },
  ...changed,
})

/** Whom a breach hit, and how far telling them is. */
const hitAnswers = (id: string) => ({
  [`GET /breaches/${id}/notices`]: {
    ...{ waiting: 0, written: 261, noAddress: 3 },
    orders: [{ orderId: HOLD_ID, status: 'no-address' }],
  },
  [`GET /breaches/${id}/people`]: { toTell: 7, told: 93, systems: [{ system: `crm ${EVIL}`, toTell: 7, told: 93 }] },
  [`PUT /breaches/${id}/notices`]: {},
  [`PUT /breaches/${id}/people`]: {},
})

const processor = {
  ...{ id: HOLD_ID, controller: 'smartgroup', name: 'Brevo', kind: 'newsletter', agreement: 'DPA 2026-4' },
  ...{ country: 'US', safeguard: 'standard contractual clauses', since: '2026-01-01' },
}
const record = {
  ...{ controller: 'smartgroup', name: 'SmartGroup AS', contact: 'privacy@smartgroup.example' },
  activities: [
    {
      category: 'order',
      uses: [{ purpose: 'To carry out orders', ground: 'Art. 6(1)(b)', cites: LAW }],
      subjects: { who: 'Customers of the shop', cites: LAW },
      findings: [],
      kept: [
        { from: ['document', 'delivered'], for: 'as long as duties of law say', duties: ['bookkeeping'], cites: LAW },
      ],
    },
    {
      ...{ category: 'something-new', uses: [], findings: [{ code: 'x', says: 'No purpose is told.', cites: LAW }] },
      kept: [{ from: [], for: '24 months', duties: [], cites: [] }],
    },
  ],
  further: [{ purpose: 'To improve the site', cites: LAW }],
  transfers: [{ name: 'Brevo', kind: 'newsletter', country: 'US', safeguard: 'standard contractual clauses' }],
  measures: [{ says: 'Mails that wait are sealed.', keptBy: 'libs/mail' }],
  onBehalf: {
    ...{ processor: 'SmartGroup AS', controllers: 'Clubs of all kinds', categories: ['member'], cites: LAW },
    ...{ processing: [{ what: 'To keep the register', cites: LAW }], findings: [] },
  },
  roles: [{ purpose: 'payment', controller: 'seller', processor: 'Stripe', cites: LAW }],
  recipients: [{ kind: 'newsletter', names: ['Brevo'], basis: 'consent', minimum: ['email'], cites: LAW }],
  processors: [processor],
  outgoing: [{ name: 'Klarna', kind: 'payment', fields: ['name', 'email'] }],
  withoutAgreement: [{ name: 'Kustom', kind: 'payment' }],
}
const erasure = (changed: object = {}) => ({
  ...{ id: HOLD_ID, controller: 'smartgroup', system: 'shop', records: [ORDER_ID], keeps: ['accounts'] },
  ...{ cause: 'retention-over', reasons: kept, askedAt: hoursFromNow(-200), answerBy: hoursFromNow(-32) },
  ...{ awaited: ['returns'], answers: [] as object[] },
  ...changed,
})
const COUNTS = { blanked: 4, deleted: 0, events: 12, files: 1 }
const answer = {
  ...{ holder: 'orders', erased: [ORDER_ID], counts: COUNTS, answeredAt: hoursFromNow(-199) },
  postponed: [{ record: 'x', why: 'order-open' }],
}
const hold = {
  ...{ id: HOLD_ID, controller: 'smartgroup', about: 'person', why: `Tvist ${EVIL}`, setBy: 'support' },
  setAt: '2026-06-01T09:00:00Z',
}

/** What is collected of a person: from one holder still, unless it is told otherwise. */
export const anExport = (changed: object = {}) => ({
  ...{ id: ACCESS_ID, controller: 'smartgroup', kind: 'access', language: 'nb', status: 'collecting' },
  begunAt: '2026-06-15T09:05:00Z',
  parts: [
    { system: 'shop', holder: 'orders', record: ORDER_ID, status: 'there', answerBy: '2026-06-15T10:05:00Z' },
    { system: 'photo-store', holder: 'photo-store', record: 'u-1', status: 'wanted', answerBy: '2026-06-22T09:05:00Z' },
  ],
  ...changed,
})

type Asked = { url: string; body: Record<string, unknown>; params?: unknown }

/** What the privacy service answers: a request that is overdue, one in doubt, records, a hold, a breach and the policies. */
export function aPrivacyService(): Record<string, unknown> {
  const doubted = aRequest({
    ...{ id: DOUBTED_ID, kind: 'access', status: 'waiting-for-identity' },
    dueOn: undefined,
    kept: undefined,
  })
  const requests = [
    aRequest(),
    doubted,
    aRequest({ id: HOLD_ID, kind: 'human-review', dueOn: daysFromNow(3), kept: undefined }),
    aRequest({ id: ACCESS_ID, kind: 'access', dueOn: daysFromNow(20), kept: undefined }),
  ]
  const due = {
    on: daysFromNow(0),
    counts: [{ system: 'shop', category: 'order', count: 3, first: '2026-06-01T22:00:00Z' }],
  }
  const done = (kind: string) => () => ({ ...aRequest({ status: kind }) })
  return {
    'GET /policies': { items: POLICIES },
    'GET /policies/smartgroup/2026-01-15': {
      ...POLICIES[0],
      locale: 'nb',
      sections: [{ place: '§ 11', anchor: 's-11', title: 'Lagring', text: `Vi lagrer ${EVIL}` }],
      recipients: [],
      findings: [{ code: 'card', finding: `A copy of a card ${EVIL} is asked for.`, cites: PAPERS }],
    },
    'GET /policy-changes': {
      items: [
        {
          ...{
            changeId: HOLD_ID,
            controller: 'smartorg',
            before: 'smartorg/2023-09-21',
            edition: 'smartorg/2026-01-15',
          },
          ...{ adoptedAt: '2026-06-01T09:00:00Z', sections: ['Choices'], consentsToRenew: ['newsletter'] },
          ...{ told: 4711, untold: 42, unreachable: 17 },
          unreachableBecause: { nothingHeld: 9, noAddress: 0, consentOnly: 8 },
        },
      ],
    },
    'GET /requests': ({ url }: Asked) => ({
      ...{ count: requests.length, overdue: 1 },
      items: url.includes('open=true')
        ? requests
        : [...requests, aRequest({ answeredAt: '2026-06-01T09:00:00Z', status: 'answered' })],
    }),
    ...Object.fromEntries(requests.map((each) => [`GET /requests/${each.id}`, each])),
    ...Object.fromEntries(
      requests.map(({ id }) => [
        `GET /requests/${id}/person`,
        { keys: [KEY], holdings: [aHolding()], restrictions: [{ since: '2026-06-01T09:00:00Z' }] },
      ]),
    ),
    ...Object.fromEntries(
      ['doubt', 'identity', 'extension', 'answer', 'organisation'].map((step) => [
        `PUT /requests/${DOUBTED_ID}/${step}`,
        done('open'),
      ]),
    ),
    [`PUT /requests/${REQUEST_ID}/answer`]: done('refused'),
    [`GET /exports/${ACCESS_ID}`]: anExport(),
    [`PUT /exports/${ACCESS_ID}`]: () => anExport(),
    [`DELETE /requests/${REQUEST_ID}/restriction`]: () => '',
    'POST /holdings/of-person': {
      items: [
        aHolding(),
        aHolding({ record: 'kari-2', category: 'account', dueAt: undefined, holds: [], missing: 'retention-rule' }),
      ],
    },
    'GET /alarms': {
      items: [{ id: HOLD_ID, kind: 'request-due', about: REQUEST_ID, detail: {}, raisedAt: '2026-06-01T09:00:00Z' }],
    },
    'GET /retention/smartgroup/due': { ...due, items: [aHolding({ status: 'due' })] },
    'GET /retention/smartorg/due': { on: due.on, counts: [], items: [] },
    'GET /retention/smartgroup/runs': { items: [{ ranAt: '2026-06-01T09:00:00Z', holdings: 12, erasures: 2 }] },
    'GET /retention/smartorg/runs': { items: [] },
    'POST /retention/smartgroup/runs': () => ({ holdings: 3 }),
    'GET /data-holds': {
      items: [
        hold,
        {
          ...hold,
          id: REQUEST_ID,
          about: { system: 'shop', record: 'r-1' },
          endedAt: '2026-06-02T09:00:00Z',
          endedBy: 'support',
        },
      ],
    },
    [`DELETE /data-holds/${HOLD_ID}`]: () => hold,
    'GET /erasures': ({ url }: Asked) => ({
      items: url.includes('open=true')
        ? [erasure({ answers: [answer] })]
        : [erasure({ settledAt: hoursFromNow(-1), awaited: [], answers: [answer] })],
    }),
    'GET /registers/smartgroup': record,
    'GET /disclosures/smartgroup': {
      items: [
        {
          id: HOLD_ID,
          controller: 'smartgroup',
          disclosedAt: '2026-06-01T09:00:00Z',
          to: 'Oslo politidistrikt',
          what: EVIL,
          ground: 'straffeprosessloven § 210',
          toldBefore: false,
          whyNot: 'Etterforskning',
        },
      ],
    },
    'GET /registers/smartorg': { ...record, controller: 'smartorg', processors: [] },
    'GET /disclosures/smartorg': { items: [] },
    'GET /breaches': {
      items: [
        aBreach(),
        aBreach({ id: HOLD_ID, authorityBy: hoursFromNow(-5), open: ['authority'] }),
        aBreach({ id: REQUEST_ID, closedAt: '2026-06-01T09:00:00Z', reportedAt: '2026-06-01T09:00:00Z', open: [] }),
      ],
    },
    [`GET /breaches/${BREACH_ID}`]: aBreach(),
    ...hitAnswers(BREACH_ID),
    [`PUT /breaches/${BREACH_ID}`]: () => aBreach(),
    [`PUT /breaches/${BREACH_ID}/report`]: ({ body }: Asked) =>
      body.delay === undefined
        ? problem(400, 'It was late.', {
            errors: [{ field: 'body.delay', message: 'is needed: the 72 hours were over' }],
          })
        : aBreach(),
  }
}
