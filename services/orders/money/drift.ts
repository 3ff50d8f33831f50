import type { Movement, Snapshot } from '@vilkar/payments/port.ts'
import type { Drift, Side } from './finding.ts'
import type { PaymentSums } from './ledger.ts'

/** A booked movement. `kind` as the provider would call it. */
export type Booked = { movement: 'capture' | 'refund'; providerId: string; amount: number; at: string }

export const ledgerSide = ({ authorised, captured, refunded, released }: PaymentSums): Side => ({
  captured,
  refunded,
  capturable: authorised - captured - released,
})

/**
 * Compares a payment with the provider's snapshot of it. `underWay` are the ids of operations without an outcome yet: a
 * movement that bears one as its reference is ours and about to be booked, and while there are any, totals may differ.
 */
export function driftOf(
  { ledger, booked, underWay }: { ledger: Side; booked: Booked[]; underWay: ReadonlySet<string> },
  snapshot: Pick<Snapshot, 'captured' | 'refunded' | 'capturable' | 'captures' | 'refunds'>,
): Drift[] {
  const known = new Set(booked.map(({ movement, providerId }) => `${movement} ${providerId}`))
  const shown = new Set<string>()
  const strange = (movement: 'capture' | 'refund', found: Movement[]): Drift[] =>
    found.flatMap(({ providerId, amount, at, reference }) => {
      shown.add(`${movement} ${providerId}`)
      if (known.has(`${movement} ${providerId}`) || (reference !== null && underWay.has(reference))) return []
      return [{ kind: 'movement-not-in-ledger', movement, providerId, amount, at: at?.toString() ?? null }]
    })
  const drift = [...strange('capture', snapshot.captures), ...strange('refund', snapshot.refunds)]
  for (const { movement, providerId, amount, at } of booked)
    if (!shown.has(`${movement} ${providerId}`))
      drift.push({ kind: 'movement-not-at-provider', movement, providerId, amount, at })
  if (underWay.size > 0) return drift
  for (const total of ['captured', 'refunded', 'capturable'] as const)
    if (snapshot[total] !== ledger[total])
      drift.push({ kind: `${total}-differs`, provider: snapshot[total], ledger: ledger[total] })
  return drift
}
