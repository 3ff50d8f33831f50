import type {
  CancellationRequested,
  ConfirmationBounced,
  ContractFormed,
  EmailCorrected,
  OrderDelivered,
  OrderEvent,
  PaymentReleased,
} from '@vilkar/contracts/orders.ts'
import { accept, type Decider, refuse } from '@vilkar/decider/decider.ts'
import { cancel, cancelUnits, settle } from './cancel.ts'
import { dispatch } from './fulfilment.ts'
import { authorise, capture, claim, expire, refund, settledBy } from './payment.ts'
import { place } from './place.ts'
import { withEnded } from './proposal.ts'
import { type Order, type OrderCommand, type PlacedOrder, termsFor } from './state.ts'
import { cancelled, concludeStop, stopWithdrawn } from './stop.ts'
import { isAllDelivered, isAllGone } from './units.ts'

/** Mail servers quote the address that they refuse; facts hold no personal data. */
export const withoutAddresses = (text: string) => text.replaceAll(/[^\s<>()"',:;]+@[^\s<>()"',:;]+/g, '…')

const pick = ({ by, reason, requestId }: CancellationRequested['data']) => ({
  ...{ by, reason },
  ...(requestId && { requestId }),
})

/** The order with the status that follows from what has left, unless it is cancelled or is being cancelled. */
function standing(state: PlacedOrder): PlacedOrder {
  if (state.status === 'cancelled' || state.cancellation !== undefined) return state
  if (isAllDelivered(state)) return { ...state, status: 'delivered' }
  if (state.shipments.length > 0) return { ...state, status: 'dispatched' }
  if (state.status !== 'cancelling') return state
  return { ...state, status: state.formedAt === undefined ? 'unformed' : 'formed' }
}

/** Nothing is left to decide of what was proposed. */
const overtaken = (state: PlacedOrder, at: string): PlacedOrder =>
  state.proposals ? { ...state, proposals: withEnded(state, { outcome: 'overtaken', at }) } : state

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
          data: {
            orderId,
            formedAt: at,
            messageId: command.data.messageId,
            documents: command.data.documents,
            reasons,
          },
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
      case 'CancelUnits':
        return cancelUnits(command.data, state)
      case 'SettleProposal':
        return settle(command.data, state)
      case 'StopWithdrawn':
        return stopWithdrawn(command.data, state)
      case 'ConcludeStop':
        return concludeStop(command.data, state)
      case 'ConfirmCancellation': {
        // Who was asked by request answers it by request.
        if (state.cancellation === undefined || state.cancellation.requestId !== undefined) return accept()
        const { by, reason } = state.cancellation
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
      case 'ClaimPayment':
        return claim(command.data, state)
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
        stops: [],
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
        return { ...state, status: 'formed', formedAt: data.formedAt, everFormed: true, bounced: undefined }
      case 'ConfirmationBounced':
        return { ...state, status: 'unformed', formedAt: undefined, bounced: { at: data.bouncedAt, cause: data.cause } }
      case 'EmailCorrected':
        return { ...state, status: 'awaiting-confirmation', bounced: undefined }
      case 'CancellationProposed': {
        const { requestId, reason, line, proposedAt, personal: mistake } = data
        const proposal = { requestId, reason, ...(line && { line }), proposedAt, mistake }
        return { ...state, proposals: [...(state.proposals ?? []), proposal] }
      }
      case 'CancellationProposalEnded': {
        const { outcome, endedAt: at, requestId, personal } = data
        const { by, subject } = personal
        return { ...state, proposals: withEnded(state, { outcome, at, by, subject }, requestId) }
      }
      case 'CancellationRequested':
        return overtaken({ ...state, status: 'cancelling', cancellation: pick(data) }, data.requestedAt)
      case 'CancellationLapsed':
        return standing({ ...state, cancellation: undefined })
      case 'StopRequested': {
        const { orderId: _, reasons: __, ...stop } = data
        return { ...state, stops: [...state.stops, stop] }
      }
      case 'StopConcluded': {
        const { requestId, concludedAt: at, stopped, left } = data
        const stops = state.stops.map((stop) =>
          stop.requestId === requestId ? { ...stop, concluded: { at, stopped, left } } : stop,
        )
        const isOfAll = state.cancellation?.requestId === requestId
        return standing({ ...state, stops, ...(isOfAll && { cancellation: undefined }) })
      }
      case 'OrderCancelled': {
        const { by, reason, cancelledAt: at } = data
        return overtaken({ ...state, status: 'cancelled', cancelled: { by, reason, at }, cancellation: undefined }, at)
      }
      case 'OrderDispatched': {
        const { shipmentId, dispatchedAt, lines, captureAmount, carrier, trackingNumber } = data
        const parcel = { ...(carrier && { carrier }), ...(trackingNumber && { trackingNumber }) }
        const shipments = [...state.shipments, { shipmentId, dispatchedAt, ...parcel, lines, captureAmount }]
        const after = standing({ ...state, shipments })
        return isAllGone(after) ? overtaken(after, dispatchedAt) : after
      }
      case 'OrderDelivered': {
        const shipments = state.shipments.map((each) =>
          each.shipmentId === data.shipmentId ? { ...each, deliveredAt: data.deliveredAt } : each,
        )
        return standing({ ...state, shipments })
      }
      case 'PaymentCaptured':
        return {
          ...state,
          captured: state.captured + data.amount - (data.alreadyRecordedAmount ?? 0),
          settled: [...state.settled, data.shipmentId],
          // It was taken all the same, so that it is not owed.
          ...(state.claims && { claims: state.claims.filter(({ shipmentId }) => shipmentId !== data.shipmentId) }),
        }
      case 'PaymentClaimed': {
        const { shipmentId, amount } = data
        return { ...state, claims: [...(state.claims ?? []), { shipmentId, amount }] }
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
