import { ok } from '../answer.ts'
import type { Movement, Reconciled, ReconcileInput, Result, Snapshot } from '../port.ts'

/** How far Klarna's clock may be behind ours. */
const CLOCK_SKEW_MS = 60_000

/**
 * What became of an intent, as Klarna's books tell it. A movement with our reference is ours; one that bears no
 * reference is taken for ours when amount and time fit and it is the only one. That nothing is there counts only once
 * the read is `graceMs` later than what was last sent, since until then Klarna may still be working on it.
 */
export function reconciled(input: ReconcileInput, snapshot: Snapshot, graceMs: number): Result<Reconciled> {
  const { op, intent } = input
  if (op === 'release') {
    return snapshot.state === 'cancelled' || snapshot.capturable === 0
      ? ok({ verdict: 'executed', providerId: null, by: 'totals', snapshot })
      : absent(input, snapshot, graceMs)
  }
  if (op === 'extend') {
    const before = input.expiresAt
    const later = snapshot.expiresAt !== null && before !== undefined
    return later && Temporal.Instant.compare(snapshot.expiresAt!, before) > 0
      ? ok({ verdict: 'executed', providerId: null, by: 'expiry', snapshot })
      : absent(input, snapshot, graceMs)
  }
  const movements = op === 'capture' ? snapshot.captures : snapshot.refunds
  const own = movements.filter((movement) => movement.reference === intent.intentId)
  const found = own.length > 0 ? own : movements.filter((movement) => mayBeOurs(movement, input))
  const [only, ...others] = found
  if (only === undefined) return absent(input, snapshot, graceMs)
  // Two with our name, or one with another amount, is money that moved otherwise than we meant.
  if (others.length > 0 || only.amount !== input.amount.amount) {
    return ok({ verdict: 'ambiguous', candidates: found, snapshot })
  }
  const by = own.length > 0 ? 'reference' : 'amount_and_time'
  return ok({ verdict: 'executed', providerId: only.providerId, by, snapshot })
}

function mayBeOurs({ providerId, reference, amount, at }: Movement, { intent, claimed, ...input }: ReconcileInput) {
  if (reference !== null || amount !== input.amount.amount || claimed?.has(providerId) === true) return false
  if (intent.firstSentAt === null) return false
  return at === null || Temporal.Instant.compare(at, intent.firstSentAt.subtract({ milliseconds: CLOCK_SKEW_MS })) >= 0
}

function absent({ intent, lastSentAt }: ReconcileInput, snapshot: Snapshot, graceMs: number): Result<Reconciled> {
  const sentAt = lastSentAt ?? intent.firstSentAt
  const settledAt = sentAt?.add({ milliseconds: graceMs })
  return settledAt !== undefined && Temporal.Instant.compare(snapshot.readAt, settledAt) < 0
    ? { kind: 'pending', reason: 'provider_processing', checkAfter: settledAt }
    : ok({ verdict: 'not_executed', snapshot })
}
