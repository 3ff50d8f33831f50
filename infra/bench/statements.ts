import { administer } from '@vilkar/testing/embedded-postgres.ts'
import type pg from 'pg'

/** What has PostgreSQL count its statements. */
export const COUNTING = [
  'shared_preload_libraries=pg_stat_statements',
  'pg_stat_statements.track=top',
  'pg_stat_statements.track_planning=on',
]

/** How often an order had a statement carried out and planned, and what each cost PostgreSQL itself, in milliseconds. */
export type Counted = {
  database: string
  perOrder: number
  msPerOrder: number
  plansPerOrder: number
  planMsPerOrder: number
  statement: string
}

/** Counts statements from `begin` on; the pool is one of any database of the server. */
export async function createStatementCount(pool: pg.Pool, url: string) {
  await administer(url, 'create extension if not exists pg_stat_statements')
  return {
    begin: () => pool.query('select pg_stat_statements_reset()'),
    /** The statements since, the most frequent first. */
    async countedFor(orders: number): Promise<Counted[]> {
      const { rows } = await pool.query<Counted>(
        `select datname as database, round(calls::numeric / $1, 2)::float8 as "perOrder",
           round((total_exec_time::numeric) / $1, 3)::float8 as "msPerOrder",
           round(plans::numeric / $1, 2)::float8 as "plansPerOrder",
           round((total_plan_time::numeric) / $1, 3)::float8 as "planMsPerOrder",
           regexp_replace(query, '\\s+', ' ', 'g') as statement
         from pg_stat_statements join pg_database on pg_database.oid = dbid
         where calls >= $1::int / 10 order by calls desc`,
        [orders],
      )
      return rows
    },
  }
}
