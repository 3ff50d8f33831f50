import assert from 'node:assert/strict'
import t from 'tap'
import { EDITION, figures, findings, sentences, wording } from '../cases/first-edition.ts'
import type { EditionFigures, Wording } from '../editions/edition-figures.ts'
import recorded from '../editions/editions.sha256.json' with { type: 'json' }
import { loadEdition } from '../editions/load.ts'
import { editionById, editions } from '../editions/registry.ts'
import { type Finding, type MinimumId, statutoryMinimums, undercutBy } from '../editions/statutory-minimums.ts'
import { edition as source } from '../sellers/smartgroup/2026-01-15/edition.ts'
import { nordlys } from './fixtures/nordlys/seller.ts'

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

t.test('an edition that gives consumers less than the law', async (t) => {
  t.test('is refused, in a sentence with the edition, the clause and the section', async () => {
    assert.throws(() => load({ figures: { withdrawalDays: 10 } }), {
      message:
        'smartgroup/2026-01-15 gives consumers less in clause 8.2 than angrerettloven § 21 allows (the consumer has at least 14 days to withdraw), and no finding with the floor "withdrawal-period" declares it.',
    })
  })
  t.test('is loaded once a finding declares it', async (t) => {
    const shorter = load({
      figures: { withdrawalDays: 10 },
      findings: [...findings, declaring('withdrawal-period')],
    })
    t.not(shorter.sha256, edition.sha256)
    t.equal(shorter.findings.at(-1)?.floor, 'withdrawal-period')
  })
  t.test('is not let through by a finding about something else', async (t) => {
    t.throws(
      () => load({ figures: { refundDays: 30 }, findings: [...findings, declaring('withdrawal-period')] }),
      /clause 8\.5 than angrerettloven § 24/,
    )
  })
  t.test('would not be loaded here either without its findings', async (t) => {
    t.throws(() => load({ findings: [] }), /clause 8\.2 than angrerettloven § 21/)
    for (const { floor } of findings.filter((finding) => finding.floor))
      t.throws(
        () => load({ findings: findings.filter((finding) => finding.floor !== floor) }),
        new RegExp(`in clause ${RegExp.escape(clauseOf(floor!))} .*"${floor}"`),
      )
  })
})

/** The least that the law allows, in the words of terms that need no finding. */
const [lawfulSource] = nordlys.editions
const lawful: { figures: EditionFigures; wording: Wording } = {
  figures: { ...figures, prices: { NOK: 'incl', EUR: 'incl' } },
  wording: lawfulSource.wording,
}
const years = figures.complaintYears

t.test('what the law lets no terms undercut', async (t) => {
  t.test('terms that give what the law gives undercut nothing', async (t) => t.strictSame(undercutBy(lawful), []))
  t.test('terms that give more are free to', async (t) => {
    const generous = { withdrawalDays: 60, refundDays: 1, complaintYears: { ordinary: 3, longLived: 10 } }
    t.strictSame(undercutBy({ ...lawful, figures: { ...lawful.figures, ...generous } }), [])
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
    t.test(`${section} ${rule}`, async (t) => {
      const said = { figures: { ...lawful.figures, ...figures }, wording: { ...lawful.wording, ...wording } }
      t.strictSame(undercutBy(said), [id])
      const [law] = statutoryMinimums[id].cites
      t.equal('section' in law && law.section, section)
    })
})

t.test('the findings of each edition', async (t) => {
  t.test('are under names of their own, and terms that take nothing have none', async (t) => {
    t.ok(findings.length > 0)
    t.strictSame(lawfulSource.findings, [])
    for (const each of editions())
      t.equal(new Set(each.findings.map(({ id }) => id)).size, each.findings.length, each.id)
  })
  t.test(
    'a finding that declares a floor tells the truth: the edition undercuts it, in a clause that it names',
    async (t) => {
      const declared = findings.filter(({ floor }) => floor !== undefined)
      t.strictSame(declared.map(({ floor }) => floor).sort(), undercutBy({ figures, wording }).sort())
      for (const { id, floor, clauses } of declared) t.ok(clauses.includes(clauseOf(floor!)), id)
    },
  )
  t.test('each names sentences that exist, cites the law, and is told in both languages', async (t) => {
    const all = editions().flatMap((edition) => edition.findings.map((finding) => ({ edition, ...finding })))
    for (const { edition, id, clauses, cites, summary, instead } of all) {
      for (const number of clauses) t.ok(number in edition.clauses('nb'), `${id} ${number}`)
      t.ok(cites.length > 0 && cites.every((cite) => 'act' in cite && cite.url?.startsWith('https://')), id)
      for (const { en, nb } of [summary, instead]) {
        t.match(en, /^[A-Z].*\.$/, id)
        t.match(nb, /^[A-ZÆØÅ].*\.$/, id)
        t.not(en, nb)
      }
    }
  })
  t.test('they are no part of the hash: what was agreed does not change when the shop learns about it', async (t) => {
    const lessKnown = findings.filter(({ floor }) => floor !== undefined)
    t.equal(load({ findings: lessKnown }).sha256, recorded['smartgroup/2026-01-15'])
  })
})
