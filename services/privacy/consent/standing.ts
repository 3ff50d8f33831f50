import type { Suppressed } from './purposes.ts'

/** Whose word it was: the person's own, a guardian's for a child, or staff's, who have it in writing. */
export const speakers = ['person', 'guardian', 'staff'] as const
export type Speaker = (typeof speakers)[number]

/** One entry of the log of a subject and a purpose. `at`: when it was said, RFC 3339. */
export type Said = { what: 'given' | 'withdrawn'; at: string; by: Speaker }
export type Suppression = { purpose: Suppressed; at: string }

/** What holds of a subject and a purpose now; `given` is the entry that it rests on. */
export type Standing = { consent: boolean; given?: Said; optedOut: boolean }

const isLater = (one: string, other: string) =>
  Temporal.Instant.compare(Temporal.Instant.from(one), Temporal.Instant.from(other)) > 0

/**
 * What holds of all that was said, in whatever order it was heard: the latest word counts, of two of the same moment the one that
 * says no. An opt-out beats every consent that is not later than it, so that only a new word of the person ends it.
 * So does a new word after `renewedAt`, when what was consented to became something else. Source: GDPR Art. 7(1), 7(3), 21(3).
 */
export function standingOf(log: readonly Said[], suppressions: readonly Suppression[], renewedAt?: string): Standing {
  const given = latest(log, 'given')
  const withdrawn = latest(log, 'withdrawn')
  const ends = [withdrawn?.at, renewedAt].filter((at) => at !== undefined)
  const stands = given !== undefined && ends.every((at) => isLater(given.at, at))
  const optedOut = suppressions.some(({ at }) => !(stands && isLater(given.at, at)))
  const consent = stands && !optedOut
  return { consent, ...(consent && { given }), optedOut }
}

/** Whether a consent is good for who is noted as a child: a guardian's is, and no other (GDPR Art. 8(1)). */
export const standsFor = ({ consent, given }: Standing, child: boolean) =>
  consent && (!child || given?.by === 'guardian')

const latest = (log: readonly Said[], what: Said['what']) =>
  log
    .filter((said) => said.what === what)
    .reduce<Said | undefined>((last, said) => (last && !isLater(said.at, last.at) ? last : said), undefined)
