import type { Reason } from '../ruling/ruling.ts'
import { personvernforordningen as gdpr } from '../statute/personvernforordningen.ts'
import { because } from './policy.ts'

/** What may still be going on with a person. */
export type Matters = {
  openOrder?: boolean
  openComplaint?: boolean
  /** A dispute or an order of an authority. */
  legalHold?: boolean
}

/** Why data stay although their period is over. */
export type Hold = 'open-order' | 'open-complaint' | 'legal-hold'

/** A hold with its reason. */
export type Held = { hold: Hold; reason: Reason }

/** The person asked that it be kept, and only stored (GDPR Art. 18(1)(b)–(c)). */
export const keptOnRequest: Reason = because('kept-on-request', gdpr('Art. 18(2)'))

/**
 * What holds data back, each with its reason: a contract that is still being performed, and claims that are made or met.
 * Source: GDPR Art. 6(1)(b), 17(3)(e).
 */
export function openMatters({ openOrder, openComplaint, legalHold }: Matters): Held[] {
  const held: Held[] = []
  if (openComplaint) held.push({ hold: 'open-complaint', reason: because('open-complaint', gdpr('Art. 17(3)(e)')) })
  if (openOrder) held.push({ hold: 'open-order', reason: because('open-order', gdpr('Art. 6(1)(b)')) })
  if (legalHold) held.push({ hold: 'legal-hold', reason: because('legal-hold', gdpr('Art. 17(3)(e)')) })
  return held
}
