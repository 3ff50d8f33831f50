import { citing } from '../../citing.ts'
import { granted, type Ruling, refused } from '../../ruling.ts'
import { EDITION } from './parameters.ts'

/** Clause 16.2, as printed. That an order keeps its edition ever after is what editions.ts is for. */
export const text = {
  '16.2': 'Your purchase follows the version that was in force when you ordered.',
} as const

const because = citing(EDITION, text)

const why = {
  sameVersion: because('accepted-version-in-force', '16.2'),
  otherVersion: because('accepted-version-not-in-force', '16.2'),
}

/**
 * Clause 16.2, as code: whether an order may be placed, by the hash of the terms that the customer was shown and of those
 * in force when the order comes in. If they differ the terms are shown again, and nobody argues later which were agreed.
 */
export const acceptance = (facts: { shownSha256: string; inForceSha256: string }): Ruling => ({
  ...(facts.shownSha256 === facts.inForceSha256 ? granted(why.sameVersion) : refused(why.otherVersion)),
  basis: 'terms',
})
