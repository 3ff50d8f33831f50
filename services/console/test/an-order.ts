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
