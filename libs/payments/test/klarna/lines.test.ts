import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { klarnaLine, problemWith } from '../../klarna/lines.ts'
import type { PaymentLine } from '../../port.ts'

const line = (change: Partial<PaymentLine> = {}): PaymentLine => ({
  kind: 'physical',
  reference: 'mug-blue',
  name: 'Blue mug',
  quantity: 2,
  unitPrice: 3_500,
  discount: 1_000,
  total: 6_000,
  taxRate: 2_500,
  tax: 1_200,
  ...change,
})
const check = (lines: PaymentLine[], amount: number, tax?: number) =>
  problemWith({ total: { amount, currency: 'NOK' }, lines, tax })

t.test('a line is told in Klarna’s words, 25 % as 2500', async (t) => {
  t.strictSame(klarnaLine(line()), {
    type: 'physical',
    reference: 'mug-blue',
    name: 'Blue mug',
    quantity: 2,
    unit_price: 3_500,
    total_discount_amount: 1_000,
    total_amount: 6_000,
    tax_rate: 2_500,
    total_tax_amount: 1_200,
  })
})

t.test('tax may be one øre off, not two', async (t) => {
  for (const tax of [1_199, 1_200, 1_201]) t.equal(check([line({ tax })], 6_000, tax), null)
  for (const tax of [1_198, 1_202]) t.match(check([line({ tax })], 6_000) ?? '', /not the tax at 25 %/)
})

t.test('a tax rate in percent instead of basis points is noticed', async (t) => {
  t.match(check([line({ taxRate: 25 })], 6_000) ?? '', /not the tax/)
})

t.test('what takes money off is negative, and nothing else is', async (t) => {
  const off = line({ kind: 'discount', quantity: 1, unitPrice: -500, discount: 0, total: -500, tax: -100 })
  t.equal(check([line(), off], 5_500, 1_100), null)
  t.match(check([line(), { ...off, kind: 'physical' }], 5_500) ?? '', /^Line 2: /)
  t.match(check([line({ kind: 'discount' })], 6_000) ?? '', /^Line 1: /)
})

t.test('sums, whole numbers and limits are kept', async (t) => {
  t.match(check([line()], 6_001) ?? '', /add up to 6000, not to 6001/)
  t.match(check([line()], 6_000, 1_199) ?? '', /tax adds up to 1200/)
  t.match(check([line({ total: 6_001 })], 6_001) ?? '', /is not 2 × 3500/)
  const wrong: Partial<PaymentLine>[] = [
    { quantity: 1.5 },
    { unitPrice: 3_500.5 },
    { discount: -1 },
    { total: Number.NaN },
    { total: 2 ** 53 },
    { tax: 0.5 },
    { taxRate: 10_001 },
    { taxRate: -1 },
    { name: '' },
    { name: 'x'.repeat(256) },
    { reference: 'x'.repeat(256) },
  ]
  for (const change of wrong) t.match(check([line(change)], 6_000) ?? '', /^Line 1: /, JSON.stringify(change))
  for (const amount of [0, -1, 0.5, 200_000_001]) t.match(check([line()], amount) ?? '', /not an amount to move/)
  t.match(check([], 6_000) ?? '', /0 lines/)
  t.match(check(Array(1_001).fill(line()), 6_006_000) ?? '', /1001 lines/)
})

const anyLine = fc
  .record({
    quantity: fc.integer({ min: 1, max: 9 }),
    unitPrice: fc.integer({ min: 1, max: 500_000 }),
    taxRate: fc.constantFrom(0, 1_500, 2_500),
  })
  .map(({ quantity, unitPrice, taxRate }) => {
    const total = quantity * unitPrice
    return line({
      quantity,
      unitPrice,
      discount: 0,
      total,
      taxRate,
      tax: Math.round(total - (total * 10_000) / (10_000 + taxRate)),
    })
  })

t.test('any honest basket is accepted, and refused as soon as its total is off', async () => {
  const off = fc.integer({ min: -5, max: 5 }).filter((difference) => difference !== 0)
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 20 }), off, (lines, difference) => {
      const total = lines.reduce((sum, { total }) => sum + total, 0)
      const tax = lines.reduce((sum, { tax }) => sum + tax, 0)
      assert.equal(check(lines, total, tax), null)
      assert.notEqual(check(lines, total + difference, tax), null)
      assert.notEqual(check(lines, total, tax + difference), null)
    }),
  )
})
