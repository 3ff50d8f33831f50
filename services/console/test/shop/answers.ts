import { problem } from '../console.ts'

export const QUOTE_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e601'
export const ORDER_ID = '01a21b28-5d68-7ee0-97e6-be9cecd5e602'
export const NUMBER = 'SG-34265-3WB02'
export const BUTTON = { nb: 'Bestill med betalingsplikt', en: 'Order with obligation to pay' }
export const NOTICE = {
  language: 'en',
  title: 'Legal guarantee',
  parts: [
    { text: 'For example if goods:', points: ['do not match;', 'do not function.'] },
    { text: 'Scan the QR code below.', link: 'https://europa.eu/youreurope/guarantees' },
    { text: 'What to do:', steps: ['Contact the seller;', 'Prove it.'] },
  ],
} as const
const traits = { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false }
const reasons = [{ code: 'some', cites: [{ act: 'angrerettloven', section: '§ 22', text: 'There is none of it.' }] }]
const LONG = 'Temperatursensor for vinterhager, drivhus og overbygde terrasser med særlig lange navn '.repeat(2)

const LABEL = {
  NO: { nb: 'inkl. mva.', en: 'incl. VAT' },
  EU: { nb: 'uten mva. (utførsel)', en: 'without VAT (export)' },
}
/** What is shown as a price where goods go to a country: kroner with VAT in Norway, euro without it elsewhere. */
const shownIn = (country: string | undefined, priceNok: number, lowestBefore?: number) => {
  if (country === undefined) return undefined
  const home = country === 'NO'
  const [currency, label] = home ? ['NOK', LABEL.NO] : ['EUR', LABEL.EU]
  const of = (price: number) => (home ? price : price / 10)
  return { currency, price: of(priceNok), label, reasons, ...(lowestBefore && { lowestBefore: of(lowestBefore) }) }
}

const products = [
  { sku: 'SENSOR-1', name: { nb: LONG, en: 'Sensor' }, priceNok: 129_900, stock: 3 },
  { sku: 'CABLE-2', name: { nb: 'Kabel', en: 'Cable' }, priceNok: 19_900, stock: 9 },
  { sku: 'GONE-3', name: { nb: 'Utsolgt ting', en: 'Sold out thing' }, priceNok: 5_000, stock: 0 },
].map((product) => ({ seller: 'smartgroup', vatRate: 2_500, traits, ...product }))
const before = { lowestBefore: 24_900, percent: 20.08, since: '2026-11-20T09:00:00Z', reasons }
const lowered = { NOK: before, EUR: before }
const guarantee = {
  by: 'manufacturer',
  guarantor: 'Eksempel AS',
  years: 5,
  covers: { nb: 'alle feil', en: 'all faults' },
  durability: { brand: 'Eksempel', model: 'K-2' },
}
const bulky = { returnCostNok: 45_000 }
export const LABEL_LINK = 'https://europa.eu/youreurope/commercial-guarantee-durability'
/** The label of goods where a law wants it: in this shop in Germany alone. */
const labelIn = (country: string | undefined) =>
  country === 'DE' && {
    durabilityLabel: { title: 'GARAN', years: 5, ...guarantee.durability, link: LABEL_LINK, reasons },
  }

type Asked = {
  body: Record<string, unknown>
  headers: Record<string, string>
  query: { country?: string; sku?: string | string[] }
}
type Line = { sku: string; quantity: number }

/** The orders service as a shop meets it: prices from its catalogue, and one order of a quote, however often it is asked for. */
export function aShop() {
  const placed = new Map<string, Record<string, unknown>>()
  const quoted: Record<string, unknown>[] = []
  const state = { status: 'awaiting-payment' }
  const order = () => ({
    ...{ id: ORDER_ID, number: NUMBER, status: state.status, currency: 'NOK', totals: { total: 139_800 } },
    customer: { kind: 'consumer', name: 'Kari', email: 'kari@example.com' },
    lines: [{ name: 'Sensor', quantity: 1 }],
    ...(state.status === 'formed' && { formedAt: '2026-11-28T09:00:00Z' }),
    payment: { url: `http://127.0.0.1:9/payments/${ORDER_ID}`, reservedUntil: '2026-11-28T10:00:00Z' },
  })
  const answers: Record<string, unknown> = {
    'GET /products': ({ query: { country, sku } }: Asked) => {
      const all = [products[0]!, { ...products[1]!, lowered, guarantee, bulky, ...labelIn(country) }, products[2]!].map(
        (product) => ({
          ...product,
          shown: shownIn(country, product.priceNok, 'lowered' in product ? before.lowestBefore : undefined),
        }),
      )
      if (sku === undefined) return { items: all, next: 'GONE-3' }
      return { items: all.filter((product) => [sku].flat().includes(product.sku)) }
    },
    ...Object.fromEntries(products.map((product) => [`GET /products/${product.sku}`, product])),
    'POST /quotes': ({ body }: Asked) => {
      if (body.country === 'US') return problem(409, 'Nobody could be paid from there.')
      quoted.push(body)
      return quoteOf(body as never)
    },
    [`GET /quotes/${QUOTE_ID}/information`]: () => informationOf(quoted.at(-1) as never),
    'POST /orders': ({ body, headers }: Asked) => {
      placed.set(headers['idempotency-key']!, body)
      return order()
    },
    [`GET /orders/${ORDER_ID}`]: order,
    'GET /terms/smartgroup/2026-01-15': {
      ...{ title: 'Vilkår for salg', introduction: 'Disse vilkårene gjelder.', withdrawalForm: 'Angreskjema' },
      clauses: [{ number: '8', title: 'Angrerett', sentences: [{ number: '8.1', text: 'Du kan angre.' }] }],
    },
  }
  return { answers, placed, quoted, state }
}

function quoteOf({
  lines,
  locale,
  customerKind,
  country,
  currency,
  deliveryOption = 'parcel',
  priceOffer,
}: {
  lines: Line[]
  locale: 'nb' | 'en'
  customerKind: string
  country: string
  currency: string
  deliveryOption?: string
  priceOffer?: string
}) {
  const priced = lines.map(({ sku, quantity }, i) => {
    const { name, priceNok, stock } = products.find((product) => product.sku === sku)!
    const total = priceNok * quantity
    const shown = { unitPrice: priceNok, total }
    return {
      lineId: String(i + 1),
      sku,
      name: name[locale],
      quantity,
      unitPrice: priceNok,
      total,
      traits,
      shown,
      available: stock,
      ...(priceOffer && { withoutOffer: priceNok + 10_000 }),
    }
  })
  const goods = priced.reduce((sum, { total }) => sum + total, 0)
  const delivery = deliveryOption === 'express' ? 19_900 : 9_900
  return {
    ...{
      id: QUOTE_ID,
      seller: 'smartgroup',
      expiresAt: '2026-11-28T10:00:00Z',
      currency,
      customerKind,
      country,
      locale,
    },
    terms: { edition: 'smartgroup/2026-01-15', sha256: 'a'.repeat(64) },
    lines: priced,
    delivery: {
      option: deliveryOption,
      name: deliveryOption,
      price: delivery,
      standardPrice: 9_900,
      vat: delivery / 5,
    },
    deliveryOptions: [
      { id: 'parcel', name: 'Pakke', price: 9_900, shown: 9_900 },
      { id: 'express', name: 'Ekspress', price: 19_900, shown: 19_900 },
    ],
    totals: { goods, delivery, net: 0, vat: (goods + delivery) / 5, total: goods + delivery },
    vat: { exported: false, rates: [{ rate: 2_500, net: 0, vat: (goods + delivery) / 5, gross: 0 }], reasons: [] },
    priceDisplay: { show: 'incl', label: 'inkl. mva.', alsoShowTotalIncl: false, reasons },
    deliveryPromise: { from: '2026-12-01', to: '2026-12-08', lastDay: '2026-12-28', agreed: false, reasons },
    capture: { timing: 'at-shipment', reasons },
  }
}

const informationOf = ({ lines, locale, country }: { lines: Line[]; locale: 'nb' | 'en'; country: string }) => ({
  seller: {
    ...{ name: 'SmartGroup AS', organisationNumber: '999 615 147', email: 'hei@example.com', phone: '+47 649 59 444' },
    address: { street: 'Storgata 1', postalCode: '0155', city: 'Oslo', country: 'NO' },
  },
  lines: lines.map((_, i) => ({
    lineId: String(i + 1),
    withdrawal: { outcome: i === 0 ? 'granted' : 'refused', reasons },
    ...(i === 0 && country === 'DE' && { returnCost: { bearer: 'customer', amount: 45_000, reasons } }),
    ...(i === 0 && labelIn(country)),
  })),
  returnCost: { bearer: 'customer', reasons },
  ...(country === 'DE' && { guaranteeNotice: { ...NOTICE, reasons } }),
  button: { label: BUTTON[locale], reasons },
})
