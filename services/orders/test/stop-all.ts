import { transact } from '@vilkar/server/transact.ts'
import { handle, lockOrder } from '../order/handle.ts'
import { isPending } from '../order/units.ts'
import type { OrdersForTest } from './orders-service.ts'

/** Shipping says that nothing had left of what it was asked to stop. */
export const stopAll = ({ deps }: Pick<OrdersForTest, 'deps'>, orderId: string, at: string) =>
  transact(deps, async (trx) => {
    let order = await lockOrder(trx, orderId)
    for (const { requestId, lines } of order!.state.stops.filter(isPending)) {
      const answered = lines.map(({ lineId, quantity }) => ({ lineId, stopped: quantity, left: 0 }))
      const data = { orderId, at, requestId, lines: answered, shipmentIds: [] }
      order = (await handle(trx, { type: 'ConcludeStop', data }, deps, order)).stored
    }
  })
