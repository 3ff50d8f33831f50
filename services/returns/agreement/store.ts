import type { Stored } from '@vilkar/decider/command-handler.ts'
import type { Kysely, Transaction } from 'kysely'
import type { AgreementPersonal, Database } from '../database.ts'
import type { RecordedAgreement } from './state.ts'

/** All the SQL of the table `agreement`. Rows are only ever added: the database refuses to change one. */

export type StoredAgreement = Stored<RecordedAgreement, AgreementPersonal>

const columns = ['id', 'version', 'state', 'personal'] as const

export const readAgreement = (db: Kysely<Database>, id: string): Promise<StoredAgreement | undefined> =>
  db.selectFrom('agreement').select(columns).where('id', '=', id).executeTakeFirst()

/** Those of an order, in the order in which they were recorded. */
export const agreementsOf = (db: Kysely<Database>, orderId: string): Promise<StoredAgreement[]> =>
  db.selectFrom('agreement').select(columns).where('order_id', '=', orderId).orderBy('recorded_at').execute()

/** The caller has the order locked, under which agreements are recorded. */
export const loadAgreement = (trx: Transaction<Database>, id: string) =>
  readAgreement(trx, id) as Promise<StoredAgreement | undefined>

export async function saveAgreement(trx: Transaction<Database>, { id, version, state, personal }: StoredAgreement) {
  const row = { id, order_id: state.orderId, version, recorded_at: state.recordedAt }
  await trx
    .insertInto('agreement')
    .values({ ...row, state: JSON.stringify(state), personal: JSON.stringify(personal) })
    .execute()
}
