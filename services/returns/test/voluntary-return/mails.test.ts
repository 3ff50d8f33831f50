import { told } from '@vilkar/contracts/test/told.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { decider } from '../../voluntary-return/decider.ts'
import { voluntaryDecided } from '../../voluntary-return/mails/decided.ts'
import { voluntaryEnded, voluntaryReminder } from '../../voluntary-return/mails/not-sent.ts'
import { voluntaryReceipt } from '../../voluntary-return/mails/receipt.ts'
import { voluntaryReceived } from '../../voluntary-return/mails/received.ts'
import { type RefusedTold, voluntaryRefused } from '../../voluntary-return/mails/refused.ts'
import type { RequestedReturn, VoluntaryReturnCommand } from '../../voluntary-return/state.ts'
import { received, returnId } from '../a-return.ts'
import { keep, lookAt, looked, pass, request } from './a-voluntary-return.ts'

const PAGE = 'https://shop.example/order?link=x'
const personal = { statement: 'De ble for mange.', note: 'Limet er brukt.' }

function after(...commands: VoluntaryReturnCommand[]) {
  const events = told(decider, ...commands)
  const state = events.reduce(decider.evolve, decider.initial) as RequestedReturn
  return { state, personal, refund: events.find(({ type }) => type === 'RefundDecided')?.data as never }
}
const factsIn = (locale: 'nb' | 'en'): PlacedFacts => ({
  ...{ ...received, number: 'SG-7K2M9-4QXTB', locale },
  names: locale === 'nb' ? { 1: 'Lekkasjesensor', 2: 'Dørlås' } : { 1: 'Leak sensor', 2: 'Door lock' },
})
/** The no to a request, as the mail about it is told. */
function refusal(at: string, asked: Parameters<typeof request>[0] = {}): RefusedTold {
  const { refusal } = decider.decide(request({ noticeSentAt: at, ...asked }, at), decider.initial)
  return { code: refusal!.code, reasons: refusal!.reasons!, refused: refusal!.extra!.refused as never }
}

const CAME = '2026-07-01T09:00:00Z'
const two = [...[{ lineId: '1', quantity: 2 }], ...[{ lineId: '2', quantity: 2 }]]
const mails: Record<string, (facts: PlacedFacts) => Composed> = {
  receipt: (facts) => voluntaryReceipt(after(request({ lines: two })), facts, PAGE),
  refused: (facts) =>
    voluntaryRefused(refusal('2026-07-08T09:00:00Z'), facts, Temporal.Instant.from('2026-07-08T09:00:00Z')),
  'refused-unsent-business': (facts) => {
    const unsent = { ...facts, customerKind: 'business' as const, parcels: [] }
    const at = '2026-06-03T09:00:00Z'
    return voluntaryRefused(refusal(at, { facts: unsent, lines: two }), unsent, Temporal.Instant.from(at))
  },
  'refused-for-the-law': (facts) =>
    voluntaryRefused(refusal('2026-06-10T09:00:00Z'), facts, Temporal.Instant.from('2026-06-10T09:00:00Z'), PAGE),
  reminder: (facts) => voluntaryReminder(after(request(), pass('2026-07-06T22:00:00Z')).state, facts),
  decided: (facts) => {
    const { refund, ...stored } = after(request(), lookAt([looked({ quantity: 2 })]))
    return voluntaryDecided(stored, facts, refund)
  },
  'decided-in-part': (facts) => {
    const lines = [
      { lineId: '1', quantity: 2 },
      { lineId: '2', quantity: 1 },
    ]
    const { refund, ...stored } = after(
      request({ lines }),
      lookAt([looked(), looked({ unused: false, originalPackaging: false })]),
    )
    return voluntaryDecided(stored, facts, refund, PAGE)
  },
  received: (facts) => {
    const came = { type: 'RecordReceipt', data: { returnId, at: CAME, receivedAt: CAME } } as const
    return voluntaryReceived(after(request(), came).state, facts, PAGE)
  },
  'decided-for-nothing': (facts) => voluntaryDecided(after(request(), lookAt([])), facts, undefined, PAGE),
  'ended-never-sent': (facts) => voluntaryEnded(after(request(), pass('2026-07-20T22:00:00Z')).state, facts),
  'ended-given-up': (facts) => voluntaryEnded(after(request(), keep()).state, facts),
}

for (const [name, write] of Object.entries(mails))
  for (const locale of ['nb', 'en'] as const)
    t.test(`${name} in ${locale} reads as its file in test/voluntary-return/mails`, async (t) => {
      const { subject, text, locale: language } = write(factsIn(locale))
      matchesGolden(t as Test, new URL(`mails/${name}.${locale}.txt`, import.meta.url), `${subject}\n\n${text}`)
      t.equal(language, locale)
      t.notMatch(text, /undefined|null|NaN|\[object|SENSOR-1/)
    })
