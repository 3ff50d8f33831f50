/** By how much the clocks of two services, or of two processes of one, may differ. */
const CLOCK_SKEW = { minutes: 5 }

/**
 * When something happened that a service says happens now, and that follows from a `cause` which another clock may have told: not
 * before it, if that clock is ahead by no more than clocks may differ. What somebody else states stays as it was stated.
 */
export function ownMoment(stated: string, now: string, cause: string): string {
  const isOwn = Temporal.Instant.compare(stated, now) === 0
  const behind = Temporal.Instant.compare(stated, cause) < 0
  const within = Temporal.Instant.compare(Temporal.Instant.from(stated).add(CLOCK_SKEW), cause) >= 0
  return isOwn && behind && within ? cause : stated
}

/**
 * When something happened that another clock tells, by ours: one that is ahead by no more than clocks may differ means now. Undefined of
 * what is still to come.
 */
export function pastMoment(stated: string, now: string): string | undefined {
  if (Temporal.Instant.compare(stated, now) <= 0) return stated
  const ahead = Temporal.Instant.from(now).add(CLOCK_SKEW)
  return Temporal.Instant.compare(stated, ahead) <= 0 ? now : undefined
}
