import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import type { Customer } from '../rules/customer.ts'
import { cites, codes } from './cites.ts'

const { customerKind, legalCapacity } = terms

t.test('2.2 and 2.3 who is a consumer', async (t) => {
  for (const [rule, facts, kind, clause, undercut] of [
    ['a person of whom nothing is known is a consumer', {}, 'consumer', '2.2', false],
    ['a company is a business', { legalEntity: true }, 'business', '2.3', false],
    [
      'an organisation number alone makes a business, a sole trader’s too',
      { organisationNumber: '999615147' },
      'business',
      '2.3',
      false,
    ],
    [
      'but not where the use is told, and is not mainly for business',
      { organisationNumber: '999615147', businessShare: 20 },
      'consumer',
      '2.2',
      true,
    ],
    [
      'nor where it is told to be private',
      { organisationNumber: '999615147', businessShare: 0 },
      'consumer',
      '2.2',
      false,
    ],
    ['a company is one whatever the use', { legalEntity: true, businessShare: 0 }, 'business', '2.3', false],
    ['an empty one is none', { organisationNumber: ' ' }, 'consumer', '2.2', false],
    [
      'some use for business leaves a consumer, though 2.2 says otherwise',
      { businessShare: 49 },
      'consumer',
      '2.2',
      true,
    ],
    ['half and half is not mainly business', { businessShare: 50 }, 'consumer', '2.2', true],
    ['more than half is', { businessShare: 51 }, 'business', '2.3', false],
  ] as [string, Customer, string, string, boolean][])
    t.test(rule, async (t) => {
      const ruling = customerKind(facts)
      t.strictSame([ruling.kind, ruling.termsUndercut], [kind, undercut])
      t.strictSame(cites(ruling.reasons), [clause, '§ 5'])
    })
  t.test('every reason for a business is named', async (t) => {
    const { reasons } = customerKind({ legalEntity: true, organisationNumber: '999615147', businessShare: 100 })
    t.strictSame(codes(reasons), ['legal-entity', 'organisation-number-given', 'mainly-in-business'])
  })
})

t.test('a minor cannot bind himself', async (t) => {
  for (const [age, means, outcome, section] of [
    [undefined, undefined, 'granted', '§ 9'],
    [18, undefined, 'granted', '§ 9'],
    [17, undefined, 'review', '§ 9'],
    [16, 'earned', 'granted', '§ 12'],
    [15, 'earned', 'granted', '§ 12'],
    [14, 'earned', 'review', '§ 9'],
    [14, 'given', 'granted', '§ 12'],
    [6, 'given', 'granted', '§ 12'],
  ] as const)
    t.test(
      `at ${age ?? 'an age that nobody knows'}${means ? ` with money that was ${means}` : ''}: ${outcome}`,
      async (t) => {
        const ruling = legalCapacity({ age, ownMeans: means !== undefined, earned: means === 'earned' })
        t.strictSame([ruling.outcome, ruling.guardianConsentNeeded], [outcome, outcome === 'review'])
        t.strictSame(cites(ruling.reasons), [section])
      },
    )
})
