import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Amount, Currency, LinePart, Reasons, TermsPin } from './parts.ts'

/** What the returns service tells. The aggregate is the return. */
const ids = { returnId: Id, orderId: Id }
const RefundLine = Type.Object({ ...LinePart.properties, amount: Amount })

export const WithdrawalDeclared = event(
  'WithdrawalDeclared',
  {
    ...ids,
    terms: Type.Optional(TermsPin),
    lines: Type.Array(RefundLine),
    wholeOrder: Type.Boolean({ description: 'Nothing of the order is left with the customer after this.' }),
    goodsSent: Type.Boolean({ description: 'False when the goods had not left the seller.' }),
    declaredAt: Instant,
    lastDay: Type.Optional(Day),
    sendBackBy: Day,
    returnCostBearer: Type.Union([Type.Literal('customer'), Type.Literal('seller')]),
    refundEstimate: Amount,
    deliveryAmount: Type.Integer({ minimum: 0, description: 'The part of the estimate that is delivery.' }),
    currency: Currency,
    reasons: Reasons,
    personal: Type.Object({ statement: Type.Optional(Type.String()) }),
  },
  'A consumer withdrew from the contract, or from part of it, in time.',
)
export type WithdrawalDeclared = Static<typeof WithdrawalDeclared>

export const ReturnSent = event(
  'ReturnSent',
  { ...ids, carrier: Type.String(), trackingNumber: Type.String(), sentAt: Instant },
  'The customer proved that the goods were sent back: the refund may no longer be withheld.',
)
export type ReturnSent = Static<typeof ReturnSent>

export const ReturnReceived = event(
  'ReturnReceived',
  { ...ids, receivedAt: Instant },
  'The goods are back with the seller.',
)
export type ReturnReceived = Static<typeof ReturnReceived>

export const RefundDecided = event(
  'RefundDecided',
  {
    ...ids,
    amount: Amount,
    deliveryAmount: Amount,
    currency: Currency,
    lines: Type.Array(RefundLine),
    decidedAt: Instant,
    dueOn: Day,
    reasons: Reasons,
  },
  'This amount goes back to the customer, at the latest on `dueOn`. The orders service refunds it.',
)
export type RefundDecided = Static<typeof RefundDecided>

export const ReturnClosed = event(
  'ReturnClosed',
  {
    ...ids,
    outcome: Type.Union([Type.Literal('refunded'), Type.Literal('order-cancelled')]),
    amount: Amount,
    closedAt: Instant,
  },
  'The return is over: the money is back, or the order was cancelled before anything was paid.',
)
export type ReturnClosed = Static<typeof ReturnClosed>

export const returnsEvents = [WithdrawalDeclared, ReturnSent, ReturnReceived, RefundDecided, ReturnClosed]
export type ReturnsEvent = Static<(typeof returnsEvents)[number]>
