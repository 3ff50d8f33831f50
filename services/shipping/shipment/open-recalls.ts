import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { type Recall, recallIn, type Scope } from './recalled.ts'

/** The recalls, not over, of the products of a shipment: units of theirs are not to leave. */
export async function openRecallsOf(db: Kysely<Database>, shipmentId: string): Promise<Recall[]> {
  const { rows } = await sql<{ id: string; sku: string; scope: Scope }>`
    select id, sku, scope from recall where ended_at is null and sku in (
      select line ->> 'sku' from shipment, jsonb_array_elements(state #> '{requested,lines}') line where id = ${shipmentId})
    order by id`.execute(db)
  return rows.map(recallIn)
}
