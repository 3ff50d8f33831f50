import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { handle } from '../handle.ts'

/**
 * The order is cancelled, or is to be if its goods have not left: a shipment that has not left never will. Orders hears
 * either ShipmentCancelled or the ShipmentDispatched that came first; that is how the race between the two is settled.
 */
export async function onOrderCancelled(trx: Transaction<Database>, orderId: string, at: string) {
  const known = await trx.selectFrom('shipment').select('id').where('order_id', '=', orderId).executeTakeFirst()
  if (known) await handle(trx, { type: 'CancelShipment', data: { shipmentId: known.id, at } })
}
