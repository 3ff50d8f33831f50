import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { Address, CustomerKind, Reasons, Sku, TermsPin } from './parts.ts'

/** What the shipping service tells. The aggregate is the shipment. */
const ShipmentLine = Type.Object({
  lineId: Type.String(),
  sku: Sku,
  name: Type.String(),
  quantity: Type.Integer({ minimum: 1 }),
})

const ids = { shipmentId: Id, orderId: Id }

export const ShipmentRequested = event(
  'ShipmentRequested',
  {
    ...ids,
    number: Type.String({ description: 'Order number, for the packing slip.' }),
    customerKind: CustomerKind,
    terms: TermsPin,
    deliveryOption: Type.String(),
    lines: Type.Array(ShipmentLine),
    requestedAt: Instant,
    personal: Type.Object({ address: Address }),
  },
  'The contract stands: these goods are to be sent. The warehouse acts on this.',
)
export type ShipmentRequested = Static<typeof ShipmentRequested>

export const ShipmentHeld = event(
  'ShipmentHeld',
  { ...ids, cause: Type.String(), heldAt: Instant },
  'Do not send: the contract is not formed any more.',
)
export type ShipmentHeld = Static<typeof ShipmentHeld>

export const ShipmentResumed = event(
  'ShipmentResumed',
  { ...ids, resumedAt: Instant },
  'The cause of the hold is gone: send.',
)
export type ShipmentResumed = Static<typeof ShipmentResumed>

export const ShipmentCancelled = event(
  'ShipmentCancelled',
  { ...ids, cancelledAt: Instant },
  'The goods have not left and will not be sent.',
)
export type ShipmentCancelled = Static<typeof ShipmentCancelled>

export const ShipmentDispatched = event(
  'ShipmentDispatched',
  {
    ...ids,
    carrier: Type.String(),
    trackingNumber: Type.String(),
    handedOverAt: Instant,
    lines: Type.Array(ShipmentLine),
    reasons: Reasons,
  },
  'The carrier has the goods. Payment for these lines may be captured; a business bears the risk from here.',
)
export type ShipmentDispatched = Static<typeof ShipmentDispatched>

export const ShipmentDelivered = event(
  'ShipmentDelivered',
  { ...ids, receivedAt: Instant, reasons: Reasons, personal: Type.Object({ receivedBy: Type.String() }) },
  'The customer, or whom the customer named, has the goods. A consumer bears the risk from here; periods begin.',
)
export type ShipmentDelivered = Static<typeof ShipmentDelivered>

export const shippingEvents = [
  ShipmentRequested,
  ShipmentHeld,
  ShipmentResumed,
  ShipmentCancelled,
  ShipmentDispatched,
  ShipmentDelivered,
]
export type ShippingEvent =
  | ShipmentRequested
  | ShipmentHeld
  | ShipmentResumed
  | ShipmentCancelled
  | ShipmentDispatched
  | ShipmentDelivered
