import { Id, Instant } from '@vilkar/contracts/event.ts'
import { Currency, LinePart, Reasons } from '@vilkar/contracts/parts.ts'
import { CollectionOffered } from '@vilkar/contracts/returns-goods-back.ts'
import { Deduction, ReturnAssessed, ReturnInspected } from '@vilkar/contracts/returns-inspection.ts'
import { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import { type Static, Type } from 'typebox'
import type { StoredReturn } from '../store.ts'

const refund = {
  amount: Type.Integer(),
  dueOn: Type.String({ description: 'Last day to pay back.' }),
  decidedAt: Type.String(),
  reasons: Reasons,
  deductions: Type.Optional(Type.Array(Deduction, { description: 'What was not paid back, and why.' })),
}
const Refund = Type.Object(refund)

/** A return as callers see it. Money in minor units of `currency`. */
export const ReturnView = Type.Object(
  {
    id: Id,
    orderId: Id,
    status: Type.Union([
      Type.Literal('declared'),
      Type.Literal('sent'),
      Type.Literal('refund-decided'),
      Type.Literal('closed'),
    ]),
    statementId: Type.Optional(Type.String({ ...Id, description: 'The statement that it was declared by.' })),
    declaredAt: Instant,
    noticeSentAt: Type.Optional(Type.String({ description: 'When the notice was sent, if staff saw that.' })),
    channel: Type.Optional(NoticeChannel),
    lines: Type.Array(Type.Object({ lineId: Type.String(), quantity: Type.Integer(), amount: Type.Integer() })),
    refused: Type.Optional(
      Type.Array(Type.Object({ ...LinePart.properties, reasons: Reasons }), {
        description: 'What the notice was about and cannot be withdrawn from, and why.',
      }),
    ),
    lastDay: Type.Optional(Type.String({ description: 'Last day of the withdrawal period.' })),
    sendBackBy: Type.String({
      description:
        'Last day to hand the goods to a carrier; it binds nobody where the seller collects them (`collection`).',
    }),
    returnCostBearer: Type.Union([Type.Literal('seller'), Type.Literal('customer')]),
    refundEstimate: Type.Integer(),
    currency: Currency,
    reasons: Reasons,
    stopped: Type.Optional(
      Type.Array(LinePart, { description: 'Units that never left, once that is known: nothing is taken for them.' }),
    ),
    left: Type.Optional(Type.Array(LinePart, { description: 'Units that had left, and come back.' })),
    sentAt: Type.Optional(Type.String()),
    proof: Type.Optional(
      Type.Object(
        {
          shownAt: Type.String(),
          paysFrom: Type.Optional(Type.String({ description: 'When it is believed, if nobody judges it before.' })),
          verdict: Type.Optional(Type.Union([Type.Literal('confirmed'), Type.Literal('carrier-scanned')])),
          carrier: Type.Optional(Type.String()),
          trackingNumber: Type.Optional(Type.String()),
        },
        { description: 'Proof of sending. Without `verdict` and `paysFrom` it waits for a verdict.' },
      ),
    ),
    proofRejected: Type.Optional(Type.Literal(true, { description: 'A proof of sending was rejected.' })),
    collection: Type.Optional(
      Type.Pick(CollectionOffered.properties.data, ['offeredAt', 'collectOn', 'lastDay'], {
        description:
          'The seller collects the goods: the customer need not send them, and is not paid back later for that.',
      }),
    ),
    remindedAt: Type.Optional(Type.String({ description: 'When the customer was reminded to send the goods.' })),
    receivedAt: Type.Optional(Type.String()),
    fitForSale: Type.Optional(Type.Array(LinePart, { description: 'Units that the warehouse found fit for sale.' })),
    inspection: Type.Optional(
      Type.Pick(ReturnInspected.properties.data, ['inspectedAt', 'units', 'missing', 'plain'], {
        description: 'What came back, as it was found. What is not `plain` waits for a person to judge it.',
      }),
    ),
    assessment: Type.Optional(
      Type.Pick(ReturnAssessed.properties.data, ['assessedAt', 'deductions', 'heardUntil'], {
        description: 'What a person made of it.',
      }),
    ),
    refund: Type.Optional(Refund),
    deliveryRefund: Type.Optional(
      Type.Object(refund, { description: 'The delivery, paid back since the rest of the order was cancelled later.' }),
    ),
    closed: Type.Optional(Type.Object({ outcome: Type.String(), amount: Type.Integer(), closedAt: Type.String() })),
  },
  { title: 'Return' },
)

export function viewOf({ id, state }: StoredReturn): Static<typeof ReturnView> {
  const { orderId, declaredAt, lines, lastDay, sendBackBy, returnCostBearer, refundEstimate, currency, reasons } =
    state.declared
  const { statementId, noticeSentAt, channel, refused } = state.declared
  const { collection, remindedAt, inspection, assessment } = state
  const { status, known, sentAt, proof, proofRejected, receivedAt, fitForSale, refund, deliveryRefund, closed } = state
  return {
    id,
    orderId,
    status,
    statementId,
    declaredAt,
    noticeSentAt,
    channel,
    refused,
    lines: lines.map(({ lineId, quantity, amount }) => ({ lineId, quantity, amount })),
    lastDay,
    sendBackBy,
    returnCostBearer: collection ? 'seller' : returnCostBearer,
    refundEstimate,
    currency,
    reasons,
    collection,
    ...known,
    sentAt,
    proof,
    proofRejected,
    remindedAt,
    receivedAt,
    fitForSale,
    inspection,
    assessment,
    refund,
    deliveryRefund,
    closed,
  }
}
