import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import { repeatIfStale } from './statements.ts'

/** SQLSTATE of a transaction that PostgreSQL ended since it and others waited for each other. */
export const DEADLOCK = '40P01'
const MAX_TRIES = 4
const GIVE_WAY_MS = 20

/**
 * A transaction, and the hint after it that there may be events to publish and jobs to run. What it throws is rolled back whole.
 * `work` runs once more when a migration that ran beside it made its statements stale, and when it had to give way in a deadlock:
 * events of several orders are applied in one transaction, and two of those may have the same orders in another order.
 */
export async function transact<Tables, Result>(
  { db, wake }: { db: Kysely<Tables>; wake: (trx?: object) => void },
  work: (trx: Transaction<Tables>) => Promise<Result>,
) {
  let committed: object | undefined
  const result = await repeatIfDeadlocked(() =>
    repeatIfStale(() =>
      db.transaction().execute((trx) => {
        committed = trx
        return work(trx)
      }),
    ),
  )
  wake(committed)
  return result
}

async function repeatIfDeadlocked<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1)
    try {
      return await run()
    } catch (error) {
      if ((error as { code?: unknown } | null)?.code !== DEADLOCK || tries === MAX_TRIES) throw error
      // Those who went on are to be through with it.
      await pause(tries * GIVE_WAY_MS)
    }
}
