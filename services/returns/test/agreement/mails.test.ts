import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import { decider } from '../../agreement/decider.ts'
import { composeAgreementMail } from '../../agreement/mails/compose.ts'
import type { RecordedAgreement } from '../../agreement/state.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { returnId as agreementId, received } from '../a-return.ts'

const AT = '2026-06-09T08:00:00Z'
const personal = {
  text: 'Du kan angre lenger, og vi betaler returfrakten.',
  party: 'Kari Eksempel',
  recordedBy: 'support',
}
const all = {
  ...{ withdrawalDays: 60, voluntaryReturnDays: 90, returnCost: 'seller' as const },
  ...{ complaintYears: 6, deliverBy: '2026-08-01', lowerDelivery: 5_000 },
  lowerPrices: [{ lineId: '1', quantity: 1, amount: 10_000 }],
}
const factsIn = (locale: 'nb' | 'en'): PlacedFacts => ({ ...received, number: 'SG-7K2M9-4QXTB', locale })
const recorded = (facts: PlacedFacts, changes: RecordedAgreement['changes']) => {
  const data = { agreementId, at: AT, facts, changes, agreedAt: '2026-06-08T10:00:00Z', personal }
  const { events } = decider.decide({ type: 'RecordAgreement', data }, decider.initial)
  return { state: events.reduce(decider.evolve, decider.initial) as RecordedAgreement, personal }
}

const business = (locale: 'nb' | 'en') => ({ ...factsIn(locale), customerKind: 'business' as const })
const ending = (locale: 'nb' | 'en') => {
  const { state } = recorded(business(locale), { complaintYears: 1, returnCost: 'customer' })
  return { state: { ...state, ends: [agreementId] }, personal }
}

for (const locale of ['nb', 'en'] as const)
  for (const [name, stored, facts] of [
    ['all', recorded(factsIn(locale), all), factsIn(locale)],
    ['business', ending(locale), business(locale)],
  ] as const)
    t.test(`${name} in ${locale} reads as its file in test/agreement/mails`, async (t) => {
      const { subject, text } = composeAgreementMail(stored, facts, 'https://shop.example/order?link=x')
      matchesGolden(t as Test, new URL(`mails/${name}.${locale}.txt`, import.meta.url), `${subject}\n\n${text}`)
      t.notMatch(text, /undefined|null|NaN|\[object/)
    })
