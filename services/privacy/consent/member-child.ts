import { httpError } from '@vilkar/server/problems.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { minor } from '@vilkar/terms/privacy/minors.ts'
import { routingOf } from '@vilkar/terms/privacy/rights.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { ageRuling } from './give-consent.ts'
import { standingOf, standsFor } from './standing.ts'
import { isChild, readLog, renewedAt } from './store.ts'

const PURPOSE = 'membership'

export type Joining = {
  controller: PolicyId
  category: string
  subjects: string[]
  age?: number
  /** Told before: the age was asked for then. */
  known: boolean
}

/**
 * Whether a record of who joins an organisation may be held. Throws 409 `age-unknown` where nobody asked, and `guardian-must-consent` of a
 * child without a guardian’s consent that stands; `note` keeps that they are one. Source: SmartOrg, “Children”; GDPR Art. 8(1).
 */
export async function refuseUnguarded(
  db: Kysely<Database>,
  { controller, category, subjects, age, known }: Joining,
  { now, note }: { now: Temporal.Instant; note: (age: number, threshold: number) => Promise<void> },
) {
  const policy = policyOf(controller)
  if (policy.minors === undefined || routingOf(policy, category).controller !== 'organisation') return
  const ruling = known && age === undefined ? undefined : ageRuling(controller, age)
  if (age !== undefined && ruling?.guardianNeeded) await note(age, ruling.threshold)
  const noted = await Promise.all(subjects.map((subject) => isChild(db, subject, osloDay(now))))
  if (!ruling?.guardianNeeded && !noted.includes(true)) return
  const agreed = await Promise.all(subjects.map((subject) => guardianAgreed(db, subject)))
  if (agreed.includes(true)) return
  const { threshold, reasons } = minor(policy, { age: age !== undefined && ruling?.guardianNeeded ? age : 0 })
  throw httpError(409, 'guardian-must-consent', `Below ${threshold} years a guardian consents to the membership.`, {
    reasons,
    threshold,
  })
}

/** A guardian’s own word, that was not taken back since; that data are only stored, or that no mails are wanted, bears on it in no way. */
async function guardianAgreed(db: Kysely<Database>, subject: string) {
  const said = (await readLog(db, subject)).filter(({ purpose }) => purpose === PURPOSE)
  return standsFor(standingOf(said, [], await renewedAt(db, subject, PURPOSE)), true)
}
