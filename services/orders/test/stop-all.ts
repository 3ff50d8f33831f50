import { handle, lockOrder } from '../order/handle.ts'
import { isPending } from '../order/units.ts'
import type { OrdersForTest } from './orders-service.ts'

/** Shipping says that nothing had left of what it was asked to stop. */
export const stopAll = ({ db, deps }: Pick<OrdersForTest, 'db' | 'deps'>, orderId: string, at: string) =>
  db.transaction().execute(async (trx) => {
    const { state } = (await lockOrder(trx, orderId))!
    for (const { requestId, lines } of state.stops.filter(isPending)) {
      const answered = lines.map(({ lineId, quantity }) => ({ lineId, stopped: quantity, left: 0 }))
      const data = { orderId, at, requestId, lines: answered, shipmentIds: [] }
      await handle(trx, { type: 'ConcludeStop', data }, deps)
    }
  })
