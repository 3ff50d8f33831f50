import type { ShipmentDelivered } from '@vilkar/contracts/shipping.ts'
import type { Deps, Trx } from '../../deps.ts'
import { handle } from '../handle.ts'

/** The customer has the goods. */
export async function onShipmentDelivered(
  trx: Trx,
  deps: Deps,
  { orderId, shipmentId, receivedAt }: ShipmentDelivered['data'],
) {
  await handle(trx, { type: 'RecordDelivery', data: { orderId, shipmentId, at: receivedAt } }, deps)
}
