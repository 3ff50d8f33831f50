import fc from 'fast-check'
import t from 'tap'
import { termsOf } from '../editions/registry.ts'
import { eligibility, entitlements } from '../order/entitlements.ts'
import type { OrderFacts } from '../order/facts.ts'
import type { AgreedChanges, AgreementFacts } from '../ruling/agreed.ts'
import { cites, codes, instant } from './cites.ts'

const EDITION = 'smartgroup/2026-01-15'
const terms = termsOf(EDITION)
const plain = { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false }
const agreement = (changes: AgreedChanges, more: Partial<AgreementFacts> = {}): AgreementFacts => ({
  ...{ agreementId: 'a-1', agreedAt: '2026-06-02T08:00:00Z', changes, ...more },
})
const order = (agreements: AgreementFacts[] = [], change: Partial<OrderFacts> = {}): OrderFacts => ({
  ...{
    orderId: 'o-1',
    terms: { edition: EDITION, sha256: '' },
    customerKind: 'consumer',
    country: 'NO',
    currency: 'NOK',
  },
  ...{
    placedAt: '2026-06-01T08:00:00Z',
    formedAt: '2026-06-01T08:02:00Z',
    delivery: { paid: 9900, standardPrice: 9900 },
  },
  lines: [{ lineId: '1', sku: 'S', quantity: 1, total: 10_000, traits: plain }],
  disclosures: { withdrawalInformation: true, returnCost: true },
  parcels: [
    {
      ...{ shipmentId: 's', lines: [{ lineId: '1', quantity: 1 }] },
      ...{ handedOverAt: '2026-06-02T12:00:00Z', receivedAt: '2026-06-04T14:00:00Z' },
    },
  ],
  ...{ returns: [], agreements, ...change },
})
const lineAt = (facts: OrderFacts, at: string) => eligibility(facts, instant(at), 'all-known').lines[0]!
const BUSINESS = { customerKind: 'business' } as const

t.test('3.1 a longer period to withdraw that was agreed holds, and is cited with clause 3', async (t) => {
  const facts = order([agreement({ withdrawalDays: 60 })])
  const { withdrawal } = lineAt(facts, '2026-07-20T09:00:00Z')
  t.hasStrict(withdrawal, { outcome: 'granted', until: '2026-08-03', basis: 'terms' })
  t.strictSame(codes(withdrawal.reasons), ['within-period', 'agreed-in-writing'])
  t.strictSame(cites(withdrawal.reasons).slice(-2), ['3.1', 'a-1'])
  t.hasStrict(withdrawal.reasons.at(-1)!.cites.at(-1), {
    ...{ agreedOn: '2026-06-02', text: 'The customer may withdraw for 60 days.' },
  })
  t.equal(lineAt(order(), '2026-07-20T09:00:00Z').withdrawal.outcome, 'refused', 'without it')
  t.strictSame(codes(lineAt(facts, '2026-08-05T09:00:00Z').withdrawal.reasons), ['period-over', 'agreed-in-writing'])
})

t.test('3.1 a business has a right to withdraw if one was agreed, of the days that were agreed', async (t) => {
  const at = '2026-06-08T09:00:00Z'
  t.equal(lineAt(order([], BUSINESS), at).withdrawal.outcome, 'refused')
  const { withdrawal } = lineAt(order([agreement({ withdrawalDays: 5 })], BUSINESS), at)
  t.hasStrict(withdrawal, { outcome: 'granted', until: '2026-06-09' })
})

t.test('3.1 the offer, the way back, complaints and the day of delivery follow what was agreed', async (t) => {
  const all = agreement({ voluntaryReturnDays: 90, returnCost: 'seller', complaintYears: 4, deliverBy: '2026-07-10' })
  const { voluntaryReturn, returnCost, complaint } = lineAt(order([all]), '2026-08-20T09:00:00Z')
  t.hasStrict(voluntaryReturn, { outcome: 'review', until: '2026-09-02' })
  t.equal(returnCost.bearer, 'seller')
  t.equal(complaint.until, '2030-06-04')
  for (const { reasons } of [voluntaryReturn, returnCost, complaint]) t.ok(codes(reasons).includes('agreed-in-writing'))
  const waiting = order([all], { parcels: [] })
  const { delivery } = entitlements(waiting, instant('2026-07-05T09:00:00Z'))
  t.hasStrict(delivery, { latest: '2026-07-10', late: 'refused' })
  t.ok(codes(delivery!.reasons).includes('agreed-in-writing'))
  t.equal(entitlements(waiting, instant('2026-07-11T09:00:00Z')).delivery!.late, 'granted')
})

t.test('of agreements about the same the latest holds, and one that was ended holds no more', async (t) => {
  const later = { agreementId: 'a-2', agreedAt: '2026-06-03T08:00:00Z' }
  const both = [agreement({ withdrawalDays: 60, returnCost: 'seller' }), agreement({ withdrawalDays: 20 }, later)]
  const at = '2026-06-10T08:00:00Z'
  for (const agreements of [both, both.toReversed()]) {
    const { withdrawal, returnCost } = lineAt(order(agreements), at)
    t.strictSame([withdrawal.until, returnCost.bearer], ['2026-06-24', 'seller'])
  }
  const [first, second] = both
  t.equal(lineAt(order([first!, { ...second!, ends: ['a-1'] }]), at).returnCost.bearer, 'customer')
})

t.test('what is asked about a moment counts no agreement of later', async (t) => {
  const facts = order([agreement({ withdrawalDays: 60 }, { agreedAt: '2026-07-01T08:00:00Z' })])
  t.equal(eligibility(facts, instant('2026-06-25T08:00:00Z')).lines[0]!.withdrawal.outcome, 'refused')
})

t.test('3.2 what undercuts the law is refused with the section and what would be allowed', async (t) => {
  const asked = { customerKind: 'consumer', returnCostDisclosed: false, longLived: true } as const
  const worse: AgreedChanges = { withdrawalDays: 13, complaintYears: 4, returnCost: 'customer' }
  const { outcome, reasons, undercuts } = terms.writtenAgreement({ ...asked, changes: worse })
  t.equal(outcome, 'refused')
  t.strictSame(
    undercuts.map(({ change, allowed }) => [change, allowed]),
    [
      ['withdrawalDays', { atLeast: 14 }],
      ['complaintYears', { atLeast: 5 }],
      ['returnCost', { only: 'seller' }],
    ],
  )
  for (const section of ['§ 3', '§ 21', '§ 25', '§ 27']) t.ok(cites(reasons).includes(section), section)
  t.equal(terms.writtenAgreement({ ...asked, ...BUSINESS, changes: worse }).outcome, 'granted', 'a business may')
  const plainGoods = { ...asked, longLived: false, returnCostDisclosed: true }
  t.equal(terms.writtenAgreement({ ...plainGoods, changes: { complaintYears: 2 } }).outcome, 'granted')
  t.equal(terms.writtenAgreement({ ...plainGoods, changes: { returnCost: 'customer' } }).outcome, 'granted')
  t.equal(
    terms.writtenAgreement({ ...asked, changes: { voluntaryReturnDays: 0 } }).outcome,
    'granted',
    'no law gives it',
  )
})

const anyChanges: fc.Arbitrary<AgreedChanges> = fc.record(
  {
    withdrawalDays: fc.nat(100),
    voluntaryReturnDays: fc.nat(100),
    returnCost: fc.constantFrom('seller' as const, 'customer' as const),
    complaintYears: fc.integer({ min: 1, max: 10 }),
  },
  { requiredKeys: [] },
)

t.test('3.2 whatever was written, a consumer has no less than by law, on any day', async () => {
  const law = { withdrawal: '2026-06-18', complaint: '2028-06-05' }
  fc.assert(
    fc.property(anyChanges, fc.boolean(), fc.nat(40), (changes, disclosed, days) => {
      const disclosures = { withdrawalInformation: true, returnCost: disclosed }
      const at = instant('2026-06-04T20:00:00Z').add({ hours: 24 * days })
      const [line] = eligibility(order([agreement(changes)], { disclosures }), at, 'all-known').lines
      const { withdrawal, complaint, returnCost } = line!
      return (
        withdrawal.until! >= law.withdrawal &&
        (days > 14 || withdrawal.outcome === 'granted') &&
        complaint.until! >= law.complaint &&
        (disclosed || withdrawal.outcome === 'refused' || returnCost.bearer === 'seller')
      )
    }),
  )
})

t.test('3.1 what may be agreed with a consumer is no worse than the law on the order it is about', async () => {
  fc.assert(
    fc.property(anyChanges, (changes) => {
      const asked = { customerKind: 'consumer', returnCostDisclosed: true, longLived: false, changes } as const
      const { outcome, undercuts } = terms.writtenAgreement(asked)
      const { withdrawalDays = 14, complaintYears = 2 } = changes
      return (
        (outcome === 'refused') === (withdrawalDays < 14 || complaintYears < 2) &&
        (outcome === 'refused') === undercuts.length > 0
      )
    }),
  )
})
