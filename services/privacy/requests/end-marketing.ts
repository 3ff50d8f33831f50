import { osloDay, startOfOsloDay } from '@vilkar/terms/calendar.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import { ALL_MARKETING, isCookie, isMarketing, type Purpose, purposes } from '../consent/purposes.ts'
import { optOut } from '../consent/record.ts'
import type { Database } from '../database.ts'
import type { RequestRow } from './store.ts'
import type { RequestKind } from './tables.ts'

/** No more is asked of who wants no marketing than of who followed the link in a mail (GDPR Art. 7(3), 21(2)–(3)). */
export const needsNoProof = ({ kind, purpose }: { kind: RequestKind; purpose?: string }) =>
  kind === 'withdraw-consent' || (kind === 'object' && purpose !== 'legitimate-interest')

/** What an objection or a withdrawn consent is about: all marketing where nothing else is named; undefined where it is no marketing. */
function endedBy({ kind, state }: RequestRow): Purpose | typeof ALL_MARKETING | undefined {
  const { purpose } = state
  if (kind !== 'withdraw-consent' || purpose === undefined || purpose === 'direct-marketing') return ALL_MARKETING
  return purposes.find((each) => each === purpose)
}

/** The moment the request was made: now, or of a letter the end of the day on which it came. A later consent beats it. */
function saidAt({ received_on }: RequestRow, at: Temporal.Instant) {
  if (received_on === osloDay(at).toString()) return at
  const dayOver = startOfOsloDay(Temporal.PlainDate.from(received_on).add({ days: 1 }))
  return Temporal.Instant.compare(dayOver, at) < 0 ? dayOver : at
}

/**
 * Ends what somebody does not want to be reached for any more, at once. Answers whether it is all that was asked: a consent to
 * something that is no marketing is ended by a person; of a membership it ends at once, and the organisation still has to hear of it. Source: GDPR Art. 7(3), 17(1)(b)–(c), 21(3); markedsføringsloven § 15.
 */
export async function endMarketing(trx: Transaction<Database>, row: RequestRow, at: Temporal.Instant) {
  const purpose = endedBy(row)
  if (purpose === undefined) return false
  const controller = row.controller as PolicyId
  const said = { controller, at: saidAt(row, at).toString(), recordedAt: at.toString(), source: `request/${row.id}` }
  for (const subject of row.subjects) await optOut(trx, { ...said, subject, purpose })
  return purpose === ALL_MARKETING || isMarketing(purpose) || isCookie(purpose)
}
