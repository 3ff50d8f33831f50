import { transact } from '@vilkar/server/transact.ts'
import type { Deps } from '../deps.ts'
import type { Statement } from './statement.ts'
import { keepStatement } from './store.ts'

/** How long whoever keeps a statement and answers it at once has for that, before the watcher takes it up. */
const ANSWERED_WITHIN = 'PT10S'

/**
 * Keeps a statement, in a transaction of its own: whatever fails after this, it was made. Kept by the same id it is the same
 * statement. `answeredBy` says who answers it: whoever keeps it does so next, or the watcher does.
 */
export const keep = (deps: Pick<Deps, 'db' | 'wake'>, statement: Statement, answeredBy: 'keeper' | 'watcher') =>
  transact(deps, (trx) =>
    keepStatement(
      trx,
      statement,
      answeredBy === 'watcher'
        ? statement.recordedAt
        : Temporal.Instant.from(statement.recordedAt).add(ANSWERED_WITHIN).toString(),
    ),
  )
