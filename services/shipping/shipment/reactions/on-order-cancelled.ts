import type { CancellationRequested, OrderCancelled } from '@vilkar/contracts/orders.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { handle } from '../handle.ts'
import { whereaboutsOf } from '../state.ts'
import { lockShipmentsOf } from '../store.ts'

/** The order is to be cancelled if its goods have not left. */
export const onCancellationRequested = (
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, requestedAt }: CancellationRequested['data'],
) => cancelShipments(trx, orderId, requestedAt)

/** The order is cancelled. */
export const onOrderCancelled = (
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, cancelledAt }: OrderCancelled['data'],
) => cancelShipments(trx, orderId, cancelledAt)

/**
 * A shipment that has not left never will. Orders hears either ShipmentCancelled or the ShipmentDispatched that came
 * first; that is how the race between the two is settled. Once part of the goods has left the order stands as a whole, so
 * the rest of them is still to be sent.
 */
async function cancelShipments(trx: Transaction<Database>, orderId: string, at: string) {
  const { shipments } = await lockShipmentsOf(trx, orderId)
  if (shipments.some((shipment) => whereaboutsOf(shipment) === 'left')) return
  for (const { id: shipmentId } of shipments) await handle(trx, { type: 'CancelShipment', data: { shipmentId, at } })
}
