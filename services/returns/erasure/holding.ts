import type { Holding, Ids, Reach } from '@vilkar/personal-data/places.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { personalData } from '../personal-data.ts'

const ofOrder: Reach = ({ orders }) => sql`order_id = any(${orders}::uuid[])`
const isAbout =
  (column: string): Reach =>
  ({ about }) =>
    sql`${sql.ref(column)} = any(${about}::uuid[])`

const TABLES_OF_ORDER = [
  ...['order_facts', 'return', 'return_case', 'case_note', 'tag', 'complaint', 'voluntary_return', 'override'],
  ...['payout', 'agreement', 'return_label', 'parcel_back', 'goods_received', 'order_event'],
]

/** What people said, showed and were written of returns and complaints. What was agreed is of the order, and what was paid of the accounts. */
const TABLES_OF_CASES = [
  ...[
    'return',
    'case_note',
    'tag',
    'complaint',
    'voluntary_return',
    'override',
    'return_label',
    'goods_received',
    'photo',
  ],
  ...['statement', 'statement_answer', 'mail', 'refusal'],
]
const ABOUT_NO_CASE = /^(Agreement|Payout|ReturnDataErased)/
const eventsOfCases = [...new Set(Object.keys(personalData.eventFields).map((field) => field.split('.')[0]!))]

/** How the rows of each table are reached from orders. */
export const holding: Holding = {
  map: personalData,
  ofCases: { tables: TABLES_OF_CASES, events: eventsOfCases.filter((event) => !ABOUT_NO_CASE.test(event)) },
  reaches: {
    ...Object.fromEntries(TABLES_OF_ORDER.map((table) => [table, ofOrder])),
    alarm: ({ orders, about }) => sql`order_id = any(${orders}::uuid[]) or about = any(${about}::text[])`,
    refusal: isAbout('aggregate_id'),
    mail: isAbout('about_id'),
    photo: ({ orders, about }) => sql`order_id = any(${orders}::uuid[]) or case_id = any(${about}::uuid[])`,
    statement: isAbout('id'),
    statement_answer: isAbout('statement_id'),
  },
}

/**
 * All ids by which these orders are known here: of cases of every kind, labels, statements and mails. What was said by the address of an
 * order, of no order that anybody found, and set aside, is of that person too.
 */
export async function idsOf(db: Kysely<Database>, orders: string[]): Promise<Ids> {
  const ids = sql`any(${orders}::uuid[])`
  const { rows } = await sql<{ id: string }>`
    select id from return_case where order_id = ${ids}
    union select id from return where order_id = ${ids}
    union select id from voluntary_return where order_id = ${ids}
    union select id from complaint where order_id = ${ids}
    union select id from loss where order_id = ${ids}
    union select id from override where order_id = ${ids}
    union select id from payout where order_id = ${ids}
    union select id from agreement where order_id = ${ids}
    union select id from exchange where order_id = ${ids}
    union select id from return_label where order_id = ${ids}
    union select id from statement where order_id = ${ids}
    union select statement_id from statement_answer where order_id = ${ids}
    union select statement.id from statement join statement_answer answer on answer.statement_id = statement.id
      join order_facts on lower(order_facts.personal ->> 'email') = lower(statement.personal ->> 'email')
      where order_facts.order_id = ${ids} and statement.order_id is null and answer.order_id is null
        and answer.status = 'set-aside'`.execute(db)
  const about = [...orders, ...rows.map(({ id }) => id)]
  const { rows: mails } = await sql<{ id: string }>`
    select id from mail where about_id = any(${about}::uuid[])`.execute(db)
  return { orders, about: [...about, ...mails.map(({ id }) => id)] }
}
