import type { OrderCancelled } from '@vilkar/contracts/orders-cancellation.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { ofOrder } from '../cure.ts'
import { handle } from '../handle.ts'
import { lockShipmentsOf } from '../store.ts'

/** The order is cancelled: what has not left never will. */
export async function onOrderCancelled(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, cancelledAt: at }: OrderCancelled['data'],
) {
  const shipments = ofOrder((await lockShipmentsOf(trx, orderId)).shipments)
  for (const { id: shipmentId } of shipments) await handle(trx, { type: 'CancelShipment', data: { shipmentId, at } })
}
