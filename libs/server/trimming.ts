import { REDELIVERED_FOR_DAYS } from '@vilkar/messaging/retention.ts'
import type { MessagingTables } from '@vilkar/messaging/tables.ts'
import type { Gauge } from '@vilkar/metrics/gauge.ts'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Clock } from './clock.ts'
import type { Log } from './log.ts'
import { startWatcher } from './watcher.ts'

/** A look is bounded: no statement takes long, and what is left is the next look's. */
const LOOK_EVERY_MS = 60_000
const ROWS_AT_ONCE = 1_000
const STATEMENTS_PER_LOOK = 20

/**
 * Rows of a table that have an end. `remove` takes the oldest of those from before a moment by an index, at most so many, without
 * waiting for rows that others have locked (`for update skip locked`, so that several processes trim at once), and answers the moment
 * of each as `at`. `oldest` answers that of the oldest row that is to go some day.
 */
export type Trim = {
  table: string
  /** Whole days for which rows are kept; left out, for as long as KEEP_FOR says. */
  days?: number
  /** Whose moments the rows have: those of the database itself, or those that the service was told. */
  clock: 'database' | 'service'
  remove: (before: RawBuilder<unknown>, most: number) => RawBuilder<{ at: string }>
  oldest: RawBuilder<{ at: string }>
}

type Trimming = { db: unknown; clock: Clock; log: Log; trims: readonly Trim[]; keepFor: string }

/**
 * The days of an ISO 8601 duration. Throws when they are fewer than an event may be delivered again for: a row of the inbox goes
 * only when its event has gone everywhere else (decision 36).
 */
export function daysKept(keepFor: string) {
  const { days } = Temporal.Duration.from(keepFor)
  if (days < REDELIVERED_FOR_DAYS)
    throw new Error(
      `KEEP_FOR is ${keepFor}, and must be at least P${REDELIVERED_FOR_DAYS}D: an event may be delivered again for so long.`,
    )
  return days
}

const nowOf = ({ clock }: Trim, now: string) => (clock === 'service' ? sql`${now}::timestamptz` : sql`now()`)
const beforeOf = (trim: Trim, now: string, days: number) =>
  sql`(${nowOf(trim, now)} - ${trim.days ?? days}::int * interval '1 day')`

/**
 * One look: of every table what has had its time goes, in statements of a thousand rows that each stand alone. Answers how many rows
 * of each went. What cannot be removed keeps no other table from being trimmed; the first such error is thrown in the end.
 */
export async function trim({ db, clock, trims, keepFor }: Omit<Trimming, 'log'>) {
  const days = daysKept(keepFor)
  const now = clock.now().toString()
  const removed: Record<string, number> = {}
  const errors: unknown[] = []
  for (const one of trims) {
    removed[one.table] = 0
    try {
      for (let n = 0; n < STATEMENTS_PER_LOOK; n += 1) {
        const gone = await removeSome(db as Kysely<MessagingTables>, one, beforeOf(one, now, days))
        removed[one.table]! += gone
        if (gone < ROWS_AT_ONCE) break
      }
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
  return removed
}

/** Removes and notes it in one statement: the note is true whatever happens in between. */
async function removeSome(db: Kysely<MessagingTables>, { table, remove }: Trim, before: RawBuilder<unknown>) {
  const { rows } = await sql<{ removed: number }>`
    with gone as (${remove(before, ROWS_AT_ONCE)}),
    sum as (select count(*)::int as removed, max(at) as newest_at from gone),
    noted as (
      insert into trimmed (what, removed, newest_at)
      select ${table}, removed, newest_at from sum where removed > 0
      on conflict (what) do update set
        removed = trimmed.removed + excluded.removed, newest_at = greatest(trimmed.newest_at, excluded.newest_at))
    select removed from sum`.execute(db)
  return rows[0]!.removed
}

/** Trims for as long as the service runs. */
export const startTrimming = ({ log, everyMs = LOOK_EVERY_MS, ...trimming }: Trimming & { everyMs?: number }) =>
  startWatcher({
    look: () => trim(trimming),
    log,
    clock: trimming.clock,
    complaint: 'what has had its time could not be trimmed',
    everyMs,
  })

/** What was trimmed of each table, how old its oldest row that has an end is, and for how long that should have been gone. */
export const trimmingGauge = (trims: readonly Trim[], keepFor: string): Gauge => ({
  figures: [
    { column: 'removed', name: 'vilkar_trimmed_rows', help: 'Rows that had their time and were removed or emptied.' },
    {
      column: 'age',
      name: 'vilkar_trimming_oldest_seconds',
      help: 'Age of the oldest row that has an end, in seconds.',
    },
    {
      column: 'overdue',
      name: 'vilkar_trimming_overdue_seconds',
      help: 'For how long the oldest row should have been gone, in seconds.',
    },
  ],
  labels: ['table'],
  find: (now) => {
    const days = daysKept(keepFor)
    const each = trims.map(
      (one) => sql`
        select ${one.table}::text as "table", coalesce((select removed from trimmed where what = ${one.table}), 0) as removed,
          greatest(0, extract(epoch from ${nowOf(one, now)} - oldest.at))::float8 as age,
          greatest(0, extract(epoch from ${beforeOf(one, now, days)} - oldest.at))::float8 as overdue
        from (select 1) always left join lateral (${one.oldest}) oldest on true`,
    )
    return sql`${sql.join(each, sql` union all `)}`
  },
})
