import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Reasons } from './parts.ts'
import { Cure } from './shipping-cure.ts'
import { Original } from './shipping-damage.ts'

/** What the shipping service tells of parcels that left and do not arrive. The aggregate is the shipment. */

const ids = { shipmentId: Id, orderId: Id, originalShipmentId: Type.Optional(Original), cure: Type.Optional(Cure) }
const UnitsOfLine = Type.Object({ lineId: Type.String(), quantity: Type.Integer({ minimum: 1 }) })

/** How a delivery fails: the customer did not take the parcel, it came back without a word why, or it came to harm. */
export const failures = ['refused', 'uncollected', 'returned', 'lost', 'damaged'] as const
export type Failure = (typeof failures)[number]
export const Failure = Type.Unsafe<Failure>(
  Type.Union(
    failures.map((failure) => Type.Literal(failure)),
    {
      description:
        'refused, uncollected: the customer did not take it, which says nothing of a withdrawal (angrerettloven § 20); returned: it came back, and nobody said that they had refused it; lost; damaged: on its way.',
    },
  ),
)

export const DeliveryFailed = event(
  'DeliveryFailed',
  {
    ...ids,
    failure: Failure,
    reportId: Type.Optional(
      Type.String({
        ...Id,
        description:
          'Lost or damaged: under which its units were reported, by DamageReported; of damage that is told once more, before.',
      }),
    ),
    lines: Type.Array(UnitsOfLine),
    failedAt: Instant,
    dueOn: Type.String({ ...Day, description: 'The day by which a person is to have seen to it.' }),
    toldAt: Instant,
    reasons: Reasons,
  },
  'A parcel does not arrive, as its carrier says. It is told once, also where it is told to have come back later. Lost or damaged, its units that nobody reported are reported with it.',
)
export type DeliveryFailed = Static<typeof DeliveryFailed>

export const DeliveryFailureEnded = event(
  'DeliveryFailureEnded',
  {
    ...ids,
    outcome: Type.Union(
      [
        Type.Literal('delivered'),
        Type.Literal('under-way'),
        Type.Literal('sent-again'),
        Type.Literal('withdrawn'),
        Type.Literal('settled'),
        Type.Literal('closed'),
      ],
      {
        description:
          'delivered, under-way: the carrier told it wrongly, or tries again; sent-again: the same goods leave once more; withdrawn: the customer withdrew from all of it; settled: the customer chose what comes of a loss; closed: a person saw to it otherwise.',
      },
    ),
    replacementId: Type.Optional(
      Type.String({ ...Id, description: 'The shipment that leaves instead, told by ShipmentRequested.' }),
    ),
    stopped: Type.Optional(
      Type.String({
        ...Id,
        description:
          'What was sent again, and had not left when the first was told to have been received: it never does.',
      }),
    ),
    endedAt: Instant,
    personal: Type.Object({
      by: Type.Optional(Type.String({ description: 'Subject of the token of who saw to it.' })),
      why: Type.Optional(Type.String()),
    }),
  },
  'A delivery that had failed calls for nobody any more.',
)
export type DeliveryFailureEnded = Static<typeof DeliveryFailureEnded>

export const DeliveryDoubted = event(
  'DeliveryDoubted',
  { shipmentId: Id, orderId: Id, failure: Failure, occurredAt: Instant, doubtedAt: Instant },
  'A parcel that was told to have been received is told not to have arrived, in the same moment or later, whichever of both was heard first. The delivery stands until a person corrects it.',
)
export type DeliveryDoubted = Static<typeof DeliveryDoubted>

export const failureEvents = [DeliveryFailed, DeliveryFailureEnded, DeliveryDoubted]
