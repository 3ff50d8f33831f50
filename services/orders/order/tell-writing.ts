import type { OrderWrittenSince } from '@vilkar/contracts/orders-erasure.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import { keptOfErased } from '@vilkar/personal-data/erased-orders.ts'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import type { Trx } from '../deps.ts'
import { lockOrder } from './handle.ts'

/**
 * Tells that something is written down of an order, in the transaction that writes it, where personal data of the order were erased and no
 * other event tells of it: privacy has it erased again (decision 62). Under the lock that an erasure takes, so that none goes by unseen;
 * of an order that was not erased nothing is told.
 */
export async function tellWriting(trx: Trx, orderId: string, at: Temporal.Instant) {
  await lockOrder(trx, orderId)
  if ((await keptOfErased<Database>(trx, orderId)) === undefined) return
  const data = { writingId: uuidv7(), orderId, writtenAt: at.toString() }
  const fact: OrderWrittenSince = { type: 'OrderWrittenSince', data }
  await insertOutbox(trx, 'orders', [{ aggregateId: data.writingId, version: 1, fact, at }])
}
