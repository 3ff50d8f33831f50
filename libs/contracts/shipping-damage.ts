import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Reasons } from './parts.ts'

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
    settledAt: Instant,
    personal: Type.Object({ by: Type.String({ description: 'Subject of the token of who wrote it down.' }) }),
  },
  'The customer chose, once, what comes of units that never arrived: others are sent, or they are paid back.',
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
