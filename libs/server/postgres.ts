import { noteLosses } from '@vilkar/messaging/database-loss.ts'
import { type ColumnType, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { namingStatements } from './statements.ts'

// How our pools read values. Money and counters fit a safe integer, and one that outgrows it must fail loudly, not round;
// moments and days stay text, which Temporal reads at the edge, so that a Date is never made.
const { INT8, TIMESTAMPTZ, DATE } = pg.types.builtins
const parsers: Record<number, (text: string) => unknown> = {
  [INT8]: (text) => {
    const value = Number(text)
    if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a safe integer`)
    return value
  },
  [TIMESTAMPTZ]: (text) => text,
  [DATE]: (text) => text,
}
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    parsers[oid] ?? (pg.types.getTypeParser(oid, format as 'text') as (text: string) => unknown),
} as pg.CustomTypesConfig

const CONNECT_TIMEOUT_MS = 10_000
/**
 * How long a session may keep others waiting, each longer than the one before: PostgreSQL ends a transaction whose process
 * fell silent, and lets its locks go, before those who wait for them give up (SQLSTATE 55P03); it ends a statement itself, so
 * that the connection lives on; and a database that says nothing at all is given up from here, with the connection to it.
 */
export const SESSION_LIMITS = {
  idle_in_transaction_session_timeout: 6_000,
  lock_timeout: 8_000,
  statement_timeout: 10_000,
  query_timeout: 12_000,
}
/** A migration may take its time; only a process that fell silent in the middle of one is ended. */
const MIGRATION_IDLE_TIMEOUT_MS = 60_000
/** A peer that is gone without a word is noticed by both sides, also where nothing is asked of it. */
const KEEP_ALIVE_AFTER_MS = 10_000
const SERVER_SIDE = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_user_timeout=7000'

type Log = { error(details: object, message: string): void }

type PoolOptions = {
  max?: number
  log?: Log
  /** Name statements, so that PostgreSQL plans them once per connection: for texts that are few and change no more. */
  named?: boolean
  /** For migrations, which may take long. */
  unhurried?: boolean
  /** Other limits than a service's own. */
  limits?: Partial<typeof SESSION_LIMITS>
  /** What sessions of this pool set otherwise than the server does. */
  settings?: Record<string, string>
}

/**
 * A pool that turns every parameterised query into a named prepared statement, which halves PostgreSQL's work on the
 * hot path, and that outlives an idle connection which the server closes. None of its waits is without an end.
 */
export function createPool(connectionString: string, options: PoolOptions = {}) {
  const { max = 8, log, named = true, unhurried = false, limits, settings } = options
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    options: [SERVER_SIDE, ...Object.entries(settings ?? {}).map(([name, value]) => `-c ${name}=${value}`)].join(' '),
    ...(unhurried ? { idle_in_transaction_session_timeout: MIGRATION_IDLE_TIMEOUT_MS } : SESSION_LIMITS),
    ...limits,
    types,
  })
  noteLosses(pool)
  pool.on('error', (error) => log?.error({ err: error }, 'an idle database connection was lost'))
  pool.on('connect', (client) => {
    const send = named ? namingStatements(client) : (client.query.bind(client) as (...args: unknown[]) => unknown)
    client.query = ((...args: unknown[]) => {
      const answer = send(...args)
      // Who is not answered in time would be given this connection again, and wait again.
      if (answer instanceof Promise) answer.catch((error) => isSilent(error) && abandon(client))
      return answer
    }) as typeof client.query
    client.on('error', (error) => log?.error({ err: error }, 'a database connection was lost'))
  })
  return pool
}

/** What `pg` says when `query_timeout` has passed; it has no code. */
const isSilent = (error: unknown) => error instanceof Error && error.message === 'Query read timeout'

/** Ends a connection without a word: its pool takes it back no more, and what hangs on it fails. */
function abandon(client: pg.PoolClient) {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } }
  ;(client as unknown as pg.Client).end().catch(() => {})
  connection.stream.destroy()
}

/**
 * Whether the way to the database broke, so that nobody knows what became of the statement; false for what the database said
 * of the statement itself. SQLSTATE classes 08 and 57P: connections lost, or ended by the server.
 */
export const isConnectionLost = (error: unknown) =>
  !(error instanceof pg.DatabaseError) || /^(08|57P)/.test(error.code ?? '')

/** JSON goes in as text and comes out as a value: the driver would turn an array into a PostgreSQL array. */
export type Json<T> = ColumnType<T, string, string>

/** What an optional value is written as into a column of JSON. */
export const jsonOrNull = (value: unknown) => (value === undefined ? null : JSON.stringify(value))

/** Kysely over a pool. The pool is closed by whoever made it. */
export const createDatabase = <Tables>(pool: pg.Pool) => new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
