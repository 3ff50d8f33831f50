import { httpError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { minor } from '@vilkar/terms/privacy/minors.ts'
import { routingOf } from '@vilkar/terms/privacy/rights.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { ageRuling, noteAge } from './give-consent.ts'
import { standingOf, standsFor } from './standing.ts'
import { isChild, readLog, renewedAt } from './store.ts'

const PURPOSE = 'membership'

type Joining = { controller: PolicyId; category: string; subjects: string[]; age?: number; known: boolean }

/**
 * Whether a record of who joins an organisation may be held. Throws 409 `age-unknown` where nobody asked, and `guardian-must-consent` of a
 * child without a guardian’s consent that stands; that they are one is kept. `known`: told before, when the age was asked for. Source: SmartOrg, “Children”; GDPR Art. 8(1).
 */
export async function refuseUnguarded(deps: Deps, { controller, category, subjects, age, known }: Joining) {
  const { db } = deps
  const now = deps.clock.now()
  const policy = policyOf(controller)
  if (policy.minors === undefined || routingOf(policy, category).controller !== 'organisation') return
  const ruling = known && age === undefined ? undefined : ageRuling(controller, age)
  if (age !== undefined && ruling?.guardianNeeded)
    await transact(deps, async (trx) => {
      for (const subject of subjects)
        await noteAge(trx, { controller, subject }, { age, threshold: ruling.threshold, at: now.toString() })
    })
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
