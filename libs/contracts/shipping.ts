import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Address, CustomerKind, MAX_UNITS, Reasons, TermsPin } from './parts.ts'
import { Cure, CureRemedy, CureStopAnswered } from './shipping-cure.ts'
import { damageEvents, Original } from './shipping-damage.ts'
import { ShipmentDataErased, ShipmentWrittenSince } from './shipping-erasure.ts'
import { failureEvents } from './shipping-failed.ts'
import {
  CircumstanceRecorded,
  ParcelReported,
  RiskPassed,
  ShipmentAccepted,
  ShipmentLine,
  ShipmentPacked,
  Taker,
} from './shipping-parcel.ts'
import { ShipmentRejoined } from './shipping-parts.ts'
import { goodsBackEvents } from './shipping-returns.ts'
import { NumberedUnits, recallEvents, UnitNumbersCorrected } from './shipping-serials.ts'
import { AddressChangeAnswered, StopAnswered } from './shipping-stops.ts'

/** What the shipping service tells. The aggregate is the shipment. */
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
    cure: Type.Optional(Cure),
    remedy: Type.Optional(CureRemedy),
    number: Type.String({ description: 'Order number, for the packing slip.' }),
    customerKind: CustomerKind,
    terms: TermsPin,
    deliveryOption: Type.String(),
    deliverBy: Type.Optional(
      Type.String({
        ...Day,
        description: 'Last day on which the customer is to have it, where one was agreed at checkout.',
      }),
    ),
    lines: Type.Array(ShipmentLine),
    replaces: Type.Optional(
      Type.String({ ...Id, description: 'The shipment whose lost units these are sent instead of.' }),
    ),
    originalShipmentId: Type.Optional(Original),
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
  {
    ...{ ...ids, cure: Type.Optional(Cure) },
    movedTo: Type.Optional(
      Type.String({
        ...Id,
        description: 'An agreed part was ended: its units leave with this shipment again (ShipmentRejoined).',
      }),
    ),
    cancelledAt: Instant,
  },
  'The goods have not left and will not be sent; with `movedTo`, not by this shipment.',
)
export type ShipmentCancelled = Static<typeof ShipmentCancelled>

export const ShipmentReduced = event(
  'ShipmentReduced',
  {
    ...ids,
    requestId: Type.String({ ...Id, description: 'The StopRequested, or the part, that took units out of it.' }),
    stopped: Type.Array(UnitsSent, { description: 'The units that were taken out.' }),
    movedTo: Type.Optional(
      Type.String({ ...Id, description: 'They leave by this shipment, as was agreed; ShipmentRequested asks for it.' }),
    ),
    lines: Type.Array(ShipmentLine, { description: 'What is left of it and is to be sent.' }),
    reducedAt: Instant,
    personal: Type.Optional(
      Type.Object({
        by: Type.String({ description: 'Subject of the token of who agreed on it.' }),
        why: Type.String(),
      }),
    ),
  },
  'Some of the goods are not to be sent with it any more: send only what is left.',
)
export type ShipmentReduced = Static<typeof ShipmentReduced>

export const ShipmentReaddressed = event(
  'ShipmentReaddressed',
  {
    ...ids,
    requestId: Type.String({ ...Id, description: 'The AddressChangeRequested that asked for it.' }),
    readdressedAt: Instant,
    personal: Type.Object({ address: Address }),
  },
  'These goods have not left and go to another address: print the label anew.',
)
export type ShipmentReaddressed = Static<typeof ShipmentReaddressed>

export const ShipmentDispatched = event(
  'ShipmentDispatched',
  {
    ...ids,
    cure: Type.Optional(Cure),
    carrier: Type.String(),
    trackingNumber: Type.String(),
    handedOverAt: Instant,
    lines: Type.Array(ShipmentLine),
    units: Type.Optional(Type.Array(NumberedUnits, { description: 'If packing said otherwise.' })),
    restId: Type.Optional(
      Type.String({ format: 'uuid', description: 'The shipment of what stayed behind, when only part left.' }),
    ),
    replaces: Type.Optional(
      Type.String({
        ...Id,
        description: 'The shipment whose lost units these are sent instead of: they were paid for with that.',
      }),
    ),
    reasons: Reasons,
  },
  'The carrier has these goods, which may be part of what was asked for. Payment for these lines may be captured; a business bears the risk from here.',
)
export type ShipmentDispatched = Static<typeof ShipmentDispatched>

export const ShipmentDelivered = event(
  'ShipmentDelivered',
  {
    ...ids,
    cure: Type.Optional(Cure),
    originalShipmentId: Type.Optional(Original),
    receivedAt: Instant,
    takenBy: Type.Optional(Taker),
    reasons: Reasons,
    personal: Type.Object({ receivedBy: Type.String() }),
  },
  'The customer, or whom the customer named, has the goods. Periods begin; a consumer bears the risk once they can no longer withdraw.',
)
export type ShipmentDelivered = Static<typeof ShipmentDelivered>

export const DeliveryCorrected = event(
  'DeliveryCorrected',
  {
    ...ids,
    cure: Type.Optional(Cure),
    originalShipmentId: Type.Optional(Original),
    was: Type.String({ ...Instant, description: 'What had been told of it.' }),
    receivedAt: Type.Optional(
      Type.String({ ...Instant, description: 'When it really was; left out, the customer does not have the goods.' }),
    ),
    takenBy: Type.Optional(Taker),
    correctedAt: Instant,
    reasons: Reasons,
    personal: Type.Object({
      wasReceivedBy: Type.Optional(Type.String()),
      receivedBy: Type.Optional(Type.String()),
      by: Type.String({ description: 'Subject of the token of who corrected it.' }),
      why: Type.String(),
    }),
  },
  'What was told of a delivery was wrong: periods and risk go by this from now on. What was decided before stays.',
)
export type DeliveryCorrected = Static<typeof DeliveryCorrected>

export const shippingEvents = [
  ...[ShipmentRequested, ShipmentHeld, ShipmentResumed, ShipmentCancelled],
  ...[ShipmentReduced, ShipmentRejoined, ShipmentReaddressed, ShipmentAccepted, ShipmentPacked],
  ShipmentDispatched,
  ParcelReported,
  ShipmentDelivered,
  DeliveryCorrected,
  UnitNumbersCorrected,
  CircumstanceRecorded,
  RiskPassed,
  ...damageEvents,
  CureStopAnswered,
  ...failureEvents,
  ...[StopAnswered, AddressChangeAnswered],
  ...[...goodsBackEvents, ...recallEvents, ShipmentDataErased, ShipmentWrittenSince],
]
export type ShippingEvent = Static<(typeof shippingEvents)[number]>
