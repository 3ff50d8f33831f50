import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { type Breach, type BreachPersonal, owed } from './breach.ts'

/** All the SQL of `breach`. */

export type StoredBreach = { id: string; state: Breach; personal: BreachPersonal }
const columns = ['id', 'state', 'personal'] as const
const MAX_LISTED = 200

/** A breach, if there is one; whoever says something of the same waits until the transaction ends. */
export async function lockBreach(trx: Transaction<Database>, id: string): Promise<StoredBreach | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`.execute(trx)
  return readBreach(trx, id)
}

export const readBreach = (db: Kysely<Database>, id: string): Promise<StoredBreach | undefined> =>
  db.selectFrom('breach').select(columns).where('id', '=', id).executeTakeFirst()

/** The open ones first, each the newest first. */
export const listBreaches = (db: Kysely<Database>): Promise<StoredBreach[]> =>
  db
    .selectFrom('breach')
    .select(columns)
    .orderBy('closed_at', (by) => by.desc().nullsFirst())
    .orderBy('found_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MAX_LISTED)
    .execute()

export async function saveBreach(trx: Transaction<Database>, { id, state, personal }: StoredBreach) {
  const row = {
    ...{ state: JSON.stringify(state), personal: JSON.stringify(personal) },
    authority_by: owed(state, personal).authorityBy?.toString() ?? null,
    ...{ reported_at: state.reportedAt ?? null, closed_at: state.closedAt ?? null },
  }
  await trx
    .insertInto('breach')
    .values({ id, controller: state.controller, found_at: state.foundAt, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}
