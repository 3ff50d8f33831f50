import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'

/** Migrations of libraries have numbers below this, those of a service from here on; each of the two grows on its own. */
const FIRST_OF_SERVICES = 10

/**
 * Runs the `.sql` files of the folders that have not run yet, in the order of their names, each in a transaction.
 * Throws with the file's name when one fails; several instances may call it at once. What a newer version has run already is
 * let be (`laterThan`), so that this version can be started beside it.
 */
export async function migrate(db: Kysely<never>, folders: string[]): Promise<void> {
  const own = Object.fromEntries(await Promise.all((await filesOf(folders)).map(readMigration)))
  const later = laterThan(Object.keys(own), await namesOfRun(db))
  const done = Object.fromEntries(later.map((name) => [name, { up: async () => {} }]))
  // A library's folder grows on its own: its next file may sort before those that a service has run.
  const provider = { getMigrations: async () => ({ ...own, ...done }) }
  const migrator = new Migrator({ db, provider, allowUnorderedMigrations: true })
  const { error, results } = await migrator.migrateToLatest()
  if (error) {
    // A newer version may have migrated since we looked.
    if (laterThan(Object.keys(own), await namesOfRun(db)).length > later.length) return migrate(db, folders)
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first one'
    throw new Error(`Migration failed (${failed}).`, { cause: error })
  }
}

/** The files of the folders that have not run; undefined when all have. The role that runs a service may ask. */
export async function missingMigrations(db: Kysely<never>, folders: string[]): Promise<string | undefined> {
  const run = new Set(await namesOfRun(db))
  const missing = (await filesOf(folders)).map((file) => basename(file)).filter((name) => !run.has(name))
  return missing.length === 0 ? undefined : missing.join(', ')
}

async function filesOf(folders: string[]) {
  const lists = folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name)))
  return (await Promise.all(lists)).flat().filter((file) => file.endsWith('.sql'))
}

async function readMigration(file: string): Promise<[string, Migration]> {
  const text = await readFile(file, 'utf8')
  return [basename(file), { up: async (trx) => void (await sql.raw(text).execute(trx)) }]
}

async function namesOfRun(db: Kysely<never>) {
  const { rows: made } = await sql`select where to_regclass('kysely_migration') is not null`.execute(db)
  if (made.length === 0) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

/**
 * The migrations that have run and that this version does not know, which must be later than its own last ones: a newer version
 * has only added what this one can leave alone (docs/how-to/migration.md). Throws when one of them is not later, since then the
 * database is another service's, or a file was renamed or deleted.
 */
export function laterThan(own: string[], run: string[]) {
  const last = (library: boolean) => Math.max(-1, ...own.map(numberOf).filter((n) => n < FIRST_OF_SERVICES === library))
  const unknown = run.filter((name) => !own.includes(name))
  const strange = unknown.filter((name) => !(numberOf(name) > last(numberOf(name) < FIRST_OF_SERVICES)))
  if (strange.length === 0) return unknown
  throw new Error(
    `The database has run migrations that this version does not know, and that are not later than its own: ${strange.join(', ')}. It is the database of another service, or a migration that has run was renamed or deleted. Nothing was changed.`,
  )
}

/** NaN of a name without a number, which is later than nothing. After 009 of a library comes 009.1, since services begin with 010. */
const numberOf = (name: string) => Number.parseFloat(name)
