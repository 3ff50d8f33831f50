import t from 'tap'
import { terms, termsUnder } from '../cases/first-edition.ts'
import { cites, codes, instant, noon } from './cites.ts'

const { complaint, complaintLimit, lateComplaint, presumedAtDelivery } = terms

t.test('10 the limit', async (t) => {
  for (const [customerKind, longLived, at, outcome, lastDay, cited] of [
    ['consumer', false, '2026-06-10', 'granted', '2026-06-10', ['10.1', '10.2', '§ 27']],
    ['consumer', false, '2026-06-11', 'refused', '2026-06-10', ['10.2', '§ 27']],
    ['consumer', true, '2029-06-10', 'granted', '2029-06-11', ['10.1', '10.3', '§ 27']],
    ['consumer', true, '2029-06-11', 'review', '2029-06-11', ['10.1', '10.3', '§ 27', '§ 27', '§ 37']],
    ['consumer', true, '2029-06-12', 'refused', '2029-06-11', ['10.3', '§ 27']],
    ['business', true, '2026-06-10', 'granted', '2026-06-10', ['§ 32']],
    ['business', true, '2027-06-10', 'refused', '2026-06-10', ['§ 32']],
  ] as const)
    t.test(
      `${customerKind}, ${longLived ? 'long-lived' : 'ordinary'} goods delivered 2024-06-10, complaint ${at}: ${outcome}`,
      async (t) => {
        const ruling = complaint({ customerKind, traits: { longLived }, deliveredAt: noon('2024-06-10'), at: noon(at) })
        t.equal(ruling.outcome, outcome)
        t.equal(ruling.lastDay?.toString(), lastDay)
        t.strictSame(cites(ruling.reasons), cited)
      },
    )

  t.test('goods of an unknown lifetime have five years, and a person looks at them', async (t) => {
    const ruling = complaint({
      customerKind: 'consumer',
      traits: {},
      deliveredAt: noon('2024-06-10'),
      at: noon('2028-01-01'),
    })
    t.strictSame([ruling.outcome, ruling.lastDay?.toString()], ['review', '2029-06-11'])
    t.ok(codes(ruling.reasons).includes('lifetime-unknown'))
  })
  for (const customerKind of ['consumer', 'business'] as const)
    t.test(`the limit of a ${customerKind} does not run before delivery`, async (t) => {
      const ruling = complaint({ customerKind, traits: { longLived: false }, at: noon('2040-01-01') })
      t.strictSame([ruling.outcome, ruling.lastDay], ['granted', undefined])
    })
})

t.test('10 the limit, beyond the two lifetimes', async (t) => {
  const delivered = { customerKind: 'consumer', deliveredAt: noon('2024-06-10') } as const
  for (const [rule, product, years, strict, last] of [
    [
      '29 February ends on the last of February',
      { traits: { longLived: false }, deliveredAt: noon('2024-02-29') },
      2,
      '2026-02-28',
      '2026-03-02',
    ],
    [
      'also after five years',
      { traits: { longLived: true }, deliveredAt: noon('2024-02-29') },
      5,
      '2029-02-28',
      '2029-02-28',
    ],
    ['a last day on a Sunday moves to Monday', { traits: { longLived: true } }, 5, '2029-06-10', '2029-06-11'],
    [
      'the day is that of Oslo',
      { traits: { longLived: false }, deliveredAt: instant('2024-06-09T22:30:00Z') },
      2,
      '2026-06-10',
      '2026-06-10',
    ],
    [
      'a guarantee for longer holds',
      { traits: { longLived: false }, guaranteeYears: 10 },
      10,
      '2034-06-10',
      '2034-06-12',
    ],
    [
      'a guarantee for less takes nothing away',
      { traits: { longLived: true }, guaranteeYears: 1 },
      5,
      '2029-06-10',
      '2029-06-11',
    ],
    [
      'a mobile phone is long-lived, whatever the shop thinks',
      { traits: { longLived: false }, productKind: 'mobile-phone' },
      5,
      '2029-06-10',
      '2029-06-11',
    ],
  ] as const)
    t.test(rule, async (t) => {
      const limit = complaintLimit({ ...delivered, ...product })
      t.strictSame([limit.years, limit.strictLastDay?.toString(), limit.lastDay?.toString()], [years, strict, last])
      t.strictSame(limit.doubts, [])
    })

  t.test('a business has two years, unless the seller took on more', async (t) => {
    const limit = (guaranteeYears?: number) =>
      complaintLimit({ ...delivered, customerKind: 'business', traits: { longLived: true }, guaranteeYears })
    t.strictSame([limit().years, limit(3).years], [2, 3])
  })
  t.test('the judgement on mobile phones is cited, and settles the doubt', async (t) => {
    const { outcome, reasons } = complaint({
      ...delivered,
      traits: {},
      productKind: 'mobile-phone',
      at: noon('2027-06-10'),
    })
    t.equal(outcome, 'granted')
    t.ok(cites(reasons).includes('HR-2007-01592-A'))
    const other = complaint({ ...delivered, traits: {}, productKind: 'constructor', at: noon('2027-06-10') })
    t.equal(other.outcome, 'review')
  })
  t.test('terms with shorter limits than the law do not count, and terms with longer ones do', async (t) => {
    const under = (ordinary: number, longLived: number) => termsUnder({ complaintYears: { ordinary, longLived } })
    const short = under(1, 3).complaintLimit({ ...delivered, traits: { longLived: false } })
    t.strictSame([short.years, short.basis, short.termsUndercut], [2, 'statute', true])
    const long = under(3, 7).complaintLimit({ ...delivered, traits: { longLived: true } })
    t.strictSame([long.years, long.basis, long.termsUndercut], [7, 'terms', false])
  })
})

t.test('10.1 a reasonable time', async (t) => {
  const facts = { customerKind: 'consumer', traits: { longLived: false }, deliveredAt: noon('2025-06-10') } as const
  const after = (noticed: string, at: string) => complaint({ ...facts, noticedAt: noon(noticed), at: noon(at) })
  t.test('two months from noticing are never too late', async (t) => {
    const ruling = after('2026-01-15', '2026-03-16')
    t.strictSame([ruling.outcome, ruling.inReasonableTime], ['granted', 'yes'])
    t.ok(codes(ruling.reasons).includes('within-two-months-of-noticing'))
  })
  t.test('after that a person judges, and nobody is refused meanwhile', async (t) => {
    const ruling = after('2026-01-15', '2026-03-17')
    t.strictSame([ruling.outcome, ruling.inReasonableTime], ['review', 'to-be-judged'])
  })
  t.test('the two months do not move the outer limit', async (t) => {
    const ruling = after('2027-05-20', '2027-07-01')
    t.strictSame(
      [ruling.outcome, ruling.inReasonableTime, ruling.lastDay?.toString()],
      ['refused', 'yes', '2027-06-10'],
    )
  })
  t.test('and nothing is called never late beyond it', async (t) => {
    const until = (noticed: string, at: string) => after(noticed, at).neverLateUntil?.toString()
    t.equal(until('2026-01-15', '2026-02-01'), '2026-03-16')
    t.equal(until('2027-05-20', '2027-06-01'), '2027-06-10')
    t.equal(until('2027-05-20', '2027-06-11'), undefined)
  })
  t.test('a business has no such floor', async (t) => {
    const ruling = complaint({
      ...facts,
      customerKind: 'business',
      noticedAt: noon('2026-01-15'),
      at: noon('2026-01-20'),
    })
    t.strictSame([ruling.outcome, cites(ruling.reasons)], ['review', ['§ 32', '§ 32']])
  })
})

t.test('10 a late complaint', async (t) => {
  for (const [customerKind, section] of [
    ['consumer', '§ 27'],
    ['business', '§ 33'],
  ] as const)
    t.test(`a seller who is at fault gains nothing by it: ${customerKind}`, async (t) => {
      const late = {
        customerKind,
        traits: { longLived: false },
        deliveredAt: noon('2020-06-10'),
        at: noon('2026-06-10'),
      }
      t.equal(complaint(late).outcome, 'refused')
      const ruling = complaint({ ...late, sellerAtFault: true })
      t.strictSame([ruling.outcome, cites(ruling.reasons)], ['granted', [section]])
      t.equal(lateComplaint({ customerKind }).outcome, 'refused')
    })
})

t.test('a defect is taken to have been there at delivery', async (t) => {
  for (const [rule, customerKind, contract, delivered, showed, unfitting, presumed] of [
    ['for two years', 'consumer', undefined, '2024-06-10', '2026-06-10', false, true],
    ['and not a day longer', 'consumer', undefined, '2024-06-10', '2026-06-11', false, false],
    [
      'for six months under contracts of before 2024',
      'consumer',
      '2023-12-31',
      '2024-01-05',
      '2024-07-05',
      false,
      true,
    ],
    ['and not a day longer', 'consumer', '2023-12-31', '2024-01-05', '2024-07-06', false, false],
    ['for two years from the first day of 2024', 'consumer', '2024-01-01', '2024-01-05', '2025-07-06', false, true],
    ['unless that does not fit the defect', 'consumer', undefined, '2024-06-10', '2024-07-10', true, false],
    ['but not for a business', 'business', undefined, '2024-06-10', '2024-06-11', false, false],
  ] as const)
    t.test(`${rule}: ${showed}`, async (t) => {
      const ruling = presumedAtDelivery({
        customerKind,
        ...(contract && { contractAt: noon(contract) }),
        deliveredAt: noon(delivered),
        showedAt: noon(showed),
        unfitting,
      })
      t.equal(ruling.presumed, presumed)
      t.strictSame(cites(ruling.reasons), [customerKind === 'business' ? '§ 21' : '§ 18'])
    })
})

t.test('10 what may give longer than the limit goes to a person, for as long as it may', async (t) => {
  const facts = { customerKind: 'consumer', traits: { longLived: false }, deliveredAt: noon('2027-06-10') } as const
  const after = (more: object, at: string) => complaint({ ...facts, ...more, at: noon(at) })
  for (const [rule, more, lastDay, code] of [
    ['a replacement', { replacedAt: noon('2028-06-12') }, '2030-06-12', 'replacement-has-own-limit'],
    [
      'a digital service that is still supplied',
      { digitalServiceUntil: noon('2032-06-10') },
      '2032-06-10',
      'digital-service-still-supplied',
    ],
  ] as const)
    t.test(rule, async (t) => {
      const next = Temporal.PlainDate.from(lastDay).add({ days: 1 }).toString()
      t.strictSame(
        [after(more, '2029-06-12').outcome, after(more, '2029-06-12').lastDay?.toString()],
        ['review', lastDay],
      )
      t.ok(codes(after(more, lastDay).reasons).includes(code))
      t.equal(after(more, next).outcome, 'refused')
      t.equal(after(more, '2029-06-01').outcome, 'granted')
      t.equal(after({ ...more, customerKind: 'business' }, '2029-06-12').outcome, 'refused')
    })
  t.test('a repair, once, where the directive holds and for contracts since it does', async (t) => {
    const repaired = { repairedAt: noon('2028-06-12'), country: 'DE' }
    const prolonged = (more: object, at = '2030-06-11') =>
      codes(after({ ...repaired, ...more }, at).reasons).includes('repair-prolongs-liability')
    t.equal(prolonged({}), true)
    t.equal(prolonged({}, '2030-06-12'), false)
    t.equal(prolonged({ contractAt: noon('2026-07-30') }), false)
    t.equal(prolonged({ contractAt: noon('2026-07-31') }), true)
    t.equal(prolonged({ country: 'NO' }), false)
    t.equal(after({ ...repaired, country: 'NO' }, '2029-06-12').outcome, 'refused')
  })
  t.test('the law of another country, whose end nobody here knows', async (t) => {
    for (const [country, outcome] of [
      ['NO', 'refused'],
      ['SJ', 'refused'],
      ['SE', 'review'],
      ['GB', 'review'],
    ] as const)
      t.equal(after({ country }, '2031-01-10').outcome, outcome, country)
    t.equal(after({ country: 'SE', customerKind: 'business' }, '2031-01-10').outcome, 'refused')
  })
})
