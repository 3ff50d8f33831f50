import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
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

t.test('bokføringsloven § 13', async (t) => {
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
    t.test(`${rule}: ${primary}`, async (t) => {
      t.equal(endOfFinancialYear(day(document), yearEnd(end)).add({ years: 5 }).year, day(primary).year)
      t.equal(primaryKeptThrough(day(document), yearEnd(end)).toString(), primary)
      t.equal(secondaryKeptThrough(day(document), yearEnd(end)).toString(), secondary)
    })
})

t.test('SmartGroup § 11', async (t) => {
  t.test('an account goes the day after 24 months without activity', async (t) => {
    const { keptThrough, eraseFrom, erase, reasons } = kept(smartgroup, 'account', { activity: '2024-03-15' })
    t.strictSame([keptThrough?.toString(), eraseFrom?.toString(), erase], ['2026-03-15', '2026-03-16', true])
    t.strictSame(cites(reasons), ['§ 11', 'Art. 5(1)(e)'])
  })
  t.test('packing slips, agreements, correspondence and price lists are kept for the shorter time', async (t) => {
    for (const policy of [smartgroup, smarti])
      for (const category of ['packing-slip', 'agreement', 'correspondence', 'price-list'])
        t.equal(kept(policy, category, { document: '2026-03-10' }).keptThrough?.toString(), '2030-06-30', category)
  })
  t.test('29 February ends on the 28th of a year that has no 29th', async (t) =>
    t.equal(kept(smartgroup, 'account', { activity: '2024-02-29' }).eraseFrom?.toString(), '2026-03-01'),
  )
  t.test('the latest of what the person did counts, such as a login', async (t) => {
    for (const event of ['login', 'lastOrder', 'newOrder', 'lastContact'] as const) {
      const { eraseFrom } = kept(smartgroup, 'account', { activity: '2024-03-15', [event]: '2026-03-15' })
      t.equal(eraseFrom?.toString(), '2028-03-16', event)
    }
  })
  t.test('until the period is over nothing is erased', async (t) => {
    const on = { activity: '2024-03-15' }
    t.equal(kept(smartgroup, 'account', on, { askedOn: day('2026-03-15') }).erase, false)
    t.equal(kept(smartgroup, 'account', on, { askedOn: day('2026-03-16') }).erase, true)
    t.equal(kept(smartgroup, 'account', {}).erase, false)
  })
  for (const [hold, facts, cite] of [
    ['open-complaint', { openComplaint: true }, 'Art. 17(3)(e)'],
    ['open-order', { openOrder: true }, 'Art. 6(1)(b)'],
    ['legal-hold', { legalHold: true }, 'Art. 17(3)(e)'],
  ] as const)
    t.test(`an account with something open stays: ${hold}`, async (t) => {
      const { erase, holds, reasons } = kept(smartgroup, 'account', { activity: '2024-01-01' }, facts)
      t.strictSame([erase, holds], [false, [hold]])
      t.ok(cites(reasons).includes(cite))
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
    t.test(`${rule}, ${usual}`, async (t) => {
      const { earliestOn, keptThrough, latestOn } = kept(smartgroup, category, { [event]: '2025-06-01' }, facts)
      t.strictSame([earliestOn, keptThrough, latestOn].map(String), [earliest, usual, latest])
    })
  t.test('marketing data go at once, whatever is open, and a hash of the address stays', async (t) => {
    const gone = kept(smartgroup, 'marketing', { unsubscribed: '2026-06-01' }, { openOrder: true })
    t.strictSame([gone.manner, gone.erase, gone.keepsSuppression], ['at-once', true, true])
    t.equal(kept(smartgroup, 'marketing', {}).erase, false)
  })
  t.test('an order is kept for the accounts, or for complaints when those last longer', async (t) => {
    const ordered = (on: Partial<Record<Event, string>>, longLived?: boolean) => {
      const [longest] = kept(smartgroup, 'order', on, { longLived }).duties
      return `${longest?.duty} ${longest?.keptThrough}`
    }
    t.equal(ordered({ delivered: '2026-03-12' }, true), 'bookkeeping 2031-12-31')
    t.equal(ordered({ document: '2026-12-28', delivered: '2027-01-04' }, true), 'complaints 2032-01-05')
    t.equal(ordered({ document: '2026-12-28', delivered: '2027-01-04' }), 'complaints 2032-01-05')
    t.equal(ordered({ document: '2026-12-28', delivered: '2027-01-04' }, false), 'bookkeeping 2031-12-31')
  })
})

t.test('smartphoto Art. 4', async (t) => {
  t.test('a visit is kept 24 hours, through weekends and the change to summer time', async (t) => {
    const { eraseByAt } = kept(smartphoto, 'cat1', {}, { visitEndedAt: instant('2026-03-28T10:00:00Z') })
    t.equal(eraseByAt?.toString(), '2026-03-29T10:00:00Z')
  })
  for (const [rule, on, facts, through] of [
    ['photos in a product ordered', { ordered: '2026-06-01' }, {}, '2026-07-31'],
    ['photos saved in an account', { saved: '2026-06-01' }, { account: true }, '2028-06-01'],
    ['two years from a new order', { saved: '2026-06-01', newOrder: '2027-03-01' }, { account: true }, '2029-03-01'],
    ['an order after the end is too late', { saved: '2026-06-01', newOrder: '2028-06-02' }, {}, '2028-06-01'],
    ['photos uploaded without an account', { uploaded: '2026-06-01' }, { account: false }, '2026-08-30'],
    ['nobody saves without an account', { saved: '2026-06-01' }, { account: false }, '2026-08-30'],
  ] as [string, Partial<Record<Event, string>>, Facts, string][])
    t.test(`${rule}: ${through}`, async (t) =>
      t.equal(kept(smartphoto, 'cat5', on, facts).keptThrough?.toString(), through),
    )
  t.test('orders go after two years except what other law keeps', async (t) => {
    const { keptThrough, otherLaw, reasons } = kept(smartphoto, 'cat3', { lastOrder: '2026-06-01' })
    t.strictSame([keptThrough?.toString(), otherLaw], ['2028-06-01', true])
    t.ok(cites(reasons).includes('Art. 17(3)(b)'))
  })
  t.test('cookies wait for the cookie policy', async (t) => {
    const { missing, erase } = kept(smartphoto, 'cat6', {})
    t.strictSame([missing, erase], ['cookie-policy', false])
  })
  t.test('who deletes the account may choose erasure, which is due within a month', async (t) => {
    const chosen = accountDeletion(smartphoto, { deletedOn: day('2026-06-01'), choice: 'delete' })
    t.strictSame([chosen.erasureRequested, chosen.dueOn?.toString()], [true, '2026-07-01'])
    t.ok(cites(chosen.reasons).includes('Art. 17(1)'))
    t.equal(accountDeletion(smartphoto, { deletedOn: day('2026-06-01'), choice: 'keep' }).erasureRequested, false)
  })
})

t.test('SmartOrg', async (t) => {
  t.test('a payment is kept for the accounts, and for laundering five years and not a day more', async (t) => {
    const { duties, keptThrough } = kept(smartorg, 'payment', { transaction: '2026-06-01' })
    t.strictSame(
      duties.map(({ duty, keptThrough, mustGo }) => `${duty} ${keptThrough} ${mustGo}`),
      ['bookkeeping 2031-12-31 false', 'anti-laundering 2031-06-01 true'],
    )
    t.equal(keptThrough?.toString(), '2031-12-31')
  })
  t.test('that the law on laundering binds it is in doubt; when it does not, the accounts alone keep', async (t) => {
    const of = (obligedByAntiLaundering?: boolean) =>
      kept(smartorg, 'payment', { transaction: '2026-06-01' }, { obligedByAntiLaundering })
    t.ok(codes(of().reasons).includes('anti-laundering-duty-in-doubt'))
    t.ok(!codes(of(true).reasons).includes('anti-laundering-duty-in-doubt'))
    t.strictSame(
      of(false).duties.map(({ duty }) => duty),
      ['bookkeeping'],
    )
  })
  t.test('what has no purpose left goes without undue delay', async (t) => {
    const { manner, erase, latestOn, backups } = kept(smartorg, 'member', { purposeEnded: '2026-06-01' })
    t.strictSame([manner, erase, latestOn?.toString()], ['without-undue-delay', true, '2026-07-01'])
    t.equal(backups, 'within rotation, documented')
  })
})

t.test(
  'accounts are kept as the law at the seat of the controller says, whether or not its policy names them',
  async (t) => {
    for (const [policy, through, section] of [
      [smartgroup, '2031-12-31', '§ 13'],
      [smarti, '2031-12-31', '§ 13'],
      [smartorg, '2031-12-31', '§ 13'],
      [smartphoto, '2036-12-31', 'Art. 60 § 4'],
    ] as const) {
      const { keptThrough, eraseFrom, reasons } = kept(policy, 'accounting', { document: '2026-03-10' })
      t.equal(keptThrough?.toString(), through, policy.id)
      t.equal(eraseFrom?.toString(), day(through).add({ days: 1 }).toString())
      t.ok(cites(reasons).includes(section), policy.id)
      const { keep } = erasure(policy, { receivedOn: day('2026-06-01'), documents: [day('2026-03-10')] })
      t.match(keep, [{ what: 'accounting' }])
      t.strictSame(
        keep.map((each) => each.what === 'accounting' && each.through.toString()),
        [through],
      )
      t.ok(keep.every((each) => cites(each.reasons).includes(section)))
    }
  },
)

t.test('a request for erasure', async (t) => {
  const documents = [day('2025-04-01'), day('2025-09-01'), day('2020-01-01')]
  t.test('takes all but the accounts, each document until its day, and says so', async (t) => {
    const answer = erasure(smarti, { receivedOn: day('2026-06-01'), documents })
    t.strictSame(answer.erase, ['profile', 'marketing'])
    t.strictSame(
      answer.keep.map((kept) => kept.what === 'accounting' && kept.through.toString()),
      ['2030-12-31'],
    )
    t.strictSame([answer.restricted, answer.explain, answer.answerOn?.toString()], [true, true, '2026-07-01'])
    for (const cite of ['§ 13', 'Art. 17(3)(b)', 'Art. 18(2)', 'Art. 12(4)']) t.ok(cites(answer.reasons).includes(cite))
  })
  t.test('leaves what an open order or complaint needs', async (t) => {
    for (const open of [{ openOrder: true }, { openComplaint: true }]) {
      const { erase, keep } = erasure(smartgroup, open)
      t.strictSame(erase, ['marketing', 'analytics', 'preferences'])
      t.strictSame(
        keep.map(({ what }) => what),
        ['open-matters'],
      )
    }
  })
  t.test('takes everything when nothing keeps it', async (t) => {
    const { erase, keep, explain } = erasure(smartgroup, {})
    t.strictSame(erase, ['marketing', 'analytics', 'preferences', 'account', 'order', 'support'])
    t.strictSame([keep, explain], [[], false])
  })
})

t.test(
  'a policy that says nothing keeps nothing for longer than its purpose, and somebody has to say what that is',
  async (t) => {
    const { missing, reasons, keptThrough, erase } = kept(smarti, 'account', { activity: '2024-01-01' })
    t.strictSame([missing, keptThrough, erase], ['retention-rule', undefined, false])
    t.ok(cites(reasons).includes('Art. 5(1)(e)'))
  },
)

t.test(
  'keeping ends on the day as counted, be it a weekend or a holiday, and erasing begins the day after',
  async () => {
    const days = fc.integer({ min: 0, max: 3_000 }).map((count) => day('2024-01-01').add({ days: count }))
    fc.assert(
      fc.property(days, (on) => {
        const { keptThrough, eraseFrom } = retention(smartphoto, { category: 'cat5', on: { ordered: on } })
        assert.equal(on.until(keptThrough!).days, 60)
        assert.equal(on.until(eraseFrom!).days, 61)
      }),
    )
  },
)

t.test('every rule of every policy gives reasons that cite the policy and the law', async (t) => {
  for (const id of ['smartgroup', 'smartphoto', 'smarti', 'smartorg'] satisfies PolicyId[]) {
    const policy = policyOf(id)
    for (const [category, rules] of Object.entries(policy.retention))
      for (const { from } of rules) {
        const { reasons } = kept(policy, category, Object.fromEntries(from.map((event) => [event, '2026-06-01'])))
        t.ok(reasons.length > 0 && reasons.every(({ cites }) => cites.length > 0), `${id} ${category}`)
        t.ok(new Set(reasons.flatMap(({ cites }) => cites.map((cite) => 'act' in cite && cite.act))).size > 1)
      }
  }
})
