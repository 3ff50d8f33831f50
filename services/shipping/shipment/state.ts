import type { Hold, ShipmentRequested, UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { CarrierClaimAnswered, DamageKind, DamageReporter } from '@vilkar/contracts/shipping-damage.ts'
import type { DeliveryFailureEnded, Failure } from '@vilkar/contracts/shipping-failed.ts'
import { type Circumstance, type ParcelReport, parcelReports, type Taker } from '@vilkar/contracts/shipping-parcel.ts'

import type { Numbered } from './numbers.ts'

type Step = { goods: 'here' | 'left' | 'stopped'; next: readonly ShipmentStatus[] }
/** Carriers miss scans and misreport: from any place on the way a parcel may be told to be at any other. */
const onTheWay = [...parcelReports, 'delivered'] as const

/**
 * Every status of a shipment: where its goods are (`here` may still leave or be stopped, `left` is with the carrier or the
 * customer, `stopped` never leaves), and what may come next. Whoever decides by a status asks this table. Only a correction takes
 * a delivered shipment back, to where it was before.
 */
export const transitions = {
  requested: { goods: 'here', next: ['accepted', 'packed', 'held', 'cancelled', 'dispatched'] },
  accepted: { goods: 'here', next: ['packed', 'held', 'cancelled', 'dispatched'] },
  packed: { goods: 'here', next: ['accepted', 'held', 'cancelled', 'dispatched'] },
  held: { goods: 'here', next: ['requested', 'accepted', 'packed', 'cancelled'] },
  cancelled: { goods: 'stopped', next: [] },
  dispatched: { goods: 'left', next: onTheWay },
  'in-transit': { goods: 'left', next: onTheWay },
  'at-pickup-point': { goods: 'left', next: onTheWay },
  'left-elsewhere': { goods: 'left', next: onTheWay },
  refused: { goods: 'left', next: onTheWay },
  uncollected: { goods: 'left', next: onTheWay },
  lost: { goods: 'left', next: onTheWay },
  damaged: { goods: 'left', next: onTheWay },
  returned: { goods: 'left', next: onTheWay },
  delivered: { goods: 'left', next: ['dispatched', ...parcelReports] },
} as const satisfies Record<string, Step>

export type ShipmentStatus =
  | 'requested'
  | 'accepted'
  | 'packed'
  | 'held'
  | 'cancelled'
  | 'dispatched'
  | ParcelReport
  | 'delivered'
export const shipmentStatuses = Object.keys(transitions) as ShipmentStatus[]

/** Where the goods of a shipment are, by its status alone. */
export const whereaboutsOf = ({ status }: { status: ShipmentStatus }) => transitions[status].goods

/** Statuses of goods that may still leave. */
export const goodsHere = shipmentStatuses.filter((status) => whereaboutsOf({ status }) === 'here')

/** The facts of a shipment. Who bears the risk is asked of the edition that its order was placed under. */
export type RequestedShipment = {
  status: ShipmentStatus
  requested: Omit<ShipmentRequested['data'], 'personal'>
  /** Units that were taken out of it before it left: `requested` is without them, unless nothing was left of it. */
  stopped?: UnitsSent[]
  /** Units that were taken out of it to leave by another, as was agreed; of a part that was ended, those that never leave. */
  parts?: { partId: string; lines: UnitsSent[]; ended?: true }[]
  /** Units of a part that was ended were put in, and it was not packed since: who has not heard of it must not send it as it is. */
  grown?: true
  /** It was such a part, and was ended: its units leave with this shipment again. */
  joinedTo?: string
  /** How far the warehouse has come. Units that are taken out open what was packed. */
  prepared?: { status: 'accepted' | 'packed'; at: string }
  /** Units with their numbers, as they were packed; once it left, those that left. Of what was opened again there are none. */
  units?: Numbered[]
  /** The lines whose manual was packed with them. */
  manuals?: string[]
  /** Why it must not leave. Both causes may hold it at the same time, and it goes when the last of them is gone. */
  held?: { at: string; cause: string; holds: Hold[] }
  /** `lines` is what left, which may be less than what was asked for. */
  dispatched?: {
    carrier: string
    trackingNumber: string
    handedOverAt: string
    lines: ShipmentRequested['data']['lines']
    /** The shipment that has what stayed behind. */
    restId?: string
  }
  /** What was told of the parcel on its way, in the order in which it happened. */
  reports?: Report[]
  receivedAt?: string
  /** Left out of deliveries from before it was told: then it was the customer. */
  takenBy?: Taker
  /** What bears on the risk, by the moment since when, of one moment in the order in which it was recorded. */
  circumstances?: Recorded[]
  /** Units by line that were told to be at the customer's risk. */
  atCustomersRisk?: Record<string, number>
  /** A delivery was told once and found never to have been. */
  deliveryWithdrawn?: true
  /** It was asked whether what is sent for a complaint can be stopped, and answered. */
  cureStopAnswered?: true
  /** What was reported of it as damaged or lost, in the order in which it was written down. */
  damages?: Damage[]
  /** The last failure of its delivery that was told. */
  failed?: Failed
  /** What its carrier told after it had told that it was received, until a person has looked. */
  doubts?: Doubt[]
}
export type Failed = {
  failure: Failure
  failedAt: string
  dueOn: string
  /** Under which its units were reported as damaged or lost with it. */
  reportId?: string
  ended?: DeliveryFailureEnded['data']['outcome']
  replacementId?: string
}
export type Doubt = { failure: Failure; occurredAt: string }
export type Damage = {
  reportId: string
  kind: DamageKind
  lines: UnitsSent[]
  reportedBy: DamageReporter
  /** The carrier was told. */
  claimed?: true
  /** What the carrier said to that. */
  answered?: Pick<CarrierClaimAnswered['data'], 'answer' | 'amount' | 'currency'>
  /** What the customer chose. */
  settled?: 'replacement' | 'refund'
  replacementId?: string
  /** Units of it that others were to be sent for, and that are paid back: the customer withdrew before those had left. */
  withdrawn?: UnitsSent[]
  /** It does not hold any more. */
  ended?: 'arrived' | 'reported-otherwise'
}
export type Report = { report: ParcelReport; occurredAt: string; takenBy?: Taker; place?: string }
export type Recorded = { since: string; circumstance: Circumstance; lines?: UnitsSent[] }
export type Shipment = { status: 'new' } | RequestedShipment

/** The status of a shipment of which no delivery stands: how far it has come otherwise. */
export function statusBeforeDelivery({ dispatched, reports = [], prepared }: RequestedShipment): ShipmentStatus {
  if (dispatched) return reports.at(-1)?.report ?? 'dispatched'
  return prepared?.status ?? 'requested'
}
