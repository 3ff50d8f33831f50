import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Amount, Currency, LinePart, Reasons, TermsPin } from './parts.ts'
import { AgreementRecorded } from './returns-agreement.ts'
import { choiceEvents } from './returns-choice.ts'
import {
  ComplaintAssessed,
  ComplaintEnded,
  ComplaintNarrowed,
  ComplaintReceived,
  CureDone,
  CureFailed,
  RemedyChosen,
} from './returns-complaint.ts'
import { cureEvents } from './returns-cure.ts'
import { ReturnDataErased, ReturnWrittenSince } from './returns-erasure.ts'
import { exchangeEvents } from './returns-exchange.ts'
import { ReturnLabelRequested, ReturnUnitsAsked, sendingBackEvents } from './returns-goods-back.ts'
import { Deduction, ReturnAssessed, ReturnInspected } from './returns-inspection.ts'
import { NoticeChannel } from './returns-notice.ts'
import { overrideEvents } from './returns-override.ts'
import { payoutEvents } from './returns-payout.ts'
import { VoluntaryReturnChecked, VoluntaryReturnEnded, VoluntaryReturnRequested } from './returns-voluntary.ts'

/** What the returns service tells. The aggregate is the return. */
const ids = { returnId: Id, orderId: Id }
const RefundLine = Type.Object({ ...LinePart.properties, amount: Amount })

export const WithdrawalDeclared = event(
  'WithdrawalDeclared',
  {
    ...ids,
    terms: Type.Optional(TermsPin),
    lines: Type.Array(
      Type.Object({
        ...RefundLine.properties,
        unsent: Type.Optional(
          Type.Integer({
            minimum: 0,
            description:
              'Units that are not known to have left. Orders has them stopped, and answers with StopConcluded.',
          }),
        ),
      }),
    ),
    wholeOrder: Type.Boolean({ description: 'Nothing of the order is left with the customer after this.' }),
    goodsSent: Type.Boolean({ description: 'False when none of these goods had left the seller.' }),
    declaredAt: Type.String({ ...Instant, description: 'When the notice reached the seller.' }),
    noticeSentAt: Type.Optional(
      Type.String({
        ...Instant,
        description: 'When it was sent, by what staff saw of it: in time if that was in time.',
      }),
    ),
    statementId: Type.Optional(
      Type.String({ ...Id, description: 'The statement as it was kept when it came; earlier releases kept none.' }),
    ),
    channel: Type.Optional(NoticeChannel),
    refused: Type.Optional(
      Type.Array(Type.Object({ ...LinePart.properties, reasons: Reasons }), {
        description: 'What the notice was about and cannot be withdrawn from, and why.',
      }),
    ),
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

export const ReturnUnitsKnown = event(
  'ReturnUnitsKnown',
  {
    ...ids,
    stopped: Type.Array(LinePart, { description: 'Units that never left: nothing of them comes back.' }),
    left: Type.Array(LinePart, { description: 'Units that had left: these come back.' }),
    knownAt: Instant,
  },
  'It is known which units of a withdrawal come back, and which never left.',
)
export type ReturnUnitsKnown = Static<typeof ReturnUnitsKnown>

export const ReturnSent = event(
  'ReturnSent',
  {
    ...ids,
    carrier: Type.String(),
    trackingNumber: Type.String(),
    sentAt: Instant,
    shownAt: Type.Optional(Type.String({ ...Instant, description: 'When this was said.' })),
    shownBy: Type.Optional(Type.Union([Type.Literal('customer'), Type.Literal('staff')])),
    paysFrom: Type.Optional(
      Type.String({
        ...Instant,
        description: 'When the refund is decided on this word alone, unless it is judged before.',
      }),
    ),
  },
  'Somebody says that the goods were sent back. The last day to pay back is counted from it.',
)
export type ReturnSent = Static<typeof ReturnSent>

export const ProofOfSendingJudged = event(
  'ProofOfSendingJudged',
  {
    ...ids,
    verdict: Type.Union([Type.Literal('confirmed'), Type.Literal('carrier-scanned'), Type.Literal('rejected')]),
    judgedAt: Instant,
    personal: Type.Object({ judgedBy: Type.String(), reason: Type.Optional(Type.String()) }),
  },
  'A member of staff looked at the proof of sending, or the carrier scanned the parcel. A rejected proof is as if not shown.',
)
export type ProofOfSendingJudged = Static<typeof ProofOfSendingJudged>

export const ReturnReceived = event(
  'ReturnReceived',
  {
    ...ids,
    receivedAt: Instant,
    fitForSale: Type.Optional(
      Type.Array(LinePart, {
        description: 'Units that the warehouse found fit to be sold again. Left out, none of them is.',
      }),
    ),
  },
  'The goods are back with the seller. Orders puts those that are fit for sale back into stock.',
)
export type ReturnReceived = Static<typeof ReturnReceived>

export const RefundDecided = event(
  'RefundDecided',
  {
    ...ids,
    deliveryRefundId: Type.Optional(
      Type.String({
        ...Id,
        description:
          'Of the delivery alone, paid back since the rest of the order was cancelled after this return was paid back. The refund goes by this id.',
      }),
    ),
    amount: Amount,
    deliveryAmount: Amount,
    currency: Currency,
    lines: Type.Array(RefundLine),
    overrideId: Type.Optional(
      Type.String({
        ...Id,
        description:
          'Of what was deducted and is paid back after all. The refund goes by this id, and no unit goes back by it.',
      }),
    ),
    reduction: Type.Optional(
      Type.Literal(true, { description: 'A lower price for goods that the customer keeps: no unit goes back.' }),
    ),
    deductions: Type.Optional(Type.Array(Deduction, { description: 'What the amounts of the lines are less by.' })),
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
    outcome: Type.Union([Type.Literal('refunded'), Type.Literal('order-cancelled'), Type.Literal('never-sent')]),
    amount: Amount,
    closedAt: Instant,
  },
  'The return is over: the money is back, or none of it ever left, by a cancelled order or since it was stopped in time.',
)
export type ReturnClosed = Static<typeof ReturnClosed>

const withdrawalEvents = [
  WithdrawalDeclared,
  ReturnUnitsAsked,
  ReturnUnitsKnown,
  ReturnSent,
  ProofOfSendingJudged,
  ...sendingBackEvents,
  ReturnReceived,
  ReturnInspected,
  ReturnAssessed,
  RefundDecided,
  ReturnClosed,
]
/** What becomes of a withdrawal. */
export type WithdrawalEvent = Static<(typeof withdrawalEvents)[number]>

const voluntaryEvents = [VoluntaryReturnRequested, VoluntaryReturnChecked, VoluntaryReturnEnded]
/** What becomes of goods that go back by the offer of the terms. */
export type VoluntaryEvent =
  | Static<(typeof voluntaryEvents)[number]>
  | Extract<
      WithdrawalEvent,
      { type: 'SendBackReminded' | 'ReturnSent' | 'ReturnReceived' | 'RefundDecided' | 'ReturnClosed' }
    >

const complaintEvents = [
  ...[ComplaintReceived, ComplaintAssessed, RemedyChosen, CureDone, CureFailed, ComplaintNarrowed, ComplaintEnded],
  ...cureEvents,
  ...choiceEvents,
]
/** What becomes of a complaint. */
export type ComplaintEvent =
  | Static<(typeof complaintEvents)[number]>
  | Extract<
      WithdrawalEvent,
      {
        type:
          | 'ReturnSent'
          | 'SendBackReminded'
          | 'SendBackOverdue'
          | 'ReturnReceived'
          | 'RefundDecided'
          | 'ReturnClosed'
      }
    >

/** What becomes of units that were lost and are paid back. */
export type LossEvent = Extract<WithdrawalEvent, { type: 'RefundDecided' | 'ReturnClosed' }>

/** What becomes of a written agreement. */
export type AgreementEvent = Static<typeof AgreementRecorded> | Extract<WithdrawalEvent, { type: 'RefundDecided' }>

export const returnsEvents = [
  ...withdrawalEvents,
  ...voluntaryEvents,
  ...complaintEvents,
  AgreementRecorded,
  ...payoutEvents,
  ...overrideEvents,
  ...exchangeEvents,
  ReturnLabelRequested,
  ReturnDataErased,
  ReturnWrittenSince,
]
export type ReturnsEvent = Static<(typeof returnsEvents)[number]>
