import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { complaint } from '../smartgroup/2026-01-15/10-complaints.ts'
import { cites, codes, noon } from './cites.ts'

describe('10 the limit', () => {
  for (const [customerKind, longLived, at, outcome, lastDay, cited] of [
    ['consumer', false, '2026-06-10', 'granted', '2026-06-10', ['10.1', '10.2', '§ 27']],
    ['consumer', false, '2026-06-11', 'refused', '2026-06-10', ['10.2', '§ 27']],
    ['consumer', true, '2029-06-11', 'granted', '2029-06-11', ['10.1', '10.3', '§ 27']],
    ['consumer', true, '2029-06-12', 'refused', '2029-06-11', ['10.3', '§ 27']],
    ['business', true, '2026-06-10', 'granted', '2026-06-10', ['§ 32']],
    ['business', true, '2027-06-10', 'refused', '2026-06-10', ['§ 32']],
  ] as const)
    test(`${customerKind}, ${longLived ? 'long-lived' : 'ordinary'} goods delivered 2024-06-10, complaint ${at}: ${outcome}`, () => {
      const ruling = complaint({ customerKind, traits: { longLived }, deliveredAt: noon('2024-06-10'), at: noon(at) })
      assert.equal(ruling.outcome, outcome)
      assert.equal(ruling.lastDay?.toString(), lastDay)
      assert.deepEqual(cites(ruling.reasons), cited)
    })

  test('goods of an unknown lifetime have five years, and a person looks at them', () => {
    const ruling = complaint({
      customerKind: 'consumer',
      traits: {},
      deliveredAt: noon('2024-06-10'),
      at: noon('2028-01-01'),
    })
    assert.deepEqual([ruling.outcome, ruling.lastDay?.toString()], ['review', '2029-06-11'])
    assert.ok(codes(ruling.reasons).includes('lifetime-unknown'))
  })
  for (const customerKind of ['consumer', 'business'] as const)
    test(`the limit of a ${customerKind} does not run before delivery`, () => {
      const ruling = complaint({ customerKind, traits: { longLived: false }, at: noon('2040-01-01') })
      assert.deepEqual([ruling.outcome, ruling.lastDay], ['granted', undefined])
    })
})
