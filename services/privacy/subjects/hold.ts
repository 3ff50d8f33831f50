import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { dueOf } from './due.ts'
import { type Facts, MOST_NEW_ORDERS } from './facts.ts'
import { type HoldingId, lockHolding, putHolding, type Told } from './store.ts'

/**
 * Keeps that a system holds a record of a person, and when it goes by the controller's policy and the law. Told again, what is told
 * last holds. `at` is when it is told, and since when it is held unless `heldSince` says better.
 */
export async function hold(
  trx: Transaction<Database>,
  told: HoldingId & Pick<Told, 'category' | 'facts' | 'subjects' | 'heldSince'>,
  at: Temporal.Instant,
) {
  const facts = await withOrdersOfBefore(trx, told, told.facts)
  const due = dueOf(told.controller, told.category, facts, at)
  const { dueAt, missing } = due
  await putHolding(trx, { ...told, facts, dueAt, missing, open: due.holds.length > 0, at })
  return due
}

/**
 * A system tells the last new order. Those that it told before are remembered: where each begins a period anew, the last alone would
 * seem to come when everything was over.
 */
async function withOrdersOfBefore(trx: Transaction<Database>, id: HoldingId, facts: Facts): Promise<Facts> {
  const last = facts.on?.newOrder
  if (last === undefined) return facts
  const { on, newOrders = [] } = (await lockHolding(trx, id))?.facts ?? {}
  const before = [...newOrders, ...(facts.newOrders ?? []), ...(on?.newOrder === undefined ? [] : [on.newOrder])]
  const earlier = [...new Set(before)].filter((day) => day < last).toSorted()
  return earlier.length === 0 ? facts : { ...facts, newOrders: earlier.slice(-MOST_NEW_ORDERS) }
}
