import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import type { RiskFacts, Whereabouts } from '../rules/risk.ts'
import { carrierNoticeLastDay } from '../statute/vegfraktloven.ts'
import { cites, codes, noon } from './cites.ts'

const { riskOf, transportDamage } = terms

type Row = [
  rule: string,
  facts: Omit<RiskFacts, 'customerKind'>,
  bearer: 'seller' | 'customer' | 'review',
  cited: string,
]

const holderOf = (facts: RiskFacts) => {
  const { bearer, toBeJudged } = riskOf(facts)
  return toBeJudged ? 'review' : bearer
}

t.test('7.3 a consumer bears the risk from physical receipt', async (t) => {
  for (const [rule, facts, holder, cited] of [
    ['not in the warehouse', { whereabouts: 'before-handover' }, 'seller', '7.3'],
    ['not with the carrier', { whereabouts: 'with-carrier' }, 'seller', '§ 14'],
    ['not when it is lost there', { whereabouts: 'lost-in-transit' }, 'seller', '§ 13'],
    ['not with the seller’s own van', { whereabouts: 'with-sellers-own-transport' }, 'seller', '7.3'],
    ['not at a pickup point', { whereabouts: 'at-pickup-point' }, 'seller', '7.3'],
    [
      'one that he chose for what is sent to him included',
      { whereabouts: 'at-pickup-point', collectionAgreed: true },
      'seller',
      '7.3',
    ],
    [
      'unless it was sold to be fetched there, and is never sent',
      { whereabouts: 'at-pickup-point', soldForCollection: true },
      'customer',
      '§ 14',
    ],
    ['not left at the door', { whereabouts: 'left-unattended' }, 'seller', '7.3'],
    ['unless he had asked for that', { whereabouts: 'left-unattended', leavingAuthorised: true }, 'customer', '§ 14'],
    ['not when he refuses it', { whereabouts: 'refused' }, 'seller', '7.3'],
    ['when he has it', { whereabouts: 'delivered' }, 'customer', '7.3'],
    ['not while he may withdraw', { whereabouts: 'delivered', withdrawalOpen: true }, 'seller', '§ 14'],
    ['and then when he no longer may', { whereabouts: 'delivered', withdrawalOpen: false }, 'customer', '7.3'],
    [
      'when someone whom he named has it',
      { whereabouts: 'delivered', receivedBy: 'named-by-customer' },
      'customer',
      '7.3',
    ],
    ['not when somebody else has it', { whereabouts: 'delivered', receivedBy: 'somebody-else' }, 'seller', '§ 14'],
    [
      'from the handover to a carrier of his own',
      { whereabouts: 'with-carrier', ownCarrier: true },
      'customer',
      '§ 14',
    ],
    ['also when that one loses it', { whereabouts: 'lost-in-transit', ownCarrier: true }, 'customer', '§ 14'],
    ['not before that one has it', { whereabouts: 'before-handover', ownCarrier: true }, 'seller', '7.3'],
    [
      'not before it is clear that the goods are his',
      { whereabouts: 'with-carrier', ownCarrier: true, identified: false },
      'seller',
      '§ 14',
    ],
    [
      'a person decides when he left it waiting against the agreement',
      { whereabouts: 'at-pickup-point', inDefault: true },
      'review',
      '§ 14',
    ],
    [
      'and where only the days of what came for defective goods are left',
      { whereabouts: 'delivered', withdrawalOpen: true, withdrawalInDoubt: true },
      'review',
      '§ 14',
    ],
    [
      'which are over some day',
      { whereabouts: 'delivered', withdrawalOpen: false, withdrawalInDoubt: true },
      'customer',
      '7.3',
    ],
    [
      'and when it is lost at home while he may withdraw',
      { whereabouts: 'delivered', lostAtHome: true, withdrawalOpen: true },
      'review',
      '§ 14',
    ],
    ['or nobody knows whether he may', { whereabouts: 'delivered', lostAtHome: true }, 'review', '§ 14'],
    [
      'after that it is his loss',
      { whereabouts: 'delivered', lostAtHome: true, withdrawalOpen: false },
      'customer',
      '7.3',
    ],
    [
      'what he sends back by law travels at the seller’s risk',
      { whereabouts: 'return-in-transit', returnBasis: 'statutory' },
      'seller',
      '§ 14',
    ],
    ['also when nobody knows on what ground', { whereabouts: 'return-in-transit' }, 'seller', '§ 14'],
    [
      'a voluntary return travels at his own',
      { whereabouts: 'return-in-transit', returnBasis: 'voluntary' },
      'customer',
      '9.1',
    ],
  ] as Row[])
    t.test(rule, async (t) => {
      const asked: RiskFacts = { customerKind: 'consumer', ...facts }
      t.equal(holderOf(asked), holder)
      t.ok(cites(riskOf(asked).reasons).includes(cited), cites(riskOf(asked).reasons).join())
    })
})

t.test('7.4 a business bears it from the handover', async (t) => {
  const levert = { agreedOnArrival: true }
  for (const [rule, facts, holder, cited] of [
    ['not before', { whereabouts: 'before-handover' }, 'seller', '7.4'],
    ['with the carrier', { whereabouts: 'with-carrier' }, 'customer', '§ 7'],
    ['lost there, it owes the price all the same', { whereabouts: 'lost-in-transit' }, 'customer', '§ 12'],
    ['at a pickup point', { whereabouts: 'at-pickup-point' }, 'customer', '§ 13'],
    ['left at the door', { whereabouts: 'left-unattended' }, 'customer', '§ 13'],
    ['refused', { whereabouts: 'refused' }, 'customer', '§ 13'],
    ['delivered', { whereabouts: 'delivered' }, 'customer', '7.4'],
    [
      'not before it is clear that the goods are for it',
      { whereabouts: 'with-carrier', identified: false },
      'seller',
      '§ 14',
    ],
    ['not in the seller’s own van', { whereabouts: 'with-sellers-own-transport' }, 'seller', '§ 7'],
    ['sold “levert”, not on the way', { whereabouts: 'with-carrier', ...levert }, 'seller', '§ 7'],
    ['nor lost there', { whereabouts: 'lost-in-transit', ...levert }, 'seller', '§ 7'],
    ['nor left where nobody allowed it', { whereabouts: 'left-unattended', ...levert }, 'seller', '§ 7'],
    ['but on arrival', { whereabouts: 'delivered', ...levert }, 'customer', '§ 7'],
    ['and when it refuses what arrived', { whereabouts: 'refused', ...levert }, 'customer', '§ 13 andre ledd'],
    [
      'or leaves waiting what it should have taken',
      { whereabouts: 'before-handover', inDefault: true },
      'customer',
      '§ 13 andre ledd',
    ],
    [
      'a voluntary return is its own risk',
      { whereabouts: 'return-in-transit', returnBasis: 'voluntary' },
      'customer',
      '9.1',
    ],
    [
      'a return by law goes to a person',
      { whereabouts: 'return-in-transit', returnBasis: 'statutory' },
      'review',
      '§ 13',
    ],
  ] as Row[])
    t.test(rule, async (t) => {
      const asked: RiskFacts = { customerKind: 'business', ...facts }
      t.equal(holderOf(asked), holder)
      t.ok(cites(riskOf(asked).reasons).includes(cited), cites(riskOf(asked).reasons).join())
    })
})

t.test('whoever bears the risk owes the price, and nobody owes it while a person decides', async () => {
  const whereabouts = fc.constantFrom<Whereabouts>(
    'before-handover',
    'with-carrier',
    'with-sellers-own-transport',
    'lost-in-transit',
    'at-pickup-point',
    'left-unattended',
    'refused',
    'delivered',
    'return-in-transit',
  )
  const facts = fc.record({
    customerKind: fc.constantFrom('consumer' as const, 'business' as const),
    whereabouts,
    ownCarrier: fc.boolean(),
    identified: fc.boolean(),
    inDefault: fc.boolean(),
    lostAtHome: fc.boolean(),
    agreedOnArrival: fc.boolean(),
  })
  fc.assert(
    fc.property(facts, (asked) => {
      const { bearer, toBeJudged, paymentDue, reasons } = riskOf(asked)
      assert.equal(paymentDue, bearer === 'customer')
      if (toBeJudged) assert.equal(bearer, 'seller')
      assert.ok(reasons.length > 0 && reasons.every(({ cites: cited }) => cited.length > 0))
    }),
  )
})

t.test('7.5 how late a report of damage is', async (t) => {
  const receivedAt = noon('2026-06-01')
  for (const [customerKind, longLived, reported, outcome, late, code] of [
    ['consumer', undefined, '2026-06-01', 'granted', false, 'damage-reported'],
    ['consumer', undefined, '2028-06-01', 'granted', false, 'damage-reported'],
    ['consumer', undefined, '2028-06-02', 'review', false, 'damage-after-complaint-limits'],
    ['consumer', false, '2028-06-02', 'review', false, 'damage-after-complaint-limits'],
    ['consumer', true, '2031-06-03', 'granted', false, 'damage-reported'],
    ['consumer', true, '2031-06-04', 'review', false, 'damage-after-complaint-limits'],
    // Seven days after Monday the first, the Sunday not counted.
    ['business', undefined, '2026-06-09', 'granted', false, 'damage-reported'],
    ['business', true, '2026-06-10', 'review', true, 'damage-reported-late'],
  ] as const)
    t.test(`by a ${customerKind} on ${reported}, long-lived ${longLived}: ${outcome}`, async (t) => {
      const ruling = transportDamage({ customerKind, receivedAt, reportedAt: noon(reported), longLived })
      t.strictSame([ruling.outcome, ruling.late, ...codes(ruling.reasons)], [outcome, late, code])
    })
})

t.test(
  'the seven days to tell a carrier leave out Sundays and holidays and nothing else (vegfraktloven § 40)',
  async (t) => {
    for (const [received, last] of [
      // One Sunday.
      ['2026-06-01', '2026-06-09'],
      // Received on a Friday it ends on a Saturday.
      ['2026-06-05', '2026-06-13'],
      // Easter: Maundy Thursday, Good Friday, Easter Sunday and Monday, and the Sunday after are left out; Easter Eve is not.
      ['2026-04-01', '2026-04-13'],
      // 1 May (a Friday) and a Sunday.
      ['2026-04-30', '2026-05-09'],
      // Christmas Day, Boxing Day, New Year's Day and two Sundays; Christmas Eve and New Year's Eve count.
      ['2026-12-23', '2027-01-04'],
    ] as const)
      t.equal(String(carrierNoticeLastDay(Temporal.PlainDate.from(received))), last, received)
  },
)
