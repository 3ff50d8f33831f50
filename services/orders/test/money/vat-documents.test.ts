import { transact } from '@vilkar/server/transact.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import t from 'tap'
import { onRefundDecided } from '../../money/reactions/on-refund-decided.ts'
import { startOrdersForTest } from '../orders-service.ts'
import { paying } from '../paying.ts'

const house = await startOrdersForTest(t)
const { call, deps, klarna } = house
const { dispatch, payments, reaches } = paying(house)

type Document = { series: string; amount: number; vat: { rate: number; gross: number; vat: number }[] }
const vatIn = (documents: Document[], series: string) =>
  documents.flatMap((each) => (each.series === series ? each.vat : [])).reduce((sum, { vat }) => sum + vat, 0)

/** An order of three units, paid and confirmed. */
async function formed() {
  await house.stock('THIRD-1', { priceNok: 333, priceEur: 333 })
  const quoted = await house.quote({ lines: [{ sku: 'THIRD-1', quantity: 3 }] })
  const { body: order } = await call('storefront', 'POST', '/orders', house.orderOf(quoted), {
    'idempotency-key': crypto.randomUUID(),
  })
  const page = await eventually('the payment page', async () => {
    const hop = await fetch(order.payment.url, { redirect: 'manual' })
    return hop.status === 303 && new URL(hop.headers.get('location')!).pathname.split('/').at(-1)!
  })
  klarna.approve(page)
  return reaches(order.id, 'formed')
}

t.test('sent in three parcels and sent back one at a time, the VAT is back to the øre', async (t) => {
  const order = await formed()
  const { totals, lines, delivery } = order
  const issued = (series: string, count: number) =>
    eventually(`${count} documents of series ${series}`, async () => {
      const { documents } = (await payments(order.id)) as { documents: Document[] }
      return documents.filter((each) => each.series === series).length === count && documents
    })
  for (const parcel of [1, 2, 3]) {
    await dispatch(order.id)
    await issued('invoice', parcel)
  }
  const unit = Math.floor(lines[0].total / 3)
  for (const [at, amount] of [unit, unit, lines[0].total - 2 * unit].entries()) {
    const deliveryAmount = at === 2 ? delivery.price : 0
    await transact(deps, (trx) =>
      onRefundDecided(trx, deps, {
        ...{ orderId: order.id, returnId: crypto.randomUUID(), amount: amount + deliveryAmount, deliveryAmount },
        lines: [{ lineId: '1', quantity: 1, amount }],
      } as never),
    )
    await issued('credit-note', at + 1)
  }
  const documents = await issued('credit-note', 3)
  t.equal(vatIn(documents, 'invoice'), totals.vat)
  t.equal(vatIn(documents, 'credit-note'), totals.vat)
  t.strictSame(klarna.violations(), [])
})

t.test(
  'a lower price gives back money and no unit: each can still go back for what is left of its price',
  async (t) => {
    const order = await formed()
    const { lines } = order
    await dispatch(order.id)
    const issued = (series: string, count: number) =>
      eventually(`${count} documents of series ${series}`, async () => {
        const { documents } = (await payments(order.id)) as { documents: Document[] }
        return documents.filter((each) => each.series === series).length === count && documents
      })
    await issued('invoice', 1)
    const decided = (amount: number, more: object) =>
      transact(deps, (trx) =>
        onRefundDecided(trx, deps, {
          ...{ orderId: order.id, returnId: crypto.randomUUID(), amount, deliveryAmount: 0 },
          ...{ lines: [{ lineId: '1', quantity: 1, amount }], ...more },
        } as never),
      )
    await decided(100, { reduction: true })
    await issued('credit-note', 1)
    const [invoice] = (await issued('credit-note', 1)).filter(({ series }) => series === 'invoice')
    const paid = Math.min(lines[0].total / lines[0].quantity, invoice!.amount)
    await decided(paid - 100, {})
    const notes = (await issued('credit-note', 2)).filter(({ series }) => series === 'credit-note')
    t.strictSame(
      notes.map(({ amount }) => amount).toSorted((a, b) => a - b),
      [100, paid - 100],
    )
    t.strictSame(klarna.violations(), [])
  },
)

t.test('what is sent out of the VAT area is invoiced without VAT', async (t) => {
  await house.stock()
  const address = { ...house.address, postalCode: '9170', city: 'Longyearbyen' }
  const quoted = await house.quote({ postalCode: '9170' })
  t.hasStrict(quoted, { vat: { exported: true }, totals: { total: 8_000 + 7_920, vat: 0 } })
  const body = house.orderOf(quoted, { shippingAddress: address })
  const placed = await call('storefront', 'POST', '/orders', body, { 'idempotency-key': crypto.randomUUID() })
  t.equal(placed.status, 201)
  t.strictSame(placed.body.vat, { exported: true, rates: [{ rate: 0, net: 15_920, vat: 0, gross: 15_920 }] })
  const page = await eventually('the payment page', async () => {
    const hop = await fetch(placed.body.payment.url, { redirect: 'manual' })
    return hop.status === 303 && new URL(hop.headers.get('location')!).pathname.split('/').at(-1)!
  })
  klarna.approve(page)
  await reaches(placed.body.id, 'formed')
  await dispatch(placed.body.id)
  const [invoice] = await eventually('the invoice', async () => {
    const { documents } = await payments(placed.body.id)
    return documents.length > 0 && documents
  })
  t.strictSame(invoice.vat, [{ rate: 0, gross: 15_920, vat: 0 }])
})

t.test(
  'an order whose goods go where VAT is otherwise than in its quote is refused, and told what to do',
  async (t) => {
    const cases = [
      ['a quote of Norway, for Longyearbyen', {}, { postalCode: '9170', city: 'Longyearbyen' }, /leave the VAT area/],
      ['a quote of Norway, for Jan Mayen', {}, { postalCode: '8099', city: 'Jan Mayen' }, /leave the VAT area/],
      ['a quote of Svalbard, for Oslo', { postalCode: '9170' }, {}, /stay in the VAT area/],
    ] as const
    for (const [what, asked, where, detail] of cases) {
      const shippingAddress = { ...house.address, ...where }
      const body = house.orderOf(await house.quote(asked), { shippingAddress })
      const answer = await call('storefront', 'POST', '/orders', body, { 'idempotency-key': crypto.randomUUID() })
      t.equal(answer.status, 409, what)
      t.match(answer.body.type ?? answer.body.code, /quote-differs/)
      t.match(answer.body.detail, detail)
      t.match(answer.body.detail, /Ask for a quote for this country and postal code/)
      t.equal(answer.body.reasons[0].cites[0].act, 'merverdiavgiftsloven')
    }
  },
)
