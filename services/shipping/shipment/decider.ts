import type {
  AddressChangeAnswered,
  Hold,
  ShipmentCancelled,
  ShipmentHeld,
  ShipmentReaddressed,
  ShipmentReduced,
  ShipmentRequested,
  ShipmentResumed,
  ShippingEvent,
  StopAnswered,
} from '@vilkar/contracts/shipping.ts'
import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import type { ShipmentCommand } from './commands.ts'
import { correctDelivery, deliver } from './deliver.ts'
import { dispatch } from './dispatch.ts'
import { type Shipment, whereaboutsOf } from './state.ts'
import { withoutUnits } from './units.ts'

/** What is told of a shipment. */
export type ShipmentEvent = Exclude<ShippingEvent, StopAnswered | AddressChangeAnswered>

/** How a shipment lives: requested → dispatched → delivered, with a hold and a cancellation while it has not left. */
export const decider: Decider<Shipment, ShipmentCommand, ShipmentEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'RequestShipment') {
      if (state.status !== 'new') return accept()
      const { at, ...data } = command.data
      return accept({ type: 'ShipmentRequested', data: { ...data, requestedAt: at } } satisfies ShipmentRequested)
    }
    if (state.status === 'new') return refuse({ code: 'shipment-unknown', detail: 'There is no such shipment.' })
    const { shipmentId, at } = command.data
    const ids = { shipmentId, orderId: state.requested.orderId }
    const isHere = whereaboutsOf(state) === 'here'

    switch (command.type) {
      case 'HoldShipment': {
        if (!isHere) return accept()
        const { waitsFor, cause } = command.data
        const holds = state.held?.holds ?? []
        if (holds.some((hold) => hold.waitsFor === waitsFor)) return accept()
        return accept(held(ids, [...holds, { waitsFor, cause }], at))
      }
      case 'ResumeShipment': {
        if (state.status !== 'held') return accept()
        const { holds } = state.held!
        const left = holds.filter(({ waitsFor }) => waitsFor !== command.data.waitsFor)
        if (left.length === holds.length) return accept()
        if (left.length > 0) return accept(held(ids, left, at))
        return accept({ type: 'ShipmentResumed', data: { ...ids, resumedAt: at } } satisfies ShipmentResumed)
      }
      case 'CancelShipment':
        // Once the goods have left, ShipmentDispatched is what the orders service hears instead.
        if (!isHere) return accept()
        return accept({ type: 'ShipmentCancelled', data: { ...ids, cancelledAt: at } } satisfies ShipmentCancelled)
      case 'StopUnits': {
        if (!isHere) return accept()
        const { requestId, lines: stopped } = command.data
        const lines = withoutUnits(state.requested.lines, stopped)
        if (lines.length === 0)
          return accept({ type: 'ShipmentCancelled', data: { ...ids, cancelledAt: at } } satisfies ShipmentCancelled)
        const data = { ...ids, requestId, stopped, lines, reducedAt: at }
        return accept({ type: 'ShipmentReduced', data } satisfies ShipmentReduced)
      }
      case 'ReaddressShipment': {
        if (!isHere) return accept()
        const { requestId, address } = command.data
        const data = { ...ids, requestId, readdressedAt: at, personal: { address } }
        return accept({ type: 'ShipmentReaddressed', data } satisfies ShipmentReaddressed)
      }
      case 'DispatchShipment':
        return dispatch(command.data, state)
      case 'DeliverShipment':
        return deliver(command.data, state)
      case 'CorrectDelivery':
        return correctDelivery(command.data, state)
    }
  },

  evolve(state, { type, data }) {
    if (type === 'ShipmentRequested') {
      const { personal: _, ...requested } = data
      return { status: 'requested', requested }
    }
    if (state.status === 'new') throw new Error(`${type} came before ShipmentRequested`)
    switch (type) {
      case 'ShipmentHeld':
        return {
          ...state,
          status: 'held',
          held: {
            at: data.heldAt,
            cause: data.cause,
            holds: data.holds ?? [{ waitsFor: 'confirmation', cause: data.cause }],
          },
        }
      case 'ShipmentResumed':
        return { ...state, status: 'requested', held: undefined }
      case 'ShipmentCancelled':
        return { ...state, status: 'cancelled' }
      case 'ShipmentReduced': {
        const { lines, stopped } = data
        return { ...state, requested: { ...state.requested, lines }, stopped: [...(state.stopped ?? []), ...stopped] }
      }
      case 'ShipmentReaddressed':
        return state
      case 'ShipmentDispatched': {
        const { shipmentId: _, orderId: __, reasons: ___, ...dispatched } = data
        return { ...state, status: 'dispatched', dispatched }
      }
      case 'ShipmentDelivered':
        return { ...state, status: 'delivered', receivedAt: data.receivedAt }
      case 'DeliveryCorrected': {
        const { receivedAt } = data
        if (receivedAt !== undefined) return { ...state, receivedAt }
        return { ...state, status: 'dispatched', receivedAt, deliveryWithdrawn: true }
      }
    }
  },
}

const held = (ids: { shipmentId: string; orderId: string }, holds: Hold[], at: string): ShipmentHeld => ({
  type: 'ShipmentHeld',
  data: { ...ids, cause: holds.map(({ cause }) => cause).join('; '), holds, heldAt: at },
})
