import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import type { Cancellation } from '../rules/cancellation.ts'
import { cites, codes } from './cites.ts'

const { cancellation, correction, sellersWayOut } = terms

t.test('4.3 what a customer’s cancellation counts as', async (t) => {
  const asked: Cancellation = {
    by: 'customer',
    customerKind: 'consumer',
    formed: true,
    dispatched: false,
    reason: 'customer-wish',
  }
  const sent = { ...asked, dispatched: true }

  for (const [rule, facts, outcome, treatAs, claim] of [
    ['before dispatch it is a withdrawal, for nothing', asked, 'granted', 'withdrawal', 'none'],
    [
      'goods made to order are cancelled for nothing too, as 4.3 says',
      { ...asked, madeToOrder: true },
      'granted',
      'cancellation',
      'none',
    ],
    ['on the way it is a withdrawal instead', sent, 'refused', 'withdrawal', 'none'],
    ['and after delivery', { ...sent, delivered: true }, 'refused', 'withdrawal', 'none'],
    [
      'goods made to order may be cancelled until delivery, for the seller’s costs',
      { ...sent, madeToOrder: true },
      'review',
      'cancellation',
      'costs',
    ],
    ['but not after it', { ...sent, madeToOrder: true, delivered: true }, 'refused', undefined, undefined],
    ['a business cancels before dispatch', { ...asked, customerKind: 'business' }, 'granted', 'cancellation', 'none'],
    [
      'and not after, made to order or not',
      { ...sent, customerKind: 'business', madeToOrder: true },
      'refused',
      undefined,
      undefined,
    ],
  ] as [string, Cancellation, string, string | undefined, string | undefined][])
    t.test(rule, async (t) => {
      const ruling = cancellation(facts)
      t.strictSame([ruling.outcome, ruling.treatAs, ruling.sellersClaim], [outcome, treatAs, claim])
    })

  t.test('where 4.3 ends earlier than the law, the law is cited and the terms are said to undercut it', async (t) => {
    const { reasons, basis, termsUndercut } = cancellation({ ...sent, madeToOrder: true })
    t.strictSame([basis, termsUndercut, ...cites(reasons)], ['statute', true, '§ 41', '§ 22 bokstav e'])
  })
})

t.test('4.2 the seller’s way out', async (t) => {
  const placed = { customerKind: 'consumer', formed: false } as const
  const agreed = { ...placed, formed: true } as const

  for (const [rule, facts, outcome, entitled, needsHumanApproval] of [
    [
      'an order not yet agreed ends for a pricing error',
      { ...placed, reason: 'pricing-error' },
      'granted',
      'granted',
      false,
    ],
    ['by a machine too', { ...placed, reason: 'stock', automatic: true }, 'granted', 'granted', false],
    [
      'after the agreement a mistake that nobody looked at is for a person',
      { ...agreed, reason: 'pricing-error' },
      'refused',
      'review',
      true,
    ],
    [
      'an obvious one lets the seller off, once a person approves',
      { ...agreed, reason: 'pricing-error', obvious: true },
      'refused',
      'granted',
      true,
    ],
    [
      'and then it does',
      { ...agreed, reason: 'pricing-error', obvious: true, approvedBy: 'support-7' },
      'granted',
      'granted',
      false,
    ],
    [
      'one that the customer could not see never does',
      { ...agreed, reason: 'pricing-error', obvious: false },
      'refused',
      'refused',
      false,
    ],
    [
      'a machine ends no agreement',
      { ...agreed, reason: 'technical-mistake', automatic: true },
      'refused',
      'review',
      true,
    ],
    [
      'not even with an approval at hand',
      { ...agreed, reason: 'technical-mistake', obvious: true, approvedBy: 'support-7', automatic: true },
      'refused',
      'granted',
      true,
    ],
    [
      'no approval ends one for stock',
      { ...agreed, reason: 'stock', approvedBy: 'support-7' },
      'refused',
      'refused',
      false,
    ],
    [
      'the customer’s consent does',
      { ...agreed, reason: 'stock', customerConsents: true },
      'granted',
      'granted',
      false,
    ],
  ] as [string, Parameters<typeof sellersWayOut>[0], string, string, boolean][])
    t.test(rule, async (t) => {
      const way = sellersWayOut(facts)
      t.strictSame([way.outcome, way.entitled, way.needsHumanApproval], [outcome, entitled, needsHumanApproval])
      t.equal(way.mayCorrect, 'with-customer-consent')
    })

  t.test('a seller who agreed and has no stock is late: the customer chooses, and may claim damages', async (t) => {
    const { customerOptions, damagesPossible, reasons } = sellersWayOut({ ...agreed, reason: 'stock' })
    t.strictSame(customerOptions, ['wait', 'substitute', 'cancel-with-refund'])
    t.equal(damagesPossible, true)
    t.ok(cites(reasons).includes('§ 19'))
    const before = sellersWayOut({ ...placed, reason: 'stock' })
    t.strictSame([before.customerOptions, before.damagesPossible], [[], false])
  })
})

t.test('4.2 a correction of the price', async (t) => {
  for (const [rule, facts, outcome, agreedTotal, needsNewAcceptance, code] of [
    [
      'upwards it is a new offer, and no agreement at the old price',
      { formed: false, oldTotal: 1_000, newTotal: 1_200 },
      'refused',
      undefined,
      true,
      'correction-is-new-offer',
    ],
    [
      'after the agreement that stands at the old price',
      { formed: true, oldTotal: 1_000, newTotal: 1_200 },
      'refused',
      1_000,
      true,
      'correction-is-new-offer',
    ],
    [
      'until the customer accepts',
      { formed: true, oldTotal: 1_000, newTotal: 1_200, customerAccepts: true },
      'granted',
      1_200,
      false,
      'correction-accepted',
    ],
    [
      'downwards nobody needs to be asked',
      { formed: true, oldTotal: 1_000, newTotal: 900 },
      'granted',
      900,
      false,
      'price-not-raised',
    ],
    [
      'the same price changes nothing',
      { formed: true, oldTotal: 1_000, newTotal: 1_000 },
      'granted',
      1_000,
      false,
      'price-not-raised',
    ],
  ] as const)
    t.test(rule, async (t) => {
      const ruling = correction(facts)
      t.strictSame(
        [ruling.outcome, ruling.agreedTotal, ruling.needsNewAcceptance],
        [outcome, agreedTotal, needsNewAcceptance],
      )
      t.strictSame([...codes(ruling.reasons), ...cites(ruling.reasons)], [code, '4.2', '§ 6'])
    })
})
