import type { OverrideAbout } from '@vilkar/contracts/returns-override.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { decider } from '../../override/decider.ts'
import { composeOverrideMail } from '../../override/mails/compose.ts'
import type { OpenOverride } from '../../override/state.ts'
import { received, returnId } from '../a-return.ts'

const at = '2026-07-01T08:00:00Z'
const { reasons: ruled } = termsOf(received.terms.edition).lateComplaint({ customerKind: 'consumer' })
const lines = [{ lineId: '1', quantity: 1 }]
const decided = (about: OverrideAbout) => {
  const units = about === 'deduction' ? {} : { lines }
  const otherwise = { about, ...units, amount: 4_000, ruled }
  const limits = { alone: 50_000, together: 50_000, given: 0 }
  const data = {
    overrideId: returnId,
    at,
    caseId: returnId,
    facts: received,
    otherwise,
    limits,
    by: 'support',
    why: 'Syk',
  }
  const { events } = decider.decide({ type: 'ProposeOverride', data }, decider.initial)
  return { state: events.reduce(decider.evolve, decider.initial) as OpenOverride }
}

for (const about of ['withdrawal', 'voluntary-return', 'complaint', 'deduction'] as const)
  for (const locale of ['nb', 'en'] as const)
    t.test(`${about} in ${locale} reads as its file in test/override/mails`, async (t) => {
      const facts: PlacedFacts = { ...received, number: 'SG-7K2M9-4QXTB', locale, names: { 1: 'Lekkasjesensor' } }
      const { subject, text } = composeOverrideMail(decided(about), facts, 'https://shop.example/order?link=x')
      matchesGolden(t as Test, new URL(`mails/${about}.${locale}.txt`, import.meta.url), `${subject}\n\n${text}`)
      t.notMatch(text, /undefined|null|NaN|\[object/)
    })
