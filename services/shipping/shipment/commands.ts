import type { Address } from '@vilkar/contracts/parts.ts'
import type { Hold, ShipmentRequested, UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { CarrierClaimAnswered, DamageKind, DamageReporter } from '@vilkar/contracts/shipping-damage.ts'
import type { Circumstance, ParcelReport, RiskPassed, Taker } from '@vilkar/contracts/shipping-parcel.ts'
import type { NumberedUnits } from '@vilkar/contracts/shipping-serials.ts'

import type { Reason } from '@vilkar/terms/ruling/ruling.ts'
import type { SaidOfUnits } from './numbers.ts'

type Command<Type extends string, Data> = { type: Type; data: { shipmentId: string; at: string } & Data }
export type ClaimAnswer = Pick<CarrierClaimAnswered['data'], 'answer' | 'amount' | 'currency'>
type RequestedLines = ShipmentRequested['data']['lines']
type Received = { receivedAt: string; receivedBy: string; takenBy: Taker }
/** `parted`: units of it leave by themselves and have not yet; `elsewhere`: it goes to another address than what it was taken out of. */
export type PartAsItIs = {
  goods: 'here' | 'left' | 'stopped'
  lines: RequestedLines
  parted: boolean
  elsewhere: boolean
  judged: boolean
}
export type UnitsAtRisk = { lineId: string; quantity: number; since: string; reasons: RiskPassed['data']['reasons'] }
export type ShipmentCommand =
  | Command<'RequestShipment', Omit<ShipmentRequested['data'], 'requestedAt'>>
  | Command<'HoldShipment', Hold>
  | Command<'ResumeShipment', Pick<Hold, 'waitsFor'>>
  | Command<'CancelShipment', object>
  /** What is sent for a complaint is not wanted any more; `lost`: all of it was lost, and nothing is on its way instead. */
  | Command<'StopCure', { lost?: boolean }>
  /** These units are not to be sent any more; all of them are in it. */
  | Command<'StopUnits', { requestId: string; lines: UnitsSent[] }>
  /** These units leave by another shipment, as was agreed with the customer. */
  | Command<'SplitShipment', { partId: string; lines: UnitsSent[]; by: string; why: string }>
  /** An agreed part is not to leave by itself after all: its units leave with this shipment again. `part` is how it stands. */
  | Command<'EndPart', { partId: string; part: PartAsItIs; by: string; why: string }>
  /** The part itself, whose units leave with another shipment again. */
  | Command<'JoinShipment', { into: string }>
  /** What has not left goes to another address. */
  | Command<'ReaddressShipment', { requestId: string; address: Address }>
  | Command<
      'DispatchShipment',
      {
        carrier: string
        trackingNumber: string
        handedOverAt: string
        /** Left out, all of it left. */
        lines?: UnitsSent[]
        /** What the shipment of the rest will be called, should there be a rest. */
        restId: string
      } & SaidOfUnits
    >
  /** The warehouse takes it on, and packs it. */
  | Command<'AcceptShipment', object>
  | Command<'PackShipment', SaidOfUnits>
  /** The carrier has it, or had it, and the customer has not. */
  | Command<
      'ReportParcel',
      {
        report: ParcelReport
        occurredAt: string
        takenBy?: Taker
        place?: string
        /** By a carrier that nobody can answer: of what it told to be received, a failure is kept as a doubt. */
        fromCarrier?: true
        personal: { receivedBy?: string }
      }
    >
  | Command<'DeliverShipment', Received>
  | Command<
      'RecordCircumstance',
      { since: string; circumstance: Circumstance; lines?: UnitsSent[]; by: string; why: string }
    >
  /** How many units of each line are at the customer's risk, since when and why; what is new of it is told. */
  | Command<'TellRisk', { lines: UnitsAtRisk[] }>
  /** Units were damaged or lost on their way; all of them, if `lines` is left out. */
  | Command<
      'ReportDamage',
      {
        reportId: string
        kind: DamageKind
        reportedBy: DamageReporter
        reportedAt: string
        lines?: UnitsSent[]
        /** Whether any of the goods is meant to last considerably longer than two years. */
        longLived: boolean
        by: string
        what: string
        photos: string[]
      }
    >
  /**
   * What the customer chose of a loss; `replacementId` is what the shipment of the others will be called, and `withdrawn` are units of the order
   * that the customer does not want any more.
   */
  | Command<
      'SettleLoss',
      {
        reportId: string
        choice: 'replacement' | 'refund'
        replacementId: string
        withdrawn: UnitsSent[]
        /** Units of it were lost at the customer's risk. */
        customersRisk?: boolean
        by: string
        /** The customer says so themselves, and not staff for them. */
        isCustomer?: true
      }
    >
  /** The customer withdrew from lost units before the others had left, which `stopped` does not bring now; what goes back is told as `refundId`. */
  | Command<
      'WithdrawReplacement',
      { reportId: string; refundId: string; stopped: string; lines: UnitsSent[]; by: string }
    >
  | Command<'ClaimOfCarrier', { reportId: string; by: string }>
  | Command<'AnswerClaim', { reportId: string; reference?: string; by: string } & ClaimAnswer>
  /**
   * Tells what is new of whether its delivery has failed. `withdrawn` are units of the order that are to come back; `risk` says why
   * who bears the risk of it; `reportId` is what a report
   * of what was lost or damaged will be called; `stoppable` are shipments of others instead that have not left.
   */
  | Command<
      'TellFailure',
      { withdrawn: UnitsSent[]; risk: Reason[]; reportId: string; longLived: boolean; stoppable: string[] }
    >
  /** The goods came back, and leave once more. */
  | Command<'SendAgain', { replacementId: string; withdrawn: UnitsSent[]; by: string }>
  /** A person saw to it otherwise. */
  | Command<'CloseFailure', { by: string; why: string }>
  /** What was told of the delivery was wrong; without `delivered` the customer does not have the goods. */
  | Command<'CorrectDelivery', { delivered?: Received; wasReceivedBy?: string; by: string; why: string }>
  /** Numbers of units that left were noted wrongly; `units` are all of them that have one. */
  | Command<'CorrectNumbers', { units: NumberedUnits[]; by: string; why: string }>

export type CommandData<Type extends ShipmentCommand['type']> = Extract<ShipmentCommand, { type: Type }>['data']
