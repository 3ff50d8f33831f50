import type { ShipmentReduced } from '@vilkar/contracts/shipping.ts'
import { accept, refuse } from '@vilkar/decider/decider.ts'
import type { CommandData } from './commands.ts'
import { whyNotSent } from './prepare.ts'
import { type RequestedShipment, whereaboutsOf } from './state.ts'
import { faultOf, sameUnits, withoutUnits } from './units.ts'

/**
 * Units leave by a shipment of their own, as was agreed with the customer: nobody has to take a delivery in parts that they did not agree
 * to. What was packed is opened for it; what has left, waits for something or goes for a complaint stays whole. Said twice it is said once.
 */
export function splitShipment(
  { shipmentId, at, partId, lines: moved, by, why }: CommandData<'SplitShipment'>,
  state: RequestedShipment,
) {
  const { requested, parts = [] } = state
  const before = parts.find((part) => part.partId === partId)
  if (before?.ended)
    return refuse({ code: 'part-ended', detail: 'This part was ended. Another is agreed on under an id of its own.' })
  if (before && sameUnits(before.lines, moved)) return accept()
  if (before) return refuse({ code: 'part-differs', detail: 'Another part was agreed on under this id.' })
  if (whereaboutsOf(state) === 'left')
    return refuse({ code: 'shipment-dispatched', detail: 'It has left: what stayed behind is a shipment already.' })
  const no = whyNotSent(state)
  if (no) return refuse(no)
  if (requested.cure)
    return refuse({ code: 'cure-leaves-whole', detail: 'What is sent for a complaint leaves together.' })
  const fault = faultOf(moved, requested.lines)
  if (fault) return refuse({ code: 'lines-not-in-shipment', detail: fault })
  const lines = withoutUnits(requested.lines, moved)
  if (lines.length === 0)
    return refuse({ code: 'part-is-whole', detail: 'Nothing of it would be left: it is no part.' })
  const data = { shipmentId, orderId: requested.orderId, requestId: partId, stopped: moved, movedTo: partId, lines }
  return accept({
    type: 'ShipmentReduced',
    data: { ...data, reducedAt: at, personal: { by, why } },
  } satisfies ShipmentReduced)
}

/** The shipment without units that were taken out of it, and what was packed is opened. */
export function reduced(
  state: RequestedShipment,
  { lines, stopped, movedTo }: ShipmentReduced['data'],
): RequestedShipment {
  const rest = { ...opened(state), requested: { ...state.requested, lines } }
  if (movedTo === undefined) return { ...rest, stopped: [...(state.stopped ?? []), ...stopped] }
  return { ...rest, parts: [...(state.parts ?? []), { partId: movedTo, lines: stopped }] }
}

/** What was packed is opened to take units out of it, or to put some in. */
export function opened(state: RequestedShipment): RequestedShipment {
  const { prepared } = state
  if (prepared?.status !== 'packed') return state
  const status = state.status === 'packed' ? 'accepted' : state.status
  return { ...state, status, prepared: { ...prepared, status: 'accepted' }, ...(state.units && { units: [] }) }
}
