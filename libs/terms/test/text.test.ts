import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { type Edition, editionById, editions } from '../editions/editions.ts'
import { citing } from '../ruling/citing.ts'
import { parameters } from '../sellers/smartgroup/2026-01-15/parameters.ts'
import { unenforced } from '../sellers/smartgroup/2026-01-15/unenforced.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'

for (const edition of editions) {
  const enforced = await enforcedBy(edition)
  const { unenforced } = await import(`../sellers/${edition.id}/unenforced.ts`)
  describe(`the text of ${edition.id}`, () => {
    const inCode = [
      ...enforced,
      ...Object.entries<{ text: string }>(unenforced).map(([number, { text }]) => [number, text] as const),
    ]

    test('every numbered sentence is in code, word by word, and no sentence in code is missing from the terms', () => {
      assert.deepEqual(Object.fromEntries(inCode), edition.clauses('en'))
    })
    test('a sentence is either enforced or not, and stands in one place', () => {
      const numbers = inCode.map(([number]) => number)
      assert.deepEqual(
        numbers.filter((number, at) => numbers.indexOf(number) !== at),
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

/** The sentences of every clause file of an edition: those named NN-….ts that have a `text`. */
async function enforcedBy({ id }: Edition) {
  const files = readdirSync(new URL(`../sellers/${id}/`, import.meta.url)).filter((name) => /^\d\d-.*\.ts$/.test(name))
  const modules = await Promise.all(files.map((name) => import(`../sellers/${id}/${name}`)))
  return modules.flatMap(({ text = {} }) => Object.entries<string>(text))
}

describe('figures', () => {
  const { withdrawalDays, refundDays, voluntaryReturnDays, complaintYears, deliveryEstimate } = parameters
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
    for (const method of parameters.paymentMethods) assert.ok(sentence.includes(method.replace('-', ' ')), method)
  })
})

test('a sentence or a section that does not exist cannot be cited: it does not compile', () => {
  const because = citing('smartgroup/2026-01-15', { '8.1': 'A sentence.' })
  assert.deepEqual(because('some-code', '8.1').cites, [
    { edition: 'smartgroup/2026-01-15', clause: '8.1', text: 'A sentence.' },
  ])
  // @ts-expect-error There is no 8.9 in the table.
  because('some-code', '8.9')
  // @ts-expect-error The Act is not listed with a § 99.
  angrerettloven('§ 99')
})

test('every sentence that is not enforced says why', () => {
  for (const [number, { reason }] of Object.entries(unenforced)) assert.match(reason, /^\S.{10,}\.$/, number)
})
