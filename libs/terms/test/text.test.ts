import { readFileSync } from 'node:fs'
import t from 'tap'
import { EDITION } from '../cases/first-edition.ts'
import { becauseOf, loadEdition, numbersKept } from '../editions/load.ts'
import { editionById, editions, sellers } from '../editions/registry.ts'
import { type CommonSentence, sentences } from '../rules/sentences.ts'
import type { Locale } from '../ruling/vocabulary.ts'
import { edition as source } from '../sellers/smartgroup/2026-01-15/edition.ts'
import { angrerettloven } from '../statute/angrerettloven.ts'
import { nordlys } from './fixtures/nordlys/seller.ts'
import { edition as changed } from './fixtures/smartgroup/2026-07-01/edition.ts'

for (const edition of editions()) {
  const source = sellers()
    .flatMap((seller) => seller.editions)
    .find(({ id }) => id === edition.id)!
  const { unenforced } = source
  t.test(`the text of ${edition.id}`, async (t) => {
    const inCode = [...numbersKept(source), ...Object.keys(unenforced)]

    t.test(
      'every numbered sentence is kept by a rule or listed, and no rule keeps one that is missing from the terms',
      async (t) => {
        t.strictSame([...new Set(inCode)].sort(), Object.keys(edition.clauses('en')).sort())
      },
    )
    t.test('a sentence is either enforced or not', async (t) => {
      t.strictSame(
        Object.keys(unenforced).filter((number) => numbersKept(source).has(number)),
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
    t.test('clauses are numbered from 1 without a gap, and so are the sentences of each', async (t) => {
      const numbers = Object.keys(edition.clauses('en')).map((number) => number.split('.').map(Number))
      t.strictSame(
        [...new Set(numbers.map(([clause]) => clause))],
        edition.printed('en').chapters.map((_, at) => at + 1),
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

for (const source of [...sellers(), nordlys].flatMap((seller) => seller.editions).concat(changed))
  t.test(`the figures of ${source.id}`, async (t) => {
    const { withdrawalDays, refundDays, voluntaryReturnDays, complaintYears, deliveryEstimate } = source.figures
    const { edition } = loadEdition(source)
    const sentence = (name: CommonSentence, locale: Locale) => edition.clauses(locale)[source.sentences[name]]!
    for (const [name, en, nb] of [
      [
        'delivery-time',
        `${deliveryEstimate.from}–${deliveryEstimate.to} business days`,
        `${deliveryEstimate.from}–${deliveryEstimate.to} virkedager`,
      ],
      ['withdrawal-period', `${withdrawalDays} days`, `${withdrawalDays} dager`],
      ['refund-period', `${refundDays} days`, `${refundDays} dager`],
      ['voluntary-return', `${voluntaryReturnDays} days`, `${voluntaryReturnDays} dager`],
      ['complaint-limit', `${complaintYears.ordinary} years`, `${complaintYears.ordinary} år`],
      ['long-lived-complaint-limit', `${complaintYears.longLived} years`, `${complaintYears.longLived} år`],
    ] as const)
      t.test(`${source.sentences[name]} prints in both languages the figure that the code uses: ${en}`, async (t) => {
        t.ok(sentence(name, 'en').includes(en))
        t.ok(sentence(name, 'nb').includes(nb))
      })
    t.test(`${source.sentences['payment-methods']} names every method that is accepted`, async (t) => {
      const printed = sentence('payment-methods', 'en').toLowerCase()
      for (const method of source.figures.paymentMethods) t.ok(printed.includes(method.replace('-', ' ')), method)
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
  t.throws(() => angrerettloven('§ 99'))
})

t.test('every sentence that is not enforced says why', async (t) => {
  for (const [number, reason] of Object.entries(source.unenforced)) t.match(reason, /^\S.{10,}\.$/, number)
})
