import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { ProofOfSendingJudged, ReturnClosed } from '@vilkar/contracts/returns.ts'
import type { Deduction, Found } from '@vilkar/contracts/returns-inspection.ts'
import type { NoticeChannel } from '@vilkar/contracts/returns-notice.ts'
import type { OrderFacts } from '@vilkar/terms/order/facts.ts'
import type { Reason } from '@vilkar/terms/ruling/ruling.ts'

type Command<Type extends string, Data> = { type: Type; data: { returnId: string; at: string } & Data }
export type ReturnCommand =
  | Command<'DeclareWithdrawal', { facts: OrderFacts; lines?: LinePart[]; statement?: string } & Notice>
  /** Orders was never asked which units had left: of a withdrawal of an earlier release. */
  | Command<'AskUnits', object>
  /** Which units never left and which come back, as orders says. `facts` are what is known of the order, here and below. */
  | Command<'RecordUnits', { facts: OrderFacts; stopped: LinePart[]; left: LinePart[] }>
  | Command<'RecordSending', { facts: OrderFacts; carrier: string; trackingNumber: string; sentAt: string } & Shown>
  /** The carrier has the goods: nobody has to say so, or to judge it. */
  | Command<'HearScan', { facts: OrderFacts; carrier: string; trackingNumber: string; scannedAt: string }>
  | Command<'JudgeProof', { facts: OrderFacts; verdict: Verdict; judgedBy: string; reason?: string }>
  /** Nobody judged the proof in time: it is believed. */
  | Command<'BelieveProof', { facts: OrderFacts }>
  | Command<'RecordReceipt', { facts: OrderFacts; receivedAt: string; fitForSale?: LinePart[] }>
  /** The day to send the goods has passed, or the wait after the reminder of it. */
  | Command<'RemindToSend', { facts: OrderFacts }>
  /** The seller collects the goods, on `collectOn` (ISO 8601) once that is set. */
  | Command<'OfferCollection', { facts: OrderFacts; offeredBy: string; collectOn?: string }>
  /** What came back, as it was found; it is received by this if nobody said so before. */
  | Command<'RecordInspection', { facts: OrderFacts; receivedAt: string; units: Found[] } & Inspection>
  /** What a person makes of it. `heardFor` (ISO 8601): how long the customer may answer; left out, it is final. */
  | Command<'AssessReturn', { facts: OrderFacts; deductions: Claimed[]; heardFor?: string } & Assessment>
  /** The last units of the order are cancelled, after this return was paid back: the delivery may be due, by this id. */
  | Command<'RefundDelivery', { facts: OrderFacts; deliveryRefundId: string; requestedAt: string }>
  /** Staff pays back what was deducted, or some of it, after all: by this id, for these reasons. */
  | Command<'RestoreDeduction', { overrideId: string; amount: number; reasons: Reason[] }>
  | Command<'CloseReturn', { outcome: ReturnClosed['data']['outcome']; amount: number }>

/**
 * The statement that it was made by, when that came and when it was sent, and how, as staff saw; left out: now, in whatever way
 * the storefront has.
 */
export type Notice = { statementId?: string; receivedAt?: string; noticeSentAt?: string; channel?: NoticeChannel }
/** `staff`: the subject of the member of staff who says so; left out when it is the customer. `believedAfter`: ISO 8601. */
export type Shown = { staff?: string; believedAfter: string }
export type Verdict = ProofOfSendingJudged['data']['verdict']
export type CommandData<Type extends ReturnCommand['type']> = Extract<ReturnCommand, { type: Type }>['data']
export type Inspection = { inspectedBy: string; serialNumbers?: string[]; note?: string }
export type Assessment = { assessedBy: string; grounds?: string }
/** What a person says is not to be paid back. */
export type Claimed = Omit<Deduction, 'reasons'>
