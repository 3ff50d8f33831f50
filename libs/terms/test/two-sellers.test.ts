import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { describe, test } from 'node:test'
import { loadEdition } from '../editions/load.ts'
import { createRegistry } from '../editions/registry.ts'
import { edition as first } from '../sellers/smartgroup/2026-01-15/edition.ts'
import { smartgroup } from '../sellers/smartgroup/seller.ts'
import { cites, instant, noon } from './cites.ts'
import { nordlys } from './fixtures/nordlys/seller.ts'
import { edition as second } from './fixtures/smartgroup/2026-07-01/edition.ts'

const registry = createRegistry([{ ...smartgroup, editions: [first, second] }, nordlys])
const { editionAt, editionById, termsOf, sellerOf } = registry
const consumer = { customerKind: 'consumer', informationGiven: true } as const
const goods = { madeToOrder: false, hygieneSealed: false }
const returned = { ...consumer, traits: goods, lastReceivedAt: noon('2026-06-01'), declaredAt: noon('2026-06-20') }

describe('a second edition of a seller', () => {
  test('is in force from its own first day on, and changes nothing for orders of the first', () => {
    assert.equal(editionAt(instant('2026-06-30T21:59:59Z'), 'smartgroup').id, first.id)
    assert.equal(editionAt(instant('2026-06-30T22:00:00Z'), 'smartgroup').id, second.id)
    assert.equal(termsOf(first.id).withdrawal(returned).outcome, 'refused')
    const ruling = termsOf(second.id).withdrawal(returned)
    assert.deepEqual([ruling.outcome, ruling.lastDay?.toString(), ruling.basis], ['granted', '2026-07-01', 'terms'])
  })
  test('is cited as itself, in its own words', () => {
    const [reason] = termsOf(second.id).withdrawal(returned).reasons
    assert.deepEqual(
      reason?.cites.filter((cite) => 'clause' in cite).map((cite) => [cite.edition, cite.clause, cite.text]),
      ['8.1', '8.2'].map((clause) => [second.id, clause, editionById(second.id)!.clauses('en')[clause]]),
    )
    assert.match(JSON.stringify(reason), /30 days from the day/)
  })
  test('has a hash of its own, and the first keeps its', () => {
    assert.notEqual(editionById(second.id)!.sha256, editionById(first.id)!.sha256)
  })
  test('costs its texts and one file: no rule is copied', () => {
    assert.deepEqual(
      readdirSync(second.folder).sort(),
      [
        'edition.ts',
        ...['en', 'nb'].flatMap((locale) => [`terms.${locale}.md`, `withdrawal-form.${locale}.md`]),
      ].sort(),
    )
  })
})

describe('a second seller', () => {
  const [shop, other] = [termsOf(first.id), termsOf('nordlys/2026-01-01')]
  test('has editions of its own', () => {
    assert.equal(editionAt(instant('2026-01-05T00:00:00Z'), 'nordlys').id, 'nordlys/2026-01-01')
    assert.throws(() => editionAt(instant('2026-01-05T00:00:00Z'), 'smartgroup'), /smartgroup had no terms in force/)
    assert.equal(sellerOf('nordlys/2026-07-01').name, 'Nordlys Ull AS')
  })
  test('is asked the same and answers by its own figures', () => {
    assert.deepEqual(Object.keys(other), Object.keys(shop))
    const days = (terms: typeof shop) => terms.withdrawalPeriod(returned)!.lastDay.toString()
    assert.deepEqual([days(shop), days(other)], ['2026-06-15', '2026-07-01'])
    const euro = { currency: 'EUR', customerKind: 'business' } as const
    assert.deepEqual([shop.priceDisplay(euro).show, other.priceDisplay(euro).show], ['excl', 'incl'])
    assert.deepEqual(
      [shop.paymentMethod('vipps').outcome, other.paymentMethod('vipps').outcome],
      ['refused', 'granted'],
    )
  })
  test('cites its own numbers, each sentence once', () => {
    const customer = { ...consumer, traits: goods, declaredAt: noon('2026-06-02'), lastReceivedAt: noon('2026-06-01') }
    assert.deepEqual(cites(shop.withdrawal(customer).reasons), ['8.1', '8.2', '§ 21'])
    assert.deepEqual(cites(other.withdrawal(customer).reasons), ['4.1', '§ 21'])
  })
  test('is read as it is worded: what the first one’s text takes from consumers, this one does not', () => {
    const day = noon('2026-06-01')
    const due = { noticeReceivedAt: day, goodsReceivedAt: noon('2026-06-05') }
    const [late, early] = [shop.refundDue(due), other.refundDue(due)]
    assert.deepEqual([late.dueOn?.toString(), late.basis, late.termsUndercut], ['2026-06-15', 'statute', true])
    assert.deepEqual([early.dueOn?.toString(), early.basis, early.termsUndercut], ['2026-06-11', 'terms', false])
    assert.deepEqual(cites(early.reasons)[0], '4.4')
    const inStock = { customerKind: 'consumer', formed: true, reason: 'stock' } as const
    assert.deepEqual(
      [shop, other].map((terms) => terms.sellersWayOut(inStock).termsUndercut),
      [true, false],
    )
    assert.deepEqual(
      [shop, other].map((terms) => terms.customerKind({ businessShare: 30 }).termsUndercut),
      [true, false],
    )
    const dispute = { customerKind: 'consumer' } as const
    assert.deepEqual(
      [shop, other].map((terms) => terms.dispute(dispute).termsNameAnother),
      [true, false],
    )
  })
  test('while the seller may wait for the goods, terms that count from the notice wait too', () => {
    const noticeReceivedAt = noon('2026-06-01')
    assert.equal(other.refundDue({ noticeReceivedAt }).withheld, true)
    const back = other.refundDue({ noticeReceivedAt, goodsReceivedAt: noon('2026-06-12') })
    assert.deepEqual([back.dueOn?.toString(), back.basis], ['2026-06-12', 'terms'])
  })
})

describe('an edition is not loaded, and the sentence says why,', () => {
  for (const [what, source, message] of [
    [
      'when a rule would cite what it does not have',
      { ...first, sentences: { ...first.sentences, impediment: '13.9' } },
      'terms.nb.md of smartgroup/2026-01-15 has no sentence 13.9, which is to be cited as "impediment".',
    ],
    [
      'when a sentence is neither kept nor explained',
      { ...nordlys.editions[0], unenforced: {} },
      'Sentence 1.1 of terms.nb.md of nordlys/2026-01-01 is to be either kept by a rule or listed as unenforced.',
    ],
    [
      'when it explains away what a rule keeps',
      { ...first, unenforced: { ...first.unenforced, '8.2': 'No reason.' } },
      'Sentence 8.2 of terms.nb.md of smartgroup/2026-01-15 is to be either kept by a rule or listed as unenforced.',
    ],
    [
      'when it lists what it does not have',
      { ...first, unenforced: { ...first.unenforced, '18.1': 'No reason.' } },
      'terms.nb.md of smartgroup/2026-01-15 has no sentence 18.1, which is listed as unenforced.',
    ],
  ] as const)
    test(what, () => assert.throws(() => loadEdition(source), { message }))
})

describe('a seller is not added', () => {
  for (const [what, sellers, message] of [
    ['twice', [nordlys, nordlys], /a seller nordlys already/],
    [
      'with another seller’s edition',
      [{ ...nordlys, editions: [first] as const }],
      /smartgroup\/2026-01-15 is no edition of nordlys/,
    ],
    [
      'with another’s order numbers',
      [smartgroup, { ...nordlys, orderNumberPrefix: 'SG' }],
      /order numbers of smartgroup begin with SG/,
    ],
    [
      'without a price of a delivery',
      [{ ...nordlys, currencies: { NOK: 'incl' } as const }],
      /post of nordlys has no price in NOK/,
    ],
  ] as const)
    test(what, () => assert.throws(() => createRegistry(sellers), message))
})
