import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import type { OrderEvent } from '../rules/formation.ts'
import { cites, codes, instant } from './cites.ts'

const { agreement, paymentForGoods } = terms

t.test('4.1 from order to agreement', async (t) => {
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
    t.test(rule, async (t) => {
      const ruling = agreement(events)
      t.equal(ruling.outcome, formedAt === undefined ? 'refused' : 'granted')
      t.equal(ruling.formedAt, formedAt)
      t.strictSame(codes(ruling.reasons), [code])
      t.equal(cites(ruling.reasons)[0], '4.1')
    })

  t.test('an order that was placed must be acknowledged, apart from the confirmation', async (t) => {
    const open = agreement([placed]).acknowledgement
    t.strictSame([open.required, open.given, ...codes(open.reasons)], [true, false, 'order-to-be-acknowledged'])
    const done = agreement([placed, { name: 'acknowledgement-delivered' }]).acknowledgement
    t.strictSame([done.required, done.given, ...cites(done.reasons)], [true, true, '§ 12'])
    t.equal(agreement([]).acknowledgement.required, false)
  })
  t.test(
    'a bounced confirmation is sent again, or the customer reached otherwise; one that arrived asks for nothing',
    async (t) => {
      t.equal(agreement([placed, bounced]).action, 'retry-or-contact')
      t.equal(agreement([placed, bounced, delivered]).action, undefined)
      t.equal(agreement([placed]).action, undefined)
    },
  )
})

t.test('nobody pays for goods that he did not order', async (t) => {
  const { outcome, reasons } = paymentForGoods({ ordered: false })
  t.strictSame([outcome, ...cites(reasons)], ['refused', '§ 1', 'Art. 27'])
  t.equal(paymentForGoods({ ordered: true }).outcome, 'granted')
})
