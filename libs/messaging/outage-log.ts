import { setTimeout as sleep } from 'node:timers/promises'

/** The part of a pino logger that messaging uses. */
export type Log = Record<'info' | 'warn' | 'error', (details: object, message: string) => void> & {
  /** Whether an error is part of an outage that is told by itself. */
  covers?: (error: unknown) => boolean
}

/**
 * Says once that something fails and once that it works again, however often it is tried in between, and by however
 * many parties: they tell themselves apart by `who`.
 */
export function createOutageLog(log: Log, what: string) {
  const troubled = new Set<string>()
  let since = 0
  return {
    begin(error: unknown, who = '') {
      if (log.covers?.(error)) return
      if (troubled.size === 0) {
        since = performance.now()
        log.warn({ err: error, outage: what, who }, `${what}: trouble, trying again`)
      }
      troubled.add(who)
    },
    end(who = '') {
      if (troubled.delete(who) && troubled.size === 0) {
        log.info({ lastedMs: Math.round(performance.now() - since) }, `${what}: works again`)
      }
    },
  }
}

/** Waits, but no longer than until the signal. */
export const pause = (ms: number, signal: AbortSignal) =>
  sleep(ms, undefined, { signal }).catch(() => {
    // Woken early: the caller looks at the signal.
  })
