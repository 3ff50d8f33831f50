import type { Stored } from '@vilkar/decider/command-handler.ts'
import type { Kysely, Transaction } from 'kysely'
import type { Database, ReturnPersonal } from '../database.ts'
import { lockOrderOfReturn } from '../order-facts/store.ts'
import type { DeclaredReturn } from './state.ts'

/** All the SQL of the table `return`. */

export type StoredReturn = Stored<DeclaredReturn, ReturnPersonal>

const columns = ['id', 'version', 'state', 'personal'] as const

export const readReturn = (db: Kysely<Database>, id: string): Promise<StoredReturn | undefined> =>
  db.selectFrom('return').select(columns).where('id', '=', id).executeTakeFirst()

/** The returns of an order, oldest first. */
export const returnsOf = (db: Kysely<Database>, orderId: string): Promise<StoredReturn[]> =>
  db.selectFrom('return').select(columns).where('order_id', '=', orderId).orderBy('id').execute()

/** A return with its order, both locked: whoever changes a return changes what is known of its order too. */
export async function lockReturn(trx: Transaction<Database>, id: string): Promise<StoredReturn | undefined> {
  // A reaction may hold the order already, so it is always locked first.
  const order = await lockOrderOfReturn(trx, id)
  const stored = await trx.selectFrom('return').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
  // Rows of earlier releases lack their terms, which are those of the order.
  if (stored) stored.state.declared.terms ??= order!.facts.terms!
  return stored
}

export async function saveReturn(trx: Transaction<Database>, { id, version, state, personal }: StoredReturn) {
  const row = { version, status: state.status, state: JSON.stringify(state), personal: JSON.stringify(personal) }
  const { orderId, declaredAt } = state.declared
  await trx
    .insertInto('return')
    .values({ id, order_id: orderId, declared_at: declaredAt, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}
