/** The time, as everything in the house is told it. Tests and the local stack can move it; production cannot. */
export type Clock = {
  now(): Temporal.Instant
  /** Of a clock that can be moved: `look` is called at once after every move; what is answered ends that. */
  onMoved?(look: () => Promise<void>): () => void
}

/** The machine's clock, cut to whole milliseconds, as PostgreSQL and JSON keep them without loss. */
export const systemClock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) }

/** A clock that runs with the machine's but can be moved forward. */
export function createMovableClock(offsetMs = 0) {
  let offset = offsetMs
  const watchers = new Set<() => Promise<void>>()
  let looks: Promise<unknown> = Promise.resolve()
  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(Date.now() + offset),
    /** Moves the clock by a duration such as P15D or PT36H; days are 24 hours. Throws RangeError on years and months. */
    advance(duration: string) {
      const ms = Temporal.Duration.from(duration).total({ unit: 'milliseconds', relativeTo: undefined })
      if (ms < 0) throw new RangeError('The clock only moves forward.')
      offset += Math.round(ms)
      looks = Promise.all([...watchers].map((look) => look()))
      return this.now()
    },
    onMoved(look: () => Promise<void>) {
      watchers.add(look)
      return () => void watchers.delete(look)
    },
    /** Whoever watches the clock has looked since it was moved last. */
    looked: async () => void (await looks),
    offsetMs: () => offset,
  }
}
export type MovableClock = ReturnType<typeof createMovableClock>
