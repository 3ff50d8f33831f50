import t from 'tap'
import { EDITION } from '../cases/first-edition.ts'
import { termsOf } from '../editions/registry.ts'
import { LEAST_RATE, RATES, RATES_KNOWN_TO, RATES_LOOKED_UP_DAYS } from '../statute/forsinkelsesrenteloven.ts'
import { readRegister, report } from '../statute/register.ts'

const { lateInterest } = termsOf(EDITION)
const day = (text: string) => Temporal.PlainDate.from(text)
const late = (amount: number, dueOn: string, paidOn: string) =>
  lateInterest({ amount, dueOn: day(dueOn), paidOn: day(paidOn) })

t.test('a refund on its last day owes no interest, and one of nothing never does', async (t) => {
  t.hasStrict(late(100_000, '2025-03-10', '2025-03-10'), { outcome: 'refused', amount: 0, days: 0 })
  t.hasStrict(late(100_000, '2025-03-10', '2025-03-01'), { outcome: 'refused', amount: 0, days: 0 })
  t.hasStrict(late(0, '2025-03-10', '2025-04-10'), { outcome: 'refused', amount: 0 })
})

t.test(
  '§ 2 each day after the last one owes its share of the year’s rate, rounded to the customer’s gain',
  async (t) => {
    const year = late(100_000, '2024-06-30', '2025-06-30')
    t.hasStrict(year, { outcome: 'granted', amount: 12_500, days: 365, reasons: [{ code: 'paid-late' }] })
    t.hasStrict(late(100_000, '2025-03-10', '2025-03-11'), { amount: 35, days: 1 }, '34.25 øre')
  },
)

t.test('§ 3 each half-year has its own rate', async (t) => {
  // Ten days at 10.75 % and ten at 11.75 %.
  t.hasStrict(late(1_000_000, '2023-06-20', '2023-06-30'), { outcome: 'granted', amount: 2_946, days: 10 })
  t.hasStrict(late(1_000_000, '2023-06-20', '2023-07-10'), { outcome: 'granted', amount: 6_165, days: 20 })
})

t.test('§ 3 what the regulations set for 2025 and 2026', async (t) => {
  for (const [dueOn, paidOn, points] of [
    ['2025-03-01', '2025-03-11', 1_250],
    ['2025-07-01', '2025-07-11', 1_225],
    ['2026-01-01', '2026-01-11', 1_200],
    ['2026-07-01', '2026-07-11', 1_225],
  ] as const)
    t.hasStrict(late(3_650_000, dueOn, paidOn), { outcome: 'granted', amount: points * 10, days: 10 })
})

t.test(
  '§ 3 where the rate is not known here it is never less than the points that are added, and a person looks it up',
  async (t) => {
    const ruling = late(1_000_000, '2027-09-01', '2027-10-01')
    t.hasStrict(ruling, { outcome: 'review', amount: 6_576, days: 30 })
    t.strictSame(ruling.rateUnknown, { from: '2027-09-02', until: '2027-10-01' })
    t.strictSame(
      ruling.reasons.map(({ code }) => code),
      ['paid-late', 'rate-to-be-looked-up'],
    )
  },
)

t.test(
  '§ 3 an old rate never stands in for one that is not known: those days are named, and the others counted',
  async (t) => {
    const known = late(1_000_000, '2026-12-21', '2026-12-31')
    t.equal(known.rateUnknown, undefined)
    const ruling = late(1_000_000, '2026-12-21', '2027-01-10')
    t.hasStrict(ruling, { outcome: 'review', amount: Math.ceil((1_000_000 * 10 * (1_225 + LEAST_RATE)) / 3_650_000) })
    t.strictSame(ruling.rateUnknown, { from: '2027-01-01', until: '2027-01-10' })
  },
)

t.test(
  '§ 3 the half-years that are known follow each other, none under the least, and the next is due for a look before it begins',
  async (t) => {
    for (const [n, { from, until, value }] of RATES.entries()) {
      t.ok(from < until && value >= LEAST_RATE, from)
      const next = RATES[n + 1]
      if (next) t.equal(day(until).add({ days: 1 }).toString(), next.from)
    }
    const register = await readRegister()
    const inTime = day(RATES_KNOWN_TO).subtract({ days: RATES_LOOKED_UP_DAYS })
    t.notMatch(report(register, inTime), /rates of interest/)
    t.match(
      report(register, inTime.add({ days: 1 })),
      `rates of interest on late payment are known to ${RATES_KNOWN_TO} only`,
    )
  },
)
