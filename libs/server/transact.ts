import type { Kysely, Transaction } from 'kysely'
import { repeatIfStale } from './statements.ts'

/**
 * A transaction, and the hint after it that there may be events to publish and jobs to run. What it throws is rolled back whole.
 * `work` runs once more when a migration that ran beside it made its statements stale.
 */
export async function transact<Tables, Result>(
  { db, wake }: { db: Kysely<Tables>; wake: (trx?: object) => void },
  work: (trx: Transaction<Tables>) => Promise<Result>,
) {
  let committed: object | undefined
  const result = await repeatIfStale(() =>
    db.transaction().execute((trx) => {
      committed = trx
      return work(trx)
    }),
  )
  wake(committed)
  return result
}
