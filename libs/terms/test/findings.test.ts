import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EDITION, figures, findings, sentences, wording } from '../cases/first-edition.ts'
import type { EditionFigures, Wording } from '../editions/edition-figures.ts'
import recorded from '../editions/editions.sha256.json' with { type: 'json' }
import { loadEdition } from '../editions/load.ts'
import { editionById, editions } from '../editions/registry.ts'
import { type Finding, type MinimumId, statutoryMinimums, undercutBy } from '../editions/statutory-minimums.ts'
import { edition as source } from '../sellers/smartgroup/2026-01-15/edition.ts'

const edition = editionById(EDITION)!

/** The edition as it would be with other promises, wording or findings. */
const load = (changes: { figures?: object; wording?: object; findings?: readonly Finding[] }) =>
  loadEdition({
    ...source,
    figures: { ...figures, ...changes.figures },
    wording: { ...wording, ...changes.wording },
    findings: changes.findings ?? findings,
  }).edition
/** In which clause the edition speaks of what the law lets no terms undercut. */
const clauseOf = (id: MinimumId) => sentences[statutoryMinimums[id].clauseOf]
const declaring = (floor: MinimumId): Finding => ({ ...findings[0]!, id: `declares-${floor}`, floor })

describe('an edition that gives consumers less than the law', () => {
  test('is refused, in a sentence with the edition, the clause and the section', () => {
    assert.throws(() => load({ figures: { withdrawalDays: 10 } }), {
      message:
        'smartgroup/2026-01-15 gives consumers less in clause 8.2 than angrerettloven § 21 allows (the consumer has at least 14 days to withdraw), and no finding with the floor "withdrawal-period" declares it.',
    })
  })
  test('is loaded once a finding declares it', () => {
    const shorter = load({
      figures: { withdrawalDays: 10 },
      findings: [...findings, declaring('withdrawal-period')],
    })
    assert.notEqual(shorter.sha256, edition.sha256)
    assert.equal(shorter.findings.at(-1)?.floor, 'withdrawal-period')
  })
  test('is not let through by a finding about something else', () => {
    assert.throws(
      () => load({ figures: { refundDays: 30 }, findings: [...findings, declaring('withdrawal-period')] }),
      /clause 8\.5 than angrerettloven § 24/,
    )
  })
  test('would not be loaded here either without its findings', () => {
    assert.throws(() => load({ findings: [] }), /clause 8\.2 than angrerettloven § 21/)
    for (const { floor } of findings.filter((finding) => finding.floor))
      assert.throws(
        () => load({ findings: findings.filter((finding) => finding.floor !== floor) }),
        new RegExp(`in clause ${RegExp.escape(clauseOf(floor!))} .*"${floor}"`),
      )
  })
})

const lawful: { figures: EditionFigures; wording: Wording } = {
  figures: { ...figures, prices: { NOK: 'incl', EUR: 'incl' } },
  wording: {
    consumer: 'not-mainly-in-business',
    withdrawalCountedFrom: 'the-last-product',
    withdrawalBy: 'any-clear-statement',
    refundCountedFrom: 'notice',
    sellerMayCancel: 'before-agreement',
    consumerRiskFrom: 'receipt',
    remedies: 'as-of-right',
    mediator: 'forbrukertilsynet',
  },
}
const years = figures.complaintYears

describe('what the law lets no terms undercut', () => {
  test('terms that give what the law gives undercut nothing', () => assert.deepEqual(undercutBy(lawful), []))
  test('terms that give more are free to', () => {
    const generous = { withdrawalDays: 60, refundDays: 1, complaintYears: { ordinary: 3, longLived: 10 } }
    assert.deepEqual(undercutBy({ ...lawful, figures: { ...lawful.figures, ...generous } }), [])
  })
  for (const [section, rule, id, { figures, wording }] of [
    ['§ 21', '13 days to withdraw are too few', 'withdrawal-period', { figures: { withdrawalDays: 13 } }],
    [
      '§ 21',
      'a period from any one product',
      'withdrawal-start',
      { wording: { withdrawalCountedFrom: 'the-product' } },
    ],
    ['§ 20', 'withdrawal by the form only', 'withdrawal-statement', { wording: { withdrawalBy: 'the-form' } }],
    ['§ 24', '15 days to pay back are too many', 'refund-period', { figures: { refundDays: 15 } }],
    ['§ 24', 'days to pay back from the return', 'refund-clock', { wording: { refundCountedFrom: 'return' } }],
    ['§ 3', 'kroner without VAT', 'prices-with-vat', { figures: { prices: { NOK: 'excl', EUR: 'incl' } } }],
    ['§ 3', 'euro without VAT', 'prices-with-vat', { figures: { prices: { NOK: 'incl', EUR: 'excl' } } }],
    ['§ 1', 'cancelling an agreement at will', 'bound-by-agreement', { wording: { sellerMayCancel: 'at-any-time' } }],
    ['§ 14', 'risk from handover', 'risk-until-receipt', { wording: { consumerRiskFrom: 'handover' } }],
    ['§ 27', 'one year', 'complaint-of-anything', { figures: { complaintYears: { ...years, ordinary: 1 } } }],
    ['§ 27', 'four years', 'complaint-of-lasting-goods', { figures: { complaintYears: { ...years, longLived: 4 } } }],
    ['§ 26', 'remedies that only may be given', 'remedies', { wording: { remedies: 'perhaps' } }],
    ['§ 2', 'advice instead of mediation', 'mediator', { wording: { mediator: 'forbrukerrådet' } }],
  ] as [string, string, MinimumId, { figures?: object; wording?: object }][])
    test(`${section} ${rule}`, () => {
      const said = { figures: { ...lawful.figures, ...figures }, wording: { ...lawful.wording, ...wording } }
      assert.deepEqual(undercutBy(said), [id])
      const [law] = statutoryMinimums[id].cites
      assert.equal('section' in law && law.section, section)
    })
})

describe('the findings of each edition', () => {
  test('there are eleven of the first, under names of their own', () => {
    assert.equal(findings.length, 11)
    for (const each of editions())
      assert.equal(new Set(each.findings.map(({ id }) => id)).size, each.findings.length, each.id)
  })
  test('a finding that declares a floor tells the truth: the edition undercuts it, in a clause that it names', () => {
    const declared = findings.filter(({ floor }) => floor !== undefined)
    assert.deepEqual(declared.map(({ floor }) => floor).sort(), undercutBy({ figures, wording }).sort())
    for (const { id, floor, clauses } of declared) assert.ok(clauses.includes(clauseOf(floor!)), id)
  })
  test('each names sentences that exist, cites the law, and is told in both languages', () => {
    const all = editions().flatMap((edition) => edition.findings.map((finding) => ({ edition, ...finding })))
    for (const { edition, id, clauses, cites, summary, instead } of all) {
      for (const number of clauses) assert.ok(number in edition.clauses('nb'), `${id} ${number}`)
      assert.ok(cites.length > 0 && cites.every((cite) => 'act' in cite && cite.url?.startsWith('https://')), id)
      for (const { en, nb } of [summary, instead]) {
        assert.match(en, /^[A-Z].*\.$/, id)
        assert.match(nb, /^[A-ZÆØÅ].*\.$/, id)
        assert.notEqual(en, nb)
      }
    }
  })
  test('they are no part of the hash: what was agreed does not change when the shop learns about it', () => {
    const lessKnown = findings.filter(({ floor }) => floor !== undefined)
    assert.equal(load({ findings: lessKnown }).sha256, recorded['smartgroup/2026-01-15'])
  })
})
