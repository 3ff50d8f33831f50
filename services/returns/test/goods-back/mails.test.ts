import type { SendBackOverdue } from '@vilkar/contracts/returns-goods-back.ts'
import { told } from '@vilkar/contracts/test/told.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import { decider as ofComplaint } from '../../complaint/decider.ts'
import { goodsNotSent } from '../../complaint/mails/not-sent.ts'
import { returnLabel } from '../../goods-back/mails/return-label.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { decider } from '../../withdrawal/decider.ts'
import { sendBackOverdue } from '../../withdrawal/mails/send-back-overdue.ts'
import type { DeclaredReturn } from '../../withdrawal/state.ts'
import { declare, received, remind } from '../a-return.ts'
import * as complained from '../complaint/a-complaint.ts'

const factsIn = (locale: 'nb' | 'en'): PlacedFacts => ({
  ...{ ...received, number: 'SG-7K2M9-4QXTB', locale },
  names: locale === 'nb' ? { 1: 'Lekkasjesensor', 2: 'Dørlås' } : { 1: 'Leak sensor', 2: 'Door lock' },
})
const page = 'https://shop.example/order?link=x'
const terms = termsOf(received.terms.edition)

const unheardOf = told(decider, declare(), remind('2026-06-24T22:00:00Z'), remind('2026-07-09T22:00:00Z'))
const withdrawn = unheardOf.reduce(decider.evolve, decider.initial) as DeclaredReturn
const overdue = unheardOf.at(-1)!.data as SendBackOverdue['data']

const chosen = [
  ...[complained.complain(), complained.acceptIt(), complained.choose('repair')],
  ...[complained.mend(), complained.fail()],
  complained.choose('rescission', '2026-08-05T10:00:00Z'),
]
const pass = (at: string) =>
  ({ type: 'LetTimePass', data: { returnId: complained.returnId, at, facts: received } }) as const
const notSent = told(ofComplaint, ...chosen, pass('2026-08-19T22:00:00Z'), pass('2026-09-03T22:00:00Z'))
const stored = { state: notSent.reduce(ofComplaint.evolve, ofComplaint.initial) as never }
const [reminded, given] = notSent.slice(-2).map(({ data }) => data as SendBackOverdue['data'])

const label = {
  ...{ carrier: 'bring', trackingNumber: '370700000000000018', url: 'https://returns.example/return-labels?link=x' },
  reasons: terms.returnCost({ disclosed: false }).reasons,
}
const mails = {
  'label-with-code': (facts: PlacedFacts) =>
    returnLabel(facts, { ...label, code: 'BRING-1234-5678', validUntil: '2026-07-10T09:05:00Z' }, page),
  'label-of-a-complaint': (facts: PlacedFacts) =>
    returnLabel(facts, {
      ...{ ...label, carrier: 'Local courier' },
      reasons: terms.returnCost({ disclosed: true, notAsAgreed: true }).reasons,
    }),
  'withdrawal-overdue': (facts: PlacedFacts) => sendBackOverdue({ state: withdrawn }, facts, overdue, page),
  'withdrawal-overdue-uninformed': (facts: PlacedFacts) => {
    const disclosures = { ...facts.disclosures, withdrawalInformation: false }
    return sendBackOverdue({ state: withdrawn }, { ...facts, disclosures }, overdue, page)
  },
  'complaint-reminder': (facts: PlacedFacts) => goodsNotSent(stored, facts, 'reminder', reminded!, page),
  'complaint-overdue': (facts: PlacedFacts) => goodsNotSent(stored, facts, 'overdue', given!, page),
}

for (const [name, compose] of Object.entries(mails))
  for (const locale of ['nb', 'en'] as const)
    t.test(`${name} in ${locale} reads as its file in test/goods-back/mails`, async (t) => {
      const { subject, text } = compose(factsIn(locale))
      matchesGolden(t as Test, new URL(`mails/${name}.${locale}.txt`, import.meta.url), `${subject}\n\n${text}`)
      t.notMatch(text, /undefined|null|NaN|\[object|SENSOR-1/)
    })
