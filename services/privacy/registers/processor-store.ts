import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { ProcessorFacts } from './processors.ts'

/** All the SQL of `processor`. */

export type ProcessorRow = {
  id: string
  controller: string
  facts: ProcessorFacts
  since: string
  until: string | null
}
const MAX_LISTED = 500
const columns = [
  ...(['id', 'controller', 'facts'] as const),
  sql<string>`since::text`.as('since'),
  sql<string | null>`until::text`.as('until'),
] as const

export const processorsOf = (db: Kysely<Database>, controller: string): Promise<ProcessorRow[]> =>
  db
    .selectFrom('processor')
    .select(columns)
    .where('controller', '=', controller)
    .orderBy('since')
    .orderBy('id')
    .limit(MAX_LISTED)
    .execute()

/** Writes a processor down, or anew under its id; the controller stays. Undefined when the id is another controller's. */
export const saveProcessor = (
  trx: Transaction<Database>,
  { id, controller, facts, since, until, by }: ProcessorRow & { by: string },
): Promise<ProcessorRow | undefined> => {
  const row = { facts: JSON.stringify(facts), personal: JSON.stringify({ by }), since, until }
  return trx
    .insertInto('processor')
    .values({ id, controller, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row).where('processor.controller', '=', controller))
    .returning(columns)
    .executeTakeFirst()
}
