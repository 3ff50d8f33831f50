import type { CancellationLapsed, OrderDispatched, OrderEvent } from '@vilkar/contracts/orders.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { portionOf } from '@vilkar/terms/amounts/portion.ts'
import { type DataOf, type PlacedOrder, termsFor } from './state.ts'

/** How many units of a line are in these shipments. */
const unitsOf = (shipments: PlacedOrder['shipments'], lineId: string) =>
  shipments
    .flatMap(({ lines }) => lines)
    .filter((line) => line.lineId === lineId)
    .reduce((sum, { quantity }) => sum + quantity, 0)

const hold = ({ placed }: PlacedOrder, shipments: PlacedOrder['shipments']) =>
  placed.lines.every(({ lineId, quantity }) => unitsOf(shipments, lineId) >= quantity)

/** Whether every unit that was ordered has left. */
export const isAllShipped = (state: PlacedOrder) => hold(state, state.shipments)

/** Whether the customer has every unit that was ordered. */
export const isAllDelivered = (state: PlacedOrder) =>
  hold(
    state,
    state.shipments.filter(({ deliveredAt }) => deliveredAt !== undefined),
  )

/** What was due before this shipment, taken by now or not: all of it where that was stated, else for what left earlier. */
const dueBefore = ({ placed, shipments }: PlacedOrder) =>
  placed.disclosures.earlyCapture
    ? placed.totals.total
    : shipments.reduce((sum, { captureAmount }) => sum + captureAmount, 0)

/**
 * Goods left. Each unit of a line is worth the same and the last takes the remainder, so that however an order is parted
 * its captures add up to exactly what was paid.
 */
export function dispatch(
  { orderId, at, shipmentId, lines, carrier, trackingNumber }: DataOf<'RecordDispatch'>,
  state: PlacedOrder,
) {
  if (state.shipments.some((each) => each.shipmentId === shipmentId)) return accept()
  if (state.status === 'cancelled')
    return refuse({ code: 'order-cancelled', detail: `Shipment ${shipmentId} left although the order is cancelled.` })
  const { placed } = state
  const terms = termsFor(state)
  const portions = lines.map(({ lineId, quantity }) => {
    const { total, quantity: ordered } = placed.lines.find((line) => line.lineId === lineId)!
    const before = unitsOf(state.shipments, lineId)
    return {
      lineId,
      quantity,
      amount: portionOf({ total, quantity: ordered, returning: quantity, returnedBefore: before }),
    }
  })
  const shippedLines = portions.reduce((sum, { amount }) => sum + amount, 0)
  const { amount, reasons } = terms.capturable({
    shippedLines,
    deliveryPrice: placed.delivery.price,
    deliveryCaptured: state.shipments.length > 0,
    authorised: state.payment === undefined ? 0 : placed.totals.total,
    alreadyCaptured: dueBefore(state),
  })
  const { currency } = placed
  const events: OrderEvent[] = []
  if (state.status === 'cancelling') {
    const { reasons: why } = terms.cancellation({
      by: state.cancellation!.by,
      customerKind: placed.customerKind,
      formed: true,
      dispatched: true,
      madeToOrder: placed.lines.every(({ traits }) => traits.madeToOrder),
      reason: state.cancellation!.reason,
    })
    events.push({
      type: 'CancellationLapsed',
      data: { orderId, shipmentId, lapsedAt: at, reasons: why },
    } satisfies CancellationLapsed)
  }
  events.push({
    type: 'OrderDispatched',
    data: {
      orderId,
      shipmentId,
      dispatchedAt: at,
      captureAmount: amount,
      currency,
      lines: portions,
      deliveryAmount: Math.max(0, amount - shippedLines),
      ...(carrier && { carrier }),
      ...(trackingNumber && { trackingNumber }),
      reasons,
    },
  } satisfies OrderDispatched)
  return accept(...events)
}
