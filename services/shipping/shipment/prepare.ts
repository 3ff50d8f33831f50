import type { ShipmentAccepted, ShipmentPacked } from '@vilkar/contracts/shipping-parcel.ts'
import { accept, type Refusal, refuse } from '@vilkar/decider/decider.ts'
import type { CommandData } from './commands.ts'
import { faultOfManuals, faultOfNumbers, numbered, sameNumbers, whyUnsafe } from './numbers.ts'
import { type RequestedShipment, whereaboutsOf } from './state.ts'

/** The warehouse takes the shipment on. What is further already stays so. */
export function acceptShipment({ shipmentId, at }: CommandData<'AcceptShipment'>, state: RequestedShipment) {
  if (state.prepared || state.dispatched) return accept()
  const no = whyNotSent(state)
  if (no) return refuse(no)
  const data = { shipmentId, orderId: state.requested.orderId, acceptedAt: at }
  return accept({ type: 'ShipmentAccepted', data } satisfies ShipmentAccepted)
}

/**
 * The goods are packed, whether or not the warehouse said that it took them on: from here on the address stands. With other numbers than
 * before it is packed anew, until it leaves.
 */
export function packShipment({ shipmentId, at, ...said }: CommandData<'PackShipment'>, state: RequestedShipment) {
  // What was said before stays said, also of a line that stayed behind since.
  const unheard = said.manuals?.filter((lineId) => !state.manuals?.includes(lineId))
  const strange = faultOfManuals(unheard, state.requested.lines)
  if (strange) return refuse(strange)
  const units = said.units && numbered(said.units)
  const isSaid = units === undefined || sameNumbers(units, state.units)
  if (state.dispatched)
    return isSaid ? accept() : refuse({ code: 'shipment-dispatched', detail: 'It left with other numbers than these.' })
  if (isSaid && state.prepared?.status === 'packed') return accept()
  const manuals = said.manuals ?? state.manuals ?? []
  const no =
    whyNotSent(state) ??
    faultOfNumbers(units ?? [], state.requested.lines) ??
    whyUnsafe(state, state.requested.lines, { units: units ?? [], manuals, recalls: said.recalls })
  if (no) return refuse(no)
  const numbers = { ...(units && { units }), ...(said.manuals && { manuals }) }
  const data = { shipmentId, orderId: state.requested.orderId, ...numbers, packedAt: at }
  return accept({ type: 'ShipmentPacked', data } satisfies ShipmentPacked)
}

/** What is packed is all that is to be sent of it. */
export const packed = ({ grown: _, ...state }: RequestedShipment, data: ShipmentPacked['data']): RequestedShipment => ({
  ...{ ...state, status: 'packed', prepared: { status: 'packed', at: data.packedAt }, ...numbersOf(data) },
})

/** What was said of numbers and manuals, if anything was. */
const numbersOf = ({ units, manuals }: ShipmentPacked['data']) => ({
  ...(units && { units: numbered(units) }),
  ...(manuals && { manuals }),
})

/** Whether goods can still go to another address. */
export const isAddressOpen = (state: RequestedShipment) =>
  whereaboutsOf(state) === 'here' && state.prepared?.status !== 'packed'

/** Why goods that are here must not be sent; undefined when they may. */
export function whyNotSent(state: RequestedShipment): Refusal | undefined {
  if (state.status === 'held')
    return {
      code: 'shipment-held',
      detail: `Do not send: ${state.held!.cause}. ${first[state.held!.holds.at(-1)!.waitsFor]}`,
    }
  if (whereaboutsOf(state) === 'stopped')
    return {
      code: 'shipment-cancelled',
      detail: `Do not send: ${state.joinedTo === undefined ? 'the order was cancelled' : `its goods leave with shipment ${state.joinedTo}`}.`,
    }
}

const first = {
  confirmation: "The customer's confirmation must arrive first.",
  payment: 'The customer must pay again first.',
}
