import type { Order } from '../desk/order-table.ts'

export const ORDER_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e6ea'
export const EVIL = `<script>alert("it's me")</script>`
export const ESCAPED = '&lt;script&gt;alert(&quot;it&#39;s me&quot;)&lt;/script&gt;'

/** A consumer's order of two lines, delivered, as the orders service answers it. */
export const anOrder = (changed: Partial<Order> = {}): Order =>
  ({
    id: ORDER_ID,
    number: 'SG-34265-3WB02',
    seller: 'smartgroup',
    status: 'delivered',
    placedAt: '2026-11-20T09:30:00Z',
    formedAt: '2026-11-20T09:31:00Z',
    customer: { kind: 'consumer', name: 'Kari Eksempel', email: 'kari@example.com' },
    shippingAddress: { name: 'Kari Eksempel', street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' },
    country: 'NO',
    currency: 'NOK',
    locale: 'nb',
    terms: { edition: 'smartgroup/2026-01-15', sha256: 'a'.repeat(64) },
    lines: [aLine('1', 'Fuktsensor', 2, 129_900), aLine('2', 'Sentral', 1, 49_900)],
    delivery: { option: 'parcel', name: 'Pakke hjem', price: 9_900, standardPrice: 9_900, vat: 1_980 },
    totals: { goods: 179_800, delivery: 9_900, total: 189_700 },
    vat: [{ rate: 2_500, amount: 37_940 }],
    payment: { dueAt: '2026-11-21T09:30:00Z', authorised: 189_700, captured: 189_700, refunded: 0, released: false },
    cancellations: [],
    shipments: [],
    ...changed,
  }) as unknown as Order

const aLine = (lineId: string, name: string, quantity: number, total: number) => ({
  ...{
    lineId,
    name,
    quantity,
    total,
    sku: `SKU-${lineId}`,
    unitPrice: total / quantity,
    vatRate: 2_500,
    vat: total / 5,
  },
  traits: { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false },
})

export const cites = [{ clause: '8.2', text: 'The period is fourteen days from the day you receive the goods.' }]
export const granted = { outcome: 'granted', until: '2026-12-10', reasons: [{ code: 'withdrawal-period', cites }] }
const refused = {
  outcome: 'refused',
  reasons: [{ code: 'left', cites: [{ act: 'avtaleloven', section: '§ 7', text: 'Too late.' }] }],
}
const estimate = { amount: 129_900, currency: 'NOK' }
const rightsOf = (lineId: string) => ({
  ...{ lineId, sku: `SKU-${lineId}`, quantity: 2, returnable: 2, cancellable: 0, refundEstimate: estimate },
  ...{ cancel: refused, withdrawal: granted, voluntaryReturn: granted },
  complaint: { ...granted, until: '2031-11-26', presumedUntil: '2028-11-26' },
  returnCost: { bearer: 'customer', reasons: [] },
  risk: { bearer: 'seller', reasons: [] },
})

/** What the services answer about an order: lines with open rights, nothing sent, no cases. */
export const answersAbout = (order: Order): Record<string, unknown> => ({
  'GET /orders': { items: [] },
  [`GET /orders/${ORDER_ID}`]: order,
  [`GET /orders/${ORDER_ID}/history`]: {
    items: [{ type: 'ContractFormed', at: order.formedAt, reasons: granted.reasons, data: {} }],
  },
  'GET /shipments': { items: [] },
  'GET /returns': { items: [] },
  [`GET /orders/${ORDER_ID}/entitlements`]: {
    ...{
      orderId: ORDER_ID,
      edition: 'a/2026-01-15',
      at: '2026-11-27T12:00:00Z',
      cancel: refused,
      sendBackBy: '2026-12-10',
    },
    ...{ refundsDue: [], refundEstimate: estimate, lines: [rightsOf('1'), rightsOf('2')] },
  },
})
