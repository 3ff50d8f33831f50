import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'

/**
 * Locks what is kept of an order until the transaction ends, so that its shipments neither split nor stop while somebody
 * decides about all of them; then reads them, oldest first.
 */
export async function lockShipmentsOf(trx: Transaction<Database>, orderId: string) {
  const order = await trx
    .selectFrom('order_to_ship')
    .selectAll()
    .where('order_id', '=', orderId)
    .forUpdate()
    .executeTakeFirst()
  const shipments = await trx
    .selectFrom('shipment')
    .select(['id', 'status'])
    .where('order_id', '=', orderId)
    .orderBy('id')
    .execute()
  return { order, shipments }
}
