import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import { decider } from '../../loss/decider.ts'
import { composeLossMail, type LossTold } from '../../loss/mails/compose.ts'
import { lossSettled } from '../../order-facts/lost.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { onTheWay, returnId, shipmentId } from '../a-return.ts'

const AT = '2026-06-09T08:00:00Z'
const lines = [
  { lineId: '1', quantity: 2 },
  { lineId: '2', quantity: 1 },
]
const factsIn = (locale: 'nb' | 'en'): PlacedFacts => ({
  ...{ ...onTheWay, number: 'SG-7K2M9-4QXTB', locale },
  names: locale === 'nb' ? { 1: 'Lekkasjesensor', 2: 'Dørlås' } : { 1: 'Leak sensor', 2: 'Door lock' },
})
const told = (lost: typeof lines, change: Partial<PlacedFacts> = {}) => {
  const facts = { ...factsIn('nb'), ...change }
  const about = { reportId: returnId, shipmentId, orderId: facts.orderId }
  const settled = { ...about, choice: 'refund' as const, lines: lost, settledAt: AT, personal: { by: 'support-1' } }
  const after = { ...facts, ...lossSettled(facts, settled) }
  const data = { returnId, at: AT, facts: after, lines: lost, settledAt: AT }
  return decider.decide({ type: 'DecideLoss', data }, decider.initial).events[0]!.data as LossTold
}

const mails: Record<string, LossTold> = {
  all: told(lines),
  part: told(lines.slice(1)),
  business: told(lines, { customerKind: 'business' }),
  'delivery-alone': { ...told(lines), lines: [], amount: 14_900, deliveryAmount: 14_900 },
}

for (const [name, decided] of Object.entries(mails))
  for (const locale of ['nb', 'en'] as const)
    t.test(`${name} in ${locale} reads as its file in test/loss/mails`, async (t) => {
      const { subject, text } = composeLossMail(factsIn(locale), decided, 'https://shop.example/order?link=x')
      matchesGolden(t as Test, new URL(`mails/${name}.${locale}.txt`, import.meta.url), `${subject}\n\n${text}`)
      t.notMatch(text, /undefined|null|NaN|\[object|SENSOR-1/)
    })
