import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { Amount, LinePart, Reasons, Sku } from './parts.ts'

/** What orders tells of what is not to be sent after all, in part or whole. The aggregate is the order. */
const By = Type.Union([Type.Literal('customer'), Type.Literal('seller'), Type.Literal('system')])

/** The reasons that clause 4 knows; a customer needs none. */
export const CancellationReason = Type.Union(
  [
    Type.Literal('customer-wish'),
    Type.Literal('stock'),
    Type.Literal('pricing-error'),
    Type.Literal('technical-mistake'),
  ],
  {
    description:
      'The seller may give stock, pricing-error or technical-mistake (clause 4); a customer needs no reason.',
  },
)
export type CancellationReason = Static<typeof CancellationReason>

/** A person of the seller's: the name that they gave, and the verified subject of their token. */
const Staff = { by: Type.String(), subject: Type.String() }

export const CancellationProposed = event(
  'CancellationProposed',
  {
    orderId: Id,
    requestId: Type.String({ ...Id, description: 'Under which shipping will be asked, once it is approved.' }),
    reason: CancellationReason,
    line: Type.Optional(
      Type.Object(LinePart.properties, { description: 'So many units of this line in all; left out, the order.' }),
    ),
    proposedAt: Instant,
    reasons: Reasons,
    personal: Type.Object({
      ...Staff,
      why: Type.String({ description: 'Why the customer must have seen the mistake (avtaleloven § 32).' }),
    }),
  },
  'The seller wants to end a contract for a mistake that one person found obvious. Nothing happens until another approves.',
)
export type CancellationProposed = Static<typeof CancellationProposed>

export const CancellationProposalEnded = event(
  'CancellationProposalEnded',
  {
    orderId: Id,
    requestId: Id,
    outcome: Type.Union([Type.Literal('approved'), Type.Literal('declined'), Type.Literal('withdrawn')], {
      description: 'withdrawn: declined by who had proposed it.',
    }),
    endedAt: Instant,
    personal: Type.Object({ ...Staff, why: Type.Optional(Type.String()) }),
  },
  'A second person has approved the end of the contract, which StopRequested of the same id then asks for; or it stands.',
)
export type CancellationProposalEnded = Static<typeof CancellationProposalEnded>

export const CancellationRequested = event(
  'CancellationRequested',
  {
    orderId: Id,
    by: Type.Union([Type.Literal('customer'), Type.Literal('seller')]),
    reason: CancellationReason,
    requestId: Type.Optional(
      Type.String({
        ...Id,
        description: 'The StopRequested that asks shipping. Without it shipping is asked by this event, as once was.',
      }),
    ),
    requestedAt: Instant,
    reasons: Reasons,
  },
  'The order is to be cancelled; the shipping service must first say that the goods have not left.',
)
export type CancellationRequested = Static<typeof CancellationRequested>

export const CancellationLapsed = event(
  'CancellationLapsed',
  { orderId: Id, shipmentId: Id, lapsedAt: Instant, reasons: Reasons },
  'The goods were with the carrier before the cancellation came: the order stands, and the right of withdrawal with it.',
)
export type CancellationLapsed = Static<typeof CancellationLapsed>

const request = {
  orderId: Id,
  requestId: Id,
  returnId: Type.Optional(Type.String({ ...Id, description: 'The withdrawal that it is for, if it is for one.' })),
  by: Type.Union([Type.Literal('customer'), Type.Literal('seller')]),
  reason: CancellationReason,
}

export const StopRequested = event(
  'StopRequested',
  {
    ...request,
    lines: Type.Array(
      Type.Object({
        ...LinePart.properties,
        unsent: Type.Optional(
          Type.Integer({
            minimum: 0,
            description: 'At most so many of them are to be stopped; left out, all of them.',
          }),
        ),
      }),
    ),
    requestedAt: Instant,
    reasons: Reasons,
  },
  'These units are not wanted any more: shipping stops what has not left, and answers with StopAnswered.',
)
export type StopRequested = Static<typeof StopRequested>

export const StopConcluded = event(
  'StopConcluded',
  {
    ...request,
    stopped: Type.Array(
      Type.Object({ ...LinePart.properties, amount: Type.Integer({ ...Amount, description: 'What they cost.' }) }),
      { description: 'Units that never leave: what they cost is not taken, or goes back if it was.' },
    ),
    left: Type.Array(LinePart, { description: 'Units that had left; of a withdrawal, these come back.' }),
    concludedAt: Instant,
  },
  'Of the units that were to be stopped these never leave, and those had left.',
)
export type StopConcluded = Static<typeof StopConcluded>

const Shortage = Type.Object({
  sku: Sku,
  wanted: Type.Integer({ minimum: 1 }),
  available: Type.Integer({ minimum: 0 }),
})

export const OrderCancelled = event(
  'OrderCancelled',
  {
    orderId: Id,
    by: By,
    reason: Type.String(),
    shortages: Type.Optional(
      Type.Array(Shortage, {
        description: 'What there was not enough of, when it was paid after its reservation had ended.',
      }),
    ),
    cancelledAt: Instant,
    reasons: Reasons,
  },
  'The order is cancelled: stock is free again, and what was authorised is released.',
)
export type OrderCancelled = Static<typeof OrderCancelled>
