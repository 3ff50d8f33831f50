import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** All the SQL of `disclosure`. */

/** To whom what was given and on which ground, in the words of the staff; `whyNot` people were not told before. */
export type DisclosurePersonal = { by: string; to: string; what: string; ground: string; whyNot?: string }
export type DisclosureRow = {
  id: string
  controller: string
  disclosedAt: string
  toldBefore: boolean
  personal: DisclosurePersonal
}
const columns = [
  ...(['id', 'controller', 'personal'] as const),
  sql<string>`to_char(disclosed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`.as('disclosedAt'),
  sql<boolean>`told_before`.as('toldBefore'),
] as const
const MAX_LISTED = 500

/** Writes one down, once under its id, and answers what stands there. */
export async function insertDisclosure(trx: Transaction<Database>, row: DisclosureRow): Promise<DisclosureRow> {
  const { id, controller, disclosedAt: disclosed_at, toldBefore: told_before, personal } = row
  await trx
    .insertInto('disclosure')
    .values({ id, controller, disclosed_at, told_before, personal: JSON.stringify(personal) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return trx.selectFrom('disclosure').select(columns).where('id', '=', id).executeTakeFirstOrThrow()
}

/** Those of a controller, the newest first. */
export const disclosuresOf = (db: Kysely<Database>, controller: string): Promise<DisclosureRow[]> =>
  db
    .selectFrom('disclosure')
    .select(columns)
    .where('controller', '=', controller)
    .orderBy('disclosed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MAX_LISTED)
    .execute()
