import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { terms } from '../cases/first-edition.ts'
import type { OrderEvent } from '../rules/formation.ts'
import { cites, codes, instant } from './cites.ts'

const { agreement, paymentForGoods } = terms

describe('4.1 from order to agreement', () => {
  const at = instant('2026-06-01T08:00:00Z')
  const later = instant('2026-06-01T16:00:00Z')
  const placed: OrderEvent = { name: 'placed' }
  const delivered: OrderEvent = { name: 'confirmation-delivered', at }
  const bounced: OrderEvent = { name: 'confirmation-bounced' }

  for (const [rule, events, formedAt, code] of [
    ['a paid order is none', [placed, { name: 'authorised' }], undefined, 'not-confirmed'],
    ['nor one that was acknowledged', [placed, { name: 'acknowledgement-delivered', at }], undefined, 'not-confirmed'],
    [
      'a confirmation makes one when it arrives, not when it is opened',
      [placed, delivered, { name: 'confirmation-opened', at: later }],
      at,
      'confirmation-received',
    ],
    ['whoever opened it has it', [placed, { name: 'confirmation-opened', at: later }], later, 'confirmation-received'],
    ['a bounce makes none', [placed, bounced], undefined, 'confirmation-bounced'],
    ['nor one after the server had taken it', [placed, delivered, bounced], undefined, 'confirmation-bounced'],
    ['another attempt heals it', [placed, bounced, { ...delivered, at: later }], later, 'confirmation-received'],
    [
      'an acknowledgement that reads as a confirmation is one',
      [placed, { name: 'acknowledgement-delivered', at, readsAsConfirmation: true }],
      at,
      'confirmation-received',
    ],
  ] as [string, OrderEvent[], Temporal.Instant | undefined, string][])
    test(rule, () => {
      const ruling = agreement(events)
      assert.equal(ruling.outcome, formedAt === undefined ? 'refused' : 'granted')
      assert.equal(ruling.formedAt, formedAt)
      assert.deepEqual(codes(ruling.reasons), [code])
      assert.equal(cites(ruling.reasons)[0], '4.1')
    })

  test('an order that was placed must be acknowledged, apart from the confirmation', () => {
    const open = agreement([placed]).acknowledgement
    assert.deepEqual([open.required, open.given, ...codes(open.reasons)], [true, false, 'order-to-be-acknowledged'])
    const done = agreement([placed, { name: 'acknowledgement-delivered' }]).acknowledgement
    assert.deepEqual([done.required, done.given, ...cites(done.reasons)], [true, true, '§ 12'])
    assert.equal(agreement([]).acknowledgement.required, false)
  })
  test('a bounced confirmation is sent again, or the customer reached otherwise; one that arrived asks for nothing', () => {
    assert.equal(agreement([placed, bounced]).action, 'retry-or-contact')
    assert.equal(agreement([placed, bounced, delivered]).action, undefined)
    assert.equal(agreement([placed]).action, undefined)
  })
})

test('nobody pays for goods that he did not order', () => {
  const { outcome, reasons } = paymentForGoods({ ordered: false })
  assert.deepEqual([outcome, ...cites(reasons)], ['refused', '§ 1', 'Art. 27'])
  assert.equal(paymentForGoods({ ordered: true }).outcome, 'granted')
})
