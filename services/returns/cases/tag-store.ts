import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'

/** All the SQL of the table `tag`: short words by which the staff finds orders and cases again. */

/** A word about an order or a case: `about` is its id. `taggedAt` is RFC 3339, `taggedBy` the subject of who said it. */
export type Tag = { about: string; word: string; orderId: string; taggedAt: string; taggedBy: string }

/** Adds a word; one that was said before stays as it was. */
export const addTag = (trx: Transaction<Database>, { about, word, orderId, taggedAt, taggedBy }: Tag) =>
  trx
    .insertInto('tag')
    .values({ about, word, order_id: orderId, tagged_at: taggedAt, tagged_by: taggedBy })
    .onConflict((conflict) => conflict.doNothing())
    .execute()

export const removeTag = (trx: Transaction<Database>, about: string, word: string) =>
  trx.deleteFrom('tag').where('about', '=', about).where('word', '=', word).execute()

/** The words about an order or a case, by the alphabet. */
export async function tagsOf(db: Kysely<Database>, about: string) {
  const tags = db.selectFrom('tag').select(['word', 'tagged_at', 'tagged_by']).where('about', '=', about)
  const found = await tags.orderBy('word').execute()
  return found.map(({ word, tagged_at, tagged_by }) => ({
    ...{ word, taggedAt: Temporal.Instant.from(tagged_at).toString(), taggedBy: tagged_by },
  }))
}

/** The words in use, those of most orders first: of how many orders and of how many cases each is. */
export async function tagsInUse(db: Kysely<Database>, limit: number) {
  const { rows } = await sql<{ word: string; orders: number; cases: number }>`
    select word, count(*) filter (where about = order_id)::int as orders,
      count(*) filter (where about <> order_id)::int as cases
    from tag group by word order by count(*) desc, word limit ${limit}`.execute(db)
  return rows
}

/** Orders with a word, of their own or of a case, by their ids; `after` is the last of the page before. */
export async function ordersTagged(
  db: Kysely<Database>,
  { word, after, limit }: { word: string; after?: string; limit: number },
) {
  const { rows } = await sql<{ order_id: string; number: string | null }>`
    select order_id, number from (
      select distinct order_id from tag
      where word = ${word} and ${after === undefined ? sql`true` : sql`order_id > ${after}`}
      order by order_id limit ${limit + 1}
    ) tagged left join order_facts using (order_id) order by order_id`.execute(db)
  const page = rows.slice(0, limit)
  return {
    items: page.map(({ order_id, number }) => ({ orderId: order_id, number: number ?? undefined })),
    next: rows.length > limit ? page.at(-1)!.order_id : undefined,
  }
}
