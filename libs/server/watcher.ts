import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from './clock.ts'

const LOOK_EVERY_MS = 2_000

type Log = { warn(details: object, message: string): void }

/**
 * Looks again and again whether there is something to do, one look at a time, with a pause after each, which ends when `clock` is
 * moved. A look that fails is logged with `complaint` and does not end the watch. `stop` lets the look at hand end and waits for it.
 */
export function startWatcher({
  look,
  log,
  complaint,
  everyMs = LOOK_EVERY_MS,
  clock,
}: {
  look: () => Promise<unknown>
  log: Log
  complaint: string
  /** The pause between two looks, and before the first. */
  everyMs?: number
  /** What is looked for depends on its time. */
  clock?: Clock
}) {
  let stopped = false
  /** Somebody wants a look that begins after they said so. */
  let wanted: PromiseWithResolvers<void> | undefined
  let wake = () => {}
  async function rest() {
    if (stopped || wanted) return
    const waking = new AbortController()
    wake = () => waking.abort()
    await pause(everyMs, undefined, { signal: waking.signal }).catch(() => {})
  }
  async function watch() {
    for (;;) {
      await rest()
      const answering = wanted
      wanted = undefined
      try {
        if (!stopped) await look()
      } catch (error) {
        log.warn({ err: error }, complaint)
      }
      answering?.resolve()
      if (stopped) return
    }
  }
  const watching = watch()
  const forget = clock?.onMoved?.(() => {
    wanted ??= Promise.withResolvers()
    wake()
    return wanted.promise
  })
  return {
    stop: () => {
      stopped = true
      forget?.()
      wake()
      return watching.then(() => wanted?.resolve())
    },
  }
}
export type Watcher = ReturnType<typeof startWatcher>
