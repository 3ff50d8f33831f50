import { Id } from '@vilkar/contracts/event.ts'
import { problems, refusalError } from '@vilkar/server/problems.ts'
import { transact } from '@vilkar/server/transact.ts'
import type { Transaction } from 'kysely'
import { Type } from 'typebox'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import type { handle } from '../handle.ts'
import { ShipmentView, viewOf } from './shipment-view.ts'

/** What the doors that move one shipment have in common. */
export const ShipmentParams = Type.Object({ id: Id })
export const answers = { 200: ShipmentView, ...problems(400, 401, 403, 404, 409) }

/** Carries out one command in a transaction of its own, and answers with the shipment or the refusal. */
export async function move(deps: Deps, work: (trx: Transaction<Database>) => ReturnType<typeof handle>) {
  const { stored, refusal } = await transact(deps, work)
  if (refusal) throw refusalError(refusal)
  return viewOf(stored!)
}
