import type { ShipmentCancelled } from '@vilkar/contracts/shipping.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** Shipping says that the goods have not left and will not: the cancellation that was asked for takes effect. */
export async function onShipmentCancelled(
  trx: Trx,
  deps: Deps,
  { orderId, shipmentId, movedTo, cancelledAt }: ShipmentCancelled['data'],
) {
  // Its units leave with another shipment.
  if (movedTo !== undefined) return
  await handle(trx, { type: 'ConfirmCancellation', data: { orderId, shipmentId, at: cancelledAt } }, deps)
}
