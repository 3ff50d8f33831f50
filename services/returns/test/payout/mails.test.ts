import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { decider } from '../../payout/decider.ts'
import { composePayoutMail } from '../../payout/mails/compose.ts'
import { type PayoutMail, payoutMails } from '../../payout/mails/kinds.ts'
import type { OpenPayout, PayoutCommand } from '../../payout/state.ts'
import { received, returnId } from '../a-return.ts'

const ids = { payoutId: returnId, at: '2027-06-29T08:00:00Z', facts: received }
const limits = { alone: 50_000, together: 100_000, given: 0 }
const late = { amount: 229_700, dueOn: '2027-06-19', paidOn: '2027-06-29' }
const interest = { type: 'OfferInterest', data: { ...ids, caseId: returnId, late, alone: 50_000 } } as const
const looked = { ...ids, edition: received.terms.edition, amount: 787, by: 'support', why: 'Satsen er 12,5 prosent.' }
const after = (...commands: PayoutCommand[]) =>
  commands.reduce(
    (state, command) => decider.decide(command, state).events.reduce(decider.evolve, state),
    decider.initial,
  ) as OpenPayout
const states: Record<PayoutMail, OpenPayout> = {
  'goodwill-given': after({
    type: 'ProposeGoodwill',
    data: { ...ids, amount: 25_000, limits, by: 'support', why: 'Sen' },
  }),
  'late-interest-counted': after(interest),
  'late-interest-owed': after(interest, { type: 'SetInterest', data: looked }),
}

for (const kind of Object.keys(payoutMails) as PayoutMail[])
  for (const locale of ['nb', 'en'] as const)
    t.test(`${kind} in ${locale} reads as its file in test/payout/mails`, async (t) => {
      const facts: PlacedFacts = { ...received, number: 'SG-7K2M9-4QXTB', locale }
      const { subject, text } = composePayoutMail(
        { state: states[kind] },
        kind,
        facts,
        'https://shop.example/order?link=x',
      )
      matchesGolden(t as Test, new URL(`mails/${kind}.${locale}.txt`, import.meta.url), `${subject}\n\n${text}`)
      t.notMatch(text, /undefined|null|NaN|\[object/)
    })
