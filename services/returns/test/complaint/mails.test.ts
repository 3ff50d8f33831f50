import { told } from '@vilkar/contracts/test/told.ts'
import type { Composed } from '@vilkar/mail/outgoing.ts'
import { matchesGolden } from '@vilkar/testing/golden.ts'
import t, { type Test } from 'tap'
import { decider } from '../../complaint/decider.ts'
import { composeComplaintMail } from '../../complaint/mails/compose.ts'
import { complaintRefused } from '../../complaint/mails/judged.ts'
import type { ComplaintCommand, OpenComplaint } from '../../complaint/state.ts'
import type { PlacedFacts } from '../../order-facts/projection.ts'
import { received } from '../a-return.ts'
import {
  acceptIt,
  choose,
  complain,
  fail,
  goodsCame,
  guaranteed,
  hearStock,
  inTheUnion,
  letBe,
  loseSome,
  mend,
  pass,
  reduce,
  rejectIt,
  repaired,
  replaced,
  returnId,
  takeBack,
  underway,
  waive,
} from './a-complaint.ts'

const PAGE = 'https://shop.example/order?link=x'
const factsIn = (locale: 'nb' | 'en'): PlacedFacts => ({
  ...{ ...received, number: 'SG-7K2M9-4QXTB', locale },
  names: locale === 'nb' ? { 1: 'Lekkasjesensor', 2: 'Dørlås' } : { 1: 'Leak sensor', 2: 'Door lock' },
})
const personal = { defect: 'De piper\nhele tiden.', grounds: 'Den er åpnet med skrutrekker.', note: 'Byttet batteri.' }

/** The mail of this kind after these commands, with what the last of them decided. */
const after =
  (kind: Parameters<typeof composeComplaintMail>[1], detail: object, ...commands: ComplaintCommand[]) =>
  (facts: PlacedFacts): Composed => {
    const events = told(decider, ...commands)
    const state = events.reduce(decider.evolve, decider.initial) as OpenComplaint
    const { personal: _, ...data } = events.at(-1)!.data as { personal?: object }
    return composeComplaintMail({ stored: { id: returnId, version: 1, state, personal }, facts, page: PAGE }, kind, {
      ...data,
      ...detail,
    })
  }
const again = [complain(), acceptIt(), choose('repair'), mend(), fail()]
const late = complain({ noticeSentAt: '2028-06-07T09:00:00Z' }, '2028-06-07T09:00:00Z')
const EARLY = '2026-06-09T08:00:00Z'
const withGuarantee = guaranteed(received)
const business = { ...received, customerKind: 'business' as const }

const mails: Record<string, (facts: PlacedFacts) => Composed> = {
  narrowed: after('complaint-narrowed', {}, complain(), loseSome(1)),
  'narrowed-to-nothing': after('complaint-narrowed', { left: [] }, complain(), loseSome(1)),
  received: after('complaint-received', {}, complain()),
  refused: (facts) => {
    const { refusal } = decider.decide(complain({ lines: [{ lineId: '9', quantity: 1 }] }), decider.initial)
    const at = Temporal.Instant.from('2026-07-25T09:00:00Z')
    return complaintRefused({ reasons: refusal!.reasons!, refused: refusal!.extra!.refused as never }, facts, at)
  },
  accepted: after('complaint-accepted', {}, complain(), acceptIt()),
  'accepted-in-the-union': after('complaint-accepted', {}, complain(), acceptIt({ facts: inTheUnion })),
  rejected: after('complaint-rejected', {}, complain(), rejectIt()),
  'rejected-while-they-may-withdraw': after(
    ...([
      'complaint-rejected',
      {},
      complain({ noticeSentAt: EARLY, noticedAt: EARLY, showedAt: EARLY }, EARLY),
    ] as const),
    rejectIt({}, '2026-06-10T09:00:00Z'),
  ),
  'rejected-too-late': after('complaint-rejected', {}, late),
  'rejected-too-late-guaranteed': after(
    'complaint-rejected',
    {},
    { ...late, data: { ...late.data, facts: withGuarantee } },
  ),
  'accepted-guaranteed': after(
    'complaint-accepted',
    {},
    complain({ facts: withGuarantee }),
    acceptIt({ facts: withGuarantee }),
  ),
  'failed-once': after('complaint-accepted', { failed: true }, ...again),
  'tries-again-offered': after('complaint-accepted', {}, ...again, acceptIt({ furtherAttempt: 'offered' })),
  'tries-again-reasonable': after('complaint-accepted', {}, ...again, acceptIt({ furtherAttempt: 'reasonable' })),
  'chosen-repair': after('remedy-chosen', {}, complain(), acceptIt(), choose('repair')),
  'chosen-replacement': after('remedy-chosen', {}, complain(), acceptIt(), choose('replacement')),
  'chosen-price-reduction': after('remedy-chosen', {}, ...again, choose('price-reduction')),
  'chosen-rescission': after('remedy-chosen', {}, ...again, choose('rescission')),
  'cure-done': after('cure-done', {}, complain(), acceptIt(), choose('repair'), mend()),
  'price-reduced': after('complaint-refund', {}, ...again, choose('price-reduction'), reduce()),
  'goods-back': after('complaint-refund', {}, ...again, choose('rescission'), takeBack()),
  unavailable: after('cure-unavailable', {}, complain(), acceptIt(), choose('replacement'), hearStock('out-of-stock')),
  'goods-to-repair': after('cure-goods-received', {}, complain(), acceptIt(), choose('repair'), goodsCame()),
  'goods-replaced': after(
    ...(['cure-goods-received', {}, complain(), acceptIt(), choose('replacement'), hearStock('reserved')] as const),
    goodsCame(),
  ),
  'sent-repaired': after(
    ...(['cure-sent', {}, complain(), acceptIt(), choose('repair'), goodsCame(), repaired()] as const),
    underway('dispatched'),
  ),
  'sent-replacement': after(
    ...(['cure-sent', {}, complain(), acceptIt(), choose('replacement'), hearStock('reserved')] as const),
    underway('dispatched'),
  ),
  'choice-reminder': after('choice-reminder', {}, complain(), acceptIt(), pass('2026-08-10T22:00:00Z')),
  'choice-overdue': after(
    ...(['choice-overdue', {}, complain(), acceptIt(), pass('2026-08-10T22:00:00Z')] as const),
    pass('2026-08-26T22:00:00Z'),
  ),
  'defective-reminder': after('defective-reminder', {}, ...replaced(), pass('2026-08-18T22:00:00Z')),
  'defective-overdue': after(
    ...(['defective-overdue', {}, ...replaced(), pass('2026-08-18T22:00:00Z')] as const),
    pass('2026-09-02T22:00:00Z'),
  ),
  'defective-waived': after('defective-waived', {}, ...replaced(), waive()),
  ended: after('complaint-ended', {}, complain(), letBe()),
}

for (const [name, write] of Object.entries(mails))
  for (const locale of ['nb', 'en'] as const)
    t.test(`${name} in ${locale} reads as its file in test/complaint/mails`, async (t) => {
      const { subject, text, locale: language } = write(factsIn(locale))
      matchesGolden(t as Test, new URL(`mails/${name}.${locale}.txt`, import.meta.url), `${subject}\n\n${text}`)
      t.equal(language, locale)
      t.notMatch(text, /undefined|null|NaN|\[object|SENSOR-1/)
    })

t.test(
  'every no to a consumer names who mediates and who decides after that, and none to a business does',
  async (t) => {
    const facts = { ...factsIn('nb'), customerKind: 'business' as const }
    t.match(mails.rejected!(factsIn('nb')).text, /Forbrukertilsynet.*Forbrukerklageutvalget/)
    const toBusiness = after('complaint-rejected', {}, complain({ facts: business }), rejectIt({ facts: business }))
    t.notMatch(toBusiness(facts).text, /Forbruker/)
  },
)
