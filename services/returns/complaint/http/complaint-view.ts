import { Day, Id, Instant } from '@vilkar/contracts/event.ts'
import { LinePart, Reasons } from '@vilkar/contracts/parts.ts'
import { ComplaintAssessed, ComplaintReceived, RemedyChosen } from '@vilkar/contracts/returns-complaint.ts'
import { Remedy } from '@vilkar/contracts/returns-remedy.ts'
import { type Static, Type } from 'typebox'
import type { StoredComplaint } from '../store.ts'

const { lines, refused, noticeSentAt, channel, noticedAt, showedAt, sellerAtFault, answerBy } =
  ComplaintReceived.properties.data.properties

/** A complaint as callers see it. Money in minor units of the order's currency. */
export const ComplaintView = Type.Object(
  {
    id: Id,
    orderId: Id,
    status: Type.Union(
      [
        Type.Literal('received'),
        Type.Literal('rejected'),
        Type.Literal('accepted'),
        Type.Literal('curing'),
        Type.Literal('cured'),
        Type.Literal('reducing'),
        Type.Literal('returning'),
        Type.Literal('refund-decided'),
        Type.Literal('closed'),
        Type.Literal('ended'),
      ],
      {
        description:
          'received: a person judges it by `answerBy`. accepted: the customer chooses from `choices`. curing: it is repaired or replaced by `chosen.doneBy`. reducing: a person says how much lower the price is. returning: the goods are to come back.',
      },
    ),
    ...{ lines, refused, noticeSentAt, channel, noticedAt, showedAt, sellerAtFault, answerBy },
    receivedAt: Instant,
    defect: Type.Optional(Type.String({ description: 'In the customer’s words.' })),
    choices: Type.Array(Remedy),
    assessment: Type.Optional(
      Type.Pick(ComplaintAssessed.properties.data, [
        'outcome',
        'by',
        'assessedAt',
        'repairMonths',
        'guarantees',
        'reasons',
      ]),
    ),
    grounds: Type.Optional(Type.String({ description: 'Why, in the words of whoever judged it.' })),
    chosen: Type.Optional(Type.Pick(RemedyChosen.properties.data, ['remedy', 'chosenAt', 'doneBy', 'reasons'])),
    cure: Type.Optional(
      Type.Object(
        {
          cureId: Type.String({ ...Id, description: 'The shipment to the customer is called so too.' }),
          step: Type.Enum(['stock', 'goods', 'repair', 'shipment', 'requested', 'dispatched'], {
            description:
              'stock: orders is asked for units. goods: the defective goods are to come. repair: they are being repaired. shipment: shipping is asked to send; requested: it has taken it on; dispatched: the carrier has it.',
          }),
          since: Instant,
          goodsReceivedAt: Type.Optional(Type.String()),
          goodsWaivedAt: Type.Optional(Type.String()),
        },
        { description: 'The repair or replacement that is or was under way last.' },
      ),
    ),
    choice: Type.Optional(
      Type.Object(
        {
          ...{ since: Instant, remindedAt: Type.Optional(Instant) },
          overdueAt: Type.Optional(Type.String({ ...Instant, description: 'From here a person asks them.' })),
          restedAt: Type.Optional(Type.String({ ...Instant, description: 'They were asked in vain.' })),
        },
        { description: 'How long the customer may have chosen; they lose no right by not choosing.' },
      ),
    ),
    defective: Type.Optional(
      Type.Object(
        {
          ...{ cureId: Id, lines: Type.Array(LinePart), since: Instant },
          ...{ sentAt: Type.Optional(Instant), remindedAt: Type.Optional(Instant), overdueAt: Type.Optional(Instant) },
        },
        { description: 'Goods that others were sent for, and that are to come back at the shop’s cost.' },
      ),
    ),
    curedAt: Type.Optional(Type.String()),
    failedCures: Type.Integer({ description: 'How often putting it right did not help.' }),
    failedAt: Type.Optional(Type.String()),
    failure: Type.Optional(Type.String({ description: 'What was still wrong, in the customer’s words.' })),
    goodsReceivedAt: Type.Optional(Type.String()),
    refund: Type.Optional(
      Type.Object({ amount: Type.Integer(), dueOn: Day, decidedAt: Type.String(), reasons: Reasons }),
    ),
    closed: Type.Optional(Type.Object({ amount: Type.Integer(), closedAt: Type.String() })),
    endedAt: Type.Optional(Type.String()),
  },
  { title: 'Complaint' },
)

/** Some units with money. */
export const ReducedLine = Type.Object(
  { ...LinePart.properties, amount: Type.Integer({ minimum: 1, description: 'Minor units.' }) },
  { additionalProperties: false },
)

export function viewOf({ id, state, personal }: StoredComplaint): Static<typeof ComplaintView> {
  const { received, stopping: _, offered: __, cure, ...rest } = state
  const { returnId: ___, terms: ____, ...said } = received
  const { defect, grounds, failure } = personal
  return { id, ...said, ...rest, ...(cure && { cure }), defect, grounds, failure }
}
