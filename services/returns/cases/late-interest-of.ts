import { osloDay } from '@vilkar/terms/calendar.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { ListedCase } from './list.ts'

/** What the shop owes on top of a refund that was or is paid after its last day; undefined when it owes none. */
export function lateInterestOf({ edition, owed, due_on, closed_at }: ListedCase, now: Temporal.Instant) {
  if (edition === null || owed === null || due_on === null) return undefined
  const paidOn = osloDay(closed_at === null ? now : Temporal.Instant.from(closed_at))
  const dueOn = Temporal.PlainDate.from(due_on)
  const owes = termsOf(edition).lateInterest({ amount: Number(owed), dueOn, paidOn })
  if (owes.outcome === 'refused') return undefined
  const { outcome, amount, days, rateUnknown, reasons } = owes
  return { outcome, amount, days, rateUnknown, reasons }
}
