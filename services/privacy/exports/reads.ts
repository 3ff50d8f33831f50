import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

/** What stands of a person in tables of other rooms, read as an export shows it. */

type Db = Kysely<Database>
const instant = (moment: string) => Temporal.Instant.from(moment).toString()

/** What the person asked, and what came of it. Not what the staff wrote among themselves. */
export async function requestsOf(db: Db, controller: PolicyId, keys: readonly string[]) {
  const rows = await db
    .selectFrom('request')
    .select(['id', 'kind', 'channel', 'status', 'answered_at', 'personal'])
    .select(sql<string>`received_on::text`.as('receivedOn'))
    .where('controller', '=', controller)
    .where('subjects', '&&', sql<string[]>`${keys}::text[]`)
    .orderBy('recorded_at')
    .execute()
  return rows.map(({ id, kind, channel, status, answered_at, receivedOn, personal: { words, answer } }) => ({
    ...{ id, kind, channel, status, receivedOn },
    ...(answered_at !== null && { answeredAt: instant(answered_at) }),
    ...(words !== undefined && { words }),
    ...(answer !== undefined && { answer }),
  }))
}

/** The kind of a request, whose it is and in which language: what an export of it is made by. Undefined when there is none. */
export const requestFor = (db: Db, id: string) =>
  db
    .selectFrom('request')
    .select(['id', 'controller', 'kind', 'subjects', 'status', 'state'])
    .where('id', '=', id)
    .executeTakeFirst()

/** By which sales the person is an existing customer (markedsføringsloven § 15). */
export async function salesOf(db: Db, keys: readonly string[]) {
  const rows = await db
    .selectFrom('sale')
    .select(['order_id', 'placed_at', 'opt_out_offered'])
    .where('subject', '=', sql<string>`any(${keys}::text[])`)
    .orderBy('placed_at')
    .execute()
  return rows.map(({ order_id, placed_at, opt_out_offered }) => ({
    ...{ orderId: order_id, placedAt: instant(placed_at), optOutOffered: opt_out_offered },
  }))
}
