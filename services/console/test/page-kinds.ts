import { aDamage, answersOf, REPORT_ID } from './a-damage.ts'
import { answersOfRecall, answersOfShipping, aRecall, HINDRANCE_ID, RECALL_ID } from './a-recall.ts'
import { aParcel, aShipment, PARCEL_ID, SHIPMENT_ID, warehouseAnswers } from './a-shipment.ts'
import { cites, granted, ORDER_ID } from './an-order.ts'
import type { Answers, Visitor } from './console.ts'
import { aFunction, RECEIPT_LINK, STATEMENT_ID } from './customer/answers.ts'
import { anOrderByLink, CASE_ID, LINK, parcelsByLink, REPORTED_ID, SENT_ID } from './customer/by-link.ts'
import { ADDRESS, aPersonsData, EXPORT_ID } from './customer/data-answers.ts'
import { deskAnswers } from './desk-answers.ts'
import { aLargeOrder, inFull, linesInFull } from './full-answers.ts'
import { aPrivacyService, BREACH_ID, HOLD_ID, REQUEST_ID } from './privacy/answers.ts'
import { aShop, NUMBER } from './shop/answers.ts'

const at = '2026-11-27T09:00:00Z'
const { order, answers: ofOrder } = aLargeOrder()
const hindrance = { hindranceId: HINDRANCE_ID, event: 'strike', what: 'Strike.', exempt: true, hinderedAt: at }
Object.assign(order, { hindrances: [hindrance] })
const lines = order.lines.map(({ lineId, quantity, total }) => ({ lineId, quantity, amount: total }))
const inWords = lines
  .slice(0, 10)
  .map(({ lineId }) => ({ lineId, nb: 'Du kan.'.repeat(100), en: 'You may.'.repeat(100) }))
const theCase = {
  id: CASE_ID,
  orderId: ORDER_ID,
  number: order.number,
  currency: 'NOK',
  lines,
  reasons: granted.reasons,
}
const mail = {
  ...{ id: CASE_ID, about: ORDER_ID, kind: 'confirmation', at, to: 'kari@example.com', subject: 'Ordrebekreftelse' },
  ...{ status: 'accepted', settledAt: at, content: 'kept', text: 'Hei!', attachments: [] },
}
const proposed = {
  ...{
    id: CASE_ID,
    kind: 'goodwill',
    status: 'proposed',
    amount: 50_000,
    needs: 'second-person',
    proposedBy: 'support',
  },
  ...{ why: 'It rained.', reasons: granted.reasons },
}
const edition = {
  ...{ id: 'smartgroup/2026-01-15', seller: 'smartgroup', title: 'Terms of sale', findings: [], inForce: true },
  ...{ inForceFrom: '2026-01-15T00:00:00Z', introduction: 'These hold.', withdrawalForm: '' },
  clauses: [{ number: '8', title: 'Withdrawal', sentences: [{ number: '8.2', text: cites[0]!.text }] }],
}
const alarm = { id: CASE_ID, kind: 'relay-behind', detail: {}, raisedAt: at }
const listed = { ...theCase, kind: 'withdrawal', status: 'declared', openedAt: at, dueOn: '2026-12-15', lines: [] }

/** What the desk, the warehouse and the studio are answered: every list full, and an order of as many lines as one may have. */
const ofStaff = (): Answers => ({
  ...{ ...ofOrder, ...deskAnswers, ...answersOf(aDamage({ kind: 'lost' })) },
  ...{ ...answersOfRecall(aRecall('Kari'), 'Kari'), ...answersOfShipping('Kari', SHIPMENT_ID) },
  ...{ 'GET /orders': { items: [order], next: ORDER_ID } },
  ...{ 'GET /returns': { items: [listed], next: CASE_ID }, 'GET /tags': { items: [{ word: 'vip', cases: 2 }] } },
  ...{ 'GET /tags/vip/orders': { items: [{ orderId: ORDER_ID, number: order.number }] } },
  'GET /statements': { items: [{ id: CASE_ID, channel: 'letter', receivedAt: at, statement: 'Jeg angrer.' }] },
  'GET /dead-letters': {
    items: [
      {
        eventId: CASE_ID,
        producer: 'orders',
        type: 'OrderPlaced',
        aggregateId: ORDER_ID,
        attempts: 9,
        receivedAt: at,
        dead: true,
      },
    ],
  },
  'GET /alarms': { items: [alarm], next: CASE_ID },
  'GET /alarms?kind=relay-behind&limit=200': { items: [alarm] },
  [`GET /returns/${CASE_ID}/case`]: { ...listed, notes: [], timeline: [], tags: [], orderTags: [] },
  [`GET /returns/${CASE_ID}`]: { ...theCase, status: 'sent', declaredAt: at, refundEstimate: 1 },
  [`GET /returns/${CASE_ID}/label`]: { id: CASE_ID, requestedAt: at },
  [`GET /voluntary-returns/${CASE_ID}`]: { ...theCase, status: 'requested', requestedAt: at, refundEstimate: 1 },
  [`GET /complaints/${CASE_ID}`]: { ...theCase, status: 'received', defect: 'It hisses.', choices: [], failedCures: 0 },
  [`GET /orders/${ORDER_ID}/entitlements/in-words`]: { locale: 'nb', items: inWords, next: '10' },
  [`GET /orders/${ORDER_ID}/payouts`]: { items: [proposed] },
  [`GET /orders/${ORDER_ID}/mails`]: { items: [mail] },
  [`GET /mails/${CASE_ID}`]: mail,
  ...{ 'GET /terms': { items: [edition] }, 'GET /terms/smartgroup/2026-01-15': edition },
})
const ofWarehouse = (): Answers => {
  const known = warehouseAnswers('Kari')
  const { lines: all } = order
  const shipment = aShipment('Kari', {
    lines: all.map(({ lineId, sku, name, quantity }) => ({ lineId, sku, name, quantity })),
  })
  return {
    ...{ ...known, 'GET /shipments': { items: [shipment], next: SHIPMENT_ID } },
    ...{ [`GET /shipments/${SHIPMENT_ID}`]: shipment, 'GET /inbound-parcels': { items: [aParcel('NO-1')] } },
  }
}
const ofCustomer = (): Answers => {
  const { answers, cases } = anOrderByLink({ lines: order.lines })
  cases.push({ ...listed, lines: undefined, withdrawal: { ...theCase, sendBackBy: '2026-12-14', refundEstimate: 1 } })
  const data = aPersonsData()
  const report = {
    ...{ id: REPORTED_ID, kind: 'lost', lines: [{ lineId: '1', quantity: 1 }], reportedBy: 'carrier', reportedAt: at },
    choices: ['replacement', 'refund'],
  }
  const parcels = parcelsByLink({ status: 'lost' }, report)
  const known = { ...linesInFull(answers), ...parcels, ...aFunction().answers, ...data.answers }
  data.collect(known)
  return known
}

/** Pages of one place, as they are asked for by whom, what services answer them, and how often each may ask at most. */
export type Place = {
  who: 'support' | 'manager' | 'warehouse' | 'nobody'
  answers: Answers
  /** What whoever asks does first; gives the paths that it leads to, by the words that stand for them. */
  before?: (visitor: Visitor) => Promise<Record<string, string>>
  pages: Record<string, number>
}
const page = `/desk/orders/${ORDER_ID}`
const damage = `${page}/damage/${REPORT_ID}`
const shipment = `${page}/shipments/${SHIPMENT_ID}`
const ofCase = `/desk/cases/${CASE_ID}`
const link = `link=${LINK}`

/** Fills in the form of a page that goes to `action`; gives where that leads. */
async function fillIn(visitor: Visitor, page: string, action: string, typed: Record<string, string>) {
  const fields = visitor.fieldsOf((await visitor.ask(page)).text, action)
  return (await visitor.send(action, { ...fields, ...typed })).headers.get('location')!
}
async function chooseGoods(visitor: Visitor) {
  await fillIn(visitor, '/shop', '/shop/basket/goods', {})
  const typed = { kind: 'consumer', name: 'Kari', email: ADDRESS, street: 'Storgata 1', postalCode: '0155' }
  return fillIn(visitor, '/shop/checkout', '/shop/checkout', { ...typed, city: 'Oslo', country: 'NO' })
}

/** Every kind of page. How often it asks does not grow with what services have: of a tag it asks for twenty orders at most, of a person for ten requests. */
export const places: Place[] = [
  {
    ...{ who: 'support', answers: inFull(ofStaff()) },
    pages: {
      ...{ '/desk': 1, '/desk?q=kari': 8, '/desk?q=SG-34265-3WB02': 6, '/desk?tag=vip': 22, [page]: 3 },
      ...{ [`${page}?at=2026-12-20`]: 3, [`${page}/do/withdrawal`]: 1, [`${page}/do/complaint`]: 1 },
      ...{ [`${page}/do/cancel-line`]: 1, [`${page}/do/cancel-order`]: 1, [`${page}/do/address`]: 1 },
      ...{ [`${page}/do/email`]: 1, [`${page}/do/goodwill`]: 1, [`${page}/do/offer-price`]: 1 },
      ...{ [`${page}/do/override`]: 1, [`${page}/mails/orders/${CASE_ID}`]: 3, [`${page}/words?after=20`]: 2 },
      ...{ '/desk/work': 3, '/desk/work?mine=yes': 3, '/desk/work?tag=vip': 1, '/desk/figures': 3 },
      ...{ '/desk/work/lists/dead': 3, '/desk/work/lists/alarms': 3, '/desk/work/lists/unformed': 1 },
      ...{ '/desk/cases?kind=withdrawal': 1, [ofCase]: 2, [`${ofCase}/do/assessment`]: 2 },
      ...{ [`${ofCase}/do/label`]: 1, [`${ofCase}/do/condition`]: 2, [`${ofCase}/do/inspection`]: 2 },
      ...{
        [`${ofCase}/do/deduction`]: 2,
        [`${ofCase}/do/collection`]: 2,
        [`/desk/work/alarms/orders/relay-behind/${CASE_ID}`]: 1,
      },
      ...{ '/desk/work/failed-events/orders/all': 0, '/desk/work/unsent-mails/returns/all': 0 },
      '/desk/sidebar?email=kari%40example.com': 6,
      ...{ '/desk/claims': 1, '/desk/claims/told': 1, '/desk/failed': 1 },
      ...{ '/desk/recalls': 1, '/desk/recalls?number=SN-10': 2, '/desk/recalls/new': 0 },
      ...{ [`/desk/recalls/${RECALL_ID}`]: 2, [`/desk/recalls/${RECALL_ID}/end`]: 1 },
      ...{ [`${page}/recalls/${RECALL_ID}`]: 2, '/desk/circumstances': 1, '/desk/hindrances': 1 },
      ...{ '/desk/carrier-codes': 2, '/desk/carrier-codes/oslo-bud/x': 0, [`${page}/hindrances/new`]: 1 },
      [`${page}/hindrances/${HINDRANCE_ID}/end`]: 1,
      ...{ [`${shipment}/end-part`]: 2, [`${shipment}/circumstance`]: 2 },
      ...{ [damage]: 4, [`${damage}/claim`]: 4, [`${damage}/choice`]: 4, [`${damage}/answer`]: 4 },
      ...{ [`${damage}/arrival`]: 4, [`${shipment}/send-again`]: 2, [`${shipment}/close`]: 2 },
      ...{ [`${shipment}/part`]: 2, [`${shipment}/damage`]: 2, [`${shipment}/correction`]: 2 },
      [`${page}/approvals/payout/${CASE_ID}`]: 2,
      ...{ '/studio': 1, '/studio/smartgroup/2026-01-15': 2 },
    },
  },
  {
    ...{ who: 'manager', answers: inFull(ofStaff()) },
    pages: { '/desk/looks': 0, '/desk/looks?subject=support': 0, '/desk/looks?order=SG-34265-3WB02': 3 },
  },
  {
    ...{ who: 'warehouse', answers: inFull(ofWarehouse()) },
    pages: {
      ...{ '/warehouse': 1, '/warehouse?status=dispatched': 1, [`/warehouse/shipments/${SHIPMENT_ID}`]: 2 },
      ...{ [`/warehouse/shipments/${SHIPMENT_ID}/packing`]: 1, '/warehouse/inbound': 2 },
      [`/warehouse/inbound/${PARCEL_ID}`]: 1,
    },
  },
  {
    ...{ who: 'support', answers: inFull(aPrivacyService()) },
    pages: {
      ...{ '/privacy': 3, '/privacy?all=yes': 3, '/privacy/requests/new': 1, '/privacy/retention': 4 },
      ...{ [`/privacy/requests/${REQUEST_ID}`]: 3, [`/privacy/requests/${REQUEST_ID}/do/refused`]: 1 },
      ...{ '/privacy/holds': 2, '/privacy/holds/new': 1, [`/privacy/holds/${HOLD_ID}/end`]: 1 },
      ...{ '/privacy/erasures': 3, '/privacy/registers': 3, '/privacy/registers/smartgroup/processor': 2 },
      ...{ '/privacy/registers/smartgroup/disclosure': 1, '/privacy/breaches': 2, '/privacy/breaches/new': 1 },
      ...{ [`/privacy/breaches/${BREACH_ID}`]: 4, [`/privacy/breaches/${BREACH_ID}/better`]: 1 },
      ...{
        [`/privacy/breaches/${BREACH_ID}/do/report`]: 1,
        [`/privacy/breaches/${BREACH_ID}/hit/orders`]: 1,
        '/privacy/policies': 2,
      },
      '/privacy/policies/smartgroup/2026-01-15': 1,
    },
  },
  {
    ...{ who: 'nobody', answers: inFull(ofCustomer()) },
    before: async (visitor) => {
      await fillIn(visitor, `/customer/order/data?${link}`, `/customer/order/data/address?${link}`, { email: ADDRESS })
      const typed = { name: 'Kari', orderNumber: order.number, email: ADDRESS }
      return { statement: await fillIn(visitor, '/customer/withdraw', '/customer/withdraw', typed) }
    },
    pages: {
      ...{ '/signed-out': 0, '/customer/withdraw': 1, statement: 1 },
      [`/customer/receipts/${STATEMENT_ID}?link=${RECEIPT_LINK}`]: 1,
      ...{ [`/customer/order?${link}`]: 3, [`/customer/order/terms?${link}`]: 2 },
      ...{ [`/customer/order/parcels/${SENT_ID}?${link}`]: 2, [`/customer/order/damage/${REPORTED_ID}?${link}`]: 3 },
      ...{ [`/customer/order/calendar?${link}`]: 2, [`/customer/order/withdraw?${link}`]: 3 },
      ...{ [`/customer/order/withdraw/check?${link}&units-1=1`]: 3, [`/customer/order/send-back?${link}`]: 3 },
      ...{ [`/customer/order/complain?${link}`]: 2, [`/customer/order/exchange?${link}`]: 2 },
      ...{ [`/customer/order/cases/${CASE_ID}?${link}`]: 3, [`/customer/order/data?${link}`]: 16 },
      [`/customer/order/data/ask/access?${link}`]: 6,
      [`/customer/order/data/requests/${EXPORT_ID}?${link}`]: 4,
    },
  },
  {
    ...{ who: 'nobody', answers: inFull(aShop().answers) },
    before: async (visitor) => ({ offer: await chooseGoods(visitor) }),
    pages: {
      '/shop': 1,
      '/shop/basket': 1,
      '/shop/checkout': 0,
      offer: 1,
      '/shop/terms/smartgroup/2026-01-15': 1,
    },
  },
  {
    ...{ who: 'nobody', answers: inFull(aShop().answers) },
    before: async (visitor) => {
      const offer = await chooseGoods(visitor)
      return { paying: await fillIn(visitor, offer, offer, { accepted: 'yes' }) }
    },
    pages: { [`/shop/orders/${NUMBER}/unpaid`]: 1, [`/shop/orders/${NUMBER}/paid`]: 1, paying: 1 },
  },
]
