import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import type { Kysely } from 'kysely'
import { said } from './said.ts'

/** The services that keep something of each order, and the one that has the log. */
export const HOLDERS = ['orders', 'shipping', 'returns'] as const
export type Holder = (typeof HOLDERS)[number]
export const DATABASES = [...HOLDERS, 'privacy'] as const
export type Database = (typeof DATABASES)[number]

/** Which variable has the URL of a service's database, as the role that runs the service or the one that owns its tables. */
export const variableOf = (name: Database) => `${name.toUpperCase()}_DATABASE_URL`

/** The databases that the environment names; to be closed. Throws what to say when it names none. */
export function openDatabases(environment: NodeJS.ProcessEnv) {
  const pools = DATABASES.flatMap((name) => {
    const url = environment[variableOf(name)]
    if (url === undefined || url === '') return []
    if (!/^postgres(ql)?:\/\//.test(url)) throw said(`${variableOf(name)} is no URL of PostgreSQL.`)
    return [[name, createPool(url, { max: 2 })] as const]
  })
  if (pools.length === 0)
    throw said(`No database is named: set ${DATABASES.map(variableOf).join(', ')}, or those that there are.`)
  const all = new Map(pools.map(([name, pool]) => [name, createDatabase<never>(pool)]))
  return {
    names: [...all.keys()],
    /** The database of a service, as that service's own code takes it. */
    of: <Tables>(name: Database) => all.get(name) as Kysely<Tables> | undefined,
    end: async () => void (await Promise.all(pools.map(([, pool]) => pool.end()))),
  }
}
export type Databases = ReturnType<typeof openDatabases>
