import { setTimeout as pause } from 'node:timers/promises'

const LOOK_EVERY_MS = 1_000

type Log = { warn(details: object, message: string): void }

/**
 * Looks again and again whether there is something to do, one look at a time, with a pause after each. A look that fails
 * is logged with `complaint` and does not end the watch. `stop` lets the look at hand end and waits for it.
 */
export function startWatcher({
  look,
  log,
  complaint,
  everyMs = LOOK_EVERY_MS,
}: {
  look: () => Promise<unknown>
  log: Log
  complaint: string
  /** The pause between two looks, and before the first. */
  everyMs?: number
}) {
  const stopping = new AbortController()
  const { signal } = stopping
  async function watch() {
    for (;;) {
      await pause(everyMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      try {
        await look()
      } catch (error) {
        log.warn({ err: error }, complaint)
      }
    }
  }
  const watching = watch()
  return {
    stop: () => {
      stopping.abort()
      return watching
    },
  }
}
export type Watcher = ReturnType<typeof startWatcher>
