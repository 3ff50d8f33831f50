import type { Kept } from '@vilkar/contracts/privacy.ts'
import { transact } from '@vilkar/server/transact.ts'
import { erasure } from '@vilkar/terms/privacy/erasure.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { type PolicyId, policyOf } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { askErasure, keepsOf, MOST_RECORDS } from '../erasure/ask.ts'
import { dueOf } from '../subjects/due.ts'
import { SHOP } from '../subjects/of-the-shop.ts'
import { type HoldingRow, noteAskedAgain } from '../subjects/store.ts'
import { dueBy, heardAgain, insertRun, type Locked } from './store.ts'

/** So many are looked at in one transaction; what is left is the next one's. */
const HOLDINGS_AT_ONCE = 1_000

type Together = { system: string; keeps: Kept[]; reasons: Reason[]; records: string[] }

/** What goes in one erasure: of one system, by the same rule, with the same left. */
function grouped(controller: PolicyId, due: readonly HoldingRow[], at: Temporal.Instant): Together[] {
  const groups = new Map<string, Together>()
  for (const { system, category, facts, record } of due) {
    const { keepsAccounts, reasons } = dueOf(controller, category, facts, at)
    const group = groups.getOrInsertComputed(`${system} ${category} ${keepsAccounts}`, () => ({
      ...{ system, reasons, records: [] },
      keeps: keepsOf(system, keepsAccounts),
    }))
    group.records.push(record)
  }
  return [...groups.values()]
}

const parts = <T>(all: readonly T[], most: number) =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, n) => all.slice(n * most, (n + 1) * most))

/**
 * Asks the holders of a controller's data to erase what has had its time. Answers how many holdings that was. Two runs at once ask
 * for each holding once. Source: the policy; GDPR Art. 5(1)(e).
 */
export const runRetention = (deps: Deps, controller: PolicyId): Promise<number> =>
  untilNoneIsLeft(HOLDINGS_AT_ONCE, (locked) => transact(deps, (trx) => runOnce(trx, deps, controller, locked)))

/** First what nobody else has at hand, then the rest once it is let go: what a run passed over would stay past its day. */
async function untilNoneIsLeft(atOnce: number, run: (locked: Locked) => Promise<number>): Promise<number> {
  let asked = 0
  for (const locked of ['passed-over', 'waited-for'] as const)
    for (;;) {
      const some = await run(locked)
      asked += some
      if (some < atOnce) break
    }
  return asked
}

/**
 * Asks the shop's services again for orders of which something was heard after they were erased: what a person gave anew lives as long
 * as what they gave it for. Of accounts the documents stay.
 */
export const eraseAgain = (deps: Deps, controller: PolicyId): Promise<number> =>
  untilNoneIsLeft(MOST_RECORDS, (locked) => transact(deps, (trx) => againOnce(trx, deps, controller, locked)))

async function againOnce(trx: Transaction<Database>, { clock }: Deps, controller: PolicyId, locked: Locked) {
  const at = clock.now()
  const again = await heardAgain(trx, controller, { at: at.toString(), limit: MOST_RECORDS, locked })
  if (again.length === 0) return 0
  const { reasons } = erasure(policyOf(controller), {})
  const keepsAccounts = ({ status, facts }: (typeof again)[number]) =>
    status === 'held' && facts.on?.document !== undefined
  const groups = Map.groupBy(again, (each) => (keepsAccounts(each) ? 'accounts' : 'nothing'))
  for (const [left, orders] of groups) {
    const records = orders.map(({ record }) => record)
    const keeps: Kept[] = left === 'accounts' ? ['accounts'] : []
    await askErasure(trx, { controller, system: SHOP, records, keeps, cause: 'requested', reasons, at })
    await noteAskedAgain(trx, records)
  }
  return again.length
}

async function runOnce(trx: Transaction<Database>, { clock }: Deps, controller: PolicyId, locked: Locked) {
  const at = clock.now()
  const now = at.toString()
  const due = await dueBy(trx, controller, { by: now, at: now, limit: HOLDINGS_AT_ONCE })
    .forUpdate('holding')
    .$if(locked === 'passed-over', (query) => query.skipLocked())
    .execute()
  if (due.length === 0) return 0
  let erasures = 0
  for (const { records, ...group } of grouped(controller, due, at))
    for (const some of parts(records, MOST_RECORDS)) {
      await askErasure(trx, { ...group, controller, records: some, cause: 'retention-over', at })
      erasures += 1
    }
  await insertRun(trx, { id: uuidv7(), controller, ran_at: now, holdings: due.length, erasures })
  return due.length
}
