import { fileURLToPath } from 'node:url'
import { migrate } from './migrate.ts'
import { commonMigrations } from './migrations.ts'
import { createDatabase, createPool } from './postgres.ts'
import { grantToService } from './roles.ts'

/** The folders of all migrations of a service whose own are in `migrations`. */
export const foldersOf = (migrations: URL) => [...commonMigrations, fileURLToPath(migrations)]

/** Migrates as the role that owns the tables, and lets the role that runs the service use them. */
export async function migrateAsOwner(ownerUrl: string, folders: string[]) {
  const pool = createPool(ownerUrl, { max: 1, unhurried: true })
  try {
    const db = createDatabase<never>(pool)
    await migrate(db, folders)
    await grantToService(db)
  } finally {
    await pool.end()
  }
}
