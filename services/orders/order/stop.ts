import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type {
  CancellationLapsed,
  OrderCancelled,
  StopConcluded,
  StopRequested,
} from '@vilkar/contracts/orders-cancellation.ts'
import type { LinePart } from '@vilkar/contracts/parts.ts'
import { accept, type Decision, refuse } from '@vilkar/decider/decider.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import { type DataOf, type PlacedOrder, type Stop, termsFor } from './state.ts'
import { countOf, endOf, someOf, stoppedOf } from './units.ts'

type Asking = Pick<Stop, 'requestId' | 'returnId' | 'by' | 'reason'> & { orderId: string; at: string }

/** Shipping is asked to stop these units. */
export function request(
  { orderId, at, requestId, returnId, by, reason }: Asking,
  lines: StopRequested['data']['lines'],
  reasons: Reason[],
): StopRequested {
  const id = { orderId, requestId, ...(returnId && { returnId }) }
  return { type: 'StopRequested', data: { ...id, by, reason, lines, requestedAt: at, reasons } }
}

/**
 * A consumer withdrew: the duties of both end, so what has not left is not to leave (angrerettloven § 23). Shipping is always
 * asked, since it alone knows what has left; a cancelled order has told so, which ends its returns.
 */
export function stopWithdrawn(
  { orderId, at, requestId, returnId, lines }: DataOf<'StopWithdrawn'>,
  state: PlacedOrder,
): Decision<OrderEvent> {
  if (state.status === 'cancelled' || state.stops.some((stop) => stop.returnId === returnId)) return accept()
  const all = state.placed.lines.every(({ lineId, quantity }) => countOf(lines, lineId) >= quantity)
  // Before there is an agreement nothing was asked of shipping: the order simply ends.
  if (all && !state.everFormed) return accept(cancelled(orderId, 'customer', 'customer-wish', at, []))
  return accept(request({ orderId, at, requestId, returnId, by: 'customer', reason: 'customer-wish' }, lines, []))
}

const concluded = (
  { orderId, requestId, returnId, by, reason }: Omit<Asking, 'at'>,
  at: string,
  stopped: StopConcluded['data']['stopped'],
  left: LinePart[],
): StopConcluded => ({
  type: 'StopConcluded',
  data: { orderId, requestId, ...(returnId && { returnId }), by, reason, stopped, left, concludedAt: at },
})

/**
 * Shipping answered. When every unit of the order never leaves, the order is cancelled; when nothing of a cancellation of the
 * whole was stopped, that lapses.
 */
export function concludeStop(
  { orderId, at, requestId, lines, shipmentIds }: DataOf<'ConcludeStop'>,
  state: PlacedOrder,
): Decision<OrderEvent> {
  const stop = state.stops.find((each) => each.requestId === requestId)
  if (stop === undefined && requestId === orderId) return concludeWhole({ orderId, at, lines, shipmentIds }, state)
  if (stop === undefined)
    return refuse({ code: 'request-unknown', detail: `Nobody asked to stop units by request ${requestId}.` })
  if (stop.concluded) return accept()
  const asked = { orderId, ...stop }
  // It was cancelled as a whole meanwhile, which counts these units too.
  if (state.status === 'cancelled') return accept(concluded(asked, at, [], []))
  const before = stoppedOf(state)
  const stopped = state.placed.lines.flatMap((line) => {
    const { lineId } = line
    const quantity = lines.find((each) => each.lineId === lineId)?.stopped ?? 0
    return quantity > 0 ? [{ lineId, quantity, amount: endOf(line, quantity, countOf(before, lineId)) }] : []
  })
  const left = someOf(lines.map(({ lineId, left: quantity }) => ({ lineId, quantity })))
  const events: OrderEvent[] = [concluded(asked, at, stopped, left)]
  const never = [...before, ...stopped]
  if (state.placed.lines.every(({ lineId, quantity }) => countOf(never, lineId) >= quantity))
    events.push(cancelled(orderId, stop.by, stop.reason, at, []))
  else if (state.cancellation?.requestId === requestId && stopped.length === 0 && shipmentIds.length > 0)
    events.push(lapsed({ orderId, at, shipmentId: shipmentIds[0]! }, state))
  return accept(...events)
}

/** Of a cancellation that an earlier release asked for, which is of all or nothing and goes by the order's own id. */
function concludeWhole(
  { orderId, at, lines, shipmentIds }: Pick<DataOf<'ConcludeStop'>, 'orderId' | 'at' | 'lines' | 'shipmentIds'>,
  state: PlacedOrder,
): Decision<OrderEvent> {
  const { cancellation, status } = state
  if (status === 'cancelled' || cancellation === undefined || cancellation.requestId !== undefined) return accept()
  if (lines.some(({ left }) => left > 0)) return accept(lapsed({ orderId, at, shipmentId: shipmentIds[0]! }, state))
  return accept(cancelled(orderId, cancellation.by, cancellation.reason, at, []))
}

/** The goods were with the carrier before the cancellation of the order came. */
export function lapsed(
  { orderId, at, shipmentId }: { orderId: string; at: string; shipmentId: string },
  state: PlacedOrder,
): CancellationLapsed {
  const { by, reason } = state.cancellation!
  const { reasons } = termsFor(state).cancellation({
    ...{ by, reason, customerKind: state.placed.customerKind, formed: true, dispatched: true },
    madeToOrder: state.placed.lines.every(({ traits }) => traits.madeToOrder),
  })
  return { type: 'CancellationLapsed', data: { orderId, shipmentId, lapsedAt: at, reasons } }
}

/** The order ended; `reasons` are those of the ruling that let it. */
export function cancelled(
  orderId: string,
  by: 'customer' | 'seller' | 'system',
  reason: string,
  at: string,
  reasons: OrderCancelled['data']['reasons'],
): OrderCancelled {
  return { type: 'OrderCancelled', data: { orderId, by, reason, cancelledAt: at, reasons } }
}

/** Of an earlier release of shipping; who was asked by request answers it by request. */
export function confirmCancellation({ orderId, at }: DataOf<'ConfirmCancellation'>, { cancellation }: PlacedOrder) {
  if (cancellation === undefined || cancellation.requestId !== undefined) return accept()
  return accept(cancelled(orderId, cancellation.by, cancellation.reason, at, []))
}
