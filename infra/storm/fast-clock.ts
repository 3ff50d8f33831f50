import { type Clock, systemClock } from '@vilkar/server/clock.ts'

/** How many times as fast as the machine's clock the storm's runs: a minute of the shop is a second of ours. */
export const SPEED = 60

/** A clock that was right at the start and runs fast since; two processes with the same start agree. */
export function createFastClock(startedAtMs: number): Clock {
  return {
    now: () => {
      const passed = systemClock.now().epochMilliseconds - startedAtMs
      return Temporal.Instant.fromEpochMilliseconds(startedAtMs + passed * SPEED)
    },
  }
}

/** A clock that can be moved ahead of another, for whom alone days pass once all is quiet. Whoever watches it has looked when `advance` is over. */
export function createAheadClock(clock: Clock) {
  let aheadMs = 0
  const watchers = new Set<() => Promise<void>>()
  return {
    now: () => clock.now().add({ milliseconds: aheadMs }),
    onMoved(look: () => Promise<void>) {
      watchers.add(look)
      return () => void watchers.delete(look)
    },
    async advance(hours: number) {
      aheadMs += hours * 3_600_000
      await Promise.all([...watchers].map((look) => look()))
    },
  }
}
