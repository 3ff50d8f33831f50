import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { accountDeletion, erasure } from '../privacy/erasure.ts'
import type { Event, Policy } from '../privacy/policy.ts'
import { type Kept, retention } from '../privacy/retention.ts'
import type { PolicyId } from '../sellers/privacy-policies/policies.ts'
import { policyOf } from '../sellers/privacy-policies/policies.ts'
import { endOfFinancialYear, primaryKeptThrough, secondaryKeptThrough } from '../statute/bokforingsloven.ts'
import { cites, codes, instant } from './cites.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const yearEnd = (text: string) => Temporal.PlainMonthDay.from(text)
const smartgroup = policyOf('smartgroup')
const smartphoto = policyOf('smartphoto')
const smarti = policyOf('smarti')
const smartorg = policyOf('smartorg')

type Facts = Omit<Kept, 'on' | 'category'>
const kept = (policy: Policy, category: string, on: Partial<Record<Event, string>>, facts: Facts = {}) =>
  retention(policy, {
    ...facts,
    category,
    on: Object.fromEntries(Object.entries(on).map(([event, text]) => [event, day(text)])),
  })

describe('bokføringsloven § 13', () => {
  for (const [rule, document, end, primary, secondary] of [
    ['an invoice is kept five years after its year', '2026-03-10', '12-31', '2031-12-31', '2030-06-30'],
    ['the last day of the year belongs to it', '2026-12-31', '12-31', '2031-12-31', '2030-06-30'],
    ['the next day to the next', '2027-01-01', '12-31', '2032-12-31', '2031-06-30'],
    ['a year that ends in June', '2026-06-30', '06-30', '2031-06-30', '2029-12-31'],
    ['begins on 1 July', '2026-07-01', '06-30', '2032-06-30', '2030-12-31'],
    [
      'a year that ends in February ends on the 29th when there is one',
      '2027-03-01',
      '02-29',
      '2033-02-28',
      '2031-08-31',
    ],
  ] as const)
    test(`${rule}: ${primary}`, () => {
      assert.equal(endOfFinancialYear(day(document), yearEnd(end)).add({ years: 5 }).year, day(primary).year)
      assert.equal(primaryKeptThrough(day(document), yearEnd(end)).toString(), primary)
      assert.equal(secondaryKeptThrough(day(document), yearEnd(end)).toString(), secondary)
    })
})

describe('SmartGroup § 11', () => {
  test('an account goes the day after 24 months without activity', () => {
    const { keptThrough, eraseFrom, erase, reasons } = kept(smartgroup, 'account', { activity: '2024-03-15' })
    assert.deepEqual([keptThrough?.toString(), eraseFrom?.toString(), erase], ['2026-03-15', '2026-03-16', true])
    assert.deepEqual(cites(reasons), ['§ 11', 'Art. 5(1)(e)'])
  })
  test('packing slips, agreements, correspondence and price lists are kept for the shorter time', () => {
    for (const policy of [smartgroup, smarti])
      for (const category of ['packing-slip', 'agreement', 'correspondence', 'price-list'])
        assert.equal(kept(policy, category, { document: '2026-03-10' }).keptThrough?.toString(), '2030-06-30', category)
  })
  test('29 February ends on the 28th of a year that has no 29th', () =>
    assert.equal(kept(smartgroup, 'account', { activity: '2024-02-29' }).eraseFrom?.toString(), '2026-03-01'))
  test('the latest of what the person did counts, such as a login', () => {
    for (const event of ['login', 'lastOrder', 'newOrder', 'lastContact'] as const) {
      const { eraseFrom } = kept(smartgroup, 'account', { activity: '2024-03-15', [event]: '2026-03-15' })
      assert.equal(eraseFrom?.toString(), '2028-03-16', event)
    }
  })
  test('until the period is over nothing is erased', () => {
    const on = { activity: '2024-03-15' }
    assert.equal(kept(smartgroup, 'account', on, { askedOn: day('2026-03-15') }).erase, false)
    assert.equal(kept(smartgroup, 'account', on, { askedOn: day('2026-03-16') }).erase, true)
    assert.equal(kept(smartgroup, 'account', {}).erase, false)
  })
  for (const [hold, facts, cite] of [
    ['open-complaint', { openComplaint: true }, 'Art. 17(3)(e)'],
    ['open-order', { openOrder: true }, 'Art. 6(1)(b)'],
    ['legal-hold', { legalHold: true }, 'Art. 17(3)(e)'],
  ] as const)
    test(`an account with something open stays: ${hold}`, () => {
      const { erase, holds, reasons } = kept(smartgroup, 'account', { activity: '2024-01-01' }, facts)
      assert.deepEqual([erase, holds], [false, [hold]])
      assert.ok(cites(reasons).includes(cite))
    })
  for (const [rule, category, event, facts, earliest, usual, latest] of [
    ['a support case: 12 to 36 months', 'support', 'caseClosed', {}, '2026-06-01', '2026-06-01', '2028-06-01'],
    [
      'about an order the longest',
      'support',
      'caseClosed',
      { orderLinked: true },
      '2026-06-01',
      '2028-06-01',
      '2028-06-01',
    ],
    ['a consent log: 12 to 24', 'consent-log', 'consentEnded', {}, '2026-06-01', '2027-06-01', '2027-06-01'],
  ] as const)
    test(`${rule}, ${usual}`, () => {
      const { earliestOn, keptThrough, latestOn } = kept(smartgroup, category, { [event]: '2025-06-01' }, facts)
      assert.deepEqual([earliestOn, keptThrough, latestOn].map(String), [earliest, usual, latest])
    })
  test('marketing data go at once, whatever is open, and a hash of the address stays', () => {
    const gone = kept(smartgroup, 'marketing', { unsubscribed: '2026-06-01' }, { openOrder: true })
    assert.deepEqual([gone.manner, gone.erase, gone.keepsSuppression], ['at-once', true, true])
    assert.equal(kept(smartgroup, 'marketing', {}).erase, false)
  })
  test('an order is kept for the accounts, or for complaints when those last longer', () => {
    const ordered = (on: Partial<Record<Event, string>>, longLived?: boolean) => {
      const [longest] = kept(smartgroup, 'order', on, { longLived }).duties
      return `${longest?.duty} ${longest?.keptThrough}`
    }
    assert.equal(ordered({ delivered: '2026-03-12' }, true), 'bookkeeping 2031-12-31')
    assert.equal(ordered({ document: '2026-12-28', delivered: '2027-01-04' }, true), 'complaints 2032-01-05')
    assert.equal(ordered({ document: '2026-12-28', delivered: '2027-01-04' }), 'complaints 2032-01-05')
    assert.equal(ordered({ document: '2026-12-28', delivered: '2027-01-04' }, false), 'bookkeeping 2031-12-31')
  })
})

describe('smartphoto Art. 4', () => {
  test('a visit is kept 24 hours, through weekends and the change to summer time', () => {
    const { eraseByAt } = kept(smartphoto, 'cat1', {}, { visitEndedAt: instant('2026-03-28T10:00:00Z') })
    assert.equal(eraseByAt?.toString(), '2026-03-29T10:00:00Z')
  })
  for (const [rule, on, facts, through] of [
    ['photos in a product ordered', { ordered: '2026-06-01' }, {}, '2026-07-31'],
    ['photos saved in an account', { saved: '2026-06-01' }, { account: true }, '2028-06-01'],
    ['two years from a new order', { saved: '2026-06-01', newOrder: '2027-03-01' }, { account: true }, '2029-03-01'],
    ['an order after the end is too late', { saved: '2026-06-01', newOrder: '2028-06-02' }, {}, '2028-06-01'],
    ['photos uploaded without an account', { uploaded: '2026-06-01' }, { account: false }, '2026-08-30'],
    ['nobody saves without an account', { saved: '2026-06-01' }, { account: false }, '2026-08-30'],
  ] as [string, Partial<Record<Event, string>>, Facts, string][])
    test(`${rule}: ${through}`, () =>
      assert.equal(kept(smartphoto, 'cat5', on, facts).keptThrough?.toString(), through))
  test('orders go after two years except what other law keeps', () => {
    const { keptThrough, otherLaw, reasons } = kept(smartphoto, 'cat3', { lastOrder: '2026-06-01' })
    assert.deepEqual([keptThrough?.toString(), otherLaw], ['2028-06-01', true])
    assert.ok(cites(reasons).includes('Art. 17(3)(b)'))
  })
  test('cookies wait for the cookie policy', () => {
    const { missing, erase } = kept(smartphoto, 'cat6', {})
    assert.deepEqual([missing, erase], ['cookie-policy', false])
  })
  test('who deletes the account may choose erasure, which is due within a month', () => {
    const chosen = accountDeletion(smartphoto, { deletedOn: day('2026-06-01'), choice: 'delete' })
    assert.deepEqual([chosen.erasureRequested, chosen.dueOn?.toString()], [true, '2026-07-01'])
    assert.ok(cites(chosen.reasons).includes('Art. 17(1)'))
    assert.equal(accountDeletion(smartphoto, { deletedOn: day('2026-06-01'), choice: 'keep' }).erasureRequested, false)
  })
})

describe('SmartOrg', () => {
  test('a payment is kept for the accounts, and for laundering five years and not a day more', () => {
    const { duties, keptThrough } = kept(smartorg, 'payment', { transaction: '2026-06-01' })
    assert.deepEqual(
      duties.map(({ duty, keptThrough, mustGo }) => `${duty} ${keptThrough} ${mustGo}`),
      ['bookkeeping 2031-12-31 false', 'anti-laundering 2031-06-01 true'],
    )
    assert.equal(keptThrough?.toString(), '2031-12-31')
  })
  test('that the law on laundering binds it is in doubt; when it does not, the accounts alone keep', () => {
    const of = (obligedByAntiLaundering?: boolean) =>
      kept(smartorg, 'payment', { transaction: '2026-06-01' }, { obligedByAntiLaundering })
    assert.ok(codes(of().reasons).includes('anti-laundering-duty-in-doubt'))
    assert.ok(!codes(of(true).reasons).includes('anti-laundering-duty-in-doubt'))
    assert.deepEqual(
      of(false).duties.map(({ duty }) => duty),
      ['bookkeeping'],
    )
  })
  test('what has no purpose left goes without undue delay', () => {
    const { manner, erase, latestOn, backups } = kept(smartorg, 'member', { purposeEnded: '2026-06-01' })
    assert.deepEqual([manner, erase, latestOn?.toString()], ['without-undue-delay', true, '2026-07-01'])
    assert.equal(backups, 'within rotation, documented')
  })
})

describe('a request for erasure', () => {
  const documents = [day('2025-04-01'), day('2025-09-01'), day('2020-01-01')]
  test('takes all but the accounts, each document until its day, and says so', () => {
    const answer = erasure(smarti, { receivedOn: day('2026-06-01'), documents })
    assert.deepEqual(answer.erase, ['profile', 'marketing'])
    assert.deepEqual(
      answer.keep.map((kept) => kept.what === 'accounting' && kept.through.toString()),
      ['2030-12-31'],
    )
    assert.deepEqual([answer.restricted, answer.explain, answer.answerOn?.toString()], [true, true, '2026-07-01'])
    for (const cite of ['§ 13', 'Art. 17(3)(b)', 'Art. 18(2)', 'Art. 12(4)'])
      assert.ok(cites(answer.reasons).includes(cite))
  })
  test('leaves what an open order or complaint needs', () => {
    for (const open of [{ openOrder: true }, { openComplaint: true }]) {
      const { erase, keep } = erasure(smartgroup, open)
      assert.deepEqual(erase, ['marketing', 'analytics', 'preferences'])
      assert.deepEqual(
        keep.map(({ what }) => what),
        ['open-matters'],
      )
    }
  })
  test('takes everything when nothing keeps it', () => {
    const { erase, keep, explain } = erasure(smartgroup, {})
    assert.deepEqual(erase, ['marketing', 'analytics', 'preferences', 'account', 'order', 'support'])
    assert.deepEqual([keep, explain], [[], false])
  })
})

test('a policy that says nothing keeps nothing for longer than its purpose, and somebody has to say what that is', () => {
  const { missing, reasons, keptThrough, erase } = kept(smarti, 'account', { activity: '2024-01-01' })
  assert.deepEqual([missing, keptThrough, erase], ['retention-rule', undefined, false])
  assert.ok(cites(reasons).includes('Art. 5(1)(e)'))
})

test('keeping ends on the day as counted, be it a weekend or a holiday, and erasing begins the day after', () => {
  const days = fc.integer({ min: 0, max: 3_000 }).map((count) => day('2024-01-01').add({ days: count }))
  fc.assert(
    fc.property(days, (on) => {
      const { keptThrough, eraseFrom } = retention(smartphoto, { category: 'cat5', on: { ordered: on } })
      assert.equal(on.until(keptThrough!).days, 60)
      assert.equal(on.until(eraseFrom!).days, 61)
    }),
  )
})

test('every rule of every policy gives reasons that cite the policy and the law', () => {
  for (const id of ['smartgroup', 'smartphoto', 'smarti', 'smartorg'] satisfies PolicyId[]) {
    const policy = policyOf(id)
    for (const [category, rules] of Object.entries(policy.retention))
      for (const { from } of rules) {
        const { reasons } = kept(policy, category, Object.fromEntries(from.map((event) => [event, '2026-06-01'])))
        assert.ok(reasons.length > 0 && reasons.every(({ cites }) => cites.length > 0), `${id} ${category}`)
        assert.ok(new Set(reasons.flatMap(({ cites }) => cites.map((cite) => 'act' in cite && cite.act))).size > 1)
      }
  }
})
