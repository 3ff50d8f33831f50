import type {
  ConfirmationBounced,
  ContractFormed,
  EmailCorrected,
  OrderDelivered,
  OrderEvent,
  PaymentReleased,
} from '@vilkar/contracts/orders.ts'
import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import { cancel, cancelled } from './cancel.ts'
import { dispatch, isAllDelivered } from './fulfilment.ts'
import { authorise, capture, expire, refund, settledBy } from './payment.ts'
import { place } from './place.ts'
import { type Order, type OrderCommand, termsFor } from './state.ts'

/** Mail servers quote the address that they refuse; facts hold no personal data. */
export const withoutAddresses = (text: string) => text.replaceAll(/[^\s<>()"',:;]+@[^\s<>()"',:;]+/g, '…')

/** How an order lives. Every answer about a right is asked of the edition of the terms that the order was placed under. */
export const order: Decider<Order, OrderCommand, OrderEvent> = {
  initial: { status: 'new' },

  decide(command, state) {
    if (command.type === 'PlaceOrder') return state.status === 'new' ? place(command) : accept()
    if (state.status === 'new') return refuse({ code: 'order-unknown', detail: 'There is no such order.' })
    const { orderId, at } = command.data

    switch (command.type) {
      case 'AuthorisePayment':
        return authorise(command.data, state)
      case 'ExpireAuthorisation':
        return expire(command.data, state)
      case 'FailPayment': {
        if (state.status !== 'awaiting-payment') return accept()
        return accept(cancelled(orderId, 'system', command.data.cause, at, []))
      }
      case 'ConfirmContract': {
        if (state.status !== 'awaiting-confirmation' && state.status !== 'unformed') return accept()
        const { reasons } = termsFor(state).formation({ confirmationAcceptedAt: Temporal.Instant.from(at) })
        return accept({
          type: 'ContractFormed',
          data: { orderId, formedAt: at, messageId: command.data.messageId, reasons },
        } satisfies ContractFormed)
      }
      case 'BounceConfirmation': {
        if (state.status !== 'awaiting-confirmation' && state.status !== 'formed') return accept()
        const bouncedAt = Temporal.Instant.from(at)
        const { outcome, reasons } = termsFor(state).formation({
          bouncedAt,
          ...(state.formedAt && { confirmationAcceptedAt: Temporal.Instant.from(state.formedAt) }),
        })
        if (outcome === 'granted') return accept()
        const data = {
          orderId,
          bouncedAt: at,
          cause: withoutAddresses(command.data.cause),
          wasFormed: state.status === 'formed',
          reasons,
        }
        return accept({ type: 'ConfirmationBounced', data } satisfies ConfirmationBounced)
      }
      case 'CorrectEmail': {
        if (state.status !== 'awaiting-confirmation' && state.status !== 'unformed') {
          return refuse({
            code: 'email-settled',
            detail: `The order is ${state.status}: its confirmation does not need another address.`,
          })
        }
        return accept({
          type: 'EmailCorrected',
          data: { orderId, correctedAt: at, personal: { email: command.data.email } },
        } satisfies EmailCorrected)
      }
      case 'CancelOrder':
        return cancel(command.data, state)
      case 'ConfirmCancellation': {
        if (state.status !== 'cancelling') return accept()
        const { by, reason } = state.cancellation!
        return accept(cancelled(orderId, by, reason, at, []))
      }
      case 'RecordDispatch':
        return dispatch(command.data, state)
      case 'RecordDelivery': {
        const { shipmentId } = command.data
        const shipment = state.shipments.find((each) => each.shipmentId === shipmentId)
        if (shipment === undefined)
          return refuse({ code: 'shipment-unknown', detail: `Shipment ${shipmentId} never left for this order.` })
        if (shipment.deliveredAt !== undefined) return accept()
        return accept({
          type: 'OrderDelivered',
          data: { orderId, shipmentId, deliveredAt: at },
        } satisfies OrderDelivered)
      }
      case 'RecordCapture':
        return capture(command.data, state)
      case 'RecordRelease':
        return state.released
          ? accept()
          : accept({ type: 'PaymentReleased', data: { orderId, releasedAt: at } } satisfies PaymentReleased)
      case 'RecordRefund':
        return refund(command.data, state)
    }
  },

  evolve(state, { type, data }) {
    if (type === 'OrderPlaced') {
      const { personal: _, ...placed } = data
      return {
        status: 'awaiting-payment',
        placed,
        shipments: [],
        captured: 0,
        refunded: 0,
        settled: [],
        released: false,
      }
    }
    if (state.status === 'new') throw new Error(`${type} came before OrderPlaced`)
    switch (type) {
      case 'PaymentAuthorised': {
        const { orderId: _, currency: __, ...payment } = data
        return { ...state, status: 'awaiting-confirmation', payment }
      }
      case 'AuthorisationExpired':
        return { ...state, payment: { ...state.payment!, expiredAt: data.expiredAt } }
      case 'PaymentReauthorised': {
        const { orderId: _, currency: __, reauthorisedAt, ...payment } = data
        // The release that was noted is of the authorisation that ran out.
        return { ...state, payment: { ...payment, authorisedAt: reauthorisedAt }, released: false }
      }
      case 'ContractFormed':
        return { ...state, status: 'formed', formedAt: data.formedAt, bounced: undefined }
      case 'ConfirmationBounced':
        return { ...state, status: 'unformed', formedAt: undefined, bounced: { at: data.bouncedAt, cause: data.cause } }
      case 'EmailCorrected':
        return { ...state, status: 'awaiting-confirmation', bounced: undefined }
      case 'CancellationRequested':
        return { ...state, status: 'cancelling', cancellation: { by: data.by, reason: data.reason } }
      case 'CancellationLapsed':
        return { ...state, cancellation: undefined }
      case 'OrderCancelled':
        return { ...state, status: 'cancelled', cancelled: { by: data.by, reason: data.reason, at: data.cancelledAt } }
      case 'OrderDispatched': {
        const { shipmentId, dispatchedAt, lines, captureAmount, carrier, trackingNumber } = data
        const parcel = { ...(carrier && { carrier }), ...(trackingNumber && { trackingNumber }) }
        const shipments = [...state.shipments, { shipmentId, dispatchedAt, ...parcel, lines, captureAmount }]
        return { ...state, status: 'dispatched', shipments }
      }
      case 'OrderDelivered': {
        const shipments = state.shipments.map((each) =>
          each.shipmentId === data.shipmentId ? { ...each, deliveredAt: data.deliveredAt } : each,
        )
        const after = { ...state, shipments }
        return isAllDelivered(after) ? { ...after, status: 'delivered' } : after
      }
      case 'PaymentCaptured':
        return {
          ...state,
          captured: state.captured + data.amount - (data.alreadyRecordedAmount ?? 0),
          settled: [...state.settled, data.shipmentId],
        }
      case 'PaymentReleased':
        return { ...state, released: true }
      case 'PaymentRefunded':
        return {
          ...state,
          refunded: state.refunded + data.amount - (data.alreadyRecordedAmount ?? 0),
          settled: [...state.settled, settledBy(data)],
        }
    }
  },
}
