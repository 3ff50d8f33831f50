import type { ShippingEvent } from '@vilkar/contracts/shipping.ts'
import type { Reactions } from '@vilkar/messaging/inbox/reactions.ts'
import type { Database } from '../../database.ts'
import type { Deps } from '../../deps.ts'
import { hearOfWriting } from '../of-the-shop.ts'

/**
 * What shipping tells that may say something of a person: who had a parcel, what was damaged, why something was corrected. None of it
 * bears on how long an order is kept.
 */
export const shippingReactions = {
  ShipmentRequested: hearOfWriting,
  ShipmentHeld: hearOfWriting,
  ShipmentReaddressed: hearOfWriting,
  ShipmentReduced: hearOfWriting,
  ShipmentRejoined: hearOfWriting,
  ParcelReported: hearOfWriting,
  ShipmentDelivered: hearOfWriting,
  DeliveryCorrected: hearOfWriting,
  UnitNumbersCorrected: hearOfWriting,
  CircumstanceRecorded: hearOfWriting,
  DamageReported: hearOfWriting,
  LossSettled: hearOfWriting,
  CarrierClaimed: hearOfWriting,
  CarrierClaimAnswered: hearOfWriting,
  DeliveryFailureEnded: hearOfWriting,
  ReturnLabelIssued: hearOfWriting,
  ReturnUnitsReceived: hearOfWriting,
  ShipmentWrittenSince: hearOfWriting,
} satisfies Reactions<ShippingEvent, Database, Deps>
