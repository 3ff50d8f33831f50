import type { OrderCancelled } from '@vilkar/contracts/orders.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { projectEvent } from '../../order-facts/project-event.ts'
import { handle } from '../handle.ts'

/** Nothing was sent and nothing paid: a withdrawal that was declared before dispatch is over with it. */
export async function onOrderCancelled(trx: Transaction<Database>, deps: Deps, cancelled: OrderCancelled['data']) {
  await projectEvent('OrderCancelled')(trx, deps, cancelled)
  const { orderId, cancelledAt: at } = cancelled
  const open = await trx
    .selectFrom('return')
    .select('id')
    .where('order_id', '=', orderId)
    .where('status', '!=', 'closed')
    .orderBy('id')
    .execute()
  for (const { id } of open)
    await handle(trx, { type: 'CloseReturn', data: { returnId: id, at, outcome: 'order-cancelled', amount: 0 } })
}
