import type { OrderCancelled } from '@vilkar/contracts/orders-cancellation.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { projectEvent } from '../../order-facts/project-event.ts'
import { handle } from '../handle.ts'
import { returnsOf } from '../store.ts'

/** Nothing was sent and nothing paid: a withdrawal that was declared before dispatch is over with it. */
export async function onOrderCancelled(trx: Transaction<Database>, deps: Deps, cancelled: OrderCancelled['data']) {
  await projectEvent('OrderCancelled')(trx, deps, cancelled)
  const { orderId, cancelledAt: at } = cancelled
  for (const { id, state } of await returnsOf(trx, orderId))
    if (state.status !== 'closed')
      await handle(
        trx,
        { type: 'CloseReturn', data: { returnId: id, at, outcome: 'order-cancelled', amount: 0 } },
        deps,
      )
}
