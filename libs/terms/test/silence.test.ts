import t from 'tap'
import { becauseOf, loadEdition } from '../editions/load.ts'
import type { Because } from '../rules/rule.ts'
import { optionalSentences } from '../rules/sentences.ts'
import type { Reason } from '../ruling/ruling.ts'
import { edition as first } from '../sellers/smartgroup/2026-01-15/edition.ts'
import { kjopsloven } from '../statute/kjopsloven.ts'
import { cites } from './cites.ts'
import { nordlys } from './fixtures/nordlys/seller.ts'

const [silent, speaking] = nordlys.editions
const strike = { event: 'strike', foreseeable: false, avoidable: false } as const

t.test('an edition that is silent on a sentence', async (t) => {
  const [before, after] = [silent, speaking!].map((source) => loadEdition(source))
  t.test('is answered for by the law alone; the one that has the sentence cites it', async (t) => {
    const asked = { customerKind: 'consumer', beyondControl: true, ...strike } as const
    const [byLaw, byBoth] = [before!, after!].map(({ terms }) => terms.impediment(asked).damages)
    t.strictSame([byLaw!.outcome, byLaw!.basis], ['refused', 'statute'])
    t.strictSame([byBoth!.outcome, byBoth!.basis], ['refused', 'both'])
    t.strictSame(cites(byLaw!.reasons), ['§ 24', '§ 19'])
    t.strictSame(cites(byBoth!.reasons), ['3.5', '§ 24', '3.5', '§ 19'])
  })
  t.test('has none of the advantages that the sentence would give the seller', async (t) => {
    for (const customerKind of ['consumer', 'business'] as const)
      t.strictSame(
        [before!, after!].map(({ terms }) => terms.impediment({ customerKind, ...strike }).exempt),
        [false, true],
      )
  })
  t.test('answers every question, and cites nothing of its own where it says nothing', async (t) => {
    t.strictSame(Object.keys(before!.terms), Object.keys(after!.terms))
    const because = becauseOf(silent)
    for (const name of optionalSentences) {
      t.equal(because('some-code', name), undefined)
      t.strictSame(cites([because('some-code', name, 'agreement', kjopsloven('§ 27'))]), ['2.1', '§ 27'])
    }
  })
  t.test('may not have it under a number after all', async (t) => {
    const forgotten = { ...speaking!, sentences: { ...speaking!.sentences, impediment: 'not mentioned' as const } }
    t.throws(() => loadEdition(forgotten), {
      message:
        'Sentence 3.5 of terms.nb.md of nordlys/2026-07-01 is to be either kept by a rule or listed as unenforced.',
    })
  })
  t.test('has the hash that it would have: what it does not say is no part of it', async (t) => {
    const { edition } = loadEdition(first)
    const mute = { ...first, sentences: { ...first.sentences, impediment: 'not mentioned' as const } }
    const { edition: same } = loadEdition({ ...mute, unenforced: { ...first.unenforced, '13.1': 'Not kept here.' } })
    t.equal(same.sha256, edition.sha256)
  })
})

t.test('silence is typed', async (t) => {
  // @ts-expect-error Every edition says how an agreement is made.
  const mute: typeof first = { ...first, sentences: { ...first.sentences, agreement: 'not mentioned' } }
  t.throws(() => loadEdition(mute), /no sentence not mentioned, which is to be cited as "agreement"|either kept by/)
  const because: Because = becauseOf(first)
  const alone: Reason | undefined = because('some-code', 'impediment')
  // @ts-expect-error What rests on nothing but a sentence that may be missing may be missing itself.
  const certain: Reason = because('some-code', 'impediment')
  const withLaw: Reason = because('some-code', 'impediment', kjopsloven('§ 27'))
  const withAnother: Reason = because('some-code', 'impediment', 'agreement')
  t.strictSame(alone, certain)
  t.strictSame(cites([withLaw]), ['13.1', '§ 27'])
  t.strictSame(cites([withAnother]), ['13.1', '4.1'])
})
