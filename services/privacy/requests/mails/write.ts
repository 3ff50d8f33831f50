import { freeAnswer } from '@vilkar/terms/privacy/requests.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import type { RequestRow } from '../store.ts'
import type { RequestMail } from './kinds.ts'
import { compose, type Facts } from './letter.ts'
import { queueMail } from './queue.ts'

/** A mail that no server took for so long says nothing any more that helps. */
export const SENT_WITHIN_DAYS = 30

/** What is said of an answer that costs nothing in any case (GDPR Art. 12(5)). */
const FREE = freeAnswer({ repeated: false }).reasons[0]!.code

/**
 * Writes a mail about a request to the address that it is answered at, once of each kind; where there is none a person answers
 * by another way. `more` is what the row does not have; with an `until` or an organisation of its own, or `again`, it is a mail of its own.
 */
export async function writeMail(
  trx: Transaction<Database>,
  { clock, consent }: Pick<Deps, 'clock' | 'consent'>,
  row: RequestRow,
  kind: RequestMail,
  more: Pick<Facts, 'word' | 'link' | 'organisation'> & { until?: string; again?: string } = {},
) {
  const { replyTo: to } = row.personal
  if (to === undefined) return false
  const { language = 'nb', kept, erasedOn } = row.state
  const now = clock.now()
  const { until, again, ...told } = more
  const facts: Facts = {
    ...{ ...partyOf(row.controller as PolicyId), kind: row.kind, receivedOn: row.received_on, ...told },
    ...(row.due_on !== null && { dueOn: row.due_on }),
    ...(row.state.reasons.some(({ code }) => code === FREE) && { free: true }),
    ...(erasedOn !== undefined && { erasedOn }),
    ...(kept && kind === 'answered' && { kept }),
  }
  await queueMail(trx, consent.seal, {
    ...{ about: [row.id, kind, until, again, told.organisation].filter(Boolean).join(' '), requestId: row.id },
    ...{ kind, at: now.toString() },
    until: until ?? now.add({ hours: SENT_WITHIN_DAYS * 24 }).toString(),
    written: { to, language, ...compose(kind, language, facts) },
  })
  return true
}

/** Who writes, and where to complain. */
export function partyOf(controller: PolicyId): Pick<Facts, 'company' | 'contact' | 'authorities'> {
  const { controller: company, contact, authorities } = policyOf(controller)
  return { company: company.name, contact, authorities }
}
