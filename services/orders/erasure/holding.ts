import type { Holding, Ids, Reach } from '@vilkar/personal-data/places.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { personalData } from '../personal-data.ts'

const ofOrder: Reach = ({ orders }) => sql`order_id = any(${orders}::uuid[])`
const isAbout =
  (column: string): Reach =>
  ({ about }) =>
    sql`${sql.ref(column)} = any(${about}::uuid[])`

/** Alarms about an order, or about a case, mail or statement of it. */
const aboutIt: Reach = ({ orders, about }) => sql`order_id = any(${orders}::uuid[]) or about = any(${about}::text[])`

/** Answers that name an order in their text. */
const namesOrder: Reach = ({ orders }) =>
  sql`exists (select from unnest(${orders}::text[]) each (id) where strpos(body, id) > 0)`

/** How the rows of each table are reached from orders. */
export const holding: Holding = {
  map: personalData,
  reaches: {
    refusal: isAbout('aggregate_id'),
    mail: isAbout('about_id'),
    alarm: aboutIt,
    orders: ({ orders }) => sql`id = any(${orders}::uuid[])`,
    price_offer: ofOrder,
    quote: ofOrder,
    idempotency: namesOrder,
    payment_session: ofOrder,
    money_operation: ofOrder,
    operation_decision: ({ about }) => sql`operation_id = any(${about}::uuid[]) or session_id = any(${about}::uuid[])`,
    ledger_entry: ofOrder,
    payout: ofOrder,
    sales_document: ofOrder,
  },
}

/** All ids by which these orders are known here: in mails, jobs, refusals and payments. */
export async function idsOf(db: Kysely<Database>, orders: string[]): Promise<Ids> {
  const { rows } = await sql<{ id: string }>`
    select id from payment_session where order_id = any(${orders}::uuid[])
    union all select id from money_operation where order_id = any(${orders}::uuid[])
    union all select id from mail where about_id = any(${orders}::uuid[])`.execute(db)
  return { orders, about: [...orders, ...rows.map(({ id }) => id)] }
}
