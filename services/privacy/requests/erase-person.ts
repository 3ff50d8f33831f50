import type { Kept } from '@vilkar/contracts/privacy.ts'
import { erasure } from '@vilkar/terms/privacy/erasure.ts'
import { retention } from '@vilkar/terms/privacy/retention.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { askErasure, MOST_RECORDS } from '../erasure/ask.ts'
import { dueOf } from '../subjects/due.ts'
import { asKept } from '../subjects/facts.ts'
import { type HoldingRow, holdingsOf } from '../subjects/store.ts'
import type { RequestState } from './tables.ts'

type KeptBack = NonNullable<RequestState['kept']>[number]
type Verdict = { goes: false; kept: KeptBack } | { goes: true; keeps: Kept[]; reasons: Reason[]; kept?: KeptBack }

/** A category that is wholly what a law has kept: it stays for its time, and is restricted. */
const isDutyAlone = (codes: string[]) => codes.includes('kept-as-the-law-says')

/** What a request for erasure does to one holding. Source: GDPR Art. 17(1), 17(3)(b) and (e); bokføringsloven § 13. */
export function verdictOn(holding: HoldingRow, at: Temporal.Instant, receivedOn: Temporal.PlainDate): Verdict {
  const { category, facts, system, record } = holding
  const controller = holding.controller as PolicyId
  const policy = policyOf(controller)
  const due = dueOf(controller, category, facts, at)
  const id = { system, record }
  if (due.holds.length > 0) return { goes: false, kept: { ...id, holds: due.holds, reasons: due.reasons } }
  const isOrder = category === 'order'
  const kept = asKept(category, facts)
  const documents = kept.on.document ? [kept.on.document] : []
  const answer = erasure(policy, { ...kept, receivedOn, documents: isOrder ? documents : [] })
  const accounts = answer.keep.find((each) => each.what === 'accounting')
  if (accounts && 'through' in accounts) {
    const left: KeptBack = { ...id, until: accounts.through.toString(), holds: [], reasons: accounts.reasons }
    return { goes: true, keeps: ['accounts'], reasons: answer.reasons, kept: left }
  }
  const period = retention(policy, kept)
  const duty = isDutyAlone(period.reasons.map(({ code }) => code)) && !isOrder
  if (duty) {
    const until = period.keptThrough?.toString()
    return { goes: false, kept: { ...id, ...(until && { until }), holds: [], reasons: period.reasons } }
  }
  return { goes: true, keeps: due.keepsAccounts ? ['accounts'] : [], reasons: answer.reasons }
}

type Group = { system: string; keeps: Kept[]; reasons: Reason[]; records: string[] }

/**
 * Asks for all of a person to be erased that no living ground keeps. Answers what stays, each with its reason and, where that is known,
 * its last day; asked again, what is asked for already is not asked for twice.
 */
export async function erasePerson(
  trx: Transaction<Database>,
  {
    controller,
    keys,
    receivedOn,
    at,
  }: { controller: PolicyId; keys: string[]; receivedOn: string; at: Temporal.Instant },
): Promise<KeptBack[]> {
  const groups = new Map<string, Group>()
  const stays: KeptBack[] = []
  for (const holding of await holdingsOf(trx, controller, keys)) {
    const verdict = verdictOn(holding, at, Temporal.PlainDate.from(receivedOn))
    if (verdict.kept) stays.push(verdict.kept)
    const waits = holding.postponed_until !== null && Temporal.Instant.compare(holding.postponed_until, at) > 0
    if (!verdict.goes || holding.status !== 'held' || waits) continue
    const { keeps, reasons } = verdict
    const key = `${holding.system} ${holding.category} ${keeps}`
    groups
      .getOrInsertComputed(key, () => ({ system: holding.system, keeps, reasons, records: [] }))
      .records.push(holding.record)
  }
  for (const { records, ...group } of groups.values())
    for (let from = 0; from < records.length; from += MOST_RECORDS)
      await askErasure(trx, {
        ...{ ...group, controller, records: records.slice(from, from + MOST_RECORDS), cause: 'requested', at },
      })
  return stays
}
