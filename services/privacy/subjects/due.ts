import { osloDay, startOfOsloDay } from '@vilkar/terms/calendar.ts'
import { type Hold, openMatters } from '@vilkar/terms/privacy/holds.ts'
import { type Retention, retention } from '@vilkar/terms/privacy/retention.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { asKept, type Facts } from './facts.ts'

/**
 * When a holding goes. `dueAt` is undefined while its period has not begun, or where nobody says when it ends (`missing`). `holds` keep
 * it beyond that. `keepsAccounts`: another law keeps what accounts need of it for longer than the policy keeps the rest.
 */
export type Due = {
  dueAt?: Temporal.Instant
  holds: Hold[]
  missing?: string
  keepsAccounts: boolean
  reasons: Reason[]
}

const NO_MATTERS = { openOrder: false, openComplaint: false, legalHold: false }
/** What goes at once goes since the moment at which that was known; where its purpose ends on a day to come, with the end of that day. */
const momentOf = (
  { manner, eraseByAt, eraseFrom }: Retention,
  endedOn: Temporal.PlainDate | undefined,
  at: Temporal.Instant,
) => {
  if (manner !== 'after-period') {
    const isToCome = endedOn !== undefined && Temporal.PlainDate.compare(endedOn, osloDay(at)) > 0
    return isToCome ? startOfOsloDay(endedOn.add({ days: 1 })) : at
  }
  return eraseByAt ?? (eraseFrom && startOfOsloDay(eraseFrom))
}

/**
 * When the policy of a controller and the law have a holding erased: the start of the first day in Oslo after its period, a moment for
 * periods in hours, `at` for what goes at once. Ends are never moved to a working day. Source: the policy; GDPR Art. 5(1)(e).
 */
export function dueOf(controller: PolicyId, category: string, facts: Facts, at: Temporal.Instant): Due {
  const policy = policyOf(controller)
  const kept = asKept(category, facts)
  // Whether the period began is asked without what holds the data beyond its end.
  const period = retention(policy, { ...kept, ...NO_MATTERS })
  const { missing, otherLaw, reasons } = period
  // What goes at once is held by nothing: consent that is withdrawn has no other ground.
  const held = period.manner === 'at-once' ? [] : openMatters(kept)
  return {
    ...(period.erase && { dueAt: momentOf(period, kept.on.purposeEnded, at) }),
    holds: held.map(({ hold }) => hold),
    ...(missing !== undefined && { missing }),
    keepsAccounts: otherLaw,
    reasons: [...reasons, ...held.map(({ reason }) => reason)],
  }
}
