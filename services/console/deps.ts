import type { Clients } from '@vilkar/client/client.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import type { Log } from '@vilkar/server/log.ts'
import type { Kysely } from 'kysely'
import type { Config } from './config.ts'
import type { Database } from './database.ts'

/** All that the console works with, as one argument. */
export type Deps = {
  db: Kysely<Database>
  config: Config
  clock: Clock
  log: Log
  /** The three services, asked with an access token; without one, only doors that are open to all answer. */
  clientsOf: (accessToken?: string) => Clients
}
