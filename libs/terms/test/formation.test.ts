import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import type { Cancellation } from '../rules/cancellation.ts'
import { cites, codes, instant } from './cites.ts'

const { cancellation, ended, formation } = terms

t.test('4.1 when there is an agreement', async (t) => {
  const accepted = instant('2026-06-01T08:00:00Z')

  t.test('it is made when the confirmation was accepted by the mail server, read or not', async (t) => {
    const { outcome, formedAt, reasons } = formation({ confirmationAcceptedAt: accepted })
    t.equal(outcome, 'granted')
    t.equal(formedAt, accepted)
    t.strictSame(cites(reasons), ['4.1', '§ 12'])
  })
  t.test('there is none before a confirmation, whatever else was sent or authorised', async (t) => {
    const { outcome, formedAt, reasons } = formation({})
    t.strictSame([outcome, formedAt, codes(reasons)], ['refused', undefined, ['not-confirmed']])
  })
  t.test('a confirmation that bounced makes none', async (t) => {
    t.strictSame(codes(formation({ bouncedAt: accepted }).reasons), ['confirmation-bounced'])
    const later = accepted.add({ seconds: 30 })
    t.equal(formation({ confirmationAcceptedAt: accepted, bouncedAt: later }).outcome, 'refused')
  })
  t.test('an accepted attempt after a bounce makes one', async (t) => {
    const { formedAt } = formation({ bouncedAt: accepted.subtract({ hours: 1 }), confirmationAcceptedAt: accepted })
    t.equal(formedAt, accepted)
  })
})

t.test('4.2 and 4.3 who may cancel when', async (t) => {
  const seller = { by: 'seller', customerKind: 'consumer', formed: true, dispatched: false } as const
  const customer = { ...seller, by: 'customer', reason: 'customer-wish' } as const

  for (const [rule, facts, outcome, code, cited, undercut] of [
    [
      'the seller may cancel for stock before the agreement',
      { ...seller, formed: false, reason: 'stock' },
      'granted',
      'reserved-before-agreement',
      '4.2',
      false,
    ],
    [
      'and for a pricing error',
      { ...seller, formed: false, reason: 'pricing-error' },
      'granted',
      'reserved-before-agreement',
      '4.2',
      false,
    ],
    [
      'and for a technical mistake',
      { ...seller, formed: false, reason: 'technical-mistake' },
      'granted',
      'reserved-before-agreement',
      '4.2',
      false,
    ],
    [
      'and when the payment failed, since nothing was agreed',
      { ...seller, formed: false, reason: 'payment' },
      'granted',
      'no-agreement-yet',
      '4.1',
      false,
    ],
    [
      'but for no reason of its own invention',
      { ...seller, formed: false, reason: 'other' },
      'refused',
      'reason-not-reserved',
      '4.2',
      false,
    ],
    [
      'after the agreement stock is no reason, whatever 4.2 says',
      { ...seller, reason: 'stock' },
      'refused',
      'bound-by-agreement',
      '§ 19',
      true,
    ],
    [
      'nor towards a business',
      { ...seller, customerKind: 'business', reason: 'stock' },
      'refused',
      'bound-by-agreement',
      '§ 22',
      true,
    ],
    [
      'nor a payment that fell through',
      { ...seller, reason: 'payment' },
      'refused',
      'bound-by-agreement',
      '§ 1',
      false,
    ],
    [
      'a pricing error waits for a person',
      { ...seller, reason: 'pricing-error' },
      'refused',
      'mistake-needs-approval',
      '§ 32',
      true,
    ],
    [
      'who may find it obvious',
      { ...seller, reason: 'pricing-error', approvedBy: 'support-7' },
      'granted',
      'obvious-mistake',
      '§ 32',
      false,
    ],
    [
      'or not',
      { ...seller, reason: 'pricing-error', approvedBy: 'support-7', obvious: false },
      'refused',
      'mistake-not-obvious',
      '§ 32',
      true,
    ],
    [
      'a technical mistake never cancels by itself',
      { ...seller, reason: 'technical-mistake' },
      'refused',
      'mistake-needs-approval',
      '§ 32',
      true,
    ],
    [
      'with the customer’s consent the seller may always',
      { ...seller, reason: 'stock', customerConsents: true },
      'granted',
      'customer-consents',
      '§ 1',
      false,
    ],
    ['a consumer may cancel before dispatch', customer, 'granted', 'before-dispatch', '§ 41', false],
    ['before the agreement too', { ...customer, formed: false }, 'granted', 'before-dispatch', '4.3', false],
    ['and so may a business', { ...customer, customerKind: 'business' }, 'granted', 'before-dispatch', '4.3', false],
    ['with the carrier it is too late', { ...customer, dispatched: true }, 'refused', 'with-carrier', '4.3', false],
    [
      'and a consumer is pointed at withdrawal',
      { ...customer, dispatched: true },
      'refused',
      'withdraw-instead',
      '§ 20',
      false,
    ],
    [
      'a business at the voluntary return',
      { ...customer, customerKind: 'business', dispatched: true },
      'refused',
      'return-instead',
      '9.1',
      false,
    ],
  ] as [string, Cancellation, string, string, string, boolean][])
    t.test(rule, async (t) => {
      const ruling = cancellation(facts)
      t.equal(ruling.outcome, outcome)
      t.ok(codes(ruling.reasons).includes(code), codes(ruling.reasons).join())
      t.ok(cites(ruling.reasons).includes(cited), cites(ruling.reasons).join())
      t.equal(ruling.termsUndercut ?? false, undercut)
    })

  t.test('what was cancelled or went back leaves nothing to ask for', async (t) => {
    t.strictSame([ended('cancelled').outcome, ...cites(ended('cancelled').reasons)], ['refused', '4.3'])
    t.strictSame(cites(ended('returned').reasons), ['8.1', '9.1', '§ 23'])
  })
})
