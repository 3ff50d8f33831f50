import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import t from 'tap'
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

t.test('a second edition of a seller', async (t) => {
  t.test('is in force from its own first day on, and changes nothing for orders of the first', async (t) => {
    t.equal(editionAt(instant('2026-06-30T21:59:59Z'), 'smartgroup').id, first.id)
    t.equal(editionAt(instant('2026-06-30T22:00:00Z'), 'smartgroup').id, second.id)
    t.equal(termsOf(first.id).withdrawal(returned).outcome, 'refused')
    const ruling = termsOf(second.id).withdrawal(returned)
    t.strictSame([ruling.outcome, ruling.lastDay?.toString(), ruling.basis], ['granted', '2026-07-01', 'terms'])
  })
  t.test('is cited as itself, in its own words', async (t) => {
    const [reason] = termsOf(second.id).withdrawal(returned).reasons
    t.strictSame(
      reason?.cites.filter((cite) => 'clause' in cite).map((cite) => [cite.edition, cite.clause, cite.text]),
      ['8.1', '8.2'].map((clause) => [second.id, clause, editionById(second.id)!.clauses('en')[clause]]),
    )
    t.match(JSON.stringify(reason), /30 days from the day/)
  })
  t.test('has a hash of its own, and the first keeps its', async (t) => {
    t.not(editionById(second.id)!.sha256, editionById(first.id)!.sha256)
  })
  t.test('costs its texts and one file: no rule is copied', async (t) => {
    t.strictSame(
      readdirSync(second.folder).sort(),
      [
        'edition.ts',
        ...['en', 'nb'].flatMap((locale) => [`terms.${locale}.md`, `withdrawal-form.${locale}.md`]),
      ].sort(),
    )
  })
})

t.test('a second seller', async (t) => {
  const [shop, other] = [termsOf(first.id), termsOf('nordlys/2026-01-01')]
  t.test('has editions of its own', async (t) => {
    t.equal(editionAt(instant('2026-01-05T00:00:00Z'), 'nordlys').id, 'nordlys/2026-01-01')
    t.throws(() => editionAt(instant('2026-01-05T00:00:00Z'), 'smartgroup'), /smartgroup had no terms in force/)
    t.equal(sellerOf('nordlys/2026-07-01').name, 'Nordlys Ull AS')
  })
  t.test('is asked the same and answers by its own figures', async (t) => {
    t.strictSame(Object.keys(other), Object.keys(shop))
    const days = (terms: typeof shop) => terms.withdrawalPeriod(returned)!.lastDay.toString()
    t.strictSame([days(shop), days(other)], ['2026-06-15', '2026-07-01'])
    const euro = { currency: 'EUR', customerKind: 'business' } as const
    t.strictSame([shop.priceDisplay(euro).show, other.priceDisplay(euro).show], ['excl', 'incl'])
    t.strictSame([shop.paymentMethod('vipps').outcome, other.paymentMethod('vipps').outcome], ['refused', 'granted'])
  })
  t.test('cites its own numbers, each sentence once', async (t) => {
    const customer = { ...consumer, traits: goods, declaredAt: noon('2026-06-02'), lastReceivedAt: noon('2026-06-01') }
    t.strictSame(cites(shop.withdrawal(customer).reasons), ['8.1', '8.2', '§ 21'])
    t.strictSame(cites(other.withdrawal(customer).reasons), ['4.1', '§ 21'])
  })
  t.test('is read as it is worded: what the first one’s text takes from consumers, this one does not', async (t) => {
    const day = noon('2026-06-01')
    const due = { noticeReceivedAt: day, goodsReceivedAt: noon('2026-06-05') }
    const [late, early] = [shop.refundDue(due), other.refundDue(due)]
    t.strictSame([late.dueOn?.toString(), late.basis, late.termsUndercut], ['2026-06-15', 'statute', true])
    t.strictSame([early.dueOn?.toString(), early.basis, early.termsUndercut], ['2026-06-11', 'terms', false])
    t.strictSame(cites(early.reasons)[0], '4.4')
    const inStock = { customerKind: 'consumer', formed: true, reason: 'stock' } as const
    t.strictSame(
      [shop, other].map((terms) => terms.sellersWayOut(inStock).termsUndercut),
      [true, false],
    )
    t.strictSame(
      [shop, other].map((terms) => terms.customerKind({ businessShare: 30 }).termsUndercut),
      [true, false],
    )
    const dispute = { customerKind: 'consumer' } as const
    t.strictSame(
      [shop, other].map((terms) => terms.dispute(dispute).termsNameAnother),
      [true, false],
    )
  })
  t.test('while the seller may wait for the goods, terms that count from the notice wait too', async (t) => {
    const noticeReceivedAt = noon('2026-06-01')
    t.equal(other.refundDue({ noticeReceivedAt }).withheld, true)
    const back = other.refundDue({ noticeReceivedAt, goodsReceivedAt: noon('2026-06-12') })
    t.strictSame([back.dueOn?.toString(), back.basis], ['2026-06-12', 'terms'])
  })
})

t.test('an edition is not loaded, and the sentence says why,', async (t) => {
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
    t.test(what, async () => assert.throws(() => loadEdition(source), { message }))
})

t.test('a seller is not added', async (t) => {
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
    t.test(what, async (t) => t.throws(() => createRegistry(sellers), message))
})
