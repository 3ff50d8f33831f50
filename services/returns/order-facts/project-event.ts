import type { DataOf } from '@vilkar/contracts/all-events.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Deps } from '../deps.ts'
import { type AppliedName, apply } from './projection.ts'
import { updateOrder } from './store.ts'

/** The reaction to an event that changes nothing but what is known of its order. */
export const projectEvent =
  <Name extends Exclude<AppliedName, 'ReturnDataErased'>>(type: Name) =>
  (trx: Transaction<Database>, _deps: Deps, data: DataOf<Name>) =>
    updateOrder(trx, data.orderId, (order) => apply(order, { type, data }))
