import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import type { DefectFacts } from '../rules/remedies.ts'
import { cites, codes } from './cites.ts'

const { remedies } = terms

const consumer = (facts: Omit<DefectFacts, 'customerKind'> = {}) => remedies({ customerKind: 'consumer', ...facts })
const business = (facts: Omit<DefectFacts, 'customerKind'> = {}) => remedies({ customerKind: 'business', ...facts })

t.test('10.4 the remedies of a consumer', async (t) => {
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
      'and one that the seller offers he may take or leave',
      { failedCures: 1, anotherAttemptOffered: true, notFeasible: ['repair'] },
      ['replacement', 'price-reduction', 'rescission'],
      true,
      'another-attempt-offered',
    ],
    [
      'where nothing can be done again there is nothing to offer',
      { failedCures: 1, anotherAttemptOffered: true, notFeasible: ['repair', 'replacement'] },
      ['price-reduction', 'rescission'],
      true,
      'another-attempt-may-be-refused',
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
    t.test(rule, async (t) => {
      const ruling = consumer(facts)
      t.strictSame([ruling.next, ruling.mayRefuseCure], [next, mayRefuseCure])
      t.ok(codes(ruling.reasons).includes(code))
      t.equal(cites(ruling.reasons)[0], '10.4')
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
    t.test(`cancelling the purchase ${rule}`, async (t) => {
      const { rescission } = consumer(facts)
      t.equal(rescission.outcome, outcome)
      t.strictSame(cites(rescission.reasons), ['10.4', cited])
    })

  t.test('payment may be held back and damages claimed at every step', async (t) => {
    for (const facts of [{}, { failedCures: 2 }])
      t.strictSame(codes(consumer(facts).reasons).slice(-2), ['payment-may-be-held-back', 'damages-as-well'])
  })
})

t.test('the remedies of a business', async (t) => {
  t.test('only a substantial defect undoes the purchase, and whether it is one is judged', async (t) => {
    t.equal(business().rescission.outcome, 'review')
    t.equal(business({ substantial: true }).rescission.outcome, 'granted')
    t.equal(business({ substantial: false }).rescission.outcome, 'refused')
  })
  t.test('a defect that is not substantial is repaired and not replaced', async (t) => {
    t.strictSame(business({ substantial: false, chosen: 'replacement' }).next, ['repair'])
    t.strictSame(business({ substantial: true, chosen: 'replacement' }).next, ['replacement'])
  })
  t.test('the seller may try first, and if that fails the price comes down', async (t) => {
    t.strictSame(codes(business({ substantial: true, sellerOffersCure: true }).rescission.reasons), ['seller-may-cure'])
    t.strictSame(business({ failedCures: 1, substantial: false }).next, ['price-reduction'])
    t.strictSame(business({ failedCures: 1, substantial: true, sellerOffersCure: true }).next, [
      'price-reduction',
      'rescission',
    ])
  })
  t.test('nothing of it rests on the law of consumers', async (t) => {
    for (const facts of [{}, { failedCures: 1 }, { substantial: true }]) {
      const { reasons, rescission } = business(facts)
      for (const { cites } of [...reasons, ...rescission.reasons])
        for (const cite of cites) t.ok('act' in cite && cite.act === 'kjøpsloven')
    }
  })
})

t.test(
  'what never arrived is paid back from the day on which the customer ends the purchase, without any goods',
  async (t) => {
    const from = Temporal.Instant.from('2026-06-09T08:00:00Z')
    const due = (customerKind: 'consumer' | 'business') =>
      terms.remedyRefundDue({ customerKind, remedy: 'never-arrived', from })
    t.equal(due('consumer').dueOn?.toString(), '2026-06-23')
    t.match(due('consumer').reasons, [{ cites: [{ section: '§ 23' }, { section: '§ 49' }] }])
    t.match(due('business').reasons, [{ cites: [{ act: 'kjøpsloven', section: '§ 25' }, { section: '§ 64' }] }])
  },
)
