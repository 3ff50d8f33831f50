import type { Stored } from '@vilkar/decider/command-handler.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import type { Kysely, Transaction } from 'kysely'
import { saveCase } from '../cases/store.ts'
import type { Database } from '../database.ts'
import { WAITED_FOR_DAYS } from './legs.ts'
import type { AgreedExchange } from './state.ts'

/** All the SQL of the table `exchange`. */

export type StoredExchange = Stored<AgreedExchange, object>

const columns = ['id', 'version', 'state', 'personal'] as const

export const readExchange = (db: Kysely<Database>, id: string): Promise<StoredExchange | undefined> =>
  db.selectFrom('exchange').select(columns).where('id', '=', id).executeTakeFirst()

export const lockExchange = (trx: Transaction<Database>, id: string) =>
  trx.selectFrom('exchange').select(columns).where('id', '=', id).forUpdate().executeTakeFirst() as Promise<
    StoredExchange | undefined
  >

/** Those in which goods of the order go back, or which it is the new order of. */
export const exchangesOf = (db: Kysely<Database>, orderId: string): Promise<StoredExchange[]> =>
  db
    .selectFrom('exchange')
    .select(columns)
    .where((eb) => eb.or([eb('order_id', '=', orderId), eb('new_order_id', '=', orderId)]))
    .orderBy('id')
    .execute()

/** Another exchange that the return or the new order is part of already, by its id. */
export async function takenBy(trx: Kysely<Database>, of: { exchangeId: string; returnId: string; newOrderId: string }) {
  const found = await trx
    .selectFrom('exchange')
    .select('id')
    .where('id', '<>', of.exchangeId)
    .where((eb) => eb.or([eb('return_id', '=', of.returnId), eb('new_order_id', '=', of.newOrderId)]))
    .executeTakeFirst()
  return found?.id
}

/** Open exchanges that were looked at least lately, and that they are looked at now. */
export async function exchangesToLookAt(db: Kysely<Database>, before: string, now: string, limit: number) {
  const due = db
    .selectFrom('exchange')
    .select('id')
    .where('ended_at', 'is', null)
    .where('looked_at', '<=', before)
    .orderBy('looked_at')
    .limit(limit)
  const found = await db
    .updateTable('exchange')
    .set({ looked_at: now })
    .where('id', 'in', due)
    .returning('id')
    .execute()
  return found.map(({ id }) => id)
}

/** An exchange that has not ended by then waits for a new order that neither came nor ended: a person is called. */
const PATIENCE = 'P60D'

export async function saveExchange(trx: Transaction<Database>, { id, version, state, personal }: StoredExchange) {
  const { orderId, newOrderId, returnId, agreedAt } = state.agreed
  const row = {
    ...{ version, state: JSON.stringify(state), personal: JSON.stringify(personal) },
    ended_at: state.ended?.endedAt ?? null,
  }
  await trx
    .insertInto('exchange')
    .values({ id, order_id: orderId, new_order_id: newOrderId, return_id: returnId, looked_at: agreedAt, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  await saveCase(trx, {
    ...{ id, orderId, kind: 'exchange', status: state.status, openedAt: agreedAt, closedAt: state.ended?.endedAt },
    ...(state.ended === undefined && { waits: { awaits: 'exchange', since: agreedAt, patience: PATIENCE } }),
    dueOn: osloDay(Temporal.Instant.from(agreedAt)).add({ days: WAITED_FOR_DAYS }).toString(),
  })
}
