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
