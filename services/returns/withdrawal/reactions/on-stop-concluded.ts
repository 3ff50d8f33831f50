import type { StopConcluded } from '@vilkar/contracts/orders-cancellation.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Transaction } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { projectEvent } from '../../order-facts/project-event.ts'
import { handle } from '../handle.ts'
import { returnsOf } from '../store.ts'

/**
 * Orders says which units never leave and which had left. Of a withdrawal, the units that had left come back; when a
 * cancellation took the last units of an order whose others were paid back, the delivery goes back as well.
 */
export async function onStopConcluded(trx: Transaction<Database>, deps: Deps, told: StopConcluded['data']) {
  const { facts: known } = await projectEvent('StopConcluded')(trx, deps, told)
  const facts = known as OrderFacts
  const { orderId, returnId, stopped, left, concludedAt: at } = told
  if (returnId === undefined) {
    const paidBack = (await returnsOf(trx, orderId)).findLast(({ state }) => state.refund !== undefined)
    if (paidBack === undefined) return
    const data = { returnId: paidBack.id, at, facts, deliveryRefundId: uuidv7(), requestedAt: at }
    await handle(trx, { type: 'RefundDelivery', data }, deps)
    return
  }
  const units = stopped.map(({ lineId, quantity }) => ({ lineId, quantity }))
  await handle(trx, { type: 'RecordUnits', data: { returnId, at, facts, stopped: units, left } }, deps)
}
