import type { Clock } from '@vilkar/server/clock.ts'

/** A clock that stands still until it is set; whoever watches it has looked when `set` is over. Moments are milliseconds. */
export function createStandingClock(begins: number) {
  let now = begins
  const watchers = new Set<() => Promise<void>>()
  const clock: Clock = {
    now: () => Temporal.Instant.fromEpochMilliseconds(now),
    onMoved(look) {
      watchers.add(look)
      return () => void watchers.delete(look)
    },
  }
  async function set(at: number) {
    if (at < now) throw new RangeError('The clock only moves forward.')
    now = at
    await Promise.all([...watchers].map((look) => look()))
  }
  return { clock, set, at: () => now }
}
