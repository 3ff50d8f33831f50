import { isAfter, osloDay } from '../calendar.ts'
import { type Version, versionAt } from '../editions/in-force.ts'
import { granted, type Reason, type Ruling, refused } from '../ruling/ruling.ts'
import { avtaleloven } from '../statute/avtaleloven.ts'
import { type Because, rulesOf, type Under } from './rule.ts'

/** That an order keeps its edition ever after is what editions.ts is for. */
const reasonsOf = (because: Because) => ({
  sameVersion: because('accepted-version-in-force', 'version-followed'),
  otherVersion: because('accepted-version-not-in-force', 'version-followed'),
  inForce: because('version-in-force', 'version-followed'),
  pinned: because('version-of-the-order', 'version-followed'),
  noneInForce: because('no-version-in-force', 'version-followed', avtaleloven('§ 1')),
  sameContent: because('content-unchanged', 'version-followed'),
  datedAnew: because('content-changed', 'version-followed'),
  datedAsBefore: because('content-changed-under-old-date', 'version-followed', avtaleloven('§ 37')),
})
type Edition = Under<typeof reasonsOf>

/**
 * Whether an order may be placed, by the hash of the terms that the customer was shown and of those
 * in force when the order comes in, if any. If they differ the terms are shown again, and nobody argues later which were agreed.
 */
const acceptance = (edition: Edition, facts: { shownSha256: string; inForceSha256?: string }): Ruling => ({
  ...(facts.shownSha256 === facts.inForceSha256 ? granted(edition.why.sameVersion) : refused(edition.why.otherVersion)),
  basis: 'terms',
})

/**
 * The version that a purchase follows is the one in force when the order came in, by the server's
 * clock; when it was confirmed or is judged does not matter. An order that already has its version keeps it. Before the
 * first version there is nothing to agree on, and an order is refused.
 */
function versionFollowed(edition: Edition, { versions, orderedAt, pinned }: Ordered): Ruling & { version?: string } {
  if (pinned !== undefined) return { ...granted(edition.why.pinned), basis: 'terms', version: pinned }
  const version = versionAt(versions, orderedAt)?.id
  return version === undefined
    ? refused(edition.why.noneInForce)
    : { ...granted(edition.why.inForce), basis: 'terms', version }
}

export type Ordered = {
  versions: readonly Version[]
  /** When the order came in; for a line that was agreed on later, when that was: it is an order of its own. */
  orderedAt: Temporal.Instant
  /** The version that the order was placed under, once there is one. */
  pinned?: string
}

export type Seen = {
  versions: readonly Version[]
  /** Whether the hash of what stands on the website differs from the hash of the newest version known. */
  contentChanged: boolean
  /** The day that the page prints as its last update, when it prints one. */
  printedOn?: Temporal.PlainDate
}

/**
 * A change takes effect by content: other words are another version, whatever day the page prints. `alert` is for people
 * to look at it, since a change under a day that an earlier version already bears, or under none, was not announced.
 */
function edited(
  edition: Edition,
  { versions, contentChanged, printedOn }: Seen,
): {
  newVersion: boolean
  alert: boolean
  reasons: Reason[]
} {
  if (!contentChanged) return { newVersion: false, alert: false, reasons: [edition.why.sameContent] }
  const announced = printedOn !== undefined && versions.every((each) => isAfter(printedOn, osloDay(each.inForceFrom)))
  return {
    newVersion: true,
    alert: !announced,
    reasons: [announced ? edition.why.datedAnew : edition.why.datedAsBefore],
  }
}

export const changesRules = rulesOf(reasonsOf, { acceptance, versionFollowed, edited })
