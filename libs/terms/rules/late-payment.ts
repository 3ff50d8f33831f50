import { granted, type Ruling, refused, review } from '../ruling/ruling.ts'
import { forsinkelsesrenteloven, LEAST_RATE, lateInterestRate } from '../statute/forsinkelsesrenteloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** Legal basis: forsinkelsesrenteloven §§ 2 and 3. */
const reasonsOf = (because: Because) => ({
  late: because('paid-late', forsinkelsesrenteloven('§ 2'), forsinkelsesrenteloven('§ 3')),
  inTime: because('paid-in-time', forsinkelsesrenteloven('§ 2')),
  rateUnknown: because('rate-to-be-looked-up', forsinkelsesrenteloven('§ 3')),
})
type Edition = Under<typeof reasonsOf>

/** `paidOn` is the day of the payment, or today while it has not come; `amount` in the smallest unit of the currency. */
export type LatePayment = { amount: number; dueOn: Temporal.PlainDate; paidOn: Temporal.PlainDate }
/** `rateUnknown`: the first and the last day of those whose rate is not known, ISO 8601. */
export type LateInterest = Ruling & {
  amount: number
  days: number
  rateUnknown?: { from: string; until: string }
}

const DAYS_A_YEAR = 365
const BASIS_POINTS = 10_000

/**
 * What a seller owes who pays back after the last day: simple interest for each day after it, by the rate of its half-year, parts of
 * the smallest unit to the customer's gain. Days whose rate is not known here count at the least that the law lets it be, and a
 * person looks the rest up (`review`).
 */
function lateInterest(edition: Edition, { amount, dueOn, paidOn }: LatePayment): LateInterest {
  const days = Math.max(0, dueOn.until(paidOn, { largestUnit: 'days' }).days)
  if (days === 0 || amount === 0) return { ...refused(edition.why.inTime), amount: 0, days: 0 }
  let points = 0
  let rateUnknown: LateInterest['rateUnknown']
  for (let n = 1; n <= days; n += 1) {
    const day = dueOn.add({ days: n })
    const rate = lateInterestRate(day)
    if (rate === undefined) rateUnknown = { from: rateUnknown?.from ?? day.toString(), until: day.toString() }
    points += rate ?? LEAST_RATE
  }
  const owed = Math.ceil((amount * points) / (BASIS_POINTS * DAYS_A_YEAR))
  if (rateUnknown === undefined) return { ...granted(edition.why.late), amount: owed, days }
  return { ...review(edition.why.late, edition.why.rateUnknown), amount: owed, days, rateUnknown }
}

export const latePaymentRules = rulesOf(reasonsOf, { lateInterest })
