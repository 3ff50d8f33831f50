import type { Clock } from '@vilkar/server/clock.ts'
import type { Log } from '@vilkar/server/log.ts'
import type { Kysely } from 'kysely'
import type { Brevo } from './consent/brevo/api.ts'
import type { Consents } from './consent/consents.ts'
import type { Database } from './database.ts'
import type { Holders } from './exports/holders.ts'
import type { SubjectKey } from './subjects/subject-key.ts'

/** All that the privacy service works with, as one argument. */
export type Deps = {
  db: Kysely<Database>
  clock: Clock
  log: Log
  consent: Consents
  /** Contacts at Brevo; left out where no account there is named. */
  brevo?: Brevo
  /** Our own services, asked for what they hold of a person who wants to see it. */
  holders: Holders
  /** Lossy hint after a commit: there may be events to publish. */
  wake: (trx?: object) => void
  /** What a person is known by: the keyed hash of an identifier. */
  subjectKey: SubjectKey
  /** Whether webhooks may go to http and inner addresses; they may not, if left out. */
  insecureWebhooks?: boolean
}
