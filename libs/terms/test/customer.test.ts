import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { terms } from '../cases/first-edition.ts'
import type { Customer } from '../rules/customer.ts'
import { cites, codes } from './cites.ts'

const { customerKind, legalCapacity } = terms

describe('2.2 and 2.3 who is a consumer', () => {
  for (const [rule, facts, kind, clause, undercut] of [
    ['a person of whom nothing is known is a consumer', {}, 'consumer', '2.2', false],
    ['a company is a business', { legalEntity: true }, 'business', '2.3', false],
    [
      'an organisation number makes a business, a sole trader’s too',
      { organisationNumber: '999615147' },
      'business',
      '2.3',
      false,
    ],
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
    test(rule, () => {
      const ruling = customerKind(facts)
      assert.deepEqual([ruling.kind, ruling.termsUndercut], [kind, undercut])
      assert.deepEqual(cites(ruling.reasons), [clause, '§ 5'])
    })
  test('every reason for a business is named', () => {
    const { reasons } = customerKind({ legalEntity: true, organisationNumber: '999615147', businessShare: 100 })
    assert.deepEqual(codes(reasons), ['legal-entity', 'organisation-number-given', 'mainly-in-business'])
  })
})

describe('a minor cannot bind himself', () => {
  for (const [age, ownMeans, outcome, section] of [
    [undefined, false, 'granted', '§ 9'],
    [18, false, 'granted', '§ 9'],
    [17, false, 'review', '§ 9'],
    [16, true, 'granted', '§ 12'],
    [15, true, 'granted', '§ 12'],
    [14, true, 'review', '§ 9'],
  ] as const)
    test(`at ${age ?? 'an age that nobody knows'}${ownMeans ? ' with money of his own' : ''}: ${outcome}`, () => {
      const ruling = legalCapacity({ age, ownMeans })
      assert.deepEqual([ruling.outcome, ruling.guardianConsentNeeded], [outcome, outcome === 'review'])
      assert.deepEqual(cites(ruling.reasons), [section])
    })
})
