import type { AlarmTables } from '@vilkar/alarms/tables.ts'
import type { OrderPlaced } from '@vilkar/contracts/orders.ts'
import type { Address, Traits } from '@vilkar/contracts/parts.ts'
import type { DeliveryCorrected, UnitsSent } from '@vilkar/contracts/shipping.ts'
import type { UnitNumbersCorrected } from '@vilkar/contracts/shipping-serials.ts'
import type { CommandHandlerTables } from '@vilkar/decider/command-handler.ts'
import type { PhotoTables } from '@vilkar/photos/tables.ts'
import type { Json } from '@vilkar/server/postgres.ts'
import type { Country } from '@vilkar/terms/calendar.ts'
import type { AgreementFacts } from '@vilkar/terms/ruling/agreed.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { WebhookTables } from '@vilkar/webhooks/tables.ts'
import type { CarrierTables } from './carriers/tables.ts'
import type { DamageTables } from './damage/tables.ts'
import type { InboundTables } from './inbound/tables.ts'
import type { ReturnFreightTables } from './return-freight/tables.ts'
import type { SerialTables } from './serials/tables.ts'
import type { RequestedShipment, ShipmentStatus } from './shipment/state.ts'
import type { AnsweredStops } from './shipment/stops.ts'

/** What is kept of a placed order until it may be sent. */
export type OrderToShip = Pick<OrderPlaced['data'], 'number' | 'customerKind' | 'terms' | 'placedAt' | 'deliverBy'> & {
  deliveryOption: string
  /** The language of the order. Of earlier orders it is not known. */
  locale?: Locale
  lines: { lineId: string; sku: string; name: string; quantity: number; traits?: Traits; manualUrl?: string }[]
  /** Where the customer lives, and what they were told: the right to withdraw hangs on it. Of earlier orders neither is known. */
  country?: Country
  disclosures?: { withdrawalInformation: boolean; withdrawalInformationGivenAt?: string }
  /** What was agreed in writing of the days to withdraw, in the order in which it was heard. */
  agreements?: AgreementFacts[]
  /** What goes back of it, in the order in which it was heard. */
  returns?: ReturnFacts[]
}
/**
 * Units that go back by a right or by the offer of the terms. `since`: when the right was used, or of other returns when they were sent; `overAt`: from then
 * on it is as if there had been none, as where nothing was ever sent.
 */
export type ReturnFacts = {
  returnId: string
  kind: 'withdrawal' | 'voluntary-return' | 'complaint'
  lines: UnitsSent[]
  since?: string
  receivedAt?: string
  overAt?: string
}
export type Personal = {
  address: Address
  receivedBy?: string
  /** Who was said to have taken the parcel that does not have it for the customer, and when. */
  takers?: { occurredAt: string; receivedBy: string }[]
  /** Who recorded what bears on the risk, and why, in the order in which it was recorded. */
  circumstances?: { since: string; by: string; why: string }[]
  /** Who saw to a failed delivery of it, and how, in the order in which it was written down. */
  closings?: { endedAt: string; by?: string; why?: string }[]
  /** What was told of the delivery and corrected, in its order. */
  corrections?: Correction[]
  /** What had been noted of the numbers of units and was corrected, in its order. */
  numberCorrections?: NumberCorrection[]
}
export type Correction = DeliveryCorrected['data']['personal'] &
  Pick<DeliveryCorrected['data'], 'was' | 'receivedAt' | 'takenBy' | 'correctedAt'>

export type NumberCorrection = UnitNumbersCorrected['data']['personal'] &
  Pick<UnitNumbersCorrected['data'], 'was' | 'correctedAt'>

/** The tables, as types. */
export type Database = CommandHandlerTables &
  AlarmTables &
  WebhookTables &
  CarrierTables &
  DamageTables &
  PhotoTables &
  ReturnFreightTables &
  SerialTables &
  InboundTables & {
    order_to_ship: {
      order_id: string
      facts: Json<OrderToShip>
      personal: Json<Personal>
      payment_missing: string | null
      /** What links to the order carry of the address that it is written to; of orders from before it was kept there is none. */
      link_address: string | null
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
      /** The version of which it is told who bears the risk, and when that is to be looked at again. */
      risk_version: number | null
      risk_due_at: string | null
      /** The version of which it is told whether its delivery has failed. */
      failure_version: number | null
      /** Since when its parcel is followed at its carrier, once it left. */
      followed_at: string | null
    }
  }
