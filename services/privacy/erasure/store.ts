import type { Stored } from '@vilkar/decider/command-handler.ts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { AskedErasure, ErasurePersonal } from './state.ts'

/** All the SQL of `erasure`. */

export type StoredErasure = Stored<AskedErasure, ErasurePersonal>
const columns = ['id', 'version', 'state', 'personal'] as const

/** The erasure, if there is one; who asks for one under the same id waits until the transaction ends, either way. */
export async function lockErasure(trx: Transaction<Database>, id: string): Promise<StoredErasure | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`.execute(trx)
  return readErasure(trx, id)
}

export const readErasure = (db: Kysely<Database>, id: string): Promise<StoredErasure | undefined> =>
  db.selectFrom('erasure').select(columns).where('id', '=', id).executeTakeFirst()

export async function saveErasure(trx: Transaction<Database>, { id, version, state, personal }: StoredErasure) {
  const { controller, askedAt, answerBy } = state
  const said = { state: JSON.stringify(state), personal: JSON.stringify(personal) }
  await trx
    .insertInto('erasure')
    .values({ id, controller, version, ...said, asked_at: askedAt, answer_by: answerBy })
    .execute()
}
