import type { PhotoStore } from '@vilkar/photos/store.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import type { Jobs } from '@vilkar/server/jobs.ts'
import type { Log } from '@vilkar/server/log.ts'
import type { SignedLinks } from '@vilkar/server/signed-links.ts'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { Settings } from './config.ts'
import type { Database } from './database.ts'

/** All that the returns service works with, as one argument. */
export type Deps = {
  db: Kysely<Database>
  /** For the one read that must cost as little as its row. */
  pool: pg.Pool
  clock: Clock
  jobs: Jobs
  log: Log
  links: SignedLinks
  settings: Settings
  /** Whether webhooks may go to http and inner addresses; they may not, if left out. */
  insecureWebhooks?: boolean
  /** Where pictures are kept; undefined in a shop that keeps none. */
  photoStore: PhotoStore | undefined
  /** Lossy hint after a commit: there may be events to publish and jobs to run. */
  wake: (trx?: object) => void
}
