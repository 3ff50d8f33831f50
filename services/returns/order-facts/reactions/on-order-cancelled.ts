import type { OrderCancelled } from '@vilkar/contracts/orders.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import { changeFacts, handle } from '../../withdrawal/handle.ts'

/** Nothing was sent and nothing paid: a withdrawal that was declared before dispatch is over with it. */
export async function onOrderCancelled(trx: Transaction<Database>, { orderId, cancelledAt }: OrderCancelled['data']) {
  await changeFacts(trx, orderId, (facts) => ({ ...facts, cancelledAt }))
  const open = await trx
    .selectFrom('return')
    .select('id')
    .where('order_id', '=', orderId)
    .where('status', '!=', 'closed')
    .orderBy('id')
    .execute()
  for (const { id } of open) {
    await handle(trx, {
      type: 'CloseReturn',
      data: { returnId: id, at: cancelledAt, outcome: 'order-cancelled', amount: 0 },
    })
  }
}
