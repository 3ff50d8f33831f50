import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { OrderDeliveryCorrected, UnitsLost } from '@vilkar/contracts/orders-delivery.ts'
import { accept, type Decision } from '@vilkar/decider/decider.ts'
import { awaitedOf } from './delay.ts'
import type { DataOf, PlacedOrder } from './state.ts'
import { isAllDelivered, isPending } from './units.ts'

/**
 * Whether nothing of what was ordered is to come any more, and something left: every unit came, is paid back, or never leaves. A stop of which
 * shipping has not answered ends nothing yet, and of units that came takes nothing back.
 */
export function isComplete(state: PlacedOrder): boolean {
  if (state.shipments.length === 0 || state.status === 'cancelled') return false
  const { unsent, underway } = awaitedOf({ ...state, stops: state.stops.filter((stop) => !isPending(stop)) })
  return unsent.length + underway.length === 0
}

/** The same decision, with the news that the order is complete where it makes it so; `after` is what comes of its events. */
export function thenComplete(
  decision: Decision<OrderEvent>,
  { orderId, at }: { orderId: string; at: string },
  before: PlacedOrder,
  after: PlacedOrder,
): Decision<OrderEvent> {
  if (isComplete(before) || !isComplete(after)) return decision
  return { ...decision, events: [...decision.events, { type: 'OrderCompleted', data: { orderId, completedAt: at } }] }
}

/** The order with the status that follows from what has left, unless it is cancelled or is being cancelled. */
export function standing(state: PlacedOrder): PlacedOrder {
  if (state.status === 'cancelled' || state.cancellation !== undefined) return state
  if (isAllDelivered(state)) return { ...state, status: 'delivered' }
  if (state.shipments.length > 0) return { ...state, status: 'dispatched' }
  if (state.status !== 'cancelling') return state
  return { ...state, status: state.formedAt === undefined ? 'unformed' : 'formed' }
}

/** Units that left were lost, and are paid back: once for a report. */
export function lose({ orderId, at, ...lost }: DataOf<'RecordLoss'>, state: PlacedOrder): Decision<OrderEvent> {
  if (state.lost?.some(({ reportId }) => reportId === lost.reportId)) return accept()
  return accept({ type: 'UnitsLost', data: { orderId, ...lost, lostAt: at } })
}

/** The order with units that were lost. */
export const withLoss = (state: PlacedOrder, { reportId, shipmentId, lines }: UnitsLost['data']): PlacedOrder => ({
  ...state,
  lost: [...(state.lost ?? []), { reportId, shipmentId, lines }],
})

/** The order with when units of a shipment were received, or that they were not. */
export function withDelivery(
  state: PlacedOrder,
  { shipmentId, deliveredAt }: Pick<OrderDeliveryCorrected['data'], 'shipmentId' | 'deliveredAt'>,
): PlacedOrder {
  const isIt = (each: PlacedOrder['shipments'][number]) => each.shipmentId === shipmentId
  return standing({
    ...state,
    shipments: state.shipments.map((each) => (isIt(each) ? { ...each, deliveredAt } : each)),
  })
}
