import type { ShipmentDelivered, ShipmentDispatched, UnitsSent } from '@vilkar/contracts/shipping.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { RequestedShipment, ShipmentCommand } from './shipment.ts'

type DataOf<Type extends ShipmentCommand['type']> = Extract<ShipmentCommand, { type: Type }>['data']

/**
 * The carrier took all of a shipment, or part of it. What stays behind becomes a shipment of its own, which whoever
 * carries out this decision requests in the same transaction.
 */
export function dispatch(
  { shipmentId, at, carrier, trackingNumber, handedOverAt, lines: sent, restId }: DataOf<'DispatchShipment'>,
  state: RequestedShipment,
) {
  if (state.status === 'held') {
    return refuse({
      code: 'shipment-held',
      detail: `Do not send: ${state.held!.cause}. ${first[state.held!.holds.at(-1)!.waitsFor]}`,
    })
  }
  if (state.status === 'cancelled')
    return refuse({ code: 'shipment-cancelled', detail: 'Do not send: the order was cancelled.' })
  if (state.dispatched) {
    const { dispatched, requested } = state
    const same = dispatched.carrier === carrier && dispatched.trackingNumber === trackingNumber
    if (same && sameUnits(dispatched.lines, sent ?? requested.lines)) return accept()
    const detail = `It left with ${state.dispatched.carrier}, tracking number ${state.dispatched.trackingNumber}.`
    return refuse({ code: 'shipment-dispatched', detail })
  }
  if (Temporal.Instant.compare(handedOverAt, at) > 0) {
    return refuse({
      code: 'handover-in-the-future',
      detail: `handedOverAt (${handedOverAt}) is later than now (${at}).`,
    })
  }
  const { orderId, customerKind, requestedAt } = state.requested
  if (Temporal.Instant.compare(handedOverAt, requestedAt) < 0) {
    return refuse({
      code: 'handover-before-request',
      detail: `handedOverAt (${handedOverAt}) is before the shipment was asked for at ${requestedAt}.`,
    })
  }
  const fault = sent && faultOf(sent, state.requested.lines)
  if (fault) return refuse({ code: 'lines-not-in-shipment', detail: fault })
  const lines = sent ? unitsOf(state.requested.lines, sent) : state.requested.lines
  const handover = Temporal.Instant.from(handedOverAt)
  const { reasons } = termsOf(state.requested.terms.edition).risk({
    customerKind,
    handedOverAt: handover,
    at: handover,
  })
  const rest = remainderOf(state.requested.lines, lines).length > 0 && { restId }
  const data = { shipmentId, orderId, carrier, trackingNumber, handedOverAt, lines, ...rest, reasons }
  return accept({ type: 'ShipmentDispatched', data } satisfies ShipmentDispatched)
}

const first = {
  confirmation: "The customer's confirmation must arrive first.",
  payment: 'The customer must pay again first.',
}

type Lines = RequestedShipment['requested']['lines']

/** Why these units cannot leave as part of what was asked for; undefined when they can. */
function faultOf(sent: UnitsSent[], lines: Lines) {
  const seen = new Set<string>()
  for (const { lineId, quantity } of sent) {
    const line = lines.find((each) => each.lineId === lineId)
    if (line === undefined) return `There is no line ${lineId} in this shipment.`
    if (seen.has(lineId)) return `Line ${lineId} is named twice.`
    if (quantity > line.quantity)
      return `Of line ${lineId} there are ${line.quantity} in this shipment, not ${quantity}.`
    seen.add(lineId)
  }
}

/** The lines of a shipment with the units named, in the shipment's order. */
const unitsOf = (lines: Lines, units: UnitsSent[]) =>
  lines.flatMap((line) => {
    const named = units.find(({ lineId }) => lineId === line.lineId)
    return named === undefined ? [] : [{ ...line, quantity: named.quantity }]
  })

const sameUnits = (some: UnitsSent[], others: UnitsSent[]) =>
  some.length === others.length &&
  some.every(({ lineId, quantity }) => others.some((each) => each.lineId === lineId && each.quantity === quantity))

/** What of the lines that were asked for stays behind when these left: nothing, unless only part of them did. */
export const remainderOf = (requested: Lines, left: Lines) =>
  requested.flatMap((line) => {
    const gone = left.find(({ lineId }) => lineId === line.lineId)?.quantity ?? 0
    return gone < line.quantity ? [{ ...line, quantity: line.quantity - gone }] : []
  })

/** The customer has the goods; it cannot be before they left, nor later than now. */
export function deliver(
  { shipmentId, at, receivedAt, receivedBy }: DataOf<'DeliverShipment'>,
  state: RequestedShipment,
) {
  if (state.receivedAt !== undefined) {
    if (Temporal.Instant.compare(state.receivedAt, receivedAt) === 0) return accept()
    return refuse({
      code: 'shipment-delivered',
      detail: `It was received at ${state.receivedAt} already; periods run from then.`,
    })
  }
  if (state.dispatched === undefined)
    return refuse({ code: 'shipment-not-dispatched', detail: 'It has not been handed to a carrier yet.' })
  if (Temporal.Instant.compare(receivedAt, state.dispatched.handedOverAt) < 0) {
    return refuse({
      code: 'receipt-before-handover',
      detail: `It was handed over at ${state.dispatched.handedOverAt}, after ${receivedAt}.`,
    })
  }
  if (Temporal.Instant.compare(receivedAt, at) > 0) {
    return refuse({ code: 'receipt-in-the-future', detail: `receivedAt (${receivedAt}) is later than now (${at}).` })
  }
  const received = Temporal.Instant.from(receivedAt)
  const handedOverAt = Temporal.Instant.from(state.dispatched.handedOverAt)
  const { reasons } = termsOf(state.requested.terms.edition).risk({
    customerKind: state.requested.customerKind,
    handedOverAt,
    receivedAt: received,
    at: received,
  })
  const data = { shipmentId, orderId: state.requested.orderId, receivedAt, reasons, personal: { receivedBy } }
  return accept({ type: 'ShipmentDelivered', data } satisfies ShipmentDelivered)
}
