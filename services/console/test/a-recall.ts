import type { Recall } from '../desk/recalls.ts'
import { ORDER_ID } from './an-order.ts'

export const RECALL_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5ea01'
export const HINDRANCE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5ea02'
const at = '2026-11-25T09:00:00Z'
/** What a recall is cited with. */
export const recallReasons = [
  {
    code: 'recall-told-directly',
    cites: [{ act: 'Regulation (EU) 2023/988', section: 'Art. 35(1)', text: 'Whoever sold it tells all affected.' }],
  },
]
export const hindranceReasons = [
  {
    code: 'impediment',
    cites: [{ act: 'forbrukerkjøpsloven', section: '§ 24', text: 'Beyond control frees from damages.' }],
  },
]

/** A recall of some lots and numbers, of which one customer is reached by no mail. */
export const aRecall = (words: string, changed: Partial<Recall> = {}): Recall => ({
  ...{ id: RECALL_ID, sku: 'LOCK-1', lotNumbers: ['L-5'], serialNumbers: [{ from: 'SN-1', to: 'SN-100' }] },
  ...{ hazard: { nb: words, en: words }, whatToDo: { nb: words, en: words }, remedies: ['repair', 'refund'] },
  ...{ announcedAt: at, sweptAt: at },
  orders: { asked: 4, told: 1, toldByPerson: 1, unreachable: 1, waiting: 1 },
  units: { out: 5, cameBack: 1, unnumbered: 2 },
  ...changed,
})

/** What shipping answers about it, and about its kind. */
export function answersOfRecall(recall: Recall, words: string): Record<string, unknown> {
  const { asked, told, toldByPerson, unreachable, waiting } = recall.orders
  const open = {
    id: recall.id,
    sku: recall.sku,
    announcedAt: at,
    asked,
    told: told + toldByPerson,
    unreachable,
    waiting,
  }
  const unit = { lineId: '2', sku: recall.sku, name: words, quantity: 1, serialNumber: 'SN-10' }
  const notice = { orderId: ORDER_ID, askedAt: at, units: [{ ...unit, cameBack: false }] }
  return {
    ...{ 'GET /recalls': { items: [recall] }, 'GET /recalls/open': { items: [open] } },
    [`GET /recalls/${recall.id}`]: recall,
    [`GET /recalls/${recall.id}/notices`]: {
      items: [
        { ...notice, outcome: 'unreachable', settledAt: at },
        { ...notice, outcome: 'waiting' },
        { ...notice, outcome: 'told-by-person', settledAt: at, how: words },
      ],
    },
    'GET /serials/SN-10': {
      number: 'SN-10',
      units: [
        {
          ...{ ...unit, orderId: ORDER_ID, orderNumber: 'SG-34265-3WB02', shipmentId: ORDER_ID },
          ...{ leftAt: at, recallIds: [recall.id] },
        },
      ],
    },
    'POST /recalls/preview': {
      ...{ orders: 3, units: { out: 7, cameBack: 1, unnumbered: 2 }, here: 4, complete: false },
      reasons: recallReasons,
    },
    [`POST /recalls/${recall.id}/end/preview`]: { changes: true, untold: 2, here: 4, reasons: recallReasons },
    [`POST /recalls/${recall.id}/notices/${ORDER_ID}/told/preview`]: { changes: true, reasons: recallReasons },
    [`PUT /recalls/${recall.id}/end`]: recall,
    [`PUT /recalls/${recall.id}/notices/${ORDER_ID}/told`]: recall,
  }
}

/** What services answer of what bears on the risk, of what hinders and of codes that nobody knows. */
export function answersOfShipping(words: string, shipmentId: string): Record<string, unknown> {
  const code = { carrier: 'oslo-bud', code: 'sett igjen/port' }
  const hindrance = `/orders/${ORDER_ID}/hindrances/${HINDRANCE_ID}`
  const awaited = { unsent: [{ lineId: '1', quantity: 2 }], underway: [{ lineId: '2', quantity: 1 }] }
  const units = (bearer: string) => [
    { lineId: '1', quantity: 1, bearer, toBeJudged: false, reasons: hindranceReasons },
    { lineId: '2', quantity: 1, bearer: 'seller', toBeJudged: true, reasons: [] },
  ]
  return {
    'GET /circumstances': {
      items: [
        {
          ...{ shipmentId, orderId: ORDER_ID, orderNumber: 'SG-34265-3WB02', status: 'dispatched', toBeJudged: true },
          circumstances: [
            {
              since: at,
              circumstance: { ownCarrier: true },
              lines: [{ lineId: '1', quantity: 1 }],
              by: 'ola',
              why: words,
            },
            { since: at, circumstance: { identified: false, lostAtHome: false, returnBasis: 'voluntary' } },
          ],
        },
      ],
    },
    [`POST /shipments/${shipmentId}/circumstances/preview`]: {
      changes: true,
      before: { units: units('seller') },
      after: { units: units('customer') },
    },
    [`PUT /shipments/${shipmentId}/circumstances`]: {},
    'GET /hindrances': {
      items: [
        {
          ...{ orderId: ORDER_ID, number: 'SG-34265-3WB02', hindranceId: HINDRANCE_ID, event: 'strike', what: words },
          ...{ exempt: true, hinderedAt: at, expectedBy: '2026-11-26', ...awaited },
        },
      ],
    },
    [`POST ${hindrance}/end/preview`]: { changes: true, mail: true, ...awaited, reasons: hindranceReasons },
    [`PUT ${hindrance}/end`]: {},
    'GET /carrier-codes': ({ url }: { url: string }) => ({
      items: url.includes('explained=true')
        ? [{ ...code, code: 'kjent', events: 0, parcels: 0, meaning: 'lost', explainedAt: at, by: 'ola', why: words }]
        : [{ ...code, events: 3, parcels: 2, since: at, last: at, detail: words }],
    }),
    'POST /carriers/oslo-bud/codes/preview': {
      ...{ changes: true, events: 3, parcels: 2, applied: 1, refused: 1, waiting: 1, was: 'lost' },
      reasons: hindranceReasons,
    },
    'PUT /carriers/oslo-bud/codes': {},
  }
}
