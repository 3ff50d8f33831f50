import type { LossSettled } from '@vilkar/contracts/shipping-damage.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** What never came is paid back, and is not to come any more. Where other units are sent instead, the customer still waits. */
export async function onLossSettled(
  trx: Trx,
  deps: Deps,
  { orderId, reportId, shipmentId, originalShipmentId, choice, lines, settledAt: at }: LossSettled['data'],
) {
  if (choice !== 'refund') return
  // Sent instead of lost units, it had what left first by another.
  const data = { orderId, at, reportId, shipmentId: originalShipmentId ?? shipmentId, lines }
  await handle(trx, { type: 'RecordLoss', data }, deps)
}
