import type { ShipmentDispatched } from '@vilkar/contracts/shipping.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import { ownMoment } from '@vilkar/decider/own-moment.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import { circumstanceAt } from './circumstance.ts'
import type { CommandData } from './commands.ts'
import {
  faultOfManuals,
  faultOfNumbers,
  numbered,
  type SaidOfUnits,
  sameNumbers,
  unitsLeaving,
  whyUnsafe,
} from './numbers.ts'
import { whyNotSent } from './prepare.ts'
import type { RequestedShipment } from './state.ts'
import { faultOf, remainderOf, sameUnits, unitsOf } from './units.ts'

/**
 * The carrier took all of a shipment, or part of it. What stays behind becomes a shipment of its own, which whoever
 * carries out this decision requests in the same transaction.
 */
export function dispatch(
  {
    shipmentId,
    at,
    carrier,
    trackingNumber,
    handedOverAt: stated,
    lines: sent,
    restId,
    ...said
  }: CommandData<'DispatchShipment'>,
  state: RequestedShipment,
) {
  if (state.dispatched) {
    const { dispatched, requested } = state
    const same = dispatched.carrier === carrier && dispatched.trackingNumber === trackingNumber
    if (same && sameUnits(dispatched.lines, sent ?? requested.lines)) return accept()
    const detail = `It left with ${state.dispatched.carrier}, tracking number ${state.dispatched.trackingNumber}.`
    return refuse({ code: 'shipment-dispatched', detail })
  }
  const no = whyNotSent(state)
  if (no) return refuse(no)
  if (Temporal.Instant.compare(stated, at) > 0) {
    return refuse({ code: 'handover-in-the-future', detail: `handedOverAt (${stated}) is later than now (${at}).` })
  }
  if (state.grown && sent === undefined)
    return refuse({
      code: 'shipment-grown',
      detail: 'Units were put in since: it is packed anew, or `lines` says what left.',
    })
  const { orderId, requestedAt } = state.requested
  const handedOverAt = ownMoment(stated, at, requestedAt)
  if (Temporal.Instant.compare(handedOverAt, requestedAt) < 0) {
    return refuse({
      code: 'handover-before-request',
      detail: `handedOverAt (${handedOverAt}) is before the shipment was asked for at ${requestedAt}.`,
    })
  }
  const fault = sent && faultOf(sent, state.requested.lines)
  if (fault) return refuse({ code: 'lines-not-in-shipment', detail: fault })
  const lines = sent ? unitsOf(state.requested.lines, sent) : state.requested.lines
  const { units, unsafe } = goodsLeaving(state, lines, said)
  if (unsafe) return refuse(unsafe)
  const { reasons } = riskAt(Temporal.Instant.from(handedOverAt), state)
  const whole = remainderOf(state.requested.lines, lines).length === 0
  if (state.requested.cure && !whole)
    return refuse({ code: 'cure-leaves-whole', detail: 'What is sent for a complaint leaves together.' })
  const rest = remainderOf(state.requested.lines, lines).length > 0 && { restId }
  const { replaces, cure } = state.requested
  const instead = { ...(replaces && { replaces }), ...(cure && { cure }) }
  const numbers = sameNumbers(units, state.units) ? {} : { units: [...units] }
  const data = {
    shipmentId,
    orderId,
    carrier,
    trackingNumber,
    handedOverAt,
    lines,
    ...numbers,
    ...rest,
    ...instead,
    reasons,
  }
  return accept({ type: 'ShipmentDispatched', data } satisfies ShipmentDispatched)
}

/** The numbers of the units that leave, and why they may not. */
function goodsLeaving(
  state: RequestedShipment,
  lines: RequestedShipment['requested']['lines'],
  { units: said, manuals, recalls }: SaidOfUnits,
) {
  const { units, unsure } = unitsLeaving(state.units ?? [], said && numbered(said), lines)
  const goods = { units, manuals: manuals ?? state.manuals ?? [], recalls }
  const strange = faultOfManuals(manuals, state.requested.lines)
  const unsafe = strange ?? unsure ?? faultOfNumbers(units, lines) ?? whyUnsafe(state, lines, goods)
  return { units, unsafe }
}

/** The risk at the handover, by what was recorded of how all of the shipment is carried as it stood then: what was agreed, and whose carrier it is. */
function riskAt(at: Temporal.Instant, { requested, circumstances = [] }: RequestedShipment) {
  const ofAll = circumstances.filter(({ lines }) => lines === undefined)
  const { agreedOnArrival, ownTransport, ownCarrier } = circumstanceAt(ofAll, at)
  return termsOf(requested.terms.edition).risk({
    customerKind: requested.customerKind,
    ...{ handedOverAt: at, at },
    agreedOnArrival: agreedOnArrival === true || ownTransport === true,
    carrierArrangedBy: ownCarrier ? 'customer' : 'seller',
  })
}
