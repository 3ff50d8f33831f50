import assert from 'node:assert/strict'
import { told } from '@vilkar/contracts/test/told.ts'
import type { VatPart } from '@vilkar/terms/amounts/vat.ts'
import fc from 'fast-check'
import t from 'tap'
import type { CatalogueItem, QuoteRequest } from '../../checkout/quote.ts'
import { documentLines, vatOf } from '../../money/document-lines.ts'
import { order } from '../../order/order.ts'
import type { PlacedOrder, Portion } from '../../order/state.ts'
import { catalogue, place, quoteFor } from '../an-order.ts'

type Placed = PlacedOrder['placed']

const placedOf = (request: Partial<QuoteRequest>, goods: CatalogueItem[]) => {
  const state = told(order, place({ quote: quoteFor(request, goods) })).reduce(order.evolve, order.initial)
  return (state as PlacedOrder).placed
}

/** The VAT of documents that are issued one after the other, all of them of one series. */
const issued = (placed: Placed, portions: Portion[]) =>
  portions.map((portion, at) => vatOf(documentLines(placed, portion, portions.slice(0, at))))

/** Per rate, what documents come to together. */
function sumOf(documents: VatPart[][]) {
  const sums = new Map<number, VatPart>()
  for (const { rate, gross, vat } of documents.flat()) {
    const before = sums.get(rate) ?? { gross: 0, vat: 0 }
    sums.set(rate, { rate, gross: before.gross + gross, vat: before.vat + vat })
  }
  return [...sums.values()].filter(({ gross }) => gross > 0).sort((a, b) => a.rate - b.rate)
}

/** What was sold as the order has it: the VAT of each line and of the delivery, rounded once. */
const soldIn = ({ lines, delivery }: Placed) =>
  sumOf([lines.map(({ vatRate: rate, total: gross, vat }) => ({ rate, gross, vat })), delivery.vatParts!])

t.test('three units that come back one at a time give back the VAT that was invoiced', async (t) => {
  const goods = [{ ...catalogue[0]!, price_nok: 333, price_eur: 333 }]
  for (const currency of ['NOK', 'EUR'] as const) {
    const placed = placedOf({ currency, lines: [{ sku: 'SENSOR-1', quantity: 3 }] }, goods)
    const unit = Math.floor(placed.lines[0]!.total / 3)
    const part = (amount: number, deliveryAmount = 0) => ({
      lines: [{ lineId: '1', quantity: 1, amount }],
      deliveryAmount,
    })
    const last = part(placed.lines[0]!.total - 2 * unit, placed.delivery.price)
    t.strictSame(sumOf(issued(placed, [part(unit), part(unit), last])), soldIn(placed), currency)
    t.equal(sumOf(issued(placed, [part(unit), part(unit), last]))[0]!.vat, placed.totals.vat)
  }
})

/** Some numbers that add up to the total, in any sizes; some of them may be nothing. */
const splitOf = (total: number, cuts: number[]) => {
  const marks = [0, ...cuts.map((cut) => Math.round(cut * total)).sort((a, b) => a - b), total]
  return marks.slice(1).map((mark, at) => mark - marks[at]!)
}

const orders = fc.record({
  currency: fc.constantFrom('NOK' as const, 'EUR' as const),
  deliveryOption: fc.constantFrom('parcel', 'home', 'express'),
  country: fc.constantFrom('NO', 'NO', 'NO', 'SE'),
  items: fc.array(
    fc.record({
      price: fc.integer({ min: 0, max: 50_000 }),
      vat_rate: fc.constantFrom(0, 1_200, 1_500, 2_500),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})
const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 0, maxLength: 5 })

t.test('in any split, invoices and credit notes hold the VAT of the whole', async () => {
  const splits = fc.record({
    asked: orders,
    cuts: fc.array(shares, { minLength: 10, maxLength: 10 }),
    parts: fc.integer({ min: 1, max: 6 }),
  })
  fc.assert(
    fc.property(splits, ({ asked: { items, ...asked }, cuts, parts }) => {
      const goods = items.map(({ quantity: _, price, vat_rate }, n) => ({
        ...{ ...catalogue[0]!, sku: `S${n}`, price_nok: price, price_eur: price, vat_rate },
      }))
      const lines = items.map(({ quantity }, n) => ({ sku: `S${n}`, quantity }))
      const placed = placedOf({ ...asked, lines }, goods)
      const portionsOf = (offset: number): Portion[] => {
        const of = (total: number, n: number) => splitOf(total, (cuts[(n + offset) % 10] ?? []).slice(0, parts - 1))
        const byLine = placed.lines.map(({ total }, n) => of(total, n))
        const delivered = of(placed.delivery.price, 9)
        return Array.from({ length: Math.max(...byLine.map(({ length }) => length), delivered.length) }, (_, at) => ({
          lines: placed.lines.flatMap(({ lineId }, n) => {
            const amount = byLine[n]![at] ?? 0
            return amount > 0 ? [{ lineId, quantity: 1, amount }] : []
          }),
          deliveryAmount: delivered[at] ?? 0,
        }))
      }
      const invoices = issued(placed, portionsOf(0))
      const creditNotes = issued(placed, portionsOf(5))
      assert.deepEqual(sumOf(invoices), soldIn(placed))
      assert.deepEqual(sumOf(creditNotes), sumOf(invoices))
      for (const { gross, vat } of [...invoices, ...creditNotes].flat()) assert.ok(vat >= 0 && vat <= gross)
    }),
    { numRuns: 500 },
  )
})

t.test(
  'what came back so far holds the VAT that as much of the invoices held, captures and refunds in any order',
  async () => {
    const steps = fc.array(fc.record({ back: fc.boolean(), amount: fc.integer({ min: 1, max: 4_000 }) }), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40_000 }),
        fc.constantFrom(1_200, 1_500, 2_500),
        steps,
        (price, rate, asked) => {
          const placed = placedOf({ lines: [{ sku: 'SENSOR-1', quantity: 1 }] }, [
            { ...catalogue[0]!, price_nok: price, vat_rate: rate },
          ])
          const taken: Portion[] = []
          const back: Portion[] = []
          const sum = (portions: Portion[]) => portions.reduce((all, { lines }) => all + lines[0]!.amount, 0)
          const vatIn = (portions: Portion[]) => sumOf(issued(placed, portions))[0]?.vat ?? 0
          for (const step of asked) {
            const left = step.back ? sum(taken) - sum(back) : price - sum(taken)
            const amount = Math.min(left, step.amount)
            if (amount === 0) continue
            ;(step.back ? back : taken).push({ lines: [{ lineId: '1', quantity: 1, amount }], deliveryAmount: 0 })
            assert.ok(vatIn(back) <= vatIn(taken))
            if (sum(back) === sum(taken)) assert.equal(vatIn(back), vatIn(taken))
          }
        },
      ),
    )
  },
)
