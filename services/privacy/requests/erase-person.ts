import type { Kept } from '@vilkar/contracts/privacy.ts'
import { osloDay } from '@vilkar/terms/calendar.ts'
import { erasure } from '@vilkar/terms/privacy/erasure.ts'
import { keptOnRequest, openMatters } from '@vilkar/terms/privacy/holds.ts'
import { retention } from '@vilkar/terms/privacy/retention.ts'
import { routingOf } from '@vilkar/terms/privacy/rights.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { askErasure, keepsOf, MOST_RECORDS } from '../erasure/ask.ts'
import { heldForDispute } from '../retention/store.ts'
import { dueOf } from '../subjects/due.ts'
import { asKept, saleOn } from '../subjects/facts.ts'
import { keptByWish } from '../subjects/restrictions.ts'
import { type HoldingRow, lockHoldingsOf } from '../subjects/store.ts'
import type { RequestState } from './tables.ts'

type KeptBack = NonNullable<RequestState['kept']>[number]
type Verdict = { goes: false; kept: KeptBack } | { goes: true; keeps: Kept[]; reasons: Reason[]; kept?: KeptBack }

/** A category that is wholly what a law has kept: it stays for its time, and is restricted. */
const isDutyAlone = (codes: string[]) => codes.includes('kept-as-the-law-says')

/** What a request for erasure does to one holding. Source: GDPR Art. 17(1), 17(3)(b) and (e); the law on accounts at the controller's seat. */
export function verdictOn(
  holding: HoldingRow,
  { at, receivedOn, disputed }: { at: Temporal.Instant; receivedOn: Temporal.PlainDate; disputed: boolean },
): Verdict {
  const { category, facts, system, record } = holding
  const controller = holding.controller as PolicyId
  const policy = policyOf(controller)
  const due = dueOf(controller, category, facts, at)
  const id = { system, record }
  const disputes = disputed ? openMatters({ legalHold: true }) : []
  const holds = [...new Set([...due.holds, ...disputes.map(({ hold }) => hold)])]
  const reasons = [...due.reasons, ...disputes.map(({ reason }) => reason)]
  if (holds.length > 0) return { goes: false, kept: { ...id, holds, reasons } }
  // What is kept for an organisation is erased on its word alone.
  const decides = routingOf(policy, category)
  if (decides.controller === 'organisation')
    return { goes: false, kept: { ...id, holds: [], reasons: decides.reasons, decidedBy: 'organisation' } }
  const isOrder = category === 'order'
  const kept = asKept(category, facts)
  const sale = isOrder ? facts.on?.document : due.keepsAccounts ? saleOn(facts) : undefined
  const documents = sale === undefined ? [] : [Temporal.PlainDate.from(sale)]
  const answer = erasure(policy, { ...kept, receivedOn, documents })
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
  return { goes: true, keeps: keepsOf(system, due.keepsAccounts), reasons: answer.reasons }
}

type Group = { system: string; keeps: Kept[]; reasons: Reason[]; records: string[] }

/** `heldBy`: what came to be held after that is not asked about. `before`: what stayed when it was looked at last. */
type Wish = {
  controller: PolicyId
  keys: string[]
  receivedOn: string
  heldBy: Temporal.Instant
  before: readonly KeptBack[]
  at: Temporal.Instant
}

/**
 * Asks for all of a person to be erased that no living ground keeps. Answers what stays, each with its reason and, where that is known,
 * its last day; asked again, what is asked for already is not asked for twice.
 */
export async function erasePerson(trx: Transaction<Database>, wish: Wish): Promise<KeptBack[]> {
  const { controller, keys, receivedOn, heldBy, before, at } = wish
  const groups = new Map<string, Group>()
  const stays: KeptBack[] = []
  const disputed = await heldForDispute(trx, controller, keys)
  const wished = await keptByWish(trx, controller, keys)
  const looked = new Set<string>()
  for (const holding of await lockHoldingsOf(trx, controller, keys)) {
    if (Temporal.Instant.compare(holding.held_since, heldBy) > 0) continue
    const name = `${holding.system}/${holding.record}`
    looked.add(name)
    if (wished.has(name)) {
      stays.push({
        system: holding.system,
        record: holding.record,
        holds: ['kept-on-request'],
        reasons: [keptOnRequest],
      })
      continue
    }
    const isDisputed = disputed.has(name)
    const verdict = verdictOn(holding, { at, receivedOn: Temporal.PlainDate.from(receivedOn), disputed: isDisputed })
    if (verdict.kept) stays.push(verdict.kept)
    const waits = holding.postponed_until !== null && Temporal.Instant.compare(holding.postponed_until, at) > 0
    // Asked for again it is there as well, until its system says otherwise.
    if (holding.postponed_until !== null && verdict.goes) stays.push(postponed(holding, verdict))
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
  // Of what is erased but for its accounts these stay, though nothing else of it is held.
  const today = osloDay(at).toString()
  const accounts = before.filter(
    ({ until = '', system, record }) => until >= today && !looked.has(`${system}/${record}`),
  )
  return [...stays, ...accounts]
}

/** What its system could not let go yet is asked for again, so that the request is not over with the system's answer. */
const postponed = ({ system, record }: HoldingRow, { reasons }: { reasons: Reason[] }): KeptBack => ({
  ...{ system, record, holds: ['postponed'], reasons },
})
