import assert from 'node:assert/strict'
import { told } from '@vilkar/contracts/test/told.ts'
import { problemWith } from '@vilkar/payments/klarna/lines.ts'
import fc from 'fast-check'
import t from 'tap'
import type { QuoteRequest } from '../../checkout/quote.ts'
import { lessShare, paymentLines, portionLines } from '../../money/portions.ts'
import { order } from '../../order/order.ts'
import type { PlacedOrder } from '../../order/state.ts'
import { catalogue, place, quoteFor } from '../an-order.ts'

const placedOf = (request: Partial<QuoteRequest>, goods = catalogue) => {
  const state = told(order, place({ quote: quoteFor(request, goods) })).reduce(order.evolve, order.initial)
  return (state as PlacedOrder).placed
}
const problemOf = (placed: PlacedOrder['placed']) => {
  const { currency, totals } = placed
  return problemWith({ total: { amount: totals.total, currency }, tax: totals.vat, lines: paymentLines(placed) })
}

t.test('the lines of an order pass the check of the provider', async (t) => {
  for (const currency of ['NOK', 'EUR'] as const)
    for (const customerKind of ['consumer', 'business'] as const)
      t.test(`in ${currency} for a ${customerKind}`, async (t) =>
        t.equal(problemOf(placedOf({ currency, customerKind })), null),
      )

  t.test('whatever is bought for whatever price', async () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1, max: 5_000 }),
        fc.constantFrom(0, 1_200, 1_500, 2_500),
        fc.constantFrom('NOK' as const, 'EUR' as const),
        fc.constantFrom('consumer' as const, 'business' as const),
        (price, quantity, vat_rate, currency, customerKind) => {
          const goods = [{ ...catalogue[0]!, price_nok: price, price_eur: price, vat_rate }]
          assert.equal(
            problemOf(placedOf({ lines: [{ sku: 'SENSOR-1', quantity }], currency, customerKind }, goods)),
            null,
          )
        },
      ),
    ),
  )
  t.test('and one øre more does not', async (t) => {
    const placed = placedOf({})
    const totals = { ...placed.totals, total: placed.totals.total + 1 }
    t.match(problemOf({ ...placed, totals })!, /add up to 244600, not to 244601/)
  })
})

t.test('delivery is a line of its own, and comes last', async (t) =>
  t.strictSame(paymentLines(placedOf({})).at(-1), {
    kind: 'shipping_fee',
    reference: 'home',
    name: 'Pakke levert hjem',
    quantity: 1,
    unitPrice: 14_900,
    discount: 0,
    total: 14_900,
    taxRate: 2_500,
    tax: 2_980,
  }),
)
t.test('what rounding made too much of a unit price is a discount', async (t) => {
  const [line] = paymentLines(
    placedOf({ currency: 'EUR', customerKind: 'business', lines: [{ sku: 'SENSOR-1', quantity: 10 }] }),
  )
  t.hasStrict(line, { quantity: 10, unitPrice: 4_999, total: 49_988, discount: 2 })
})

t.test('the lines of a part pass it too', async (t) => {
  t.test('the units that go, and the delivery where it goes with them', async (t) => {
    const placed = placedOf({ currency: 'EUR', customerKind: 'business', lines: [{ sku: 'SENSOR-1', quantity: 3 }] })
    const lines = [{ lineId: '1', quantity: 2, amount: 9_997 }]
    for (const deliveryAmount of [0, 788]) {
      const parts = portionLines(placed, { lines, deliveryAmount })
      const total = { amount: 9_997 + deliveryAmount, currency: 'EUR' }
      t.equal(problemWith({ total, lines: parts }), null)
      t.equal(parts.length, deliveryAmount === 0 ? 1 : 2)
    }
  })
})

t.test(
  'what is left of a portion after a part was taken is less of every line alike, and never less than nothing',
  async () => {
    const portions = fc.record({
      amounts: fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 6 }),
      deliveryAmount: fc.integer({ min: 0, max: 20_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(portions, ({ amounts, deliveryAmount, share }) => {
        const lines = amounts.map((amount, index) => ({ lineId: `${index}`, quantity: 1, amount }))
        const total = amounts.reduce((sum, amount) => sum + amount, deliveryAmount)
        const taken = Math.round(total * share)
        const left = lessShare({ lines, deliveryAmount }, taken)
        assert.equal(
          left.lines.reduce((sum, { amount }) => sum + amount, left.deliveryAmount),
          total - taken,
        )
        assert.ok(left.deliveryAmount >= 0)
        for (const { lineId, amount } of lines) {
          const rest = left.lines.find((line) => line.lineId === lineId)?.amount ?? 0
          assert.ok(rest >= 0 && Math.abs(rest - (amount * (total - taken)) / total) <= 1)
        }
      }),
    )
  },
)
