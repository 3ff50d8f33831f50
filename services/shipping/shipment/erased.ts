import { keptOfErased } from '@vilkar/personal-data/erased-orders.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { RequestedShipment } from './state.ts'
import { lockOrderToShip, type StoredShipment } from './store.ts'

/** Whether a shipment was at an end at some time: nothing else is erased. */
const wasOver = ({ status, receivedAt, deliveryWithdrawn }: RequestedShipment) =>
  receivedAt !== undefined || deliveryWithdrawn || ['returned', 'lost', 'cancelled'].includes(status)

/**
 * Whether personal data of a shipment's order were erased, so that what is told late of its way names nobody (decision 59). Asked under the
 * lock that an erasure takes.
 */
export async function isErasedShipment(trx: Transaction<Database>, found: StoredShipment | undefined) {
  if (found === undefined || !wasOver(found.state)) return false
  const { orderId } = found.state.requested
  await lockOrderToShip(trx, orderId)
  return (await keptOfErased<Database>(trx, orderId)) !== undefined
}
