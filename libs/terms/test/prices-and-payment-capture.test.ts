import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { terms, termsUnder } from '../cases/first-edition.ts'
import type { Capture } from '../rules/capture.ts'
import { cites, codes } from './cites.ts'

const { capture, paymentFee } = terms

describe('6.2 taking money', () => {
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
    test(rule, () => {
      const ruling = capture(facts)
      assert.deepEqual([ruling.outcome, ruling.amount, ruling.reasons[0]!.code], [outcome, amount, code])
      assert.deepEqual([ruling.release, ruling.action], [0, undefined])
      assert.ok(cites(ruling.reasons).includes('6.2'))
    })

  test('the law on prepayment is cited when a person is to look', () => {
    const { reasons, basis } = capture({ ...order, earlyCaptureStated: true, prepaidDays: 1 })
    assert.deepEqual([basis, ...codes(reasons)], ['statute', 'early-capture-stated', 'prepayment-to-be-checked'])
    assert.ok(cites(reasons).includes('§ 38'))
  })
  test('an authorisation that ran out is asked for anew, and never saved by taking early', () => {
    const ruling = capture({ ...order, authorisationExpired: true })
    assert.deepEqual([ruling.outcome, ruling.amount, ruling.action], ['refused', 0, 're-authorise'])
  })
  test('a cancelled order gives the authorisation back, less what was taken', () => {
    const { outcome, release, amount } = capture({ ...order, cancelled: true, alreadyCaptured: 9_900 })
    assert.deepEqual([outcome, release, amount], ['refused', 100_000, 0])
  })
  test('so does a withdrawal, and it stops what has not left', () => {
    const before = capture({ ...order, withdrawn: true })
    assert.deepEqual([before.release, before.stopShipment, before.amount], [109_900, true, 0])
    assert.deepEqual(cites(before.reasons), ['6.2', '§ 23'])
    assert.equal(capture({ ...order, withdrawn: true, shipped: 'all' }).stopShipment, false)
    assert.equal(capture({ ...order, shipped: 'all' }).stopShipment, false)
  })

  test('nothing that is taken exceeds what was authorised or confirmed, whatever else is so', () => {
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

describe('6.1 no fee for the means of payment', () => {
  for (const [customerKind, fee, outcome, cited] of [
    ['consumer', 2, 'refused', ['6.1', 'Art. 62(4)', 'Art. 19']],
    ['consumer', 0, 'granted', ['6.1']],
    ['business', 2, 'refused', ['6.1']],
  ] as const)
    test(`${fee} % from a ${customerKind}: ${outcome}`, () => {
      const ruling = paymentFee({ fee, customerKind })
      assert.deepEqual([ruling.outcome, cites(ruling.reasons)], [outcome, cited])
    })
})

test('6.1 another edition may accept other means', () => {
  const promised = termsUnder({ paymentMethods: ['vipps'] })
  assert.deepEqual(
    [promised.paymentMethod('vipps').outcome, promised.paymentMethod('visa').outcome],
    ['granted', 'refused'],
  )
})
