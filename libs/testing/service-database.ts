import { SERVICE_ROLE } from '@vilkar/server/roles.ts'
import pg from 'pg'
import { administer } from './embedded-postgres.ts'

/** The role that owns the tables of a service and migrates; the one that runs it is named like the database. */
export const ownerOf = (name: string) => `${name}_owner`

const LOCK = 7_270_012

/**
 * A database for a service as in production: one role owns its tables, another runs it, and nobody else may enter. One
 * that was made when a single role did both is changed over, with all that is in it. `urlOf` gives the superuser's URL
 * of a database. Answers whether there was none.
 */
export async function makeServiceDatabase(urlOf: (database: string) => string, name: string, password = 'postgres') {
  const admin = urlOf('postgres')
  const isThere = async (question: string) => {
    const client = new pg.Client({ connectionString: admin })
    await client.connect()
    return ((await client.query(question).finally(() => client.end())).rowCount ?? 0) > 0
  }
  const isNew = !(await isThere(`select from pg_database where datname = '${name}'`))
  if (await isThere(`select from pg_roles where rolname = '${ownerOf(name)}'`)) return isNew
  await administer(
    admin,
    // Several may do this at once on one server; the lock ends with the connection.
    `select pg_advisory_lock(${LOCK})`,
    `do $$ begin create role ${SERVICE_ROLE}; exception when duplicate_object or unique_violation then null; end $$`,
    `create role ${ownerOf(name)} login password '${password}'`,
    ...(isNew ? [`create role ${name} login password '${password}'`] : []),
    `grant ${SERVICE_ROLE} to ${name}`,
    isNew ? `create database ${name} owner ${ownerOf(name)}` : `alter database ${name} owner to ${ownerOf(name)}`,
    `revoke all on database ${name}, postgres, template1 from public`,
    `grant connect on database ${name} to ${name}`,
  )
  if (!isNew) await administer(urlOf(name), `reassign owned by ${name} to ${ownerOf(name)}`)
  return isNew
}
