import type {
  Hold,
  ShipmentHeld,
  ShipmentReaddressed,
  ShipmentReduced,
  ShipmentRequested,
  ShipmentResumed,
  ShippingEvent,
} from '@vilkar/contracts/shipping.ts'
import type {
  ReturnLabelIssued,
  ReturnParcelArrived,
  ReturnParcelScanned,
  ReturnUnitsReceived,
} from '@vilkar/contracts/shipping-returns.ts'
import type { RecallAnnounced, RecallEnded, RecallNoticeAsked } from '@vilkar/contracts/shipping-serials.ts'
import type { AddressChangeAnswered, StopAnswered } from '@vilkar/contracts/shipping-stops.ts'
import { accept, type Decider, type Decision, refuse } from '@vilkar/decider/decider.ts'
import { afterRisk, recordCircumstance, tellRisk, withCircumstance } from './circumstance.ts'
import { answerClaim, answerIn } from './claim.ts'
import type { CommandData, ShipmentCommand } from './commands.ts'
import { correctNumbers } from './correct-numbers.ts'
import { cancelled, stopCure } from './cure.ts'
import { changedDamage, claimOfCarrier, reportDamage, settleLoss, withChoice, withDamage, withEnded } from './damage.ts'
import { correctDelivery, deliver } from './deliver.ts'
import { dispatch } from './dispatch.ts'
import { withDoubt } from './doubt.ts'
import { endPart, joinShipment, rejoined } from './end-part.ts'
import { closeFailure, sendAgain, tellFailure, withFailureEnded } from './failed.ts'
import { numbered } from './numbers.ts'
import { acceptShipment, isAddressOpen, packed, packShipment } from './prepare.ts'
import { report, reportIn, withReport } from './report.ts'
import { reduced, splitShipment } from './split.ts'
import { type RequestedShipment, type Shipment, statusBeforeDelivery, whereaboutsOf } from './state.ts'
import { withoutUnits } from './units.ts'
import { withdrawReplacement, withWithdrawn } from './withdraw-replacement.ts'

/** What is told of a shipment. */
export type ShipmentEvent = Exclude<
  ShippingEvent,
  | StopAnswered
  | AddressChangeAnswered
  | ReturnLabelIssued
  | ReturnParcelScanned
  | ReturnParcelArrived
  | ReturnUnitsReceived
  | RecallNoticeAsked
  | RecallAnnounced
  | RecallEnded
>

/** How a shipment lives: by the table of `state.ts`. */
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
        return accept(cancelled(ids, state, at))
      case 'StopCure':
        return stopCure(command.data, state)
      case 'StopUnits':
        return stopSome(command.data, state)
      case 'SplitShipment':
        return splitShipment(command.data, state)
      case 'EndPart':
        return endPart(command.data, state)
      case 'JoinShipment':
        return joinShipment(command.data, state)
      case 'ReaddressShipment': {
        if (!isAddressOpen(state)) return accept()
        const { requestId, address } = command.data
        const data = { ...ids, requestId, readdressedAt: at, personal: { address } }
        return accept({ type: 'ShipmentReaddressed', data } satisfies ShipmentReaddressed)
      }
      case 'AcceptShipment':
        return acceptShipment(command.data, state)
      case 'PackShipment':
        return packShipment(command.data, state)
      case 'DispatchShipment':
        return dispatch(command.data, state)
      case 'ReportParcel':
        return report(command.data, state)
      case 'DeliverShipment':
        return deliver(command.data, state)
      case 'RecordCircumstance':
        return recordCircumstance(command.data, state)
      case 'TellRisk':
        return tellRisk(command.data, state)
      case 'ReportDamage':
        return reportDamage(command.data, state)
      case 'SettleLoss':
        return settleLoss(command.data, state)
      case 'WithdrawReplacement':
        return withdrawReplacement(command.data, state)
      case 'ClaimOfCarrier':
        return claimOfCarrier(command.data, state)
      case 'AnswerClaim':
        return answerClaim(command.data, state)
      case 'TellFailure':
        return tellFailure(command.data, state)
      case 'SendAgain':
        return sendAgain(command.data, state)
      case 'CloseFailure':
        return closeFailure(command.data, state)
      case 'CorrectDelivery':
        return correctDelivery(command.data, state)
      case 'CorrectNumbers':
        return correctNumbers(command.data, state)
    }
  },

  evolve(state, { type, data }) {
    // Of orders, and of no shipment.
    if (type === 'ShipmentDataErased' || type === 'ShipmentWrittenSince') return state
    if (type === 'ShipmentRequested') {
      const { personal: _, ...requested } = data
      return { status: 'requested', requested }
    }
    if (state.status === 'new') throw new Error(`${type} came before ShipmentRequested`)
    switch (type) {
      case 'ShipmentHeld': {
        const { heldAt: at, cause, holds = [{ waitsFor: 'confirmation', cause }] } = data
        return { ...state, status: 'held', held: { at, cause, holds } }
      }
      case 'ShipmentResumed':
        return { ...state, status: statusBeforeDelivery(state), held: undefined }
      case 'ShipmentCancelled':
        return { ...state, status: 'cancelled', ...(data.movedTo && { joinedTo: data.movedTo }), ...noUnits(state) }
      case 'CureStopAnswered':
        return { ...state, cureStopAnswered: true }
      case 'ShipmentReduced':
        return reduced(state, data)
      case 'ShipmentRejoined':
        return rejoined(state, data)
      case 'ShipmentReaddressed':
        return state
      case 'ShipmentAccepted':
        return { ...state, status: 'accepted', prepared: { status: 'accepted', at: data.acceptedAt } }
      case 'ShipmentPacked':
        return packed(state, data)
      case 'ShipmentDispatched': {
        const { shipmentId: _, orderId: __, reasons: ___, replaces: ____, cure: _____, units, ...dispatched } = data
        return { ...state, status: 'dispatched', dispatched, ...(units && { units: numbered(units) }) }
      }
      case 'ParcelReported': {
        const reported = { ...state, reports: withReport(state.reports, reportIn(data)) }
        return state.receivedAt ? reported : { ...reported, status: statusBeforeDelivery(reported) }
      }
      case 'ShipmentDelivered': {
        const { receivedAt, takenBy = 'customer' } = data
        return { ...state, status: 'delivered', receivedAt, takenBy }
      }
      case 'CircumstanceRecorded': {
        const { since, circumstance, lines } = data
        const said = { since, circumstance, ...(lines && { lines }) }
        return { ...state, circumstances: withCircumstance(state.circumstances, said) }
      }
      case 'UnitNumbersCorrected':
        return { ...state, units: numbered(data.units) }
      case 'RiskPassed':
        return { ...state, atCustomersRisk: afterRisk(state.atCustomersRisk, data) }
      case 'DamageReported':
        return { ...state, damages: withDamage(state, { type, data }) }
      case 'LossSettled':
        return { ...state, damages: data.insteadOf ? withWithdrawn(state, data) : withChoice(state, data) }
      case 'CarrierClaimed':
        return { ...state, damages: changedDamage(state, data.reportId, { claimed: true }) }
      case 'CarrierClaimAnswered':
        return { ...state, damages: changedDamage(state, data.reportId, { answered: answerIn(data) }) }
      case 'DamageReportEnded':
        return { ...state, damages: withEnded(state, data) }
      case 'DeliveryFailed': {
        const { failure, failedAt, dueOn, reportId } = data
        return { ...state, failed: { failure, failedAt, dueOn, ...(reportId && { reportId }) } }
      }
      case 'DeliveryFailureEnded':
        return withFailureEnded(state, data)
      case 'DeliveryDoubted':
        return { ...state, doubts: withDoubt(state.doubts, data) }
      case 'DeliveryCorrected': {
        const { receivedAt, takenBy = 'customer' } = data
        if (receivedAt !== undefined) return { ...state, receivedAt, takenBy, doubts: undefined }
        return undelivered(state)
      }
    }
  },
}

/** Units are not to be sent any more: with none left, the shipment is not either. What has left stays so. */
function stopSome(
  { shipmentId, at, requestId, lines: stopped }: CommandData<'StopUnits'>,
  state: RequestedShipment,
): Decision<ShipmentEvent> {
  if (whereaboutsOf(state) !== 'here') return accept()
  const ids = { shipmentId, orderId: state.requested.orderId }
  const lines = withoutUnits(state.requested.lines, stopped)
  if (lines.length === 0) return accept(cancelled(ids, state, at))
  return accept({
    type: 'ShipmentReduced',
    data: { ...ids, requestId, stopped, lines, reducedAt: at },
  } satisfies ShipmentReduced)
}

/** Where it was before it was told to have been received, or where its carrier told it to be since. */
function undelivered({ takenBy: _, receivedAt: __, doubts = [], ...state }: RequestedShipment): RequestedShipment {
  const { reports = [] } = state
  // Of deliveries from before what was told since was kept, only the doubts are known.
  const told = doubts
    .map(({ failure, occurredAt }) => ({ report: failure, occurredAt }))
    .filter(
      (each) => !reports.some(({ report, occurredAt }) => report === each.report && occurredAt === each.occurredAt),
    )
  const known = told.length > 0 ? { ...state, reports: told.reduce(withReport, reports) } : state
  return { ...known, status: statusBeforeDelivery(known), deliveryWithdrawn: true }
}

const held = (ids: { shipmentId: string; orderId: string }, holds: Hold[], at: string): ShipmentHeld => ({
  type: 'ShipmentHeld',
  data: { ...ids, cause: holds.map(({ cause }) => cause).join('; '), holds, heldAt: at },
})

const noUnits = ({ units }: RequestedShipment) => units && { units: [] }
