import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { MAX_DAMAGES, timelinessOf } from '../shipment/damage.ts'
import { readLongLived, type StoredShipment } from '../shipment/store.ts'
import { listReports, setTimeliness } from './store.ts'

/**
 * Once a shipment is known to have been received, or on another day than was told, its carrier is to be told of the damage by another day
 * (vegfraktloven § 40): it is the same whether the receipt or the damage was told first.
 */
export async function moveClaimDays(trx: Transaction<Database>, { id: shipmentId, state }: StoredShipment) {
  if (state.damages === undefined) return
  for (const { id, reported_at, lines, ...row } of await listReports(trx, { shipmentId, limit: MAX_DAMAGES })) {
    const longLived = await readLongLived(trx, shipmentId, lines)
    const reportedAt = Temporal.Instant.from(reported_at).toString()
    const { claimDueOn, late, outcome } = timelinessOf(state, { reportedAt, longLived })
    const isKnown = row.claim_due_on === claimDueOn && row.late === late && row.outcome === outcome
    if (!isKnown) await setTimeliness(trx, id, { claimDueOn, late, outcome })
  }
}
