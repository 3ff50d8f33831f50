import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { RefundDecided, ReturnClosed } from '@vilkar/contracts/returns.ts'
import type { ComplaintAssessed, ComplaintReceived, Remedy, RemedyChosen } from '@vilkar/contracts/returns-complaint.ts'
import type { ComplaintFacts, OrderFacts } from '@vilkar/terms/order/facts.ts'

/** The facts of a complaint. Money in minor units of the order's currency. */
export type OpenComplaint = {
  /** `accepted` waits for the customer's choice, `reducing` for the lower price, `returning` for the goods. */
  status:
    | 'received'
    | 'rejected'
    | 'accepted'
    | 'curing'
    | 'cured'
    | 'reducing'
    | 'returning'
    | 'refund-decided'
    | 'closed'
    | 'ended'
  received: Omit<ComplaintReceived['data'], 'personal'>
  assessment?: Pick<ComplaintAssessed['data'], 'outcome' | 'by' | 'assessedAt' | 'repairMonths' | 'reasons'>
  /** What the customer may choose from now. */
  choices: Remedy[]
  chosen?: Pick<RemedyChosen['data'], 'remedy' | 'chosenAt' | 'doneBy' | 'reasons'>
  curedAt?: string
  failedCures: number
  failedAt?: string
  /** While the goods are to come back: since when a carrier has them, and what was said of their not coming. */
  sentAt?: string
  remindedAt?: string
  overdueAt?: string
  goodsReceivedAt?: string
  refund?: Pick<RefundDecided['data'], 'amount' | 'dueOn' | 'decidedAt' | 'reasons'>
  closed?: Pick<ReturnClosed['data'], 'amount' | 'closedAt'>
  endedAt?: string
}
export type Complaint = { status: 'new' } | OpenComplaint

type Command<Type extends string, Data> = { type: Type; data: { returnId: string; at: string } & Data }
export type ComplaintCommand =
  /** `lines` left out: everything. `facts` are what is known of the order, here and below. */
  | Command<
      'ReceiveComplaint',
      { facts: OrderFacts; lines?: LinePart[]; defect: string; recordedBy?: string } & Pick<
        ComplaintReceived['data'],
        'noticeSentAt' | 'channel' | 'noticedAt' | 'showedAt'
      >
    >
  | Command<'AcceptComplaint', { facts: OrderFacts; assessedBy: string; notFeasible?: Cure[]; grounds?: string }>
  | Command<'RejectComplaint', { facts: OrderFacts; assessedBy: string; grounds: string } & Rejection>
  | Command<'ChooseRemedy', { facts: OrderFacts; remedy: Remedy }>
  /** The goods were repaired, or others are with the customer. */
  | Command<'RecordCure', { doneAt: string; doneBy: string; note?: string }>
  /** `conceded`: the seller says so, and may before their time is over. */
  | Command<'RecordFailure', { facts: OrderFacts; defect: string; conceded?: boolean }>
  | Command<'ReducePrice', { facts: OrderFacts; lines: (LinePart & { amount: number })[] }>
  | Command<'RecordReturn', { facts: OrderFacts; receivedAt: string }>
  /** Units of the order went back by another right; `before` are the open complaints of before. */
  | Command<'LoseUnits', { facts: OrderFacts; before: ComplaintFacts[] }>
  /** The carrier has the goods. */
  | Command<'HearScan', { carrier: string; trackingNumber: string; scannedAt: string }>
  /** A day has passed that something hangs on. */
  | Command<'LetTimePass', { facts: OrderFacts }>
  | Command<'GiveUp', object>
  | Command<'CloseComplaint', { amount: number }>
export type CommandData<Type extends ComplaintCommand['type']> = Extract<ComplaintCommand, { type: Type }>['data']

export type Cure = 'repair' | 'replacement'
/** Why a complaint is rejected; the rest is what a person has shown about damage by use (clause 11). */
export type Rejection = {
  cause: 'no-defect' | 'late' | 'misinstallation' | 'unauthorised-modification' | 'misuse'
  /** What shows that goods were without a defect that is presumed to have been there. */
  proof?: string
  installedBySeller?: boolean
  instructionsCorrect?: boolean
  instructionsSupplied?: boolean
}

/** How long people have for an answer, and for putting goods right or lowering the price: days of our own, in reasonable time by law. */
export const ANSWERED_WITHIN = 'P7D'
export const PUT_RIGHT_WITHIN = 'P14D'

/** The units that a complaint is about. */
export const unitsOf = ({ received }: OpenComplaint): LinePart[] =>
  received.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))
