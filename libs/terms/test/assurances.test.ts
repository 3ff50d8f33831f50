import t from 'tap'
import { termsOf } from '../editions/registry.ts'
import { eligibility } from '../order/entitlements.ts'
import type { LineFacts, OrderFacts } from '../order/facts.ts'
import type { Reason } from '../ruling/ruling.ts'

const EDITION = 'smartgroup/2026-01-15'
const { guarantee, updates, presumedAtDelivery } = termsOf(EDITION)
const at = (day: string) => Temporal.Instant.from(`${day}T10:00:00Z`)
const deliveredAt = at('2026-06-04')
const sectionsOf = (reasons: Reason[]) =>
  reasons.flatMap(({ cites }) => cites.map((cite) => 'section' in cite && cite.section))

t.test('18 a a guarantee runs from delivery, beside the law, and is over after its last day', async (t) => {
  const given = { customerKind: 'consumer', by: 'manufacturer', years: 3, deliveredAt } as const
  const running = guarantee({ ...given, at: at('2029-06-04') })
  t.match(running, { outcome: 'granted', reasons: [{ code: 'guarantee-besides-law' }] })
  t.equal(running.lastDay?.toString(), '2029-06-04')
  t.strictSame(sectionsOf(running.reasons), ['§ 18 a'])
  t.equal(running.answers, undefined, 'what a manufacturer promised is not the seller’s to disprove')
  t.match(guarantee({ ...given, at: at('2029-06-05') }), { outcome: 'refused', reasons: [{ code: 'guarantee-over' }] })
  t.match(guarantee({ ...given, deliveredAt: undefined, at: at('2026-06-01') }), {
    outcome: 'granted',
    lastDay: undefined,
  })
  t.match(guarantee({ ...given, by: 'seller', at: at('2027-01-01') }).answers, {
    reasons: [{ code: 'guarantee-answers' }],
  })
  const business = guarantee({ ...given, by: 'seller', customerKind: 'business', at: at('2027-01-01') })
  t.strictSame([sectionsOf(business.reasons), business.answers], [['§ 32'], undefined])
})

t.test(
  '15 updates are owed as long as can be expected, and of a service over time for two years at the least',
  async (t) => {
    const asked = { customerKind: 'consumer', contractAt: at('2026-06-01'), deliveredAt, at: at('2026-07-01') } as const
    for (const [supplied, months, lastDay] of [
      ['once', 12, '2027-06-04'],
      ['once', 60, '2031-06-04'],
      ['over-time', 6, '2028-06-04'],
      ['over-time', 36, '2029-06-04'],
    ] as const)
      t.equal(updates({ ...asked, supplied, months })?.lastDay?.toString(), lastDay, `${supplied} ${months}`)
    const supply = { supplied: 'once', months: 12 } as const
    t.match(updates({ ...asked, ...supply, at: at('2027-06-05') }), { outcome: 'refused' })
    t.equal(updates({ ...asked, ...supply, customerKind: 'business' }), undefined, 'kjøpsloven owes none')
    t.equal(updates({ ...asked, ...supply, contractAt: at('2023-12-31') }), undefined, 'nor did the law before 2024')
  },
)

t.test('18 a service over time is presumed the seller’s for as long as it is supplied', async (t) => {
  const shown = (showedAt: string, digital?: { supplied: 'once' | 'over-time'; months: number }) =>
    presumedAtDelivery({
      customerKind: 'consumer',
      contractAt: at('2026-06-01'),
      deliveredAt,
      showedAt: at(showedAt),
      digital,
    })
  t.equal(shown('2028-06-05').presumed, false)
  t.equal(shown('2030-06-04', { supplied: 'over-time', months: 48 }).presumed, true)
  t.equal(shown('2030-06-05', { supplied: 'over-time', months: 48 }).presumed, false)
  t.equal(shown('2028-06-05', { supplied: 'once', months: 48 }).presumed, false, 'nothing is supplied over time')
  t.equal(shown('2028-06-04', { supplied: 'over-time', months: 3 }).presumed, true, 'never less than of the thing')
})

const plain = { madeToOrder: false, hygieneSealed: false, safetyCritical: false, longLived: false }
const order = (more: Partial<LineFacts>, customerKind: OrderFacts['customerKind'] = 'consumer'): OrderFacts => ({
  ...{ orderId: '1', terms: { edition: EDITION, sha256: '' }, customerKind, country: 'NO', currency: 'NOK' },
  ...{ placedAt: '2026-06-01T08:00:00Z', formedAt: '2026-06-01T08:10:00Z', returns: [] },
  delivery: { paid: 0, standardPrice: 0 },
  disclosures: { withdrawalInformation: true, returnCost: true },
  lines: [{ lineId: '1', sku: 'HUB-1', quantity: 1, total: 100_000, traits: plain, ...more }],
  parcels: [
    {
      shipmentId: '2',
      lines: [{ lineId: '1', quantity: 1 }],
      handedOverAt: '2026-06-02T08:00:00Z',
      receivedAt: '2026-06-04T10:00:00Z',
    },
  ],
})
const complaintOf = (facts: OrderFacts, on: string) => eligibility(facts, at(on), 'all-known').lines[0]!.complaint

t.test(
  'an order shows per line what it was sold with, beside the right to complain and never instead of it',
  async (t) => {
    const theirs = { by: 'manufacturer', guarantor: 'Fabrikk AS', years: 10, covers: 'Batteriet' } as const
    const law = complaintOf(order({}), '2027-01-01')
    const with10 = complaintOf(order({ guarantee: theirs }), '2027-01-01')
    t.match(with10.guarantee, { ...theirs, outcome: 'granted', until: '2036-06-04' })
    t.strictSame(
      { ...with10, guarantee: undefined },
      { ...law, guarantee: undefined },
      'what the law gives is the same',
    )
    const late = complaintOf(order({ guarantee: theirs }), '2029-01-01')
    t.match(
      late,
      { outcome: 'refused', guarantee: { outcome: 'granted' } },
      'the seller answers no more, the maker does',
    )

    const ours = { by: 'seller', years: 5, covers: 'Alt' } as const
    const longer = complaintOf(order({ guarantee: ours }), '2029-01-01')
    t.match(longer, { outcome: 'granted', until: '2031-06-04', guarantee: { outcome: 'granted' } })
    t.match(
      longer.reasons.map(({ code }) => code),
      ['within-guarantee', 'guarantee-answers'],
    )
    t.match(complaintOf(order({ guarantee: { ...ours, years: 1 } }), '2027-12-01'), {
      outcome: 'granted',
      until: '2028-06-06',
      guarantee: { outcome: 'refused' },
    })

    const hub = order({ digital: { supplied: 'over-time', months: 60 } })
    const service = complaintOf(hub, '2030-01-01')
    t.match(service, {
      outcome: 'review',
      updates: { outcome: 'granted', until: '2031-06-04' },
      presumedUntil: '2031-06-04',
    })
    t.match(complaintOf(hub, '2031-06-05'), { outcome: 'refused', updates: { outcome: 'refused' } })
    t.equal(
      complaintOf(order({ digital: { supplied: 'once', months: 60 } }, 'business'), '2027-01-01').updates,
      undefined,
    )
  },
)
