import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { Address, CustomerKind, MAX_UNITS, Reasons, Sku, TermsPin } from './parts.ts'

/** What the shipping service tells. The aggregate is the shipment. */
const ShipmentLine = Type.Object({
  lineId: Type.String(),
  sku: Sku,
  name: Type.String(),
  quantity: Type.Integer({ minimum: 1 }),
})

const ids = { shipmentId: Id, orderId: Id }

/** Units of a line that leave together. */
export const UnitsSent = Type.Object(
  {
    lineId: Type.String({ minLength: 1, maxLength: 20, examples: ['1'] }),
    quantity: Type.Integer({ minimum: 1, maximum: MAX_UNITS }),
  },
  { additionalProperties: false },
)
export type UnitsSent = Static<typeof UnitsSent>

/** What must come before goods may leave, and why it is missing. */
export const Hold = Type.Object({
  waitsFor: Type.Union([Type.Literal('confirmation'), Type.Literal('payment')], {
    description: "confirmation: that the customer's order confirmation arrives; payment: that the customer pays again.",
  }),
  cause: Type.String(),
})
export type Hold = Static<typeof Hold>

export const ShipmentRequested = event(
  'ShipmentRequested',
  {
    ...ids,
    number: Type.String({ description: 'Order number, for the packing slip.' }),
    customerKind: CustomerKind,
    terms: TermsPin,
    deliveryOption: Type.String(),
    lines: Type.Array(ShipmentLine),
    restOf: Type.Optional(Type.String({ format: 'uuid', description: 'The shipment that left without these goods.' })),
    requestedAt: Instant,
    personal: Type.Object({ address: Address }),
  },
  'The contract stands: these goods are to be sent. The warehouse acts on this. An order that leaves in parts has one for each.',
)
export type ShipmentRequested = Static<typeof ShipmentRequested>

export const ShipmentHeld = event(
  'ShipmentHeld',
  {
    ...ids,
    cause: Type.String(),
    holds: Type.Optional(Type.Array(Hold, { description: 'All that is waited for now; told again when it changes.' })),
    heldAt: Instant,
  },
  'Do not send: the contract is not formed any more, or its payment is no longer held for us.',
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
    restId: Type.Optional(
      Type.String({ format: 'uuid', description: 'The shipment of what stayed behind, when only part left.' }),
    ),
    reasons: Reasons,
  },
  'The carrier has these goods, which may be part of what was asked for. Payment for these lines may be captured; a business bears the risk from here.',
)
export type ShipmentDispatched = Static<typeof ShipmentDispatched>

export const ShipmentDelivered = event(
  'ShipmentDelivered',
  { ...ids, receivedAt: Instant, reasons: Reasons, personal: Type.Object({ receivedBy: Type.String() }) },
  'The customer, or whom the customer named, has the goods. Periods begin; a consumer bears the risk once they can no longer withdraw.',
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
export type ShippingEvent = Static<(typeof shippingEvents)[number]>
