import type { OrderDataErased } from '@vilkar/contracts/orders-erasure.ts'
import type { ErasureDue } from '@vilkar/contracts/privacy.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import type { Deps, Trx } from '../../deps.ts'
import { eraseOrders } from '../erase-orders.ts'

/** Privacy says what has to go: it goes, but for what something under way needs, and the answer says which is which. */
export async function onErasureDue(trx: Trx, deps: Deps, { erasureId, orderIds, keeps }: ErasureDue['data']) {
  const data = await eraseOrders(trx, deps, { erasureId, orderIds, keeps })
  const fact: OrderDataErased = { type: 'OrderDataErased', data }
  const at = Temporal.Instant.from(data.erasedAt)
  await insertOutbox(trx, 'orders', [{ aggregateId: erasureId, version: 1, fact, at }])
}
