import type { ShipmentDelivered } from '@vilkar/contracts/shipping.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** The customer has the goods. */
export async function onShipmentDelivered(
  trx: Trx,
  deps: Deps,
  { orderId, shipmentId, originalShipmentId, receivedAt, cure }: ShipmentDelivered['data'],
) {
  // What was repaired or replaced is the order's no more than what it had before.
  if (cure !== undefined) return
  // Sent instead of lost units, it brings what left first by another.
  const data = { orderId, shipmentId: originalShipmentId ?? shipmentId, at: receivedAt }
  await handle(trx, { type: 'RecordDelivery', data }, deps)
}
