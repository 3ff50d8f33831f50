import { setTimeout as pause } from 'node:timers/promises'
import { isDatabaseLost } from '@vilkar/messaging/database-loss.ts'

const LOOK_EVERY_MS = 1_000

type Log = Record<'info' | 'warn', (details: object, message: string) => void>

/**
 * Says once that the database is not there, and once that it is back, however many notice. `covers` tells of an error whether that is
 * what it means: then it is said, and whoever would say it need not.
 */
export function createDatabaseOutage(log: Log, look: () => Promise<unknown>, everyMs = LOOK_EVERY_MS) {
  const stopping = new AbortController()
  const { signal } = stopping
  let since: number | undefined

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
      return
    }
  }

  return {
    covers(error: unknown) {
      if (!isDatabaseLost(error)) return false
      if (since === undefined && !signal.aborted) {
        since = performance.now()
        log.warn({ reason: (error as Error).message }, 'database: trouble, trying again')
        void watch()
      }
      return true
    },
    stop: () => stopping.abort(),
  }
}
