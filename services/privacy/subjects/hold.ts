import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import { dueOf } from './due.ts'
import type { Facts } from './facts.ts'
import { type HoldingId, putHolding } from './store.ts'

/**
 * Keeps that a system holds a record of a person, and when it goes by the controller's policy and the law. Told again, what is told
 * last holds. `at` is when it is told.
 */
export async function hold(
  trx: Transaction<Database>,
  told: HoldingId & { category: string; facts: Facts; subjects: string[] },
  at: Temporal.Instant,
) {
  const due = dueOf(told.controller, told.category, told.facts, at)
  const { dueAt, missing } = due
  await putHolding(trx, { ...told, dueAt, missing, open: due.holds.length > 0, at })
  return due
}
