import type { Stored } from '@vilkar/decider/command-handler.ts'
import type { Kysely, Transaction } from 'kysely'
import { saveCase } from '../cases/store.ts'
import type { Database, OverridePersonal } from '../database.ts'
import type { OpenOverride } from './state.ts'

/** All the SQL of the table `override`. */

export type StoredOverride = Stored<OpenOverride, OverridePersonal>

const columns = ['id', 'version', 'state', 'personal'] as const

export const readOverride = (db: Kysely<Database>, id: string): Promise<StoredOverride | undefined> =>
  db.selectFrom('override').select(columns).where('id', '=', id).executeTakeFirst()

/** Those of an order, in the order in which they were proposed. */
export const overridesOf = (db: Kysely<Database>, orderId: string): Promise<StoredOverride[]> =>
  db
    .selectFrom('override')
    .select(columns)
    .where('order_id', '=', orderId)
    .orderBy('proposed_at')
    .orderBy('id')
    .execute()

/** One, locked until the transaction ends; its order is locked first. */
export const lockOverride = (trx: Transaction<Database>, id: string) =>
  trx.selectFrom('override').select(columns).where('id', '=', id).forUpdate().executeTakeFirst() as Promise<
    StoredOverride | undefined
  >

/** A second person has two days before somebody is called. */
const PATIENCE = 'P2D'

export async function saveOverride(trx: Transaction<Database>, { id, version, state, personal }: StoredOverride) {
  const { orderId, proposedAt, answerBy } = state.proposed
  const row = { version, state: JSON.stringify(state), personal: JSON.stringify(personal) }
  await trx
    .insertInto('override')
    .values({ id, order_id: orderId, proposed_at: proposedAt, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  const { status, decided, declined } = state
  await saveCase(trx, {
    ...{ id, orderId, kind: 'override', status, openedAt: proposedAt },
    ...(status === 'proposed' && { waits: { awaits: 'override', since: proposedAt, patience: PATIENCE } }),
    ...{ dueOn: answerBy, closedAt: decided?.decidedAt ?? declined?.declinedAt },
  })
}
