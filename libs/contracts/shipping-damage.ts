import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Currency, MAX_AMOUNT, Reasons } from './parts.ts'
import { Cure } from './shipping-cure.ts'

/** What the shipping service tells of goods that were damaged or lost on their way. The aggregate is the shipment. */

/** Of a shipment that is sent instead of lost units, however often: the one with which they were to come first. */
export const Original = Type.String({
  ...Id,
  description: 'Instead of lost units: the shipment with which they left first.',
})

const ids = { reportId: Id, shipmentId: Id, orderId: Id }
const UnitsOfLine = Type.Object({ lineId: Type.String(), quantity: Type.Integer({ minimum: 1 }) })

export const DamageKind = Type.Union([Type.Literal('damaged'), Type.Literal('lost')])
export type DamageKind = Static<typeof DamageKind>
export const DamageReporter = Type.Union(
  [Type.Literal('customer'), Type.Literal('warehouse'), Type.Literal('carrier')],
  { description: 'Who says so.' },
)
export type DamageReporter = Static<typeof DamageReporter>

export const DamageReported = event(
  'DamageReported',
  {
    ...ids,
    kind: DamageKind,
    cure: Type.Optional(Cure),
    lines: Type.Array(UnitsOfLine),
    reportedBy: DamageReporter,
    reportedAt: Instant,
    outcome: Type.Union([Type.Literal('granted'), Type.Literal('review')], {
      description: 'review: a person decides. A consumer’s report is never too late before the law’s own limits.',
    }),
    late: Type.Boolean({ description: 'A business told it too late for a claim against a carrier abroad.' }),
    claimDueOn: Type.String({ ...Day, description: 'The last day on which the carrier is told in time.' }),
    reasons: Reasons,
    personal: Type.Object({
      by: Type.String({ description: 'Subject of the token of who wrote it down.' }),
      what: Type.String(),
      photos: Type.Array(Type.String(), { description: 'Where pictures of it are kept.' }),
    }),
  },
  'Units were damaged or lost on their way, as somebody says.',
)
export type DamageReported = Static<typeof DamageReported>

export const LossSettled = event(
  'LossSettled',
  {
    ...ids,
    originalShipmentId: Type.Optional(Original),
    choice: Type.Union([Type.Literal('replacement'), Type.Literal('refund')]),
    lines: Type.Array(UnitsOfLine),
    replacementId: Type.Optional(
      Type.String({ ...Id, description: 'The shipment that is sent instead, told by ShipmentRequested.' }),
    ),
    insteadOf: Type.Optional(
      Type.Object(
        { reportId: Id, shipmentId: Id },
        {
          description:
            'Of units that the customer withdrew from before the others for them had left: the report in which those were chosen, and the shipment that does not bring them now. `reportId` is then an id of its own.',
        },
      ),
    ),
    settledAt: Instant,
    personal: Type.Object({ by: Type.String({ description: 'Subject of the token of who wrote it down.' }) }),
  },
  'The customer chose, once, what comes of units that never arrived: others are sent, or they are paid back. Who withdraws before those have left is paid back.',
)
export type LossSettled = Static<typeof LossSettled>

export const CarrierClaimed = event(
  'CarrierClaimed',
  {
    ...ids,
    claimedAt: Instant,
    personal: Type.Object({ by: Type.String({ description: 'Subject of the token of who claimed it.' }) }),
  },
  'The carrier was told of the damage or the loss.',
)
export type CarrierClaimed = Static<typeof CarrierClaimed>

export const DamageReportEnded = event(
  'DamageReportEnded',
  {
    ...ids,
    outcome: Type.Union([Type.Literal('arrived'), Type.Literal('reported-otherwise')], {
      description:
        'arrived: the units are under way or with the customer after all; reported-otherwise: somebody reported the same units who has seen them.',
    }),
    choice: Type.Optional(
      Type.Union([Type.Literal('replacement'), Type.Literal('refund')], {
        description: 'What the customer had chosen. Unless the others were stopped, a person sees to it.',
      }),
    ),
    stopped: Type.Optional(
      Type.String({ ...Id, description: 'The shipment of others instead, which had not left and never does.' }),
    ),
    endedAt: Instant,
  },
  'What was reported of units does not hold any more.',
)
export type DamageReportEnded = Static<typeof DamageReportEnded>

export const CarrierClaimAnswered = event(
  'CarrierClaimAnswered',
  {
    ...ids,
    answer: Type.Union([Type.Literal('accepted'), Type.Literal('refused'), Type.Literal('paid')], {
      description: 'accepted: it will pay so much; refused; paid: it has paid so much, and nothing more is expected.',
    }),
    amount: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_AMOUNT,
        description: 'Of an answer that is not refused, in minor units.',
      }),
    ),
    currency: Type.Optional(Currency),
    answeredAt: Instant,
    personal: Type.Object({
      by: Type.String({ description: 'Subject of the token of who wrote it down.' }),
      reference: Type.Optional(
        Type.String({ description: 'The number of the case at the carrier, or of the payment.' }),
      ),
    }),
  },
  'What the carrier said to a claim, or that it has paid. The money is no order’s: it stands in the books by this event and by `GET /damage-reports`.',
)
export type CarrierClaimAnswered = Static<typeof CarrierClaimAnswered>

export const damageEvents = [DamageReported, LossSettled, CarrierClaimed, DamageReportEnded, CarrierClaimAnswered]
