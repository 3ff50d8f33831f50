import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { apportion } from '../amounts/apportion.ts'
import { refundOrRelease, splitBack } from '../amounts/money-back.ts'
import { afterDiscount } from '../amounts/portion.ts'
import { terms } from '../cases/first-edition.ts'
import type { Settlement } from '../rules/settlement.ts'
import { cites, codes } from './cites.ts'

const { settlement, voluntaryRefund } = terms

t.test('an amount split by weights', async (t) => {
  for (const [rule, total, weights, parts] of [
    ['a tie goes to the earlier', 10_000, [33_333, 33_333, 33_333], [3_334, 3_333, 3_333]],
    ['the larger remainder goes first', 100, [1, 2, 2, 2], [14, 29, 29, 28]],
    ['what weighs nothing gets nothing', 5, [0, 3, 0], [0, 5, 0]],
    ['weights that are all zero are equal', 5, [0, 0], [3, 2]],
    [
      'amounts beyond what a product of numbers can hold',
      9_007_199_254_740_991,
      [1, 1],
      [4_503_599_627_370_496, 4_503_599_627_370_495],
    ],
    ['nothing over nobody', 0, [], []],
  ] as const)
    t.test(rule, async (t) => t.strictSame(apportion(total, weights), parts))

  t.test('sums exactly, and no part is more than one unit from its share', async () => {
    const amount = fc.nat(1_000_000_000)
    fc.assert(
      fc.property(amount, fc.array(amount, { minLength: 1, maxLength: 12 }), (total, weights) => {
        const parts = apportion(total, weights)
        const whole = weights.reduce((sum, weight) => sum + weight, 0)
        assert.equal(
          parts.reduce((sum, part) => sum + part, 0),
          total,
        )
        for (const [at, part] of parts.entries())
          if (whole > 0) assert.ok(Math.abs(part - (total * weights[at]!) / whole) < 1.000_001)
      }),
    )
  })
  for (const [rule, total, weights] of [
    ['half an øre', 0.5, [1]],
    ['less than nothing', -1, [1]],
    ['a weight below nothing', 1, [-1]],
    ['something over nobody', 1, []],
  ] as const)
    t.test(`${rule} cannot be split`, async () => assert.throws(() => apportion(total, weights), RangeError))
})

t.test('8.5 the same means of payment', async (t) => {
  t.test('each means gets back what it paid', async (t) =>
    t.strictSame(splitBack(100_000, { giftcard: 40_000, card: 60_000 }), { giftcard: 40_000, card: 60_000 }),
  )
  t.test('a part goes back in proportion', async (t) =>
    t.strictSame(splitBack(50_001, { giftcard: 40_000, card: 60_000 }), { giftcard: 20_000, card: 30_001 }),
  )
  t.test('more than was paid cannot be split', async () =>
    assert.throws(() => splitBack(101, { card: 100 }), RangeError),
  )
  t.test(
    'however a purchase is paid back in parts, no means ever gets more than it paid, and in the end just that',
    async () => {
      const paid = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 4 })
      fc.assert(
        fc.property(paid, fc.array(fc.nat(50_000), { maxLength: 6 }), (amounts, refunds) => {
          const paidBy = Object.fromEntries(amounts.map((amount, at) => [`means ${at}`, amount]))
          const back: Record<string, number> = Object.fromEntries(Object.keys(paidBy).map((mean) => [mean, 0]))
          let left = amounts.reduce((sum, amount) => sum + amount, 0)
          for (const asked of [...refunds, Number.MAX_SAFE_INTEGER]) {
            const refund = Math.min(asked, left)
            for (const [mean, amount] of Object.entries(splitBack(refund, paidBy, back))) back[mean]! += amount
            for (const [mean, amount] of Object.entries(back)) assert.ok(amount <= paidBy[mean]!)
            left -= refund
          }
          assert.deepEqual(back, paidBy)
        }),
      )
    },
  )
})

t.test('8.5 what was only authorised is released', async (t) => {
  for (const [rule, facts, refund, release] of [
    ['nothing captured', { amount: 109_900, charged: 109_900, captured: 0, emptiesOrder: true }, 0, 109_900],
    [
      'not even a dearer delivery that never ran is owed',
      { amount: 109_900, charged: 119_900, captured: 0, emptiesOrder: true },
      0,
      119_900,
    ],
    ['all captured', { amount: 109_900, charged: 109_900, captured: 109_900, emptiesOrder: true }, 109_900, 0],
    ['captured in part', { amount: 109_900, charged: 109_900, captured: 40_000, emptiesOrder: true }, 40_000, 69_900],
    ['a part of an order of which nothing is captured', { amount: 50_000, charged: 109_900, captured: 0 }, 0, 50_000],
    [
      'a part of an order captured in part: what is owed comes first',
      { amount: 50_000, charged: 109_900, captured: 70_000 },
      10_100,
      39_900,
    ],
    [
      'after an earlier refund',
      { amount: 59_900, charged: 109_900, captured: 109_900, alreadyRefunded: 50_000, emptiesOrder: true },
      59_900,
      0,
    ],
  ] as const)
    t.test(`${rule}: ${refund} back, ${release} released`, async (t) =>
      t.strictSame(refundOrRelease(facts), { refund, release }),
    )
})

t.test('8.5 how it is paid back', async (t) => {
  const paid: Settlement = {
    amount: 100_000,
    charged: 100_000,
    captured: 100_000,
    paidBy: { giftcard: 40_000, card: 60_000 },
  }
  t.test('the way it was paid, without asking', async (t) => {
    const { refund, method, split, violations, reasons } = settlement(paid)
    t.strictSame([refund, method, split, violations], [100_000, 'original', { giftcard: 40_000, card: 60_000 }, []])
    t.strictSame(cites(reasons), ['8.5', '§ 24 annet ledd'])
  })
  t.test('store credit only with express consent', async (t) => {
    const without = settlement({ ...paid, method: 'store-credit' })
    t.strictSame([without.method, codes(without.violations)], ['original', ['store-credit-not-agreed']])
    const agreed = settlement({ ...paid, method: 'store-credit', expressConsent: true })
    t.strictSame([agreed.method, agreed.split, agreed.violations], ['store-credit', undefined, []])
  })
  t.test('a fee is not taken, and named', async (t) => {
    const { refund, violations } = settlement({ ...paid, fee: 5_000 })
    t.strictSame([refund, codes(violations)], [100_000, ['no-refund-fee']])
  })
  t.test('what is released is said', async (t) => {
    const { release, reasons } = settlement({ amount: 100, charged: 100, captured: 0, emptiesOrder: true })
    t.equal(release, 100)
    t.ok(codes(reasons).includes('authorisation-released'))
  })
})

t.test('9.1 a voluntary return too gives back what was paid, its share of a discount taken off', async (t) =>
  t.equal(
    voluntaryRefund({
      lines: [
        { total: 30_000, quantity: 1, returning: 0 },
        { total: 70_000, quantity: 1, returning: 1 },
      ],
      orderDiscount: 10_000,
    }).amount,
    63_000,
  ),
)

t.test('a discount never makes a line cost less than nothing', async (t) => {
  const line = { total: 10_000, quantity: 1, returning: 1 }
  t.strictSame(afterDiscount([line], 15_000), [{ ...line, total: 0 }])
  t.strictSame(afterDiscount([line]), [line])
})
