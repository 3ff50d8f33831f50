import type { Envelope, ServiceName } from '@vilkar/contracts/event.ts'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import type { FailPoint } from '../fail-point.ts'
import type { Log } from '../outage-log.ts'
import type { Progress } from '../progress.ts'
import type { MessagingTables } from '../tables.ts'
import type { Wire } from '../wire/wire.ts'
import type { React } from './batch.ts'

export type InboxOptions<Tables extends MessagingTables> = {
  pool: pg.Pool
  /** Kysely over that pool. */
  db: Kysely<Tables>
  wire: Wire
  service: ServiceName
  listensTo: ServiceName[]
  /** Acts on an event in the transaction that notes it as applied. What it throws makes the event wait and try again. */
  react: React<Tables>
  /** Throws when an event is not what its contract says. */
  check?: (envelope: Envelope) => void
  /** Called after events were applied, with their transaction: reactions may have told something or asked for jobs. */
  afterCommit?: (trx?: object) => void
  log: Log
  maxAttempts?: number
  /** The pause after the first failed attempt; it doubles, up to four hours. */
  retryMs?: number
  leaseMs?: number
  /** After how long without the broker the partitions are given to others. */
  deafMs?: number
  failPoint?: FailPoint
  progress?: Progress
}

/** What events are applied with. */
export type ApplyOptions<Tables extends MessagingTables> = Required<
  Omit<InboxOptions<Tables>, 'pool' | 'wire' | 'service' | 'listensTo' | 'leaseMs' | 'deafMs' | 'progress'>
> & {
  /** Called when an event was stored that waits for its turn, or for its next try. */
  onWaiting: () => void
}
