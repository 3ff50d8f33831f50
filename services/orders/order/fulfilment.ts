import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import type { OrderDelivered, OrderDeliveryCorrected, OrderDispatched } from '@vilkar/contracts/orders-delivery.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { portionOf } from '@vilkar/terms/amounts/portion.ts'
import { isComplete } from './completion.ts'
import { type DataOf, type PlacedOrder, termsFor } from './state.ts'
import { lapsed } from './stop.ts'
import { countOf } from './units.ts'

/** What was due before this shipment, taken by now or not: all of it where that was stated, else for what left earlier. */
const dueBefore = ({ placed, shipments }: PlacedOrder) =>
  placed.disclosures.earlyCapture
    ? placed.totals.total
    : shipments.reduce((sum, { captureAmount }) => sum + captureAmount, 0)

/** Whether delivery was taken, or is to be, with what left before: it is charged once. */
const isDeliveryTaken = ({ placed, shipments }: PlacedOrder) =>
  placed.disclosures.earlyCapture || shipments.some(({ lines, captureAmount }) => captureAmount > amountOf(lines))

const amountOf = (lines: { amount: number }[]) => lines.reduce((sum, { amount }) => sum + amount, 0)

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
    const before = countOf(
      state.shipments.flatMap((shipment) => shipment.lines),
      lineId,
    )
    return {
      lineId,
      quantity,
      amount: portionOf({ total, quantity: ordered, returning: quantity, returnedBefore: before }),
    }
  })
  const shippedLines = amountOf(portions)
  const { amount, reasons } = terms.capturable({
    shippedLines,
    deliveryPrice: placed.delivery.price,
    parcelLeft: true,
    deliveryCaptured: isDeliveryTaken(state),
    authorised: state.payment === undefined ? 0 : placed.totals.total,
    alreadyCaptured: dueBefore(state),
  })
  const { currency } = placed
  const events: OrderEvent[] = []
  // Shipping was asked by an earlier release, which does not answer once goods have left. Now it always does.
  if (state.cancellation && state.cancellation.requestId === undefined)
    events.push(lapsed({ orderId, at, shipmentId }, state))
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

/** The customer has what left by this shipment. */
export function deliver({ orderId, at, shipmentId }: DataOf<'RecordDelivery'>, state: PlacedOrder) {
  const shipment = state.shipments.find((each) => each.shipmentId === shipmentId)
  if (shipment === undefined) return refuse(neverLeft(shipmentId))
  if (shipment.deliveredAt !== undefined) return accept()
  const data = { orderId, shipmentId, deliveredAt: at, ...moreToCome(state, { shipmentId, deliveredAt: at }) }
  return accept({ type: 'OrderDelivered', data } satisfies OrderDelivered)
}

/** Whether other units are still to come once this shipment has. */
function moreToCome(state: PlacedOrder, { shipmentId, deliveredAt }: { shipmentId: string; deliveredAt: string }) {
  const shipments = state.shipments.map((each) => (each.shipmentId === shipmentId ? { ...each, deliveredAt } : each))
  return isComplete({ ...state, shipments }) ? {} : { moreToCome: true as const }
}

/** It was at another moment, or has not been yet. */
export function correctDelivery(
  { orderId, at, shipmentId, deliveredAt }: DataOf<'CorrectDelivery'>,
  state: PlacedOrder,
) {
  const shipment = state.shipments.find((each) => each.shipmentId === shipmentId)
  if (shipment === undefined) return refuse(neverLeft(shipmentId))
  const { deliveredAt: was } = shipment
  if (was === deliveredAt) return accept()
  const more = deliveredAt === undefined ? {} : moreToCome(state, { shipmentId, deliveredAt })
  const data = {
    orderId,
    shipmentId,
    ...(was && { was }),
    ...(deliveredAt && { deliveredAt }),
    correctedAt: at,
    ...more,
  }
  return accept({ type: 'OrderDeliveryCorrected', data } satisfies OrderDeliveryCorrected)
}

const neverLeft = (shipmentId: string) => ({
  code: 'shipment-unknown',
  detail: `Shipment ${shipmentId} never left for this order.`,
})
