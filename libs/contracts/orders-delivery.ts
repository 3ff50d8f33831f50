import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Amount, Currency, LinePart, Reasons } from './parts.ts'
import { Cure } from './shipping-cure.ts'
import { DeliveryFailureEnded, Failure } from './shipping-failed.ts'

/** What orders tells of goods on their way, and of those that are late. The aggregate is the order. */
export const Awaited = {
  unsent: Type.Array(LinePart, { description: 'Units that are wanted and have not left.' }),
  underway: Type.Array(LinePart, { description: 'Units that have left and are not known to have come.' }),
}

const MoreToCome = Type.Optional(
  Type.Literal(true, { description: 'Other units of the order are still to come. Left out, this was the last of it.' }),
)

export const OrderDispatched = event(
  'OrderDispatched',
  {
    orderId: Id,
    shipmentId: Id,
    dispatchedAt: Instant,
    captureAmount: Amount,
    currency: Currency,
    lines: Type.Array(Type.Object({ ...LinePart.properties, amount: Amount })),
    deliveryAmount: Amount,
    carrier: Type.Optional(Type.String({ description: 'Who carries them; told to the payment provider, too.' })),
    trackingNumber: Type.Optional(Type.String()),
    reasons: Reasons,
  },
  'The goods left: from now on only a withdrawal or a return undoes the order, and this amount is to be captured.',
)
export type OrderDispatched = Static<typeof OrderDispatched>

export const OrderDelivered = event(
  'OrderDelivered',
  { orderId: Id, shipmentId: Id, deliveredAt: Instant, moreToCome: MoreToCome },
  'The order took note that its goods were received.',
)
export type OrderDelivered = Static<typeof OrderDelivered>

export const OrderDeliveryCorrected = event(
  'OrderDeliveryCorrected',
  {
    orderId: Id,
    shipmentId: Id,
    was: Type.Optional(Instant),
    deliveredAt: Type.Optional(
      Type.String({ ...Instant, description: 'Left out, the goods of this shipment were not received.' }),
    ),
    correctedAt: Instant,
    moreToCome: MoreToCome,
  },
  'The order took note that its goods were received at another moment than was told, or were not.',
)
export type OrderDeliveryCorrected = Static<typeof OrderDeliveryCorrected>

export const UnitsLost = event(
  'UnitsLost',
  { orderId: Id, shipmentId: Id, reportId: Id, lines: Type.Array(LinePart), lostAt: Instant },
  'Units that left never came, and are paid back: nobody waits for them any more.',
)
export type UnitsLost = Static<typeof UnitsLost>

export const OrderDeliveryFailed = event(
  'OrderDeliveryFailed',
  {
    orderId: Id,
    shipmentId: Id,
    failure: Failure,
    lines: Type.Array(LinePart),
    cure: Type.Optional(Cure),
    failedAt: Instant,
    notedAt: Instant,
    reasons: Reasons,
  },
  'The order took note that a parcel of it does not arrive, and the customer is written what happened and what they may do. Refused or not fetched, what was in it makes nobody late but the customer.',
)
export type OrderDeliveryFailed = Static<typeof OrderDeliveryFailed>

export const OrderDeliveryFailureEnded = event(
  'OrderDeliveryFailureEnded',
  {
    orderId: Id,
    shipmentId: Id,
    outcome: DeliveryFailureEnded.properties.data.properties.outcome,
    endedAt: Instant,
  },
  'The order took note that the parcel is on its way after all, that its goods are sent again, or how else it was seen to.',
)
export type OrderDeliveryFailureEnded = Static<typeof OrderDeliveryFailureEnded>

export const OrderCompleted = event(
  'OrderCompleted',
  { orderId: Id, completedAt: Instant },
  'Nothing of the order is to come any more, though it was no delivery that ended it: the last of its units were lost and are paid back, or never leave. The last delivery of an order tells so itself, without `moreToCome`.',
)
export type OrderCompleted = Static<typeof OrderCompleted>

export const DeliveryDelayed = event(
  'DeliveryDelayed',
  {
    orderId: Id,
    promise: Type.Union([Type.Literal('estimate'), Type.Literal('last-day')], {
      description:
        'estimate: the days in which delivery was expected, which bind nobody; last-day: the last day on which it was not late.',
    }),
    lastDay: Type.String({ ...Day, description: 'The day that has passed, in Europe/Oslo.' }),
    ...Awaited,
    delayedAt: Instant,
    reasons: Reasons,
  },
  'A day has passed by which the customer was to have all of it. They are told, once for each promise.',
)
export type DeliveryDelayed = Static<typeof DeliveryDelayed>

export const DeliveryHindered = event(
  'DeliveryHindered',
  {
    orderId: Id,
    hindranceId: Id,
    event: Type.String({ description: 'What kind of event it is, such as strike.' }),
    what: Type.String({ description: 'What it is, as the customer was told.' }),
    foreseeable: Type.Optional(
      Type.Boolean({ description: 'It could have been foreseen at the time of the contract.' }),
    ),
    avoidable: Type.Optional(Type.Boolean({ description: 'It, or what came of it, could have been avoided.' })),
    expectedBy: Type.Optional(Type.String({ ...Day, description: 'When the goods are expected now.' })),
    ...Awaited,
    exempt: Type.Boolean({
      description: 'As far as is known it frees the seller from damages for the delay; it frees from nothing else.',
    }),
    hinderedAt: Instant,
    reasons: Reasons,
    personal: Type.Object({ by: Type.String({ description: 'Subject of the token of who told it.' }) }),
  },
  'Something keeps the seller from delivering, and the customer is told what, and what they may do all the same.',
)
export type DeliveryHindered = Static<typeof DeliveryHindered>

export const DeliveryHindranceEnded = event(
  'DeliveryHindranceEnded',
  {
    ...{ orderId: Id, hindranceId: Id },
    expectedBy: Type.Optional(Type.String({ ...Day, description: 'When the goods are expected now.' })),
    ...Awaited,
    endedAt: Instant,
    reasons: Reasons,
    personal: Type.Object({
      by: Type.String({ description: 'Subject of the token of who said so.' }),
      why: Type.String({ description: 'How it is known.' }),
    }),
  },
  'What kept the seller from delivering is over: from here on it frees from nothing. Who waits still is told.',
)
export type DeliveryHindranceEnded = Static<typeof DeliveryHindranceEnded>
