import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Currency, LinePart, Reasons } from '@vilkar/contracts/parts.ts'
import { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import { VoluntaryReturnChecked, VoluntaryReturnEnded } from '@vilkar/contracts/returns-voluntary.ts'
import { type Static, Type } from 'typebox'
import type { StoredVoluntaryReturn } from '../store.ts'

/** A return by the offer of the terms, as callers see it. Money in minor units of `currency`. */
export const VoluntaryReturnView = Type.Object(
  {
    id: Id,
    orderId: Id,
    status: Type.Union(
      [
        Type.Literal('requested'),
        Type.Literal('received'),
        Type.Literal('refund-decided'),
        Type.Literal('closed'),
        Type.Literal('ended'),
      ],
      { description: 'ended: over without money.' },
    ),
    requestedAt: Instant,
    noticeSentAt: Type.Optional(Type.String({ description: 'When the request was sent, if staff saw that.' })),
    channel: Type.Optional(NoticeChannel),
    lines: Type.Array(Type.Object({ lineId: Type.String(), quantity: Type.Integer(), amount: Type.Integer() })),
    refused: Type.Optional(
      Type.Array(Type.Object({ ...LinePart.properties, reasons: Reasons }), {
        description:
          'What was asked for and does not go back by the offer, and why: `withdrawal-gives-more` is told of what can still be withdrawn from.',
      }),
    ),
    lastDay: Type.Optional(Type.String({ description: 'Last day to ask.' })),
    sendBackBy: Type.String({ description: 'Last day to hand the goods to a carrier.' }),
    returnCostBearer: Type.Optional(
      Type.Literal('seller', { description: 'By written agreement; left out, the customer pays for the way back.' }),
    ),
    refundEstimate: Type.Integer({ description: 'The price of the goods: delivery stays paid.' }),
    currency: Currency,
    reasons: Reasons,
    remindedAt: Type.Optional(Type.String()),
    receivedAt: Type.Optional(Type.String()),
    check: Type.Optional(
      Type.Pick(VoluntaryReturnChecked.properties.data, ['checkedAt', 'units', 'accepted', 'refused', 'missing'], {
        description: 'What came, as it was found, and what of it is paid back.',
      }),
    ),
    refund: Type.Optional(
      Type.Object({
        amount: Type.Integer(),
        dueOn: Type.String({ description: 'Last day to pay back.' }),
        decidedAt: Type.String(),
        reasons: Reasons,
      }),
    ),
    closed: Type.Optional(Type.Object({ amount: Type.Integer(), closedAt: Type.String() })),
    ended: Type.Optional(Type.Pick(VoluntaryReturnEnded.properties.data, ['outcome', 'endedAt', 'reasons'])),
  },
  { title: 'VoluntaryReturn' },
)

export function viewOf({ id, state }: StoredVoluntaryReturn): Static<typeof VoluntaryReturnView> {
  const { requested, ...rest } = state
  const { returnId: _, terms: __, ...asked } = requested
  return { id, ...asked, ...rest }
}
