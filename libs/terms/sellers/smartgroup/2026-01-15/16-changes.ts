import { isAfter, osloDay } from '../../../calendar.ts'
import { type Version, versionAt } from '../../../editions/versions.ts'
import { citing } from '../../../ruling/citing.ts'
import { granted, type Reason, type Ruling, refused } from '../../../ruling/ruling.ts'
import { avtaleloven } from '../../../statute/avtaleloven.ts'
import { EDITION } from './parameters.ts'

/** Clause 16.2, as printed. That an order keeps its edition ever after is what editions.ts is for. */
export const text = {
  '16.2': 'Your purchase follows the version that was in force when you ordered.',
} as const

const because = citing(EDITION, text)

const why = {
  sameVersion: because('accepted-version-in-force', '16.2'),
  otherVersion: because('accepted-version-not-in-force', '16.2'),
  inForce: because('version-in-force', '16.2'),
  pinned: because('version-of-the-order', '16.2'),
  noneInForce: because('no-version-in-force', '16.2', avtaleloven('§ 1')),
  sameContent: because('content-unchanged', '16.2'),
  datedAnew: because('content-changed', '16.2'),
  datedAsBefore: because('content-changed-under-old-date', '16.2', avtaleloven('§ 37')),
}

/**
 * Clause 16.2, as code: whether an order may be placed, by the hash of the terms that the customer was shown and of those
 * in force when the order comes in, if any. If they differ the terms are shown again, and nobody argues later which were agreed.
 */
export const acceptance = (facts: { shownSha256: string; inForceSha256?: string }): Ruling => ({
  ...(facts.shownSha256 === facts.inForceSha256 ? granted(why.sameVersion) : refused(why.otherVersion)),
  basis: 'terms',
})

/**
 * Clause 16.2, as code: the version that a purchase follows is the one in force when the order came in, by the server's
 * clock; when it was confirmed or is judged does not matter. An order that already has its version keeps it. Before the
 * first version there is nothing to agree on, and an order is refused.
 */
export function versionFollowed({ versions, orderedAt, pinned }: Ordered): Ruling & { version?: string } {
  if (pinned !== undefined) return { ...granted(why.pinned), basis: 'terms', version: pinned }
  const version = versionAt(versions, orderedAt)?.id
  return version === undefined ? refused(why.noneInForce) : { ...granted(why.inForce), basis: 'terms', version }
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
 * Clause 16.1 takes effect by content: other words are another version, whatever day the page prints. `alert` is for people
 * to look at it, since a change under a day that an earlier version already bears, or under none, was not announced.
 */
export function edited({ versions, contentChanged, printedOn }: Seen): {
  newVersion: boolean
  alert: boolean
  reasons: Reason[]
} {
  if (!contentChanged) return { newVersion: false, alert: false, reasons: [why.sameContent] }
  const announced = printedOn !== undefined && versions.every((each) => isAfter(printedOn, osloDay(each.inForceFrom)))
  return { newVersion: true, alert: !announced, reasons: [announced ? why.datedAnew : why.datedAsBefore] }
}
