import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
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
  describe(`the text of ${edition.id}`, () => {
    const inCode = [...Object.values(sentences), ...Object.keys(unenforced)]

    test('every numbered sentence is kept by a rule or listed, and no rule keeps one that is missing from the terms', () => {
      assert.deepEqual(inCode.sort(), Object.keys(edition.clauses('en')).sort())
    })
    test('a sentence is either enforced or not, and stands in one place', () => {
      assert.deepEqual(
        inCode.filter((number, at) => inCode.indexOf(number) !== at),
        [],
      )
    })
    test('the Norwegian terms have the same numbers in the same order', () => {
      assert.deepEqual(Object.keys(edition.clauses('nb')), Object.keys(edition.clauses('en')))
    })
    test('no line of the terms but headings and the introduction is without a number', () => {
      for (const locale of ['nb', 'en'] as const) {
        const lines = edition
          .text(locale)
          .split('\n')
          .filter((line) => line !== '' && !line.startsWith('#'))
        assert.equal(lines.length, Object.keys(edition.clauses(locale)).length + 1)
      }
    })
    test('there are clauses 1 to 17, each numbered from 1 without a gap', () => {
      const numbers = Object.keys(edition.clauses('en')).map((number) => number.split('.').map(Number))
      assert.deepEqual(
        [...new Set(numbers.map(([clause]) => clause))],
        Array.from({ length: 17 }, (_, at) => at + 1),
      )
      for (const [at, [clause, sentence]] of numbers.entries())
        assert.equal(sentence, numbers[at - 1]?.[0] === clause ? numbers[at - 1]![1]! + 1 : 1)
    })
  })
}

test('each rule file cites every sentence that it keeps', () => {
  for (const [name, file] of Object.entries(sentences)) {
    const code = readFileSync(new URL(`../rules/${file}.ts`, import.meta.url), 'utf8')
    assert.ok(code.includes(`'${name}'`), `rules/${file}.ts does not cite '${name}'`)
  }
})

describe('figures', () => {
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
    test(`${clause} prints in both languages the figure that the code uses: ${en}`, () => {
      const edition = editionById('smartgroup/2026-01-15')!
      assert.ok(edition.clauses('en')[clause]?.includes(en))
      assert.ok(edition.clauses('nb')[clause]?.includes(nb))
    })
  test('6.1 names every method that is accepted', () => {
    const sentence = editionById('smartgroup/2026-01-15')!.clauses('nb')['6.1']!.toLowerCase()
    for (const method of figures.paymentMethods) assert.ok(sentence.includes(method.replace('-', ' ')), method)
  })
})

test('a sentence or a section that does not exist cannot be cited: it does not compile', () => {
  const because = becauseOf(source)
  assert.deepEqual(because('some-code', 'withdrawal-right').cites, [
    { edition: EDITION, clause: '8.1', text: editionById(EDITION)!.clauses('en')['8.1'] },
  ])
  // @ts-expect-error No rule keeps a sentence of that name.
  because('some-code', 'no-such-sentence')
  // @ts-expect-error The Act is not listed with a § 99.
  angrerettloven('§ 99')
})

test('every sentence that is not enforced says why', () => {
  for (const [number, reason] of Object.entries(source.unenforced)) assert.match(reason, /^\S.{10,}\.$/, number)
})
