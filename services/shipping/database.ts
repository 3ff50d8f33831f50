import type { AlarmTables } from '@vilkar/alarms/tables.ts'
import type { OrderPlaced } from '@vilkar/contracts/orders.ts'
import type { Address } from '@vilkar/contracts/parts.ts'
import type { DeliveryCorrected } from '@vilkar/contracts/shipping.ts'
import type { CommandHandlerTables } from '@vilkar/decider/command-handler.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { RequestedShipment, ShipmentStatus } from './shipment/state.ts'
import type { AnsweredStops } from './shipment/stops.ts'

/** What is kept of a placed order until it may be sent. */
export type OrderToShip = Pick<OrderPlaced['data'], 'number' | 'customerKind' | 'terms' | 'placedAt'> & {
  deliveryOption: string
  lines: { lineId: string; sku: string; name: string; quantity: number }[]
}
export type Personal = {
  address: Address
  receivedBy?: string
  /** Who was said to have taken the parcel that does not have it for the customer, and when. */
  takers?: { occurredAt: string; receivedBy: string }[]
  /** What was told of the delivery and corrected, in its order. */
  corrections?: Correction[]
}
export type Correction = DeliveryCorrected['data']['personal'] &
  Pick<DeliveryCorrected['data'], 'was' | 'receivedAt' | 'takenBy' | 'correctedAt'>

/** The tables, as types. */
export type Database = CommandHandlerTables &
  AlarmTables & {
    order_to_ship: {
      order_id: string
      facts: Json<OrderToShip>
      personal: Json<Personal>
      payment_missing: string | null
    }
    /** The answers about each order to requests to stop units of it. */
    stops: { order_id: string; version: number; state: Json<AnsweredStops> }
    shipment: {
      id: string
      order_id: string
      version: number
      status: ShipmentStatus
      state: Json<RequestedShipment>
      personal: Json<Personal>
      requested_at: string
    }
  }
