import t from 'tap'
import { terms, termsUnder } from '../cases/first-edition.ts'
import type { Delay } from '../rules/delivery.ts'
import { cites, codes, noon } from './cites.ts'

const { delay } = terms

const day = (text: string) => Temporal.PlainDate.from(text)
const confirmed = { customerKind: 'consumer', confirmedAt: noon('2026-06-01') } as const
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

t.test('7.2 another edition may expect other days', async (t) => {
  const promised = termsUnder({ deliveryEstimate: { from: 1, to: 3 } })
  const { from, to } = promised.deliveryEstimate({ confirmedAt: noon('2026-06-01') })
  t.strictSame([from, to].map(String), ['2026-06-02', '2026-06-04'])
})
