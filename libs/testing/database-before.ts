import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate } from '@vilkar/server/migrate.ts'
import { commonMigrations } from '@vilkar/server/migrations.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { asOwner, freshDatabase } from './database.ts'

/** A database of a service's `migrations` as it was before the one of that number, and what brings it to today. */
export async function databaseBefore(migrations: URL, number: string) {
  const folder = fileURLToPath(migrations)
  const before = await mkdtemp(join(tmpdir(), 'vilkar-before-'))
  try {
    for (const name of (await readdir(folder)).filter((each) => each < number))
      await cp(join(folder, name), join(before, name))
    const pool = createPool(asOwner(await freshDatabase(...commonMigrations, before)))
    const db = createDatabase<never>(pool)
    return { db, migrateToNow: () => migrate(db, [...commonMigrations, folder]), close: () => pool.end() }
  } finally {
    await rm(before, { recursive: true })
  }
}
