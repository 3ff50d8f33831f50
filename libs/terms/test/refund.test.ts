import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type RefundDue, refund, refundDue } from '../smartgroup/2026-01-15/08-refund.ts'
import { cites, codes, instant, noon } from './cites.ts'

describe('8.5 how much', () => {
  const whole = { lines: [{ total: 100_000, quantity: 1, returning: 1 }], emptiesOrder: true }
  for (const [rule, facts, amount] of [
    ['the goods and the standard delivery', { ...whole, deliveryPaid: 9_900, standardDeliveryPrice: 9_900 }, 109_900],
    ['not what express cost on top', { ...whole, deliveryPaid: 19_900, standardDeliveryPrice: 9_900 }, 109_900],
    [
      'no part of an express when standard was free',
      { ...whole, deliveryPaid: 14_900, standardDeliveryPrice: 0 },
      100_000,
    ],
    ['all of the only delivery there was', { ...whole, deliveryPaid: 14_900, standardDeliveryPrice: 14_900 }, 114_900],
    ['no more delivery than was paid', { ...whole, deliveryPaid: 0, standardDeliveryPrice: 9_900 }, 100_000],
    [
      'no delivery while something stays',
      { ...whole, emptiesOrder: false, deliveryPaid: 9_900, standardDeliveryPrice: 9_900 },
      100_000,
    ],
    [
      'delivery with the return that takes the last',
      {
        lines: [{ total: 100_000, quantity: 2, returning: 1, returnedBefore: 1 }],
        emptiesOrder: true,
        deliveryPaid: 9_900,
        standardDeliveryPrice: 9_900,
      },
      59_900,
    ],
  ] as const)
    test(`${rule}: ${amount}`, () => {
      const { amount: back, parts, reasons } = refund({ ...facts, lines: [...facts.lines] })
      assert.equal(back, amount)
      assert.equal(
        parts.lines.reduce((sum, line) => sum + line, parts.delivery),
        amount,
      )
      assert.deepEqual(cites(reasons).slice(0, 2), ['8.5', '§ 24'])
    })

  test('units of a line are worth the same, and the last one takes what does not divide', () => {
    const one = (returnedBefore: number) =>
      refund({
        lines: [{ total: 10_000, quantity: 3, returning: 1, returnedBefore }],
        emptiesOrder: false,
        deliveryPaid: 0,
        standardDeliveryPrice: 0,
      }).amount
    assert.deepEqual([one(0), one(1), one(2)], [3_333, 3_333, 3_334])
  })
  test('more units than were bought cannot go back', () => {
    const lines = [{ total: 10_000, quantity: 3, returning: 2, returnedBefore: 2 }]
    assert.throws(() => refund({ lines, emptiesOrder: false, deliveryPaid: 0, standardDeliveryPrice: 0 }), RangeError)
  })
})

describe('8.5 when', () => {
  const noticed = { noticeReceivedAt: noon('2026-06-10') }
  for (const [rule, facts, dueOn, basis, undercut] of [
    [
      'the law counts from the notice, not from the return',
      { ...noticed, goodsReceivedAt: noon('2026-06-15') },
      '2026-06-24',
      'statute',
      true,
    ],
    [
      'goods that come late are paid for when they come',
      { ...noticed, goodsReceivedAt: noon('2026-06-30') },
      '2026-06-30',
      'statute',
      true,
    ],
    ['neither goods nor proof yet', noticed, undefined, 'both', false],
    [
      'nothing to wait for when the seller collects',
      { ...noticed, sellerCollects: true },
      '2026-06-24',
      'statute',
      true,
    ],
    ['nor when nothing was sent out', { ...noticed, neverShipped: true }, '2026-06-24', 'statute', true],
    [
      'proof of sending is as good as the goods',
      { ...noticed, proofOfSendingAt: noon('2026-06-11') },
      '2026-06-24',
      'statute',
      true,
    ],
    [
      'whichever of the two came first',
      { ...noticed, goodsReceivedAt: noon('2026-07-05'), proofOfSendingAt: noon('2026-06-26') },
      '2026-06-26',
      'statute',
      true,
    ],
    [
      'a Saturday moves to Monday',
      { noticeReceivedAt: noon('2026-06-13'), goodsReceivedAt: noon('2026-06-15') },
      '2026-06-29',
      'both',
      false,
    ],
    [
      'the seller’s days start when the notice came in, in Oslo',
      { noticeReceivedAt: instant('2026-06-10T22:05:00Z'), goodsReceivedAt: noon('2026-06-15') },
      '2026-06-25',
      'statute',
      true,
    ],
    [
      'goods back before any notice: the terms are the quicker',
      { ...noticed, goodsReceivedAt: noon('2026-06-01') },
      '2026-06-15',
      'terms',
      false,
    ],
  ] as [string, RefundDue, string | undefined, string, boolean][])
    test(`${rule}: ${dueOn ?? 'withheld'}`, () => {
      const due = refundDue(facts)
      assert.equal(due.dueOn?.toString(), dueOn)
      assert.equal(due.withheld, dueOn === undefined)
      assert.deepEqual([due.basis, due.termsUndercut], [basis, undercut])
      assert.equal(cites(due.reasons)[0], '8.5')
      assert.ok(cites(due.reasons).includes('§ 24'))
    })

  test('the seller who collects says so', () =>
    assert.deepEqual(codes(refundDue({ ...noticed, sellerCollects: true }).reasons), ['seller-collects']))
})
