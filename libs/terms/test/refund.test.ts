import assert from 'node:assert/strict'
import t from 'tap'
import { terms, termsUnder } from '../cases/first-edition.ts'
import type { Refund, RefundDue } from '../rules/refund.ts'
import { cites, codes, instant, noon } from './cites.ts'

const { refund, refundDue } = terms

t.test('8.5 how much', async (t) => {
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
    t.test(`${rule}: ${amount}`, async (t) => {
      const { amount: back, parts, reasons } = refund({ ...facts, lines: [...facts.lines] })
      t.equal(back, amount)
      t.equal(
        parts.lines.reduce((sum, line) => sum + line, parts.delivery),
        amount,
      )
      t.strictSame(cites(reasons).slice(0, 2), ['8.5', '§ 24'])
    })

  t.test('units of a line are worth the same, and the last one takes what does not divide', async (t) => {
    const one = (returnedBefore: number) =>
      refund({
        lines: [{ total: 10_000, quantity: 3, returning: 1, returnedBefore }],
        emptiesOrder: false,
        deliveryPaid: 0,
        standardDeliveryPrice: 0,
      }).amount
    t.strictSame([one(0), one(1), one(2)], [3_333, 3_333, 3_334])
  })
  t.test('more units than were bought cannot go back', async () => {
    const lines = [{ total: 10_000, quantity: 3, returning: 2, returnedBefore: 2 }]
    assert.throws(() => refund({ lines, emptiesOrder: false, deliveryPaid: 0, standardDeliveryPrice: 0 }), RangeError)
  })
})

t.test('8.5 how much of an order that is not as simple', async (t) => {
  const whole: Refund = {
    lines: [{ total: 200_000, quantity: 1, returning: 1 }],
    emptiesOrder: true,
    deliveryPaid: 9_900,
    standardDeliveryPrice: 9_900,
  }
  const part: Refund = {
    ...whole,
    lines: [
      { total: 50_000, quantity: 1, returning: 1 },
      { total: 50_000, quantity: 1, returning: 0 },
    ],
    emptiesOrder: false,
  }
  const informed = { informationGiven: true }
  for (const [rule, facts, amount, code] of [
    [
      'the only delivery on offer was the standard one',
      { ...whole, deliveryPaid: 14_900, onlyDelivery: true },
      214_900,
      'standard-delivery-refunded',
    ],
    [
      'a part takes back what delivery of the rest would have cost less',
      { ...part, deliveryForKept: 5_900 },
      54_000,
      'delivery-difference-refunded',
    ],
    [
      'what express cost extra is no part of that difference',
      { ...part, deliveryPaid: 19_900, deliveryForKept: 5_900 },
      54_000,
      'delivery-difference-refunded',
    ],
    [
      'delivery of the rest that would have cost more is not charged afterwards',
      { ...part, deliveryPaid: 0, deliveryForKept: 9_900 },
      50_000,
      'goods-refunded',
    ],
    [
      'with the part that empties the order the delivery comes too',
      { ...part, emptiesOrder: true, alreadyRefunded: 50_000 },
      59_900,
      'standard-delivery-refunded',
    ],
    [
      'less what an earlier part took of it',
      { ...part, emptiesOrder: true, alreadyRefunded: 54_000 },
      55_900,
      'already-refunded',
    ],
    ['nothing is paid back twice', { ...whole, alreadyRefunded: 209_900 }, 0, 'already-refunded'],
    [
      'an insurance of the goods ends with them, at no cost',
      { ...whole, ancillary: 15_000 },
      224_900,
      'ancillary-contract-ended',
    ],
    [
      'wear beyond trying is deducted from who was informed',
      { ...whole, ...informed, diminishedValue: 60_000 },
      149_900,
      'diminished-value-deducted',
    ],
    [
      'but not from who was not',
      { ...whole, informationGiven: false, diminishedValue: 60_000 },
      209_900,
      'not-informed-of-withdrawal',
    ],
    ['nor from who nobody can say was', { ...whole, diminishedValue: 60_000 }, 209_900, 'not-informed-of-withdrawal'],
    [
      'trying as in a shop costs nothing',
      { ...whole, ...informed, handling: 'necessary', diminishedValue: 60_000 },
      209_900,
      'necessary-handling-free',
    ],
    [
      'wear never costs more than the goods did',
      { ...whole, ...informed, diminishedValue: 250_000 },
      9_900,
      'diminished-value-deducted',
    ],
    [
      'nor more than the part of them that comes back',
      { ...part, ...informed, diminishedValue: 80_000 },
      0,
      'diminished-value-deducted',
    ],
    [
      'a label is netted when the way back is the consumer’s',
      { ...whole, returnLabel: 7_900, returnCostBorneBy: 'customer' },
      202_000,
      'return-label-netted',
    ],
    [
      'and is the seller’s gift when it is not',
      { ...whole, returnLabel: 7_900, returnCostBorneBy: 'seller' },
      209_900,
      'return-cost-not-disclosed',
    ],
    ['or nobody has said', { ...whole, returnLabel: 7_900 }, 209_900, 'return-cost-not-disclosed'],
    [
      'a label never turns a refund into a bill',
      { ...whole, ...informed, diminishedValue: 200_000, returnLabel: 12_000, returnCostBorneBy: 'customer' },
      0,
      'return-label-netted',
    ],
  ] as [string, Refund, number, string][])
    t.test(`${rule}: ${amount}`, async (t) => {
      const { amount: back, parts, deductions, reasons } = refund(facts)
      t.equal(back, amount)
      t.ok(codes(reasons).includes(code), `${codes(reasons)}`)
      const given = parts.lines.reduce((sum, line) => sum + line, parts.delivery + parts.ancillary)
      t.ok(back <= given - deductions.diminishedValue - deductions.returnLabel)
    })

  t.test('a discount on the order is shared by price, to the øre', async (t) => {
    const returning = (which: number, totals: number[], orderDiscount: number) =>
      refund({
        lines: totals.map((total, at) => ({ total, quantity: 1, returning: at === which ? 1 : 0 })),
        orderDiscount,
        emptiesOrder: false,
        deliveryPaid: 0,
        standardDeliveryPrice: 0,
      }).amount
    t.equal(returning(1, [30_000, 50_000, 20_000], 10_000), 45_000)
    const thirds = [33_333, 33_333, 33_333]
    t.strictSame(
      thirds.map((_, at) => returning(at, thirds, 10_000)),
      [29_999, 30_000, 30_000],
    )
    t.equal(returning(0, [10_000], 15_000), 0)
  })
})

t.test('8.5 when', async (t) => {
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
    [
      'nor once the seller offers to collect',
      { ...noticed, collectionOfferedAt: noon('2026-06-12') },
      '2026-06-24',
      'statute',
      true,
    ],
    [
      'an offer to collect after the fourteen days ends a wait that was rightful until then',
      { ...noticed, collectionOfferedAt: noon('2026-06-30') },
      '2026-06-30',
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
    t.test(`${rule}: ${dueOn ?? 'withheld'}`, async (t) => {
      const due = refundDue(facts)
      t.equal(due.dueOn?.toString(), dueOn)
      t.equal(due.withheld, dueOn === undefined)
      t.strictSame([due.basis, due.termsUndercut], [basis, undercut])
      t.equal(cites(due.reasons)[0], '8.5')
      t.ok(cites(due.reasons).includes('§ 24'))
    })

  t.test('the seller who collects says so', async (t) =>
    t.strictSame(codes(refundDue({ ...noticed, sellerCollects: true }).reasons), ['seller-collects']),
  )

  t.test('whoever offers to collect after the notice says so too, unless the goods came before', async (t) => {
    const offered = { ...noticed, collectionOfferedAt: noon('2026-06-12') }
    t.strictSame(codes(refundDue(offered).reasons), ['seller-collects'])
    t.strictSame(codes(refundDue({ ...offered, goodsReceivedAt: noon('2026-06-11') }).reasons), ['due-from-notice'])
  })

  t.test('the fourteen days after the notice are told even while the refund is withheld', async (t) =>
    t.equal(refundDue(noticed).countedFromNoticeOn.toString(), '2026-06-24'),
  )

  t.test(
    'terms that promise more days than the law are cut back to it, and terms that promise fewer hold',
    async (t) => {
      const under = (refundDays: number) => termsUnder({ refundDays }).refundPeriod()
      t.strictSame([under(30).days, under(30).basis, under(30).termsUndercut], [14, 'statute', true])
      t.strictSame([under(14).days, under(14).basis, under(14).termsUndercut], [14, 'both', false])
      t.strictSame([under(10).days, under(10).basis, under(10).termsUndercut], [10, 'terms', false])
      const facts = { ...noticed, goodsReceivedAt: noon('2026-06-11') }
      t.equal(termsUnder({ refundDays: 30 }).refundDue(facts).dueOn?.toString(), '2026-06-24')
      t.equal(termsUnder({ refundDays: 7 }).refundDue(facts).dueOn?.toString(), '2026-06-18')
    },
  )
})
