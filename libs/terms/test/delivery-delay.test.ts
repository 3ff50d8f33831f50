import t from 'tap'
import { terms, termsUnder } from '../cases/first-edition.ts'
import type { Delay } from '../rules/delivery.ts'
import { cites, codes, noon } from './cites.ts'

const { delay } = terms

const day = (text: string) => Temporal.PlainDate.from(text)
const confirmed = { customerKind: 'consumer', confirmedAt: noon('2026-06-01') } as const
const AFTERWARDS = 'may-rescind-in-reasonable-time'
const INSIST = ['withhold-payment', 'demand-delivery', 'set-extra-time']

t.test('when delivery is late', async (t) => {
  for (const [rule, facts, outcome, lastDay] of [
    ['not on the thirtieth day after the purchase', { ...confirmed, at: noon('2026-07-01') }, 'refused', '2026-07-01'],
    ['on the day after it', { ...confirmed, at: noon('2026-07-02') }, 'granted', '2026-07-01'],
    [
      'a weekend moves nothing',
      { ...confirmed, confirmedAt: noon('2026-06-04'), at: noon('2026-07-05') },
      'granted',
      '2026-07-04',
    ],
    [
      'after a day that was agreed',
      { ...confirmed, agreedOn: day('2026-06-10'), at: noon('2026-06-11') },
      'granted',
      '2026-06-10',
    ],
    [
      'which may lie beyond the thirty',
      { ...confirmed, agreedOn: day('2026-08-01'), at: noon('2026-07-15') },
      'refused',
      '2026-08-01',
    ],
    [
      'goods that came in time are not late afterwards',
      { ...confirmed, deliveredAt: noon('2026-07-01'), at: noon('2026-08-01') },
      'refused',
      '2026-07-01',
    ],
    ['the estimate binds nobody', { ...confirmed, at: noon('2026-06-15') }, 'refused', '2026-07-01'],
    [
      'but within it a business’s delivery is in time',
      { ...confirmed, customerKind: 'business', at: noon('2026-06-10') },
      'refused',
      '2026-06-10',
    ],
    [
      'beyond it a person judges what is reasonable',
      { ...confirmed, customerKind: 'business', at: noon('2026-06-11') },
      'review',
      '2026-06-10',
    ],
    [
      'unless a day was agreed',
      { ...confirmed, customerKind: 'business', agreedOn: day('2026-06-08'), at: noon('2026-06-09') },
      'granted',
      '2026-06-08',
    ],
  ] as [string, Delay, string, string][])
    t.test(rule, async (t) => {
      const ruling = delay(facts)
      t.strictSame([ruling.outcome, ruling.lastDay.toString()], [outcome, lastDay])
      t.equal(ruling.damagesPossible, outcome !== 'refused')
    })
})

t.test('what a customer may do about it', async (t) => {
  const late: Delay = { ...confirmed, at: noon('2026-07-02') }

  for (const [rule, facts, remedies] of [
    ['hold back, insist and set extra time, but not cancel at once', late, INSIST],
    ['cancel at once when the day was essential', { ...late, dateEssential: true }, [...INSIST, 'rescind']],
    ['or when the seller refuses', { ...late, sellerRefuses: true }, [...INSIST, 'rescind']],
    ['who may refuse before he is late', { ...late, at: noon('2026-06-05'), sellerRefuses: true }, ['rescind']],
    ['cancel when the extra time has run out', { ...late, extraTimeUntil: day('2026-07-01') }, [...INSIST, 'rescind']],
    ['not on its last day', { ...late, extraTimeUntil: day('2026-07-02') }, INSIST],
    ['nothing while it is in time, essential or not', { ...late, at: noon('2026-07-01'), dateEssential: true }, []],
    ['nothing of these once the goods came', { ...late, deliveredAt: noon('2026-07-02') }, []],
    [
      'a business may do the same',
      { ...late, customerKind: 'business', agreedOn: day('2026-06-20'), extraTimeUntil: day('2026-06-30') },
      [...INSIST, 'rescind'],
    ],
  ] as [string, Delay, string[]][])
    t.test(rule, async (t) => {
      const ruling = delay(facts)
      t.strictSame(ruling.remedies, remedies)
      t.equal(ruling.mayRescind, remedies.includes('rescind'))
    })

  t.test('each remedy cites its section', async (t) => {
    t.strictSame(cites(delay({ ...late, dateEssential: true }).reasons), [
      '§ 6',
      '§ 19',
      '§ 20',
      '§ 21',
      '§ 23',
      '§ 24',
    ])
    const business = { ...late, customerKind: 'business', agreedOn: day('2026-06-20'), dateEssential: true } as const
    t.strictSame(codes(delay(business).reasons), ['late', 'withhold-or-insist', 'may-rescind', 'damages-possible'])
    t.strictSame(cites(delay(business).reasons), ['§ 9', '§ 22', '§ 22', '§ 25', '§ 22'])
  })
})

t.test('the right to cancel outlives the delivery for a reasonable time, which a person judges', async (t) => {
  const came: Delay = {
    ...confirmed,
    agreedOn: day('2026-06-10'),
    deliveredAt: noon('2026-06-13'),
    at: noon('2026-06-15'),
  }
  const business = { ...came, customerKind: 'business' } as const
  for (const [rule, facts, code, sections] of [
    ['§ 23 it came after extra time', { ...came, extraTimeUntil: day('2026-06-11') }, AFTERWARDS, ['§ 23']],
    ['§ 23 it came after a day that was essential', { ...came, dateEssential: true }, AFTERWARDS, ['§ 23']],
    ['§ 23 it came late, though the seller had refused', { ...came, sellerRefuses: true }, AFTERWARDS, ['§ 23']],
    ['§ 29 a business too', { ...business, extraTimeUntil: day('2026-06-11') }, AFTERWARDS, ['§ 25', '§ 29']],
    ['§ 29 and after an essential day', { ...business, dateEssential: true }, AFTERWARDS, ['§ 25', '§ 29']],
  ] as [string, Delay, string, string[]][])
    t.test(rule, async (t) => {
      const ruling = delay(facts)
      t.strictSame([ruling.outcome, ruling.late, ruling.mayRescind], ['review', 'granted', true])
      t.strictSame(ruling.remedies, ['rescind'], 'there is nothing to insist on')
      t.strictSame(cites(ruling.reasons.filter((reason) => reason.code === code)), sections)
    })
  for (const [rule, facts] of [
    ['not what came within the extra time', { ...came, extraTimeUntil: day('2026-06-13') }],
    ['not what came late where no extra time was set', came],
    ['not what came in time', { ...came, agreedOn: day('2026-06-13'), dateEssential: true, sellerRefuses: true }],
    [
      'nor what came to a business within it after an essential day',
      { ...business, dateEssential: true, extraTimeUntil: day('2026-06-13') },
    ],
  ] as [string, Delay][])
    t.test(rule, async (t) => t.strictSame([delay(facts).mayRescind, delay(facts).remedies], [false, []]))
})

t.test('§ 25(3) while extra time runs a business may not cancel', async (t) => {
  const running: Delay = {
    ...{ ...confirmed, customerKind: 'business', agreedOn: day('2026-06-10'), at: noon('2026-06-15') },
    extraTimeUntil: day('2026-06-20'),
  }
  t.notOk(delay(running).mayRescind)
  t.notOk(delay({ ...running, dateEssential: true }).mayRescind, 'nor when the day was essential')
  t.ok(delay({ ...running, dateEssential: true, at: noon('2026-06-21') }).mayRescind, 'but when it has run out')
  t.ok(delay({ ...running, sellerRefuses: true }).mayRescind, 'and when the seller says that he will not deliver')
  const ofConsumer = delay({ ...running, customerKind: 'consumer', dateEssential: true })
  t.ok(ofConsumer.mayRescind, '§ 23 a consumer may at once when the day was essential')
})

t.test('§ 26 goods made to order for a business', async (t) => {
  const over: Delay = {
    ...{ ...confirmed, customerKind: 'business', agreedOn: day('2026-06-10'), at: noon('2026-06-25') },
    ...{ extraTimeUntil: day('2026-06-20'), madeToOrder: 'all' },
  }
  for (const [rule, facts, outcome, mayRescind] of [
    ['extra time that ran out does not let it cancel: a person judges what that defeats', over, 'review', false],
    ['nor does an essential day', { ...over, extraTimeUntil: undefined, dateEssential: true }, 'review', false],
    ['of the other goods of the order it may cancel', { ...over, madeToOrder: 'some' }, 'review', true],
    ['there is nothing to judge while extra time runs', { ...over, at: noon('2026-06-20') }, 'granted', false],
    ['a seller who will not deliver has defeated it', { ...over, sellerRefuses: true }, 'granted', true],
    ['a consumer’s law has no such rule', { ...over, customerKind: 'consumer' }, 'granted', true],
  ] as [string, Delay, string, boolean][])
    t.test(rule, async (t) => {
      const ruling = delay(facts)
      t.strictSame([ruling.outcome, ruling.late, ruling.mayRescind], [outcome, 'granted', mayRescind])
      t.equal(cites(ruling.reasons).includes('§ 26'), outcome === 'review')
    })
  t.notOk(delay({ ...over, deliveredAt: noon('2026-06-22') }).mayRescind, 'nor once they came')
})

t.test('whether extra time was reasonable is judged where it was short, and until then it counts', async (t) => {
  const set = { extraTimeSetAt: noon('2026-07-02'), at: noon('2026-08-01') }
  const judged = (facts: Partial<Delay>) => {
    const { outcome, late, mayRescind, reasons } = delay({ ...confirmed, ...set, ...facts })
    t.strictSame([late, mayRescind], ['granted', true])
    t.equal(codes(reasons).includes('extra-time-to-be-judged'), outcome === 'review')
    return outcome
  }
  t.equal(judged({ extraTimeUntil: day('2026-07-02') }), 'review', 'some hours')
  t.equal(judged({ extraTimeUntil: day('2026-07-06') }), 'review', 'over a weekend')
  t.equal(judged({ extraTimeUntil: day('2026-07-07') }), 'granted', 'three business days')
  t.equal(
    judged({ extraTimeUntil: day('2026-07-02'), extraTimeSetAt: undefined }),
    'granted',
    'nobody knows since when',
  )
  t.equal(judged({ extraTimeUntil: day('2026-07-02'), dateEssential: true }), 'granted', 'it does not rest on it')
  t.equal(judged({ extraTimeUntil: day('2026-07-02'), sellerRefuses: true }), 'granted')
  const ofBusiness = { customerKind: 'business', agreedOn: day('2026-06-20') } as const
  t.equal(judged({ ...ofBusiness, extraTimeUntil: day('2026-07-02') }), 'review', 'a business’s too')
})

t.test('§ 19 and § 22 it is not late for what the customer does', async (t) => {
  for (const [customerKind, section] of [
    ['consumer', '§ 19'],
    ['business', '§ 22'],
  ] as const) {
    const ruling = delay({ ...confirmed, customerKind, at: noon('2026-08-01'), customersDoing: true })
    t.strictSame([ruling.outcome, ruling.late, ruling.remedies], ['refused', 'refused', []])
    t.strictSame([ruling.damagesPossible, cites(ruling.reasons)], [false, [section]])
  }
})

t.test('7.2 another edition may expect other days', async (t) => {
  const promised = termsUnder({ deliveryEstimate: { from: 1, to: 3 } })
  const { from, to } = promised.deliveryEstimate({ ...confirmed, confirmedAt: noon('2026-06-01') })
  t.strictSame([from, to].map(String), ['2026-06-02', '2026-06-04'])
})
