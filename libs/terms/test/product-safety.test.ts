import t from 'tap'
import { terms } from '../cases/first-edition.ts'
import { loadEdition } from '../editions/load.ts'
import { cites, codes } from './cites.ts'
import { nordlys } from './fixtures/nordlys/seller.ts'

t.test('11.1 goods that are critical to safety leave with their numbers and their manual', async (t) => {
  for (const [packed, outcome, expected] of [
    [{ units: 2, identified: 2, manual: true }, 'granted', ['safely-packed']],
    [{ units: 2, identified: 1, manual: true }, 'refused', ['unit-unidentified']],
    [{ units: 2, identified: 2, manual: false }, 'refused', ['manual-missing']],
    [{ units: 1, identified: 0, manual: false }, 'refused', ['unit-unidentified', 'manual-missing']],
  ] as const) {
    const ruling = terms.packing(packed)
    t.strictSame([ruling.outcome, codes(ruling.reasons)], [outcome, expected])
    t.ok(cites(ruling.reasons).includes('11.1'))
  }
})

t.test('a recall is told to whoever has the goods; the choice of remedies is a consumer’s', async (t) => {
  t.strictSame(cites(terms.recall({ customerKind: 'consumer' }).reasons), [
    '11.1',
    'Art. 35(1)',
    'Art. 36(2)',
    'Art. 37(1)',
    'Art. 37(2)',
  ])
  t.strictSame(cites(terms.recall({ customerKind: 'business' }).reasons), ['11.1', 'Art. 35(1)'])
})

t.test('terms that are silent on safety rest on the law alone', async (t) => {
  const ruling = loadEdition(nordlys.editions[0]).terms.packing({ units: 1, identified: 0, manual: true })
  t.strictSame(cites(ruling.reasons), ['Art. 9(5)', 'Art. 35(1)'])
})
