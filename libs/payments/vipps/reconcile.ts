import { ok } from '../answer.ts'
import type { Movement, Reconciled, ReconcileInput, Result, Snapshot } from '../port.ts'

/**
 * What became of an intent, as Vipps' books tell it. The event log shows under which idempotency key a thing was done,
 * so a movement is ours by its key and never by its amount. That nothing is there counts only once the read is
 * `graceMs` later than what was last sent, and once the log accounts for all that the totals show.
 */
export function reconciled(input: ReconcileInput, snapshot: Snapshot, graceMs: number): Result<Reconciled> {
  const { op, intent } = input
  if (op === 'extend') return ok({ verdict: 'not_executed', snapshot })
  if (op === 'release') {
    return snapshot.capturable === 0
      ? ok({ verdict: 'executed', providerId: null, by: 'totals', snapshot })
      : absent(input, snapshot, graceMs)
  }
  const movements = op === 'capture' ? snapshot.captures : snapshot.refunds
  const own = movements.filter(({ providerId }) => providerId === intent.idempotencyKey)
  const [only, ...others] = own
  if (only === undefined) {
    const total = op === 'capture' ? snapshot.captured : snapshot.refunded
    return sum(movements) === total ? absent(input, snapshot, graceMs) : pending(snapshot.readAt, graceMs)
  }
  // Two under one key, or one of another amount, is money that moved otherwise than we meant.
  if (others.length > 0 || only.amount !== input.amount.amount) {
    return ok({ verdict: 'ambiguous', candidates: own, snapshot })
  }
  return ok({ verdict: 'executed', providerId: only.providerId, by: 'idempotency_key', snapshot })
}

function absent({ intent, lastSentAt }: ReconcileInput, snapshot: Snapshot, graceMs: number): Result<Reconciled> {
  const sentAt = lastSentAt ?? intent.firstSentAt
  const early = sentAt !== null && Temporal.Instant.compare(snapshot.readAt, sentAt.add({ milliseconds: graceMs })) < 0
  return early ? pending(sentAt, graceMs) : ok({ verdict: 'not_executed', snapshot })
}

const pending = (since: Temporal.Instant, graceMs: number) => ({
  kind: 'pending' as const,
  reason: 'provider_processing' as const,
  checkAfter: since.add({ milliseconds: graceMs }),
})

const sum = (movements: Movement[]) => movements.reduce((all, { amount }) => all + amount, 0)
