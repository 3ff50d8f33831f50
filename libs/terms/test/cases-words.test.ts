import t from 'tap'
import { topics } from '../cases/topics.ts'

const asked = (topic: string, facts: object) => topics[topic]!(facts as never)
const RECEIVED = { receivedAt: '2026-06-01', returnRequestedAt: '2026-07-02' }

t.test('a fact told otherwise has the same answer', async (t) => {
  for (const [rule, topic, facts, expected] of [
    ['an organisation number makes a business', 'withdrawal-applicability', { orgNo: '999615147' }, false],
    ['so does use that is mainly for business', 'withdrawal-applicability', { businessSharePct: 51 }, false],
    ['half is not mainly', 'withdrawal-applicability', { customerType: 'consumer', businessSharePct: 50 }, true],
    [
      'a seal that broke on the way was broken by no consumer',
      'withdrawal-applicability',
      { lineFlags: ['hygiene-sealed'], sealBrokenInTransit: true },
      true,
    ],
  ] as const)
    t.test(rule, async (t) => t.equal(asked(topic, facts).statutoryWithdrawal, expected))

  for (const [rule, facts, holder] of [
    ['a business that refuses at the door', { stage: 'refused-at-door' }, 'business'],
    ['or does not collect', { stage: 'uncollected' }, 'business'],
    ['a loss told as an event', { event: 'lost-in-transit' }, 'business'],
    ['a term of delivery at a place', { stage: 'with-carrier', deliveryTerm: 'DAP' }, 'seller'],
    ['a term of delivery to the carrier', { stage: 'with-carrier', deliveryTerm: 'FCA' }, 'business'],
  ] as const)
    t.test(`${rule}: the risk is the ${holder}’s`, async (t) =>
      t.equal(asked('risk', { customerType: 'business', ...facts }).riskHolder, holder),
    )
  t.test('a pickup point that a consumer chose has the goods for the carrier', async (t) =>
    t.equal(asked('risk', { stage: 'at-pickup-point', collectionAgreed: true }).riskHolder, 'seller'),
  )

  t.test('an act alone is no statement', async (t) => {
    const said = [{ event: 'refused-delivery' }, { event: 'uncollected' }, { returnDispatchedAt: '2026-06-10' }]
    for (const facts of said) t.equal(asked('withdrawal-notice', facts).validNotice, false)
    t.equal(asked('withdrawal-notice', { event: 'refused-delivery', channel: 'email' }).validNotice, true)
  })
  t.test('parcels of another order start no period of this one', async (t) => {
    const facts = { receivedAt: '2026-06-01', parcelsReceivedAt: ['2026-06-01', '2026-06-10'] }
    t.equal(asked('withdrawal-deadline', { ...facts, sameOrder: false }).lastDay, '2026-06-15')
    t.equal(asked('withdrawal-deadline', facts).lastDay, '2026-06-24')
  })
  t.test('what does not conform goes back at the seller’s cost', async (t) =>
    t.equal(asked('return-cost', { basis: 'lack-of-conformity', returnCostDisclosed: true }).bearer, 'seller'),
  )
  t.test('a confirmed order is an agreement', async (t) =>
    t.strictSame(
      ['placed', 'confirmed'].map((stage) => asked('formation', { stage, reason: 'pricing-error' }).formed),
      [false, true],
    ),
  )
  t.test('an acknowledgement that reads as a confirmation is one', async (t) => {
    const facts = { events: ['placed', 'ack-email-delivered'] }
    t.equal(asked('formation', { ...facts, ackReadsAsConfirmation: true }).formed, true)
    t.equal(asked('formation', facts).formed, false)
  })
  t.test('an email that bounced is tried again', async (t) =>
    t.equal(asked('formation', { events: ['placed', 'confirmation-email-bounced'] }).action, 'retry-or-contact'),
  )
  t.test('an invoice is kept with the accounts', async (t) =>
    t.equal(asked('retention', { class: 'invoice', docDate: '2026-03-10' }).keepThrough, '2031-12-31'),
  )
})

t.test('what there is no right to', async (t) => {
  t.test('a business has no period to withdraw in', async (t) => {
    const { lastDay, canWithdrawNow } = asked('withdrawal-deadline', { customerType: 'business', ...RECEIVED })
    t.strictSame([lastDay, canWithdrawNow], [null, false])
  })
  t.test('terms that shorten the period do a business no wrong', async (t) =>
    t.equal(asked('withdrawal-applicability', { customerType: 'business', termsWithdrawalDays: 10 }).violation, false),
  )
  t.test('a return without a basis gives no delivery back', async (t) => {
    const late = asked('voluntary-return', RECEIVED)
    t.strictSame([late.eligible, late.refundsOutboundShipping], [false, false])
  })
})

t.test('a fact that is null is not known', async (t) => {
  for (const [topic, facts] of [
    ['voluntary-return', { receivedAt: '2026-06-01', returnRequestedAt: null, lineFlags: null }],
    ['return-shipping-deadline', { noticeSentAt: null }],
    ['refund-due', { noticeReceivedAt: null }],
    ['complaint-window', { deliveredAt: '2024-06-10', complaintAt: null }],
    ['capture', { method: null }],
    ['formation', { events: null, confirmationDeliveredAt: null, buttonLabel: null }],
    ['retention', { class: 'accounting', docDate: '2026-03-10', fyEnd: null }],
    ['minors', { birthDate: null, at: null }],
    ['dsar-due', { receivedAt: null }],
    ['withdrawal-missing-info', { infoLocale: null, marketTargeted: 'NO' }],
    ['withdrawal-function', { label: null, confirmLabel: null, ack: null }],
  ] as const)
    t.test(topic, async (t) => t.doesNotThrow(() => asked(topic, facts)))
  t.test('but a statement that is null was not made', async (t) =>
    t.equal(asked('withdrawal-notice', { statement: null, event: 'refused-delivery' }).validNotice, false),
  )
})
