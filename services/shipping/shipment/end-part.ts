import type { ShipmentCancelled } from '@vilkar/contracts/shipping.ts'
import type { ShipmentRejoined } from '@vilkar/contracts/shipping-parts.ts'
import { accept, type Refusal, refuse } from '@vilkar/decider/decider.ts'
import type { CommandData, PartAsItIs } from './commands.ts'
import { opened } from './split.ts'
import { type RequestedShipment, whereaboutsOf } from './state.ts'
import { withoutUnits, withUnits } from './units.ts'

/**
 * An agreed part is not to leave by itself after all: its units leave with what they were taken out of. Only while both are here: what is
 * on its way is no agreement any more. What was packed of either is opened. Said twice it is said once.
 */
export function endPart({ shipmentId, at, partId, part, by, why }: CommandData<'EndPart'>, state: RequestedShipment) {
  const { requested, parts = [] } = state
  const agreed = parts.find((each) => each.partId === partId)
  if (agreed === undefined)
    return refuse({ code: 'part-unknown', detail: 'No part of this shipment was agreed on under this id.' })
  if (agreed.ended) return accept()
  const no = whyNotEnded(part, state)
  if (no) return refuse(no)
  const data = {
    ...{ shipmentId, orderId: requested.orderId, partId },
    rejoined: part.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    ...{ lines: withUnits(requested.lines, part.lines), rejoinedAt: at, personal: { by, why } },
  }
  return accept({ type: 'ShipmentRejoined', data } satisfies ShipmentRejoined)
}

function whyNotEnded(part: PartAsItIs, state: RequestedShipment): Refusal | undefined {
  if (part.goods === 'left')
    return { code: 'part-dispatched', detail: 'The part has left: it goes its way as any parcel.' }
  if (part.goods === 'stopped') return { code: 'part-stopped', detail: 'The part never leaves: all of it was stopped.' }
  const rest = whereaboutsOf(state)
  if (rest === 'left')
    return {
      code: 'shipment-dispatched',
      detail: 'What the part was taken out of has left: the part is all that waits.',
    }
  if (rest === 'stopped')
    return {
      code: 'shipment-cancelled',
      detail: 'What the part was taken out of never leaves: the part is all that waits.',
    }
  if (part.parted)
    return {
      code: 'part-in-parts',
      detail: 'Units of the part leave by themselves, as was agreed too. End that first.',
    }
  if (part.elsewhere)
    return { code: 'part-elsewhere', detail: 'The part goes to another address than what it was taken out of.' }
  if (part.judged)
    return { code: 'part-judged', detail: 'What bears on the risk was recorded of the part, and of nothing else.' }
}

/** The part is not to be sent by itself: its units leave with another shipment. */
export function joinShipment({ shipmentId, at, into }: CommandData<'JoinShipment'>, state: RequestedShipment) {
  if (whereaboutsOf(state) !== 'here') return accept()
  const data = { shipmentId, orderId: state.requested.orderId, movedTo: into, cancelledAt: at }
  return accept({ type: 'ShipmentCancelled', data } satisfies ShipmentCancelled)
}

/** The shipment with the units of a part again, and what was packed is opened. */
export function rejoined(
  state: RequestedShipment,
  { partId, lines, rejoined: units }: ShipmentRejoined['data'],
): RequestedShipment {
  const parts = state.parts!.map((each) =>
    each.partId === partId ? { ...each, lines: withoutUnits(each.lines, units), ended: true as const } : each,
  )
  return { ...opened(state), requested: { ...state.requested, lines }, parts, grown: true }
}
