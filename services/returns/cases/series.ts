import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { CaseQuery } from './list.ts'

/** The day of a moment in Norway. */
const dayOf = (moment: string) => sql.raw(`(${moment} at time zone 'Europe/Oslo')::date`)

/** So many refunds were paid so many days after they were decided; `late` of them after their last day. */
export type PaidAfter = { days: number; paid: number; late: number }

/** How many days lay between the decision of a refund and its payment, of those paid on a day (ISO 8601) or since. */
export async function refundDays(db: Kysely<Database>, since: string) {
  // Only of cases of before is the moment in no column. Materialized, so that it is taken out of a state once.
  const { rows } = await sql<PaidAfter>`
    with refund as materialized (
      select closed_at, due_on, coalesce(refund_decided_at, (
        select state #>> '{refund,decidedAt}' from (
          select id, state from return union all select id, state from voluntary_return
          union all select id, state from complaint union all select id, state from loss) decided
        where decided.id = return_case.id)::timestamptz) as decided_at
      from return_case where closed_at >= ${since}::date::timestamp at time zone 'Europe/Oslo' and owed > 0)
    select ${dayOf('closed_at')} - ${dayOf('decided_at')} as days, count(*)::int as paid,
      count(*) filter (where ${dayOf('closed_at')} > due_on)::int as late
    from refund where decided_at is not null group by 1 order by 1`.execute(db)
  return rows
}

export type OpenOn = { kind: NonNullable<CaseQuery['kind']>; day: string; open: number }

/** The hour of a moment. Days in Norway begin with an hour, and many cases share one, so that of few moments the day is looked for. */
const hourOf = (moment: string) => sql.raw(`date_bin('1 hour', ${moment}, timestamptz '2000-01-01 00:00Z')`)

/**
 * How many cases of each kind were open at the end of each day of a span, ISO 8601. Counted from those that are open and those that were
 * closed within it: what was closed before counts in no day.
 */
export async function openByDay(db: Kysely<Database>, { from, to }: { from: string; to: string }): Promise<OpenOn[]> {
  const { rows } = await sql<OpenOn>`
    with hourly as (
      select kind, ${hourOf('opened_at')} as at, count(*) as more
      from return_case where closed_at is null or closed_at >= ${from}::date::timestamp at time zone 'Europe/Oslo' group by 1, 2
      union all
      select kind, ${hourOf('closed_at')}, -count(*)
      from return_case where closed_at >= ${from}::date::timestamp at time zone 'Europe/Oslo' group by 1, 2
    ), daily as (select kind, greatest(${dayOf('at')}, ${from}::date) as day, sum(more) as more from hourly group by 1, 2)
    select kind, to_char(day, 'YYYY-MM-DD') as day, more::int as open from daily order by kind, day`.execute(db)
  return [...Map.groupBy(rows, ({ kind }) => kind)].flatMap(([kind, changes]) => onEachDay(changes, { from, to }, kind))
}

/** By how many more were open on some days, how many were on every day of the span. */
function onEachDay(changes: readonly OpenOn[], { from, to }: { from: string; to: string }, kind: OpenOn['kind']) {
  const more = new Map(changes.map(({ day, open }) => [day, open]))
  const { days: last } = Temporal.PlainDate.from(from).until(to)
  let open = 0
  return Array.from({ length: last + 1 }, (_, n): OpenOn => {
    const day = Temporal.PlainDate.from(from).add({ days: n }).toString()
    open += more.get(day) ?? 0
    return { kind, day, open }
  })
}
