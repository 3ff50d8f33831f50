import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { terms } from '../cases/first-edition.ts'
import type { DefectFacts } from '../rules/remedies.ts'
import { cites, codes } from './cites.ts'

const { remedies } = terms

const consumer = (facts: Omit<DefectFacts, 'customerKind'> = {}) => remedies({ customerKind: 'consumer', ...facts })
const business = (facts: Omit<DefectFacts, 'customerKind'> = {}) => remedies({ customerKind: 'business', ...facts })

describe('10.4 the remedies of a consumer', () => {
  for (const [rule, facts, next, mayRefuseCure, code] of [
    ['he chooses between repair and replacement', {}, ['repair', 'replacement'], false, 'customer-chooses-cure'],
    ['what he chose is owed', { chosen: 'replacement' }, ['replacement'], false, 'customer-chooses-cure'],
    [
      'unless it cannot be done',
      { chosen: 'replacement', notFeasible: ['replacement'] },
      ['repair'],
      false,
      'chosen-cure-not-feasible',
    ],
    [
      'when neither can, it is money',
      { notFeasible: ['repair', 'replacement'] },
      ['price-reduction', 'rescission'],
      false,
      'no-cure-feasible',
    ],
    [
      'after one failed attempt he may refuse another',
      { failedCures: 1 },
      ['price-reduction', 'rescission'],
      true,
      'defect-again-after-cure',
    ],
    [
      'unless another is reasonable',
      { failedCures: 1, anotherAttemptReasonable: true, chosen: 'repair' },
      ['repair'],
      false,
      'another-attempt-reasonable',
    ],
    [
      'a defect can be too serious for any cure',
      { tooSeriousForCure: true, sellerOffersCure: true },
      ['price-reduction', 'rescission'],
      true,
      'defect-too-serious-for-cure',
    ],
    [
      'one that is proved insignificant only lowers the price',
      { failedCures: 1, provedInsignificant: true },
      ['price-reduction'],
      true,
      'defect-again-after-cure',
    ],
  ] as [string, Omit<DefectFacts, 'customerKind'>, string[], boolean, string][])
    test(rule, () => {
      const ruling = consumer(facts)
      assert.deepEqual([ruling.next, ruling.mayRefuseCure], [next, mayRefuseCure])
      assert.ok(codes(ruling.reasons).includes(code))
      assert.equal(cites(ruling.reasons)[0], '10.4')
    })

  for (const [rule, facts, outcome, cited] of [
    ['stands unless the seller proves the defect insignificant', {}, 'granted', '§ 32'],
    ['falls when he does', { provedInsignificant: true }, 'refused', '§ 32'],
    ['waits while the seller offers a cure', { sellerOffersCure: true }, 'refused', '§ 29'],
    ['does not wait for a second one', { sellerOffersCure: true, failedCures: 1 }, 'granted', '§ 32'],
    [
      'nor for a cure that cannot be',
      { sellerOffersCure: true, notFeasible: ['repair', 'replacement'] },
      'granted',
      '§ 32',
    ],
  ] as [string, Omit<DefectFacts, 'customerKind'>, string, string][])
    test(`cancelling the purchase ${rule}`, () => {
      const { rescission } = consumer(facts)
      assert.equal(rescission.outcome, outcome)
      assert.deepEqual(cites(rescission.reasons), ['10.4', cited])
    })

  test('payment may be held back and damages claimed at every step', () => {
    for (const facts of [{}, { failedCures: 2 }])
      assert.deepEqual(codes(consumer(facts).reasons).slice(-2), ['payment-may-be-held-back', 'damages-as-well'])
  })
})

describe('the remedies of a business', () => {
  test('only a substantial defect undoes the purchase, and whether it is one is judged', () => {
    assert.equal(business().rescission.outcome, 'review')
    assert.equal(business({ substantial: true }).rescission.outcome, 'granted')
    assert.equal(business({ substantial: false }).rescission.outcome, 'refused')
  })
  test('a defect that is not substantial is repaired and not replaced', () => {
    assert.deepEqual(business({ substantial: false, chosen: 'replacement' }).next, ['repair'])
    assert.deepEqual(business({ substantial: true, chosen: 'replacement' }).next, ['replacement'])
  })
  test('the seller may try first, and if that fails the price comes down', () => {
    assert.deepEqual(codes(business({ substantial: true, sellerOffersCure: true }).rescission.reasons), [
      'seller-may-cure',
    ])
    assert.deepEqual(business({ failedCures: 1, substantial: false }).next, ['price-reduction'])
    assert.deepEqual(business({ failedCures: 1, substantial: true, sellerOffersCure: true }).next, [
      'price-reduction',
      'rescission',
    ])
  })
  test('nothing of it rests on the law of consumers', () => {
    for (const facts of [{}, { failedCures: 1 }, { substantial: true }]) {
      const { reasons, rescission } = business(facts)
      for (const { cites } of [...reasons, ...rescission.reasons])
        for (const cite of cites) assert.ok('act' in cite && cite.act === 'kjøpsloven')
    }
  })
})
