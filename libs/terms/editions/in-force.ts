/** One of the versions of a text, and the instant from which it is in force, that instant included. */
export type Version = { id: string; inForceFrom: Temporal.Instant }

/** The version in force at an instant, or undefined before the first. The order in which they are given does not matter. */
export const versionAt = <Known extends { inForceFrom: Temporal.Instant }>(
  versions: readonly Known[],
  at: Temporal.Instant,
): Known | undefined =>
  versions
    .filter(({ inForceFrom }) => Temporal.Instant.compare(inForceFrom, at) <= 0)
    .reduce<Known | undefined>(
      (latest, each) => (latest && Temporal.Instant.compare(latest.inForceFrom, each.inForceFrom) > 0 ? latest : each),
      undefined,
    )
