import { setTimeout as pause } from 'node:timers/promises'

/** With a customer waiting, longer than this is a refusal that says when to come back. */
const MAX_WAIT_MS = 2_000
/** Those who waited for the same moment come back spread over this. */
const JITTER_MS = 500

type Options = {
  perSecond: number
  /** How many may go at once after a rest; a second's worth unless given. */
  burst?: number
  /** A clock that never goes back, in milliseconds. */
  elapsedMs?(): number
  wait?(ms: number): Promise<unknown>
  /** From 0 to 1. */
  random?(): number
}

/**
 * Lets so many through each second, and no more: a token bucket, kept as the moment at which it will be full again
 * (the generic cell rate algorithm, ITU-T I.371).
 */
export function createRateLimit({ perSecond, burst = perSecond, ...options }: Options) {
  const { elapsedMs = () => performance.now(), wait = (ms: number) => pause(ms), random = Math.random } = options
  const intervalMs = 1_000 / perSecond
  let fullAt = Number.NEGATIVE_INFINITY
  let pausedUntil = Number.NEGATIVE_INFINITY

  return {
    /** Waits for its turn and gives 0; or, when that is too far off, gives at once how many milliseconds it is. */
    async take() {
      const now = elapsedMs()
      const open = pausedUntil > now ? pausedUntil + random() * JITTER_MS : now
      const turn = Math.max(open, fullAt - (burst - 1) * intervalMs)
      const delay = turn - now
      if (delay > MAX_WAIT_MS) return Math.ceil(delay)
      fullAt = Math.max(fullAt, turn) + intervalMs
      if (delay > 0) await wait(delay)
      return 0
    },
    /** Nobody goes for so many milliseconds: the other side said that it is too much. */
    pause(ms: number) {
      pausedUntil = Math.max(pausedUntil, elapsedMs() + ms)
    },
  }
}
export type RateLimit = ReturnType<typeof createRateLimit>
