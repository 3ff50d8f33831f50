/** What is said again within this time of the last is counted instead: longer than jobs wait between two tries (five minutes), or each try would end it. */
const QUIET_MS = 330_000
/** Of more different lines at once, the oldest is forgotten. */
const MAX_KNOWN = 200

type Known = { since: number; last: number; repeated: number; timer: NodeJS.Timeout }

/**
 * Lines of trouble that say the same again and again: the first is written, what follows is counted, and when it has not been said
 * for a while `over` is told how often and how long. What was said once has no end.
 */
export function createRepeats(
  over: (message: string, told: { repeated: number; lastedMs: number }) => void,
  quietMs = QUIET_MS,
) {
  const known = new Map<string, Known>()

  function end(key: string, message: string) {
    const { since, last, repeated } = known.get(key)!
    known.delete(key)
    if (repeated > 0) over(message, { repeated, lastedMs: Math.round(last - since) })
  }

  /** Whether this was said just now. */
  return function isRepeated(message: string, reason: string) {
    const key = `${message}\n${reason}`
    const now = performance.now()
    const before = known.get(key)
    if (before) {
      before.repeated += 1
      before.last = now
      before.timer.refresh()
      return true
    }
    if (known.size >= MAX_KNOWN) {
      const [oldest] = known.keys()
      clearTimeout(known.get(oldest!)!.timer)
      known.delete(oldest!)
    }
    known.set(key, { since: now, last: now, repeated: 0, timer: setTimeout(end, quietMs, key, message).unref() })
    return false
  }
}
