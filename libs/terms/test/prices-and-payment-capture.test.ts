import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { terms, termsUnder } from '../cases/first-edition.ts'
import type { Capture } from '../rules/capture.ts'
import { cites, codes } from './cites.ts'

const { capture, paymentFee } = terms

t.test('6.2 taking money', async (t) => {
  const order: Capture = { authorised: 109_900, deliveryPrice: 9_900, shipped: 'none' }

  for (const [rule, facts, outcome, amount, code] of [
    ['all that was shipped, delivery in it', { ...order, shipped: 'all' }, 'granted', 109_900, 'shipped'],
    ['nothing before shipment', order, 'refused', 0, 'nothing-shipped'],
    ['unless earlier was stated', { ...order, earlyCaptureStated: true }, 'granted', 109_900, 'early-capture-stated'],
    [
      'a consumer’s prepayment is looked at first',
      { ...order, earlyCaptureStated: true, prepaidDays: 30 },
      'review',
      0,
      'early-capture-stated',
    ],
    [
      'a business’s is not',
      { ...order, earlyCaptureStated: true, prepaidDays: 30, customerKind: 'business' },
      'granted',
      109_900,
      'early-capture-stated',
    ],
    ['a label is no shipment', { ...order, shipped: 'all', labelOnly: true }, 'refused', 0, 'label-is-no-shipment'],
    ['the first part takes delivery along', { ...order, shipped: 60_000 }, 'granted', 69_900, 'shipped'],
    [
      'the second does not take it again',
      { ...order, shipped: 40_000, deliveryCaptured: true, alreadyCaptured: 69_900 },
      'granted',
      40_000,
      'shipped',
    ],
    [
      'the same shipment is taken for once',
      { ...order, shipped: 'all', repeated: true },
      'refused',
      0,
      'taken-already',
    ],
    [
      'never more than was confirmed, whatever was authorised',
      { ...order, authorised: 120_000, confirmedTotal: 109_900, shipped: 'all', requested: 115_000 },
      'refused',
      0,
      'above-what-was-confirmed',
    ],
    [
      'what was confirmed may be asked for',
      { ...order, authorised: 120_000, confirmedTotal: 109_900, shipped: 'all', requested: 109_900 },
      'granted',
      109_900,
      'shipped',
    ],
    [
      'and is all that comes of itself',
      { ...order, authorised: 120_000, confirmedTotal: 109_900, shipped: 'all' },
      'granted',
      109_900,
      'shipped',
    ],
    [
      'never more than was shipped',
      { ...order, shipped: 60_000, requested: 70_000 },
      'refused',
      0,
      'above-what-is-due',
    ],
    [
      'nothing is left to take',
      { ...order, shipped: 'all', alreadyCaptured: 109_900 },
      'refused',
      0,
      'nothing-shipped',
    ],
  ] as [string, Capture, string, number, string][])
    t.test(rule, async (t) => {
      const ruling = capture(facts)
      t.strictSame([ruling.outcome, ruling.amount, ruling.reasons[0]!.code], [outcome, amount, code])
      t.strictSame([ruling.release, ruling.action], [0, undefined])
      t.ok(cites(ruling.reasons).includes('6.2'))
    })

  t.test('the law on prepayment is cited when a person is to look', async (t) => {
    const { reasons, basis } = capture({ ...order, earlyCaptureStated: true, prepaidDays: 1 })
    t.strictSame([basis, ...codes(reasons)], ['statute', 'early-capture-stated', 'prepayment-to-be-checked'])
    t.ok(cites(reasons).includes('§ 38'))
  })
  t.test('an authorisation that ran out is asked for anew, and never saved by taking early', async (t) => {
    const ruling = capture({ ...order, authorisationExpired: true })
    t.strictSame([ruling.outcome, ruling.amount, ruling.action], ['refused', 0, 're-authorise'])
  })
  t.test('a cancelled order gives the authorisation back, less what was taken', async (t) => {
    const { outcome, release, amount } = capture({ ...order, cancelled: true, alreadyCaptured: 9_900 })
    t.strictSame([outcome, release, amount], ['refused', 100_000, 0])
  })
  t.test('so does a withdrawal, and it stops what has not left', async (t) => {
    const before = capture({ ...order, withdrawn: true })
    t.strictSame([before.release, before.stopShipment, before.amount], [109_900, true, 0])
    t.strictSame(cites(before.reasons), ['6.2', '§ 23'])
    t.equal(capture({ ...order, withdrawn: true, shipped: 'all' }).stopShipment, false)
    t.equal(capture({ ...order, shipped: 'all' }).stopShipment, false)
  })

  t.test('nothing that is taken exceeds what was authorised or confirmed, whatever else is so', async () => {
    const facts = fc.record({
      authorised: fc.nat(1_000),
      alreadyCaptured: fc.nat(1_000),
      confirmedTotal: fc.option(fc.nat(1_000), { nil: undefined }),
      shipped: fc.oneof(fc.nat(1_000), fc.constantFrom('all' as const, 'none' as const)),
      deliveryPrice: fc.nat(100),
      deliveryCaptured: fc.boolean(),
      earlyCaptureStated: fc.boolean(),
      requested: fc.option(fc.nat(1_000), { nil: undefined }),
    })
    fc.assert(
      fc.property(facts, (asked) => {
        const { amount, outcome } = capture(asked)
        const most = Math.min(asked.authorised, asked.confirmedTotal ?? asked.authorised)
        assert.ok(amount >= 0 && (amount === 0 || amount + asked.alreadyCaptured <= most))
        if (outcome !== 'granted') assert.equal(amount, 0)
      }),
    )
  })
})

t.test('6.1 no fee for the means of payment', async (t) => {
  for (const [customerKind, fee, outcome, cited] of [
    ['consumer', 2, 'refused', ['6.1', 'Art. 62(4)', 'Art. 19']],
    ['consumer', 0, 'granted', ['6.1']],
    ['business', 2, 'refused', ['6.1']],
  ] as const)
    t.test(`${fee} % from a ${customerKind}: ${outcome}`, async (t) => {
      const ruling = paymentFee({ fee, customerKind })
      t.strictSame([ruling.outcome, cites(ruling.reasons)], [outcome, cited])
    })
})

t.test('6.1 another edition may accept other means', async (t) => {
  const promised = termsUnder({ paymentMethods: ['vipps'] })
  t.strictSame(
    [promised.paymentMethod('vipps').outcome, promised.paymentMethod('visa').outcome],
    ['granted', 'refused'],
  )
})
