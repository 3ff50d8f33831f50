import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Facts } from '../subjects/facts.ts'
import { hold } from '../subjects/hold.ts'
import { ACCOUNTING, isOfTheShop, SHOP, SHOP_CASES } from '../subjects/of-the-shop.ts'
import {
  askedBy,
  endCases,
  forgetOrders,
  type HoldingRow,
  noteErased,
  noteHeardAgain,
  notePostponed,
} from '../subjects/store.ts'
import { holdersOf } from './ask.ts'
import type { Counts, Postponed } from './state.ts'
import { answersTo, type ErasureRow, lockErasure, putAnswer, settleErasure } from './store.ts'

/** What could not go is asked for again after so many days. */
const AGAIN_AFTER_HOURS = 24

export type Answered = { holder: string; erased: string[]; postponed: Postponed[]; counts: Counts }

/**
 * Takes down what a holder answered. Once all holders of the system answered, what all of them erased is gone, and what any of them
 * could not let go is held until it is asked for again. A first answer stands. Undefined when there is no such erasure.
 */
export async function answerErasure(
  trx: Transaction<Database>,
  erasureId: string,
  answered: Answered,
  at: Temporal.Instant,
) {
  const erasure = await lockErasure(trx, erasureId)
  if (erasure === undefined) return undefined
  const isFirst = await putAnswer(trx, { erasureId, ...answered, at: at.toString() })
  const answers = await answersTo(trx, [erasureId])
  const { controller, system } = erasure
  // Recalled too late, it is gone all the same.
  if (isFirst && !isOfTheShop(system))
    await noteErased(trx, { controller: controller as PolicyId, system }, answered.erased, erasureId)
  const holders = holdersOf(erasure.system)
  const all = holders.every((holder) => answers.some((answer) => answer.holder === holder))
  if (all && erasure.settled_at === null) {
    await settleErasure(trx, erasureId, at.toString())
    const theirs = answers.filter(({ holder }) => holders.includes(holder))
    const kept = new Set(theirs.flatMap(({ postponed }) => postponed.map(({ record }) => record)))
    await settleHoldings(trx, erasure, kept, at)
  }
  return { erasure, answers }
}

async function settleHoldings(
  trx: Transaction<Database>,
  erasure: ErasureRow,
  kept: Set<string>,
  at: Temporal.Instant,
) {
  const { id, system, keeps } = erasure
  const of = { controller: erasure.controller as PolicyId, system }
  const again = at.add({ hours: AGAIN_AFTER_HOURS }).toString()
  const gone: HoldingRow[] = []
  for (const holding of await askedBy(trx, of, id))
    if (kept.has(holding.record)) await notePostponed(trx, of, holding.record, again)
    else gone.push(holding)
  // Whoever asked for it, it is asked for again.
  if (system === SHOP && kept.size > 0) await noteHeardAgain(trx, [...kept], at.toString())
  await noteErased(
    trx,
    of,
    gone.map(({ record }) => record),
  )
  if (system !== SHOP || gone.length === 0) return
  await endCases(
    trx,
    { ...of, system: SHOP_CASES },
    gone.map(({ record }) => record),
  )
  if (keeps.includes('accounts'))
    for (const { record, ...rest } of gone) await keepAccounts(trx, { ...of, record }, rest, at)
  else
    await forgetOrders(
      trx,
      gone.map(({ record }) => record),
    )
}

/** Of an order that had a sales document its accounts are held on, as a record of their own time (bokføringsloven § 13). */
async function keepAccounts(
  trx: Transaction<Database>,
  id: { controller: PolicyId; system: string; record: string },
  { facts, subjects }: Pick<HoldingRow, 'facts' | 'subjects'>,
  at: Temporal.Instant,
) {
  const document = facts.on?.document
  if (document === undefined) return forgetOrders(trx, [id.record])
  const left: Facts = { on: { document } }
  return hold(trx, { ...id, category: ACCOUNTING, facts: left, subjects }, at)
}
