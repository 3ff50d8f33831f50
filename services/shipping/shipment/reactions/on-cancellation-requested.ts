import type { CancellationRequested } from '@vilkar/contracts/orders-cancellation.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { stopUnits } from '../stop-units.ts'
import { lockShipmentsOf } from '../store.ts'

/**
 * The order is to be cancelled. What that asks of shipping is said by StopRequested, which follows; of an earlier release it
 * asks by itself, for all or nothing: goods that left let it lapse. It is answered under the order's own id.
 */
export async function onCancellationRequested(
  trx: Transaction<Database>,
  _deps: Deps,
  { orderId, requestId, requestedAt: at }: CancellationRequested['data'],
) {
  if (requestId !== undefined) return
  const { order, shipments } = await lockShipmentsOf(trx, orderId)
  const hasLeft = shipments.some(({ state }) => state.dispatched !== undefined)
  const lines = order!.facts.lines.map(({ lineId, quantity }) => ({ lineId, quantity, ...(hasLeft && { unsent: 0 }) }))
  await stopUnits(trx, { orderId, requestId: orderId, lines, at })
}
