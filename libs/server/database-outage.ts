import { setTimeout as pause } from 'node:timers/promises'
import { isDatabaseLost } from '@vilkar/messaging/database-loss.ts'
import { SESSION_LIMITS } from './postgres.ts'

const LOOK_EVERY_MS = 1_000
/** What was asked before the end is given up so long after it at most (`query_timeout`), and is no outage of its own. */
const LEFTOVERS_MS = SESSION_LIMITS.query_timeout + LOOK_EVERY_MS

type Log = Record<'info' | 'warn', (details: object, message: string) => void>

/**
 * Says once that the database is not there, and once that it is back, however many notice. `covers` tells of an error whether that is
 * what it means: then it is said, and whoever would say it need not.
 */
export function createDatabaseOutage(log: Log, look: () => Promise<unknown>, everyMs = LOOK_EVERY_MS) {
  const stopping = new AbortController()
  const { signal } = stopping
  let since: number | undefined
  let endedAt = Number.NEGATIVE_INFINITY

  async function watch() {
    while (!signal.aborted) {
      await pause(everyMs, undefined, { signal, ref: false }).catch(() => {})
      if (signal.aborted) return
      const isBack = await look().then(
        () => true,
        () => false,
      )
      if (!isBack) continue
      log.info({ lastedMs: Math.round(performance.now() - since!) }, 'database: works again')
      since = undefined
      endedAt = performance.now()
      return
    }
  }

  function begin(error: Error) {
    if (since !== undefined || signal.aborted) return
    since = performance.now()
    log.warn({ reason: error.message }, 'database: trouble, trying again')
    void watch()
  }

  return {
    covers(error: unknown) {
      if (!isDatabaseLost(error)) return false
      if (performance.now() - endedAt > LEFTOVERS_MS) begin(error as Error)
      else void look().catch(() => begin(error as Error))
      return true
    },
    stop: () => stopping.abort(),
  }
}
