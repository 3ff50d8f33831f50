import fc from 'fast-check'
import t from 'tap'
import { ALL_MARKETING } from '../../consent/purposes.ts'
import { type Said, type Suppression, standingOf } from '../../consent/standing.ts'

const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(1_780_300_000_000 + seconds * 1_000).toString()
const given = (seconds: number, by: Said['by'] = 'person'): Said => ({ what: 'given', at: at(seconds), by })
const withdrawn = (seconds: number): Said => ({ what: 'withdrawn', at: at(seconds), by: 'person' })
const optOut = (seconds: number): Suppression => ({ purpose: ALL_MARKETING, at: at(seconds) })

t.test('the latest word counts; of two of one moment the one that says no', async (t) => {
  for (const [what, log, out, consent, optedOut] of [
    ['nothing was said', [], [], false, false],
    ['consent', [given(1)], [], true, false],
    ['withdrawn after', [given(1), withdrawn(2)], [], false, false],
    ['withdrawn in the same moment', [given(1), withdrawn(1)], [], false, false],
    ['given again', [given(1), withdrawn(2), given(3)], [], true, false],
    ['opted out without a consent', [], [optOut(1)], false, true],
    ['opted out after', [given(1)], [optOut(2)], false, true],
    ['opted out in the same moment', [given(1)], [optOut(1)], false, true],
    ['opted out before: the new word of the person holds', [given(2)], [optOut(1)], true, false],
    ['of two opt-outs one is later', [given(2)], [optOut(1), optOut(3)], false, true],
    ['a consent that was withdrawn ends no opt-out', [given(2), withdrawn(3)], [optOut(1)], false, true],
  ] as const) {
    const { given: _, ...standing } = standingOf(log, out)
    t.strictSame(standing, { consent, optedOut }, what)
  }
})

t.test('the order in which it is heard, and hearing it twice, change nothing', async () => {
  const said = fc.record({
    what: fc.constantFrom('given' as const, 'withdrawn' as const),
    at: fc.nat(5).map(at),
    by: fc.constantFrom('person' as const, 'guardian' as const),
  })
  const out = fc.record({ purpose: fc.constant(ALL_MARKETING), at: fc.nat(5).map(at) })
  const seed = fc.nat()
  fc.assert(
    fc.property(fc.array(said), fc.array(out), seed, (log, outs, seed) => {
      const turned = [...log.slice(seed % (log.length + 1)), ...log, ...log.slice(0, seed % (log.length + 1))]
      const one = standingOf(log, outs)
      const other = standingOf(turned.toReversed(), [...outs, ...outs].toReversed())
      return one.consent === other.consent && one.optedOut === other.optedOut && one.given?.at === other.given?.at
    }),
  )
})

t.test('nobody has a consent that is not later than an opt-out', async () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9)), fc.array(fc.nat(9)), (gave, left) => {
      const { consent } = standingOf(
        gave.map((second) => given(second)),
        left.map(optOut),
      )
      return consent === (gave.length > 0 && Math.max(...gave) > Math.max(-1, ...left))
    }),
  )
})

t.test('which entry a consent rests on is told, and is no other than the latest', async (t) => {
  t.match(standingOf([given(1), given(3, 'guardian'), given(2)], []).given, { at: at(3), by: 'guardian' })
  t.equal(standingOf([given(1)], [optOut(2)]).given, undefined)
})
