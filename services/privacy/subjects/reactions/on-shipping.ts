import type { ShippingEvent } from '@vilkar/contracts/shipping.ts'
import type { Reactions } from '@vilkar/messaging/inbox/reactions.ts'
import type { Transaction } from 'kysely'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { hearOfWriting } from '../of-the-shop.ts'

const written = (trx: Transaction<Database>, deps: Deps, { orderId }: { orderId: string }) =>
  hearOfWriting(trx, deps, orderId)

/**
 * What shipping tells that may say something of a person: who had a parcel, what was damaged, why something was corrected. None of it
 * bears on how long an order is kept; of one that was erased it is erased again (GDPR Art. 17(1)).
 */
export const shippingReactions = {
  ShipmentRequested: written,
  ShipmentHeld: written,
  ShipmentReaddressed: written,
  ParcelReported: written,
  ShipmentDelivered: written,
  DeliveryCorrected: written,
  UnitNumbersCorrected: written,
  CircumstanceRecorded: written,
  DamageReported: written,
  LossSettled: written,
  CarrierClaimed: written,
  ReturnLabelIssued: written,
  ReturnUnitsReceived: written,
  ShipmentWrittenSince: written,
} satisfies Reactions<ShippingEvent, Database, Deps>
