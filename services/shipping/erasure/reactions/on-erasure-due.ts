import type { ErasureDue } from '@vilkar/contracts/privacy.ts'
import type { ShipmentDataErased } from '@vilkar/contracts/shipping-erasure.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { eraseOrders } from '../erase-orders.ts'

/** Privacy says what has to go: it goes, but for what something under way needs, and the answer says which is which. */
export async function onErasureDue(
  trx: Transaction<Database>,
  deps: Deps,
  { erasureId, orderIds, keeps }: ErasureDue['data'],
) {
  const data = await eraseOrders(trx, deps, { erasureId, orderIds, keeps })
  const fact: ShipmentDataErased = { type: 'ShipmentDataErased', data }
  const at = Temporal.Instant.from(data.erasedAt)
  await insertOutbox(trx, 'shipping', [{ aggregateId: erasureId, version: 1, fact, at }])
}
