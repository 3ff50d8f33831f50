import type { Hold, ShipmentRequested } from '@vilkar/contracts/shipping.ts'

/** The facts of a shipment. Who bears the risk is asked of the edition that its order was placed under. */
export type RequestedShipment = {
  status: 'requested' | 'held' | 'cancelled' | 'dispatched' | 'delivered'
  requested: Omit<ShipmentRequested['data'], 'personal'>
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
}
export type Shipment = { status: 'new' } | RequestedShipment
