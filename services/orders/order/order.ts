import type { OrderEvent } from '@vilkar/contracts/orders.ts'
import { accept, type Decider, type Decision, fold, refuse } from '@vilkar/decider/decider.ts'
import { setAdditionalPeriod, tellDelay, withPeriod, withPeriodOver } from './additional-period.ts'
import { changeAddress, concludeAddress, withConcluded } from './address.ts'
import { agreeDay, withAgreedDay } from './agreed-day.ts'
import { cancel, cancelUnits, settle } from './cancel.ts'
import { lose, standing, thenComplete, withDelivery, withLoss } from './completion.ts'
import { afterCorrection, bounce, confirm, correctEmail } from './confirmation.ts'
import { endFailure, failDelivery, withFailure } from './failed-delivery.ts'
import { correctDelivery, deliver, dispatch } from './fulfilment.ts'
import { hindrancesAfter, sayOfHindrance } from './hindrance.ts'
import {
  authorise,
  capture,
  claim,
  expire,
  payOut,
  reduceClaim,
  refund,
  release,
  withCapture,
  withClaim,
  withCredit,
  withRefund,
} from './payment.ts'
import { place } from './place.ts'
import { withEnded, withProposed } from './proposal.ts'
import { settleRecall, withRecall, withSettledRecall, writeRecall } from './recall.ts'
import { answerReplacement, releaseReplacement, withRelease, withReplacement } from './replacement.ts'
import { endReservation } from './reservation.ts'
import type { Order, OrderCommand, PlacedOrder } from './state.ts'
import { cancelled, concludeStop, confirmCancellation, stopWithdrawn } from './stop.ts'
import { isAllGone } from './units.ts'

const pick = ({ by, reason, requestId }: Extract<OrderEvent, { type: 'CancellationRequested' }>['data']) =>
  requestId ? { by, reason, requestId } : { by, reason }

/** Nothing is left to decide of what was proposed. */
const overtaken = (state: PlacedOrder, at: string): PlacedOrder =>
  state.proposals ? { ...state, proposals: withEnded(state, { outcome: 'overtaken', at }) } : state

const overtakenOnceGone = (state: PlacedOrder, at: string) => (isAllGone(state) ? overtaken(state, at) : state)

const completing = (decision: Decision<OrderEvent>, said: { orderId: string; at: string }, state: PlacedOrder) =>
  thenComplete(decision, said, state, fold(order, state, decision.events) as PlacedOrder)

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
      case 'EndReservation':
        return endReservation(command.data, state)
      case 'ExpireAuthorisation':
        return expire(command.data, state)
      case 'FailPayment': {
        if (state.status !== 'awaiting-payment') return accept()
        return accept(cancelled(orderId, 'system', command.data.cause, at, []))
      }
      case 'ConfirmContract':
        return confirm(command.data, state)
      case 'BounceConfirmation':
        return bounce(command.data, state)
      case 'CorrectEmail':
        return correctEmail(command.data, state)
      case 'ChangeAddress':
        return changeAddress(command.data, state)
      case 'ConcludeAddressChange':
        return concludeAddress(command.data, state)
      case 'CancelOrder':
        return cancel(command.data, state)
      case 'CancelUnits':
        return cancelUnits(command.data, state)
      case 'SettleProposal':
        return settle(command.data, state)
      case 'StopWithdrawn':
        return stopWithdrawn(command.data, state)
      case 'ConcludeStop':
        return completing(concludeStop(command.data, state), command.data, state)
      case 'ConfirmCancellation':
        return confirmCancellation(command.data, state)
      case 'RecordDispatch':
        return dispatch(command.data, state)
      case 'RecordDelivery':
        return deliver(command.data, state)
      case 'CorrectDelivery':
        return correctDelivery(command.data, state)
      case 'RecordLoss':
        return completing(lose(command.data, state), command.data, state)
      case 'AgreeDeliveryDay':
        return agreeDay(command.data, state)
      case 'TellDelay':
        return tellDelay(command.data, state)
      case 'SetAdditionalPeriod':
        return setAdditionalPeriod(command.data, state)
      case 'TellHindrance':
      case 'EndHindrance':
        return sayOfHindrance(command, state)
      case 'FailDelivery':
        return failDelivery(command.data, state)
      case 'EndDeliveryFailure':
        return endFailure(command.data, state)
      case 'RecordCapture':
        return capture(command.data, state)
      case 'ClaimPayment':
        return claim(command.data, state)
      case 'AnswerReplacement':
        return answerReplacement(command.data, state)
      case 'ReleaseReplacement':
        return releaseReplacement(command.data, state)
      case 'ReduceClaim':
        return reduceClaim(command.data, state)
      case 'RecordRelease':
        return release(command.data, state)
      case 'WriteRecallNotice':
        return writeRecall(command.data, state)
      case 'SettleRecallNotice':
        return settleRecall(command.data, state)
      case 'RecordPayout':
        return payOut(command.data, state)
      case 'RecordRefund':
        return refund(command.data, state)
    }
  },

  evolve(state, { type, data }) {
    // Of an erasure, which is about many orders, and of none.
    if (type === 'OrderDataErased' || type === 'OrderWrittenSince') return state
    if (type === 'OrderPlaced') {
      const { personal: _, ...placed } = data
      return {
        status: 'awaiting-payment',
        placed,
        ...{ shipments: [], stops: [], captured: 0, refunded: 0, settled: [], released: false },
      }
    }
    if (state.status === 'new') throw new Error(`${type} came before OrderPlaced`)
    switch (type) {
      case 'PaymentAuthorised': {
        const { orderId: _, currency: __, ...payment } = data
        return { ...state, status: 'awaiting-confirmation', payment, reservationEndedAt: undefined }
      }
      case 'ReservationEnded':
        return { ...state, reservationEndedAt: data.endedAt }
      case 'AuthorisationExpired':
        return { ...state, payment: { ...state.payment!, expiredAt: data.expiredAt } }
      case 'PaymentReauthorised': {
        const { orderId: _, currency: __, reauthorisedAt, ...payment } = data
        // The release that was noted is of the authorisation that ran out.
        return { ...state, payment: { ...payment, authorisedAt: reauthorisedAt }, released: false }
      }
      case 'ContractFormed':
        return { ...state, status: 'formed', formedAt: data.formedAt, everFormed: true, bounced: undefined }
      case 'ContractReconfirmed':
        return { ...state, reconfirming: undefined }
      case 'ConfirmationBounced': {
        const { bouncedAt: at, cause } = data
        return { ...state, status: 'unformed', formedAt: undefined, bounced: { at, cause }, reconfirming: undefined }
      }
      case 'EmailCorrected':
        return afterCorrection(state)
      case 'AddressChangeRequested': {
        const { requestId, requestedAt } = data
        return { ...state, addressChanges: [...(state.addressChanges ?? []), { requestId, requestedAt }] }
      }
      case 'AddressChangeConcluded':
        return { ...state, addressChanges: withConcluded(state, data) }
      case 'CancellationProposed':
        return { ...state, proposals: withProposed(state, data) }
      case 'CancellationProposalEnded': {
        const { outcome, endedAt: at, requestId, personal: who } = data
        return { ...state, proposals: withEnded(state, { outcome, at, by: who.by, subject: who.subject }, requestId) }
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
        return overtakenOnceGone(standing({ ...state, stops, ...(isOfAll && { cancellation: undefined }) }), at)
      }
      case 'OrderCancelled': {
        const { by, reason, cancelledAt: at } = data
        return overtaken({ ...state, status: 'cancelled', cancelled: { by, reason, at }, cancellation: undefined }, at)
      }
      case 'OrderDispatched': {
        const { shipmentId, dispatchedAt, lines, captureAmount, carrier, trackingNumber } = data
        const parcel = { ...(carrier && { carrier }), ...(trackingNumber && { trackingNumber }) }
        const shipments = [...state.shipments, { shipmentId, dispatchedAt, ...parcel, lines, captureAmount }]
        return overtakenOnceGone(standing({ ...state, shipments }), dispatchedAt)
      }
      case 'OrderDelivered':
      case 'OrderDeliveryCorrected':
        return withDelivery(state, data)
      case 'UnitsLost':
        return withLoss(state, data)
      case 'OrderDeliveryFailed':
      case 'OrderDeliveryFailureEnded':
        return withFailure(state, { type, data } as Parameters<typeof withFailure>[1])
      case 'OrderCompleted':
        return state
      case 'DeliveryDayAgreed':
        return withAgreedDay(state, data)
      case 'DeliveryHindered':
      case 'DeliveryHindranceEnded':
        return { ...state, hindrances: hindrancesAfter(state, data) }
      case 'AdditionalPeriodSet':
        return { ...state, additionalPeriods: withPeriod(state, data) }
      case 'AdditionalPeriodOver':
        return { ...state, additionalPeriods: withPeriodOver(state, data) }
      case 'DeliveryDelayed':
        return { ...state, delayTold: data.promise }
      case 'PaymentCaptured':
        return withCapture(state, data)
      case 'PaymentClaimed':
        return { ...state, claims: withClaim(state, data) }
      case 'PaymentClaimReduced':
        return { ...state, claims: withCredit(state, data) }
      case 'ReplacementAnswered':
        return { ...state, replacements: withReplacement(state, data) }
      case 'ReplacementReleased':
        return { ...state, replacements: withRelease(state, data) }
      case 'PaymentReleased':
        return { ...state, released: true }
      case 'RecallNoticeWritten':
        return { ...state, recalls: withRecall(state, data) }
      case 'RecallNoticeSettled':
        return { ...state, recalls: withSettledRecall(state, data) }
      case 'PayoutMade':
        return { ...state, settled: [...state.settled, data.payoutId] }
      case 'PaymentRefunded':
        return { ...state, ...withRefund(state, data) }
    }
  },
}
