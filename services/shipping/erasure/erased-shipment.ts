import { keptOfErased } from '@vilkar/personal-data/erased-orders.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { lockOrderToShip, type StoredShipment } from '../shipment/store.ts'
import { ENDED } from './under-way.ts'

/**
 * Whether personal data of a shipment's order were erased, so that what is told late of its way names nobody (decision 59). Asked under the
 * lock that an erasure takes, and only of what has ended: nothing else is erased.
 */
export async function isErasedShipment(trx: Transaction<Database>, found: StoredShipment | undefined) {
  if (found === undefined || !ENDED.includes(found.state.status)) return false
  const { orderId } = found.state.requested
  await lockOrderToShip(trx, orderId)
  return (await keptOfErased<Database>(trx, orderId)) !== undefined
}
