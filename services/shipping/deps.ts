import type { PhotoStore } from '@vilkar/photos/store.ts'
import type { Clock } from '@vilkar/server/clock.ts'
import type { Log } from '@vilkar/server/log.ts'
import type { SignedLinks } from '@vilkar/server/signed-links.ts'
import type { Together } from '@vilkar/server/together.ts'
import type { Kysely } from 'kysely'
import type { Carriers } from './carriers/carriers.ts'
import type { Database } from './database.ts'
import type { ReturnFreight } from './return-freight/port.ts'

/** All that the shipping service works with, as one argument. */
export type Deps = {
  db: Kysely<Database>
  clock: Clock
  log: Log
  /** Lossy hint after a commit: there may be events to publish. */
  wake: (trx?: object) => void
  /** A transaction that may be one with others of the moment, for what comes often. */
  together: Together<Database>
  /** Whether webhooks may go to http and inner addresses. */
  insecureWebhooks: boolean
  /** The carriers that this shop hears. */
  carriers: Carriers
  /** The carrier that takes parcels back; undefined in a shop that has no agreement with any. */
  returnFreight?: ReturnFreight
  /** Where pictures are kept; undefined in a shop that keeps none. */
  photoStore: PhotoStore | undefined
  /** What addresses of pictures are signed with and begin with; without them pictures have none. */
  links?: SignedLinks
  /** So often in a minute one address may ask by signed links to orders. */
  settings: { linkRequestsPerMinute: number }
  publicUrl?: string
  /** The storefront's page on which customers see an order and withdraw; undefined in a shop that has none. */
  orderPageUrl?: string
}
