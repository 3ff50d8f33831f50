import type {
  ShipmentCancelled,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentHeld,
  ShipmentRequested,
  ShipmentResumed,
  ShippingEvent,
} from '@vilkar/contracts/shipping.ts'
import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import { termsOf } from '@vilkar/terms/editions.ts'

/** The facts of a shipment. Who bears the risk is asked of the edition that its order was placed under. */
export type RequestedShipment = {
  status: 'requested' | 'held' | 'cancelled' | 'dispatched' | 'delivered'
  requested: Omit<ShipmentRequested['data'], 'personal'>
  held?: { at: string; cause: string }
  dispatched?: { carrier: string; trackingNumber: string; handedOverAt: string }
  receivedAt?: string
}
export type Shipment = { status: 'new' } | RequestedShipment

type Command<Type extends string, Data> = { type: Type; data: { shipmentId: string; at: string } & Data }
export type ShipmentCommand =
  | Command<'RequestShipment', Omit<ShipmentRequested['data'], 'requestedAt'>>
  | Command<'HoldShipment', { cause: string }>
  | Command<'ResumeShipment', object>
  | Command<'CancelShipment', object>
  | Command<'DispatchShipment', { carrier: string; trackingNumber: string; handedOverAt: string }>
  | Command<'DeliverShipment', { receivedAt: string; receivedBy: string }>

/** How a shipment lives: requested → dispatched → delivered, with a hold and a cancellation while it has not left. */
export const shipment: Decider<Shipment, ShipmentCommand, ShippingEvent> = {
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
    const left = state.status === 'dispatched' || state.status === 'delivered'

    switch (command.type) {
      case 'HoldShipment':
        if (state.status !== 'requested') return accept()
        return accept({
          type: 'ShipmentHeld',
          data: { ...ids, cause: command.data.cause, heldAt: at },
        } satisfies ShipmentHeld)
      case 'ResumeShipment':
        if (state.status !== 'held') return accept()
        return accept({ type: 'ShipmentResumed', data: { ...ids, resumedAt: at } } satisfies ShipmentResumed)
      case 'CancelShipment':
        // Once the goods have left, ShipmentDispatched is what the orders service hears instead.
        if (left || state.status === 'cancelled') return accept()
        return accept({ type: 'ShipmentCancelled', data: { ...ids, cancelledAt: at } } satisfies ShipmentCancelled)
      case 'DispatchShipment':
        return dispatch(command.data, state)
      case 'DeliverShipment':
        return deliver(command.data, state)
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
        return { ...state, status: 'held', held: { at: data.heldAt, cause: data.cause } }
      case 'ShipmentResumed':
        return { ...state, status: 'requested', held: undefined }
      case 'ShipmentCancelled':
        return { ...state, status: 'cancelled' }
      case 'ShipmentDispatched': {
        const { carrier, trackingNumber, handedOverAt } = data
        return { ...state, status: 'dispatched', dispatched: { carrier, trackingNumber, handedOverAt } }
      }
      case 'ShipmentDelivered':
        return { ...state, status: 'delivered', receivedAt: data.receivedAt }
    }
  },
}

type DataOf<Type extends ShipmentCommand['type']> = Extract<ShipmentCommand, { type: Type }>['data']

function dispatch(
  { shipmentId, at, carrier, trackingNumber, handedOverAt }: DataOf<'DispatchShipment'>,
  state: RequestedShipment,
) {
  if (state.status === 'held') {
    return refuse({
      code: 'shipment-held',
      detail: `Do not send: ${state.held!.cause}. The customer's confirmation must arrive first.`,
    })
  }
  if (state.status === 'cancelled')
    return refuse({ code: 'shipment-cancelled', detail: 'Do not send: the order was cancelled.' })
  if (state.dispatched) {
    const same = state.dispatched.carrier === carrier && state.dispatched.trackingNumber === trackingNumber
    if (same) return accept()
    const detail = `It left with ${state.dispatched.carrier}, tracking number ${state.dispatched.trackingNumber}.`
    return refuse({ code: 'shipment-dispatched', detail })
  }
  if (Temporal.Instant.compare(handedOverAt, at) > 0) {
    return refuse({
      code: 'handover-in-the-future',
      detail: `handedOverAt (${handedOverAt}) is later than now (${at}).`,
    })
  }
  const { orderId, lines, customerKind, requestedAt } = state.requested
  if (Temporal.Instant.compare(handedOverAt, requestedAt) < 0) {
    return refuse({
      code: 'handover-before-request',
      detail: `handedOverAt (${handedOverAt}) is before the shipment was asked for at ${requestedAt}.`,
    })
  }
  const handover = Temporal.Instant.from(handedOverAt)
  const { reasons } = termsOf(state.requested.terms.edition).risk({
    customerKind,
    handedOverAt: handover,
    at: handover,
  })
  const data = { shipmentId, orderId, carrier, trackingNumber, handedOverAt, lines, reasons }
  return accept({ type: 'ShipmentDispatched', data } satisfies ShipmentDispatched)
}

function deliver({ shipmentId, at, receivedAt, receivedBy }: DataOf<'DeliverShipment'>, state: RequestedShipment) {
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
