import type { Hold, ShipmentRequested, UnitsSent } from '@vilkar/contracts/shipping.ts'

/**
 * Every status of a shipment, with where its goods are: `here` may still leave or be stopped, `left` is with the carrier or the
 * customer, `stopped` never leaves. Whoever decides by that asks this table, so that a new status is decided on here.
 */
const statuses = {
  requested: 'here',
  held: 'here',
  cancelled: 'stopped',
  dispatched: 'left',
  delivered: 'left',
} as const satisfies Record<string, 'here' | 'left' | 'stopped'>

export type ShipmentStatus = keyof typeof statuses
export const shipmentStatuses = Object.keys(statuses) as ShipmentStatus[]

/** Where the goods of a shipment are, by its status alone. */
export const whereaboutsOf = ({ status }: { status: ShipmentStatus }) => statuses[status]

/** The facts of a shipment. Who bears the risk is asked of the edition that its order was placed under. */
export type RequestedShipment = {
  status: ShipmentStatus
  requested: Omit<ShipmentRequested['data'], 'personal'>
  /** Units that were taken out of it before it left: `requested` is without them, unless nothing was left of it. */
  stopped?: UnitsSent[]
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
  receivedAt?: string
  /** A delivery was told once and found never to have been. */
  deliveryWithdrawn?: true
}
export type Shipment = { status: 'new' } | RequestedShipment
