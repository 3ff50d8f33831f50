import type { ReturnWrittenSince } from '@vilkar/contracts/returns-erasure.ts'
import { insertOutbox } from '@vilkar/messaging/outbox/outbox.ts'
import { keptOfErased } from '@vilkar/personal-data/erased-orders.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import { lockOrder } from './store.ts'

/**
 * Tells that something is written down of an order, in the transaction that writes it, where personal data of the order were erased and no
 * other event tells of it: privacy has it erased again (decision 62). Under the lock that an erasure takes, so that none goes by unseen;
 * of an order that was not erased nothing is told.
 */
export async function tellWriting(trx: Transaction<Database>, orderId: string, at: Temporal.Instant) {
  await lockOrder(trx, orderId)
  if ((await keptOfErased<Database>(trx, orderId)) === undefined) return
  const data = { writingId: uuidv7(), orderId, writtenAt: at.toString() }
  const fact: ReturnWrittenSince = { type: 'ReturnWrittenSince', data }
  await insertOutbox(trx, 'returns', [{ aggregateId: data.writingId, version: 1, fact, at }])
}
