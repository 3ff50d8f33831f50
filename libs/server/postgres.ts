import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ColumnType, Kysely, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import pg from 'pg'

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

const MAX_NAMED_STATEMENTS = 500
const CONNECT_TIMEOUT_MS = 10_000
/** Whoever waits longer for a row than this is told to come again (SQLSTATE 55P03) rather than holding up others. */
const LOCK_TIMEOUT_MS = 10_000
const names = new Map<string, string>()

/** The same name for the same SQL, so that PostgreSQL parses and plans it once per connection. Bounded. */
export function statementName(text: string) {
  let name = names.get(text)
  if (name === undefined && names.size < MAX_NAMED_STATEMENTS) {
    name = `s${names.size + 1}`
    names.set(text, name)
  }
  return name
}

type Log = { error(details: object, message: string): void }

/**
 * A pool that turns every parameterised query into a named prepared statement, which halves PostgreSQL's work on the
 * hot path, and that outlives an idle connection which the server closes.
 */
export function createPool(connectionString: string, { max = 8, log }: { max?: number; log?: Log } = {}) {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    types,
  })
  pool.on('error', (error) => log?.error({ err: error }, 'an idle database connection was lost'))
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    const named = (text: unknown, values?: unknown, ...rest: unknown[]) => {
      const name =
        typeof text === 'string' && Array.isArray(values) && values.length > 0 ? statementName(text) : undefined
      return name === undefined ? query(text, values, ...rest) : query({ name, text, values }, ...rest)
    }
    client.query = named as typeof client.query
    client.on('error', (error) => log?.error({ err: error }, 'a database connection was lost'))
  })
  return pool
}

/** JSON goes in as text and comes out as a value: the driver would turn an array into a PostgreSQL array. */
export type Json<T> = ColumnType<T, string, string>

/** What an optional value is written as into a column of JSON. */
export const jsonOrNull = (value: unknown) => (value === undefined ? null : JSON.stringify(value))

/** Kysely over a pool. The pool is closed by whoever made it. */
export const createDatabase = <Tables>(pool: pg.Pool) => new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

/**
 * Runs the `.sql` files of the folders that have not run yet, in the order of their names, each in a transaction.
 * Throws with the file's name when one fails; several instances may call it at once.
 */
export async function migrate(db: Kysely<never>, folders: string[]) {
  const files = (
    await Promise.all(folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))))
  )
    .flat()
    .filter((file) => file.endsWith('.sql'))
  const migrations = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8')
      return [file.split('/').at(-1)!, { up: async (trx: Kysely<unknown>) => void (await sql.raw(text).execute(trx)) }]
    }),
  )
  // A library's folder grows on its own: its next file may sort before those that a service has run.
  const provider = { getMigrations: async () => Object.fromEntries(migrations) }
  const migrator = new Migrator({ db, provider, allowUnorderedMigrations: true })
  const { error, results } = await migrator.migrateToLatest()
  if (error) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first one'
    throw new Error(`Migration failed (${failed}).`, { cause: error })
  }
}
