import { osloDay, startOfOsloDay } from '@vilkar/terms/calendar.ts'
import { retention } from '@vilkar/terms/privacy/retention.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { restrictedSince } from '../subjects/restrictions.ts'
import { dropAddress, forgetContact, wantContact } from './brevo/store.ts'
import { ALL_MARKETING, isMarketing, type Purpose, purposes } from './purposes.ts'
import { type Suppression, standingOf } from './standing.ts'
import { concerning, readLog, readSuppressions, renewedAt, say, suppress, type Whose, type Word } from './store.ts'

type Trx = Transaction<Database>

/** Where a policy names no period for the log, as long as the longest that one of them names. */
const LOG_KEPT_FOR = { months: 24 }

/** What holds of a subject and a purpose now. */
export async function standing(db: Trx | Parameters<typeof readLog>[0], subject: string, purpose: Purpose) {
  const log = await readLog(db, subject)
  const suppressions = await readSuppressions(db, subject)
  const restricted = await restrictedSince(db, subject)
  const of = log.filter((said) => said.purpose === purpose)
  const words = concerning(suppressions, purpose)
  // What is only stored is used again by a consent that is later than that (GDPR Art. 18(2)).
  const stored: Suppression[] = restricted === undefined ? [] : [{ purpose: ALL_MARKETING, at: restricted }]
  const renewed = await renewedAt(db, subject, purpose)
  return { ...standingOf(of, [...words, ...stored], renewed), restricted: restricted !== undefined }
}

/** Records a consent. `address`: sealed, for who is to send the newsletter; it is kept until they took it, for a day at most. */
export async function give(trx: Trx, word: Word, textSha256: string, address?: string) {
  await say(trx, { ...word, what: 'given' }, { textSha256 })
  const { consent } = await standing(trx, word.subject, word.purpose)
  if (consent && address !== undefined && isMarketing(word.purpose)) await wantContact(trx, word, address)
}

/**
 * Records that a consent is withdrawn, from this moment on. Whoever withdraws does not want to be written to as a customer either,
 * so that they are on the list of who is not; cookies and memberships are no mails.
 */
export async function withdraw(trx: Trx, word: Word) {
  await say(trx, { ...word, what: 'withdrawn' }, { keptUntil: logKeptUntil(word.controller as PolicyId, word.at) })
  if (isMarketing(word.purpose)) await suppress(trx, word)
  await forget(trx, word)
}

/** Ends marketing to a subject, for one purpose or all; consents that stood are withdrawn with it. */
export async function optOut(
  trx: Trx,
  {
    purpose,
    ...said
  }: Whose & { purpose: Purpose | typeof ALL_MARKETING; at: string; recordedAt: string; source: string },
) {
  if (purpose === ALL_MARKETING || isMarketing(purpose)) await suppress(trx, { ...said, purpose })
  const log = await readLog(trx, said.subject)
  const ended = purposes.filter((each) => (purpose === ALL_MARKETING ? isMarketing(each) : each === purpose))
  for (const each of ended) {
    const before = log.filter((entry) => entry.purpose === each)
    if (standingOf(before, []).consent) await withdraw(trx, { ...said, purpose: each, by: 'person' })
  }
  await forget(trx, said)
}

/** Has it looked whether whoever sends news still may have the contact; the address that waits for them goes with the last consent, at once. */
export async function forget(trx: Trx, { subject, recordedAt }: { subject: string; recordedAt: string }) {
  await forgetContact(trx, { subject, recordedAt })
  for (const purpose of purposes.filter(isMarketing)) if ((await standing(trx, subject, purpose)).consent) return
  await dropAddress(trx, subject)
}

/** Until when what was said of a consent that has ended is kept: the end of the day, in Oslo. */
function logKeptUntil(controller: PolicyId, endedAt: string) {
  const consentEnded = osloDay(Temporal.Instant.from(endedAt))
  const { eraseFrom } = retention(policyOf(controller), { category: 'consent-log', on: { consentEnded } })
  return startOfOsloDay(eraseFrom ?? consentEnded.add(LOG_KEPT_FOR).add({ days: 1 })).toString()
}
