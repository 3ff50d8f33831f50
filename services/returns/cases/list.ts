import { countedOf } from '@vilkar/server/counted.ts'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

/** All the SQL that looks through the cases of all orders. */

/** What is asked for. `q` is the number of an order, a name or an e-mail address as the order has it, or the tracking number of a parcel to or from the customer. Days are ISO 8601. */
export type CaseQuery = {
  status?: 'open' | 'closed'
  kind?: 'withdrawal' | 'voluntary-return' | 'complaint' | 'loss' | 'payout' | 'override' | 'exchange'
  dueBefore?: string
  assignee?: string
  /** Today: refunds that are decided and not known to be paid, and those not decided whose last day is here, or is the next. */
  unpaidOn?: string
  q?: string
  /** Of this order. */
  orderId?: string
  /** A word that the case or its order is tagged with. */
  tag?: string
  /** The last case of the page before, by its id. */
  after?: string
  limit?: number
}

export const MAX_LISTED = 100

/** The tags of what a column names. */
const words = (about: string) => sql`array(select word from tag where about = ${sql.ref(about)} order by word)`
/** Cases with a tag, of their own or of their order. */
const tagged = (tag: string) =>
  sql<boolean>`exists (select from tag where word = ${tag} and about in (return_case.id, return_case.order_id))`

const listed = (db: Kysely<Database>) =>
  db
    .selectFrom('return_case')
    .leftJoin('order_facts', 'order_facts.order_id', 'return_case.order_id')
    .select([
      ...(['id', 'return_case.order_id', 'kind', 'status', 'awaits', 'awaits_since', 'owed', 'assignee'] as const),
      ...(['opened_at', 'closed_at', 'number'] as const),
      sql<string | null>`to_char(due_on, 'YYYY-MM-DD')`.as('due_on'),
      sql<string | null>`to_char(pay_by, 'YYYY-MM-DD')`.as('pay_by'),
      sql<string | null>`facts #>> '{terms,edition}'`.as('edition'),
      sql<string | null>`facts ->> 'currency'`.as('currency'),
      sql<string[]>`${words('return_case.id')}`.as('tags'),
      sql<string[]>`${words('return_case.order_id')}`.as('order_tags'),
    ])
export type ListedCase = Awaited<ReturnType<ReturnType<typeof listed>['executeTakeFirstOrThrow']>>

export const readCase = (db: Kysely<Database>, id: string): Promise<ListedCase | undefined> =>
  listed(db).where('id', '=', id).executeTakeFirst()

/** By which day a case is due; what has none comes last. The indexes of lists begin with it. */
const DUE = sql`coalesce(due_on, 'infinity'::date)`

/** What stands behind a case in their order, or nothing where there is no such case. */
const behind = (id: string) => sql<boolean>`(${DUE}, opened_at, return_case.id) >
  (select ${DUE}, opened_at, id from return_case where id = ${id})`

/** Refunds that are owed, decided or not; written out, so that it is known to be the condition of their index. */
const OWED = sql<boolean>`(awaits in ('payment', 'refund') or pay_by is not null)`
/** Decided and not known to be paid. */
const UNPAID = sql<boolean>`awaits in ('payment', 'refund')`
/** Not decided though nothing may be waited for any more. The version before decides without taking the day away. */
export const UNDECIDED = sql<boolean>`(pay_by is not null and owed is null and closed_at is null)`

/** A page of the cases that are asked for, those that are due first before all others; `next` where there are more. */
export async function findCases(db: Kysely<Database>, { limit = MAX_LISTED, ...query }: CaseQuery) {
  const found = await casesAsked(db, query)
    .limit(limit + 1)
    .execute()
  const page = found.slice(0, limit)
  return { page, next: found.length > limit ? page.at(-1)!.id : undefined }
}

/** The cases that are asked for, in their order. */
export const casesAsked = (
  db: Kysely<Database>,
  { status, kind, dueBefore, assignee, unpaidOn, q, orderId, tag, after }: Omit<CaseQuery, 'limit'>,
) =>
  listed(db)
    .$if(status === 'open', (query) => query.where('closed_at', 'is', null))
    .$if(status === 'closed', (query) => query.where('closed_at', 'is not', null))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
    .$if(dueBefore !== undefined, (query) => query.where('due_on', '<', dueBefore!))
    .$if(assignee !== undefined, (query) => query.where('assignee', '=', assignee!))
    .$if(unpaidOn !== undefined, (query) =>
      query.where(OWED).where(sql<boolean>`(${UNPAID} or ${UNDECIDED} and pay_by <= ${unpaidOn}::date + 1)`),
    )
    .$if(orderId !== undefined, (query) => query.where('return_case.order_id', '=', orderId!))
    .$if(q !== undefined, (query) =>
      query.where(
        // Of orders that are found first: the planner thinks of thousands of them, and would go through all open cases instead.
        sql<boolean>`return_case.order_id = any (array(
          select order_id from order_facts where number = upper(${q})
          union all select order_id from order_facts where lower(personal ->> 'email') = lower(${q})
          union all select order_id from order_facts where lower(personal ->> 'name') = lower(${q})
          union all select order_id from order_event where upper(tracking_number) = upper(${q})
          union all select order_id from return where upper(state #>> '{proof,trackingNumber}') = upper(${q})))`,
      ),
    )
    .$if(tag !== undefined, (query) => query.where(tagged(tag!)))
    .$if(after !== undefined, (query) => query.where(behind(after!)))
    .orderBy(DUE)
    .orderBy('opened_at')
    .orderBy('return_case.id')

/** How many refunds are to be paid, of one assignee or with one tag where such is named, and of how many a day (ISO 8601) finds the last one over. */
export const refundsCounted = (
  db: Kysely<Database>,
  { today, ...which }: Pick<CaseQuery, 'assignee' | 'tag'> & { today: string },
) =>
  countedOf(
    sql`(${casesAsked(db, { ...which, unpaidOn: today })
      .clearSelect()
      .clearOrderBy()
      .select(['due_on', 'pay_by'])}) refund`,
    sql`coalesce(pay_by, due_on) < ${today}::date`,
  )

/** Refunds that are not decided or not known to be paid though their last day is over, and for which no person was called. */
export async function refundsOverdue(db: Kysely<Database>, today: string, limit: number) {
  return listed(db)
    .where(OWED)
    .where(sql<boolean>`(${UNPAID} and due_on < ${today} or ${UNDECIDED} and pay_by < ${today})`)
    .where(
      sql<boolean>`not exists (
        select from alarm where about = return_case.id::text and alarm.kind = 'refund-overdue' and resolved_at is null)`,
    )
    .orderBy('due_on')
    .limit(limit)
    .execute()
}

/** Open alarms about refunds that are not late any more: paid now, or nothing is owed. */
export async function refundsPaid(db: Kysely<Database>) {
  const { rows } = await sql<{ id: string; paid: boolean }>`
    select alarm.id, exists (select from return_case where return_case.id::text = alarm.about and owed > 0) as paid
    from alarm where resolved_at is null and kind = 'refund-overdue' and not exists (
      select from return_case where return_case.id::text = alarm.about and (${UNPAID} or ${UNDECIDED})
    )`.execute(db)
  return rows
}

/** How cases of a kind fare: how many are open, past their day, and closed since then, and the days that those took. */
export type CaseFigures = {
  kind: NonNullable<CaseQuery['kind']>
  open: number
  overdue: number
  closed: number
  days_p50: number | null
  days_p95: number | null
}

/**
 * How they fare: those closed since a moment (RFC 3339), or none of those where no moment is named, and open ones by a day (ISO 8601); of one
 * assignee or with one tag where such is named.
 */
export async function caseFigures(
  db: Kysely<Database>,
  { today, since, assignee, tag }: { today: string; since?: string; assignee?: string; tag?: string },
) {
  const counted = since === undefined ? sql`closed_at is null` : sql`(closed_at is null or closed_at > ${since})`
  const theirs = assignee === undefined ? sql`true` : sql`assignee = ${assignee}`
  const which = tag === undefined ? sql`true` : tagged(tag)
  const days = sql`extract(epoch from closed_at - opened_at) / 86400`
  const { rows } = await sql<CaseFigures>`
    select kind, count(*) filter (where closed_at is null)::int as open,
      count(*) filter (where closed_at is null and due_on < ${today}::date)::int as overdue,
      count(*) filter (where closed_at is not null)::int as closed,
      (percentile_cont(0.5) within group (order by ${days}) filter (where closed_at is not null))::float8 as days_p50,
      (percentile_cont(0.95) within group (order by ${days}) filter (where closed_at is not null))::float8 as days_p95
    from return_case where ${counted} and ${theirs} and ${which} group by kind order by kind`.execute(db)
  return rows
}
