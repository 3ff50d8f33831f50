import type { Basis, Reason, Ruling } from '../ruling/ruling.ts'

/**
 * A ruling as JSON: `until` is the last day (ISO 8601, Europe/Oslo) on which the right can be used, if it has one; for goods that
 * are still to come, the one that it will be if they come when they are expected.
 */
export type Entitlement = {
  outcome: Ruling['outcome']
  until?: string
  /** On whose word it is; left out where a ruling does not weigh law against terms. */
  basis?: Basis
  /** The terms alone would have given the customer less than the law does. */
  termsUndercut?: true
  reasons: Reason[]
  /** Units among those that can still go back for which it is over, and why, where it is not over for all of them. */
  except?: { quantity: number; reasons: Reason[] }
}

/** The instant of a moment that may not be known. */
export const instantOf = (moment: string | undefined) =>
  moment === undefined ? undefined : Temporal.Instant.from(moment)

/** A ruling as JSON; `expected` is its last day if it has none yet. */
export const entitlement = (
  { outcome, lastDay, basis, termsUndercut, reasons }: Ruling & { lastDay?: Temporal.PlainDate },
  expected?: Temporal.PlainDate,
): Entitlement => {
  const until = lastDay ?? expected
  return {
    outcome,
    until: until && isoOf(until),
    basis,
    termsUndercut: termsUndercut || undefined,
    reasons,
  }
}

// One day is one object (see `osloDay`), so that writing it out is done once.
const isoDays = new WeakMap<Temporal.PlainDate, string>()
/** A day as ISO 8601. */
export const isoOf = (day: Temporal.PlainDate) => isoDays.getOrInsertComputed(day, () => day.toString())
