import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import type { Risk } from '../rules/risk.ts'
import { cites, instant, noon } from './cites.ts'

const { deliveryEstimate, risk, transportDamage } = terms

t.test('7.2 the estimate', async (t) => {
  for (const [confirmed, from, to, latest] of [
    ['2026-12-17', '2026-12-21', '2026-12-29', '2027-01-16'],
    ['2026-04-01', '2026-04-08', '2026-04-15', '2026-05-01'],
    ['2026-06-01', '2026-06-03', '2026-06-10', '2026-07-01'],
  ] as const)
    t.test(`confirmed ${confirmed}: ${from} to ${to}, by law ${latest} at the latest`, async (t) => {
      const estimate = deliveryEstimate({ customerKind: 'consumer', confirmedAt: noon(confirmed) })
      t.strictSame([estimate.from, estimate.to, estimate.latest].map(String), [from, to, latest])
      t.strictSame(cites(estimate.reasons), ['7.2', '§ 6'])
    })
})

t.test('7.2 § 9 a business has the same estimate, and no last day by law', async (t) => {
  const estimate = deliveryEstimate({ customerKind: 'business', confirmedAt: noon('2026-06-01') })
  t.strictSame([estimate.from, estimate.to].map(String), ['2026-06-03', '2026-06-10'])
  t.equal(estimate.latest, undefined)
  t.strictSame(cites(estimate.reasons), ['7.2', '§ 9'])
  t.notMatch(JSON.stringify(estimate.reasons), /forbrukerkjøpsloven/)
})

t.test('7.3 and 7.4 who bears the risk', async (t) => {
  const handedOverAt = instant('2026-06-02T08:00:00Z')
  const receivedAt = instant('2026-06-04T12:00:00Z')
  const at = instant('2026-06-03T00:00:00Z')
  const consumer = { customerKind: 'consumer', at } as const
  const business = { customerKind: 'business', at } as const

  for (const [rule, facts, bearer, since, cited] of [
    [
      'a consumer’s parcel in transit, lost, at a pickup point or refused is the seller’s',
      { ...consumer, handedOverAt },
      'seller',
      undefined,
      '7.3',
    ],
    [
      'nor on physical receipt while he may withdraw',
      { ...consumer, handedOverAt, receivedAt, at: receivedAt },
      'seller',
      undefined,
      '§ 14',
    ],
    [
      'when nobody knows what he bought, for the ordinary days',
      { ...consumer, handedOverAt, receivedAt, at: instant('2026-06-18T21:59:59Z') },
      'seller',
      undefined,
      '§ 14',
    ],
    [
      'then it is the consumer’s',
      { ...consumer, handedOverAt, receivedAt, at: instant('2026-06-18T22:00:00Z') },
      'customer',
      instant('2026-06-18T22:00:00Z'),
      '7.3',
    ],
    [
      'from the receipt on if there is no right to withdraw',
      { ...consumer, handedOverAt, receivedAt, at: receivedAt, withdrawal: { open: false } },
      'customer',
      receivedAt,
      '§ 14',
    ],
    ['but not a moment before', { ...consumer, handedOverAt, receivedAt }, 'seller', undefined, '§ 14'],
    [
      'a carrier that the consumer engaged takes it over',
      { ...consumer, handedOverAt, carrierArrangedBy: 'customer' },
      'customer',
      handedOverAt,
      '§ 14',
    ],
    [
      'one that the seller offered does not',
      { ...consumer, handedOverAt, carrierArrangedBy: 'seller' },
      'seller',
      undefined,
      '7.3',
    ],
    ['a business bears it from the handover', { ...business, handedOverAt }, 'customer', handedOverAt, '7.4'],
    ['and not before', { ...business }, 'seller', undefined, '§ 13'],
    [
      'on arrival when that was agreed',
      { ...business, handedOverAt, agreedOnArrival: true },
      'seller',
      undefined,
      '§ 7',
    ],
    [
      'from the receipt then',
      { ...business, handedOverAt, receivedAt, at: receivedAt, agreedOnArrival: true },
      'customer',
      receivedAt,
      '7.4',
    ],
    [
      'what a business received was handed over',
      { ...business, receivedAt, at: receivedAt },
      'customer',
      receivedAt,
      '7.4',
    ],
  ] as [string, Risk, string, Temporal.Instant | undefined, string][])
    t.test(rule, async (t) => {
      const ruling = risk(facts)
      t.equal(ruling.bearer, bearer)
      t.equal(ruling.since?.toString(), since?.toString())
      t.ok(cites(ruling.reasons).includes(cited), cites(ruling.reasons).join())
    })
})

t.test('7.5 damage in transit', async (t) => {
  const receivedAt = noon('2026-06-01')
  for (const [customerKind, reported, outcome, undercut] of [
    ['consumer', '2026-06-11', 'granted', true],
    ['business', '2026-06-08', 'granted', undefined],
    ['business', '2026-06-11', 'review', undefined],
  ] as const)
    t.test(`reported by a ${customerKind} on ${reported}: ${outcome}`, async (t) => {
      const ruling = transportDamage({ customerKind, receivedAt, reportedAt: noon(reported) })
      t.equal(ruling.outcome, outcome)
      t.equal(ruling.termsUndercut, undercut)
      t.equal(cites(ruling.reasons)[0], '7.5')
    })
})
