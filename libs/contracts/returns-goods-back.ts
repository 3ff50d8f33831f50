import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { LinePart, Reasons } from './parts.ts'

/** What is told of goods that are to come back: which they are, how they are sent, and that they do not come. The aggregate is the case, or the label. */
const ids = { returnId: Id, orderId: Id }
const cureId = Type.Optional(
  Type.String({ ...Id, description: 'Of defective goods that others were sent for: the attempt by which they were.' }),
)

export const ReturnUnitsAsked = event(
  'ReturnUnitsAsked',
  {
    ...ids,
    lines: Type.Array(Type.Object({ ...LinePart.properties, unsent: Type.Integer({ minimum: 0 }) })),
    askedAt: Instant,
  },
  'Which units of a withdrawal of an earlier release had left was never asked. Orders has what has not left stopped, and answers with StopConcluded.',
)
export type ReturnUnitsAsked = Static<typeof ReturnUnitsAsked>

export const SendBackReminded = event(
  'SendBackReminded',
  { ...ids, cureId, sendBackBy: Day, remindedAt: Instant, reasons: Reasons },
  'The day to send the goods back has passed, and nobody has shown that they were sent: the customer is reminded, once.',
)
export type SendBackReminded = Static<typeof SendBackReminded>

export const SendBackOverdue = event(
  'SendBackOverdue',
  { ...ids, cureId, sendBackBy: Day, decidedAt: Instant, reasons: Reasons },
  'Goods that were to come back did not, and nobody has heard of them since the customer was reminded. The duty to send them stays, and nothing is paid back before they are here or were shown to be sent. Of those that others were sent for nothing is paid back anyway: a person sees to it.',
)
export type SendBackOverdue = Static<typeof SendBackOverdue>

export const CollectionOffered = event(
  'CollectionOffered',
  {
    ...ids,
    offeredAt: Type.String({
      ...Instant,
      description: 'When it was offered first: the refund waits for no goods from here on.',
    }),
    collectOn: Type.Optional(
      Type.String({ ...Day, description: 'The day on which the goods are collected, once it is set.' }),
    ),
    lastDay: Type.String({ ...Day, description: 'Goods that are not collected by then are the customer’s.' }),
    reasons: Reasons,
    personal: Type.Object({ offeredBy: Type.String() }),
  },
  'The seller collects the goods of a withdrawal: the customer need not send them, pays nothing for their way, and is paid back without waiting for them. Said again when the day is set or moved.',
)
export type CollectionOffered = Static<typeof CollectionOffered>

export const sendingBackEvents = [SendBackReminded, SendBackOverdue, CollectionOffered]

/** Why a label is replaced by another one: no words of anybody's. */
export const LabelReason = Type.Enum(['expired', 'lost', 'not-taken', 'other-parcel'], {
  description:
    'expired: its days are over. lost: the customer has it no more. not-taken: the carrier did not take the parcel with it. other-parcel: it was used for another parcel of the case.',
})
export type LabelReason = Static<typeof LabelReason>

export const ReturnLabelRequested = event(
  'ReturnLabelRequested',
  {
    labelId: Id,
    ...ids,
    lines: Type.Array(LinePart, { description: 'What goes back.' }),
    requestedAt: Instant,
    reasons: Reasons,
    instead: Type.Optional(
      Type.Object(
        { labelId: Id, reason: LabelReason },
        {
          description:
            'The label that this one replaces: no carrier is to give that any more. What was sent with it still counts.',
        },
      ),
    ),
  },
  'Goods go back at the seller’s cost: a carrier is to take them. Shipping answers with ReturnLabelIssued. The aggregate is the label.',
)
export type ReturnLabelRequested = Static<typeof ReturnLabelRequested>
