import type { OrderDataErased } from '@vilkar/contracts/orders-erasure.ts'
import type { Kept } from '@vilkar/contracts/privacy.ts'
import type { MessagingTables } from '@vilkar/messaging/tables.ts'
import type { Transaction } from 'kysely'
import { erase } from './erase.ts'
import { noteErased } from './erased-orders.ts'
import type { Holding, Ids } from './places.ts'

/** What a holder answers: of which orders all is gone, of which not yet, and what went. */
export type Answer = Omit<OrderDataErased['data'], 'postponed'> & { postponed: Postponed[] }
export type Postponed = { orderId: string; why: 'order-open' | 'case-open' | 'money-open' }

/** How a service carries out an erasure: whose data it may not erase yet, which it locks, and by which ids the others are known. */
export type Holder<Tables> = {
  holding: Holding
  underWay: (trx: Transaction<Tables>, orderIds: string[]) => Promise<Postponed[]>
  idsOf: (trx: Transaction<Tables>, orderIds: string[]) => Promise<Ids>
}

/** Erases what a service holds of these orders, but for those with something under way. Twice does no harm, and counts nothing. */
export async function carryOut<Tables extends MessagingTables>(
  trx: Transaction<Tables>,
  { holding, underWay, idsOf }: Holder<Tables>,
  { erasureId, orderIds, keeps }: { erasureId: string; orderIds: string[]; keeps: Kept[] },
  at: string,
): Promise<Answer> {
  const postponed = await underWay(trx, orderIds)
  const waits = new Set(postponed.map(({ orderId }) => orderId))
  const erased = orderIds.filter((id) => !waits.has(id))
  const counts = await erase(trx, holding, await idsOf(trx, erased), { keeps, at })
  // Of an order that stays, what is said from now on is heard as before.
  if (!keeps.includes('order')) await noteErased(trx, { erasureId, orderIds: erased, keeps, at })
  return { erasureId, erased, postponed, counts, erasedAt: at }
}
