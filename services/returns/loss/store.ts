import type { Stored } from '@vilkar/decider/command-handler.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Kysely, Transaction } from 'kysely'
import { saveCase } from '../cases/store.ts'
import type { Database } from '../database.ts'
import { lockOrderOfCase } from '../order-facts/store.ts'
import type { DecidedLoss } from './state.ts'

/** All the SQL of the table `loss`. */

export type StoredLoss = Stored<DecidedLoss, object>

const columns = ['id', 'version', 'state', 'personal'] as const

export const readLoss = (db: Kysely<Database>, id: string): Promise<StoredLoss | undefined> =>
  db.selectFrom('loss').select(columns).where('id', '=', id).executeTakeFirst()

/** Those of an order that were decided, oldest first. */
export const lossesOf = (db: Kysely<Database>, orderId: string): Promise<StoredLoss[]> =>
  db.selectFrom('loss').select(columns).where('order_id', '=', orderId).orderBy('id').execute()

/** One with its order, both locked: whoever changes it changes what is known of its order too. */
export async function lockLoss(trx: Transaction<Database>, id: string) {
  await lockOrderOfCase(trx, id)
  const one = trx.selectFrom('loss').select(columns).where('id', '=', id)
  return (await one.forUpdate().executeTakeFirst()) as StoredLoss | undefined
}

/** The rest of the order is heard at once; by then a person sees that it was not. */
const HEARD_WITHIN = 'P2D'

/** A loss that is not decided yet is a case that waits for its refund, from the customer's choice on. */
export const openCase = (trx: Transaction<Database>, id: string, orderId: string, settledAt: string) =>
  saveCase(trx, {
    ...{ id, orderId, kind: 'loss', status: 'settled', openedAt: settledAt },
    waits: { awaits: 'refund', since: settledAt },
    dueOn: osloDay(Temporal.Instant.from(settledAt)).add(HEARD_WITHIN).toString(),
  })

export async function saveLoss(trx: Transaction<Database>, { id, version, state, personal }: StoredLoss) {
  const { orderId, status, refund, closed } = state
  const row = { version, state: JSON.stringify(state), personal: JSON.stringify(personal) }
  await trx
    .insertInto('loss')
    .values({ id, order_id: orderId, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await saveCase(trx, {
    ...{ id, orderId, kind: 'loss', status, openedAt: refund.decidedAt },
    ...{ owed: refund.amount, refundDecidedAt: refund.decidedAt, dueOn: refund.dueOn },
    ...(closed ? { closedAt: closed.closedAt } : { waits: { awaits: 'refund', since: refund.decidedAt } }),
  })
}
