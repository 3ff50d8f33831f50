import { ACCOUNTING } from '@vilkar/terms/privacy/accounts.ts'
import type { PolicyId } from '@vilkar/terms/sellers/privacy-policies/policies.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { type Facts, saleOn } from '../subjects/facts.ts'
import { hold } from '../subjects/hold.ts'
import { isOfTheShop, SHOP, SHOP_CASES } from '../subjects/of-the-shop.ts'
import {
  askedBy,
  endCases,
  forgetOrders,
  type HoldingRow,
  noteErased,
  noteHeardAgain,
  notePostponed,
  recalledFrom,
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
  if (isFirst && !isOfTheShop(system)) {
    const of = { controller: controller as PolicyId, system }
    const recalled = await recalledFrom(trx, of, answered.erased, erasureId)
    await noteGone(trx, { of, gone: recalled, keeps: erasure.keeps, at })
  }
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
  await noteGone(trx, { of, gone, keeps, at })
}

type Gone = {
  of: { controller: PolicyId; system: string }
  gone: HoldingRow[]
  keeps: readonly string[]
  at: Temporal.Instant
}
/** All of these is gone but what accounts need, and with an order of the shop what was said in its cases. */
async function noteGone(trx: Transaction<Database>, { of, gone, keeps, at }: Gone) {
  if (gone.length === 0) return
  const records = gone.map(({ record }) => record)
  await noteErased(trx, of, records)
  if (of.system === SHOP) await endCases(trx, { ...of, system: SHOP_CASES }, records)
  if (keeps.includes('accounts'))
    for (const { record, ...rest } of gone) await keepAccounts(trx, { ...of, record }, rest, at)
  else if (of.system === SHOP) await forgetOrders(trx, records)
}

/** Of a record that had a sale its accounts are held on, as a record of their own time: as the law at the controller's seat says. */
async function keepAccounts(
  trx: Transaction<Database>,
  id: { controller: PolicyId; system: string; record: string },
  { facts, subjects }: Pick<HoldingRow, 'facts' | 'subjects'>,
  at: Temporal.Instant,
) {
  // What our own services sold has a document, or is no sale.
  const document = id.system === SHOP ? facts.on?.document : saleOn(facts)
  if (document === undefined) return id.system === SHOP ? forgetOrders(trx, [id.record]) : undefined
  const left: Facts = { on: { document } }
  return hold(trx, { ...id, category: ACCOUNTING, facts: left, subjects }, at)
}
