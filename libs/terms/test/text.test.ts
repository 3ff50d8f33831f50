import { readFileSync } from 'node:fs'
import t from 'tap'
import { EDITION, figures } from '../cases/first-edition.ts'
import { becauseOf } from '../editions/load.ts'
import { editionById, editions, sellers } from '../editions/registry.ts'
import { sentences } from '../rules/sentences.ts'
import { edition as source } from '../sellers/smartgroup/2026-01-15/edition.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'

for (const edition of editions()) {
  const { sentences, unenforced } = sellers()
    .flatMap((seller) => seller.editions)
    .find(({ id }) => id === edition.id)!
  t.test(`the text of ${edition.id}`, async (t) => {
    const inCode = [...Object.values(sentences), ...Object.keys(unenforced)]

    t.test(
      'every numbered sentence is kept by a rule or listed, and no rule keeps one that is missing from the terms',
      async (t) => {
        t.strictSame(inCode.sort(), Object.keys(edition.clauses('en')).sort())
      },
    )
    t.test('a sentence is either enforced or not, and stands in one place', async (t) => {
      t.strictSame(
        inCode.filter((number, at) => inCode.indexOf(number) !== at),
        [],
      )
    })
    t.test('the Norwegian terms have the same numbers in the same order', async (t) => {
      t.strictSame(Object.keys(edition.clauses('nb')), Object.keys(edition.clauses('en')))
    })
    t.test('no line of the terms but headings and the introduction is without a number', async (t) => {
      for (const locale of ['nb', 'en'] as const) {
        const lines = edition
          .text(locale)
          .split('\n')
          .filter((line) => line !== '' && !line.startsWith('#'))
        t.equal(lines.length, Object.keys(edition.clauses(locale)).length + 1)
      }
    })
    t.test('there are clauses 1 to 17, each numbered from 1 without a gap', async (t) => {
      const numbers = Object.keys(edition.clauses('en')).map((number) => number.split('.').map(Number))
      t.strictSame(
        [...new Set(numbers.map(([clause]) => clause))],
        Array.from({ length: 17 }, (_, at) => at + 1),
      )
      for (const [at, [clause, sentence]] of numbers.entries())
        t.equal(sentence, numbers[at - 1]?.[0] === clause ? numbers[at - 1]![1]! + 1 : 1)
    })
  })
}

t.test('each rule file cites every sentence that it keeps', async (t) => {
  for (const [name, file] of Object.entries(sentences)) {
    const code = readFileSync(new URL(`../rules/${file}.ts`, import.meta.url), 'utf8')
    t.ok(code.includes(`'${name}'`), `rules/${file}.ts does not cite '${name}'`)
  }
})

t.test('figures', async (t) => {
  const { withdrawalDays, refundDays, voluntaryReturnDays, complaintYears, deliveryEstimate } = figures
  for (const [clause, en, nb] of [
    [
      '7.2',
      `${deliveryEstimate.from}–${deliveryEstimate.to} business days`,
      `${deliveryEstimate.from}–${deliveryEstimate.to} virkedager`,
    ],
    ['8.2', `${withdrawalDays} days`, `${withdrawalDays} dager`],
    ['8.5', `${refundDays} days`, `${refundDays} dager`],
    ['9.1', `${voluntaryReturnDays} days`, `${voluntaryReturnDays} dager`],
    ['10.2', `${complaintYears.ordinary} years`, `${complaintYears.ordinary} år`],
    ['10.3', `${complaintYears.longLived} years`, `${complaintYears.longLived} år`],
  ] as const)
    t.test(`${clause} prints in both languages the figure that the code uses: ${en}`, async (t) => {
      const edition = editionById('smartgroup/2026-01-15')!
      t.ok(edition.clauses('en')[clause]?.includes(en))
      t.ok(edition.clauses('nb')[clause]?.includes(nb))
    })
  t.test('6.1 names every method that is accepted', async (t) => {
    const sentence = editionById('smartgroup/2026-01-15')!.clauses('nb')['6.1']!.toLowerCase()
    for (const method of figures.paymentMethods) t.ok(sentence.includes(method.replace('-', ' ')), method)
  })
})

t.test('a sentence or a section that does not exist cannot be cited: it does not compile', async (t) => {
  const because = becauseOf(source)
  t.strictSame(because('some-code', 'withdrawal-right').cites, [
    { edition: EDITION, clause: '8.1', text: editionById(EDITION)!.clauses('en')['8.1'] },
  ])
  // @ts-expect-error No rule keeps a sentence of that name.
  because('some-code', 'no-such-sentence')
  // @ts-expect-error The Act is not listed with a § 99.
  angrerettloven('§ 99')
})

t.test('every sentence that is not enforced says why', async (t) => {
  for (const [number, reason] of Object.entries(source.unenforced)) t.match(reason, /^\S.{10,}\.$/, number)
})
