import type { LinePart } from '@vilkar/contracts/parts.ts'
import type { RefundDecided, ReturnClosed } from '@vilkar/contracts/returns.ts'
import type { ComplaintAssessed, ComplaintReceived, RemedyChosen } from '@vilkar/contracts/returns-complaint.ts'
import type { Remedy } from '@vilkar/contracts/returns-remedy.ts'
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
  assessment?: Pick<
    ComplaintAssessed['data'],
    'outcome' | 'by' | 'assessedAt' | 'repairMonths' | 'guarantees' | 'reasons'
  >
  /** What the customer may choose from now. */
  choices: Remedy[]
  chosen?: Pick<RemedyChosen['data'], 'remedy' | 'chosenAt' | 'doneBy' | 'reasons'>
  /** The attempt to put it right that is or was under way last; left out of those of an earlier release. */
  cure?: Underway
  /** What was to go to the customer and is not to go any more: whether it went is not answered yet. */
  stopping?: { cureId: string; since: string }
  /** What could be chosen when there was something to choose last. */
  offered?: Remedy[]
  /** Since when there is something to choose, and what was said of nothing being chosen; left out by an earlier release. */
  choice?: Choice
  /** Defective goods that the customer has others for, and that are to come back: of one attempt, since none begins while they are awaited. */
  defective?: Defective
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

/**
 * `stock`: orders is asked for units. `goods`: the defective goods are to come in; `repair`: they are here. `shipment`: shipping is asked
 * to send, and has taken it on (`requested`), and the carrier has it.
 */
export type Underway = {
  cureId: string
  step: 'stock' | 'goods' | 'repair' | 'shipment' | 'requested' | 'dispatched'
  since: string
  goodsReceivedAt?: string
  /** The customer may keep what this attempt replaced. */
  goodsWaivedAt?: string
  shipmentAsked?: true
}

/** `restedAt`: a person asked in vain. Whatever was said, the customer may choose. */
export type Choice = { since: string; remindedAt?: string; overdueAt?: string; restedAt?: string }
/** `overdueAt`: the customer was told for good, and a person sees to it. */
export type Defective = {
  cureId: string
  lines: LinePart[]
  since: string
  sentAt?: string
  remindedAt?: string
  overdueAt?: string
}

type Command<Type extends string, Data> = { type: Type; data: { returnId: string; at: string } & Data }
export type ComplaintCommand =
  /** `lines` left out: everything. `facts` are what is known of the order, here and below. */
  | Command<
      'ReceiveComplaint',
      { facts: OrderFacts; lines?: LinePart[]; defect: string; recordedBy?: string } & Pick<
        ComplaintReceived['data'],
        'noticeSentAt' | 'channel' | 'noticedAt' | 'showedAt' | 'sellerAtFault'
      >
    >
  | Command<
      'AcceptComplaint',
      {
        facts: OrderFacts
        assessedBy: string
        notFeasible?: Cure[]
        grounds?: string
        furtherAttempt?: FurtherAttempt
      }
    >
  | Command<'RejectComplaint', { facts: OrderFacts; assessedBy: string; grounds: string } & Rejection>
  /** `cureId` is what a repair or a replacement will be called. */
  | Command<'ChooseRemedy', { facts: OrderFacts; remedy: Remedy; cureId: string }>
  /** Whether there are units to replace the goods with, as orders says. */
  | Command<'HearStock', { facts: OrderFacts; cureId: string; outcome: 'reserved' | 'out-of-stock' }>
  /** The defective goods came in. */
  | Command<'RecordGoods', { receivedAt: string }>
  /** The customer may keep defective goods that others were sent for. */
  | Command<'WaiveGoods', { by: string; note?: string }>
  /** A person asked what the customer chooses, and got no answer. */
  | Command<'RestComplaint', { by: string; note: string }>
  | Command<'SendRepaired', object>
  /** What shipping tells of what is sent to the customer. */
  | Command<
      'NoteUnderway',
      {
        cureId: string
        step: 'requested' | 'dispatched'
        withdrawn?: boolean
        carrier?: string
        trackingNumber?: string
      }
    >
  | Command<'RecordDelivery', { cureId: string; receivedAt: string }>
  | Command<'HearStop', { cureId: string; outcome: 'stopped' | 'left' }>
  /** The goods were repaired, or others are with the customer. */
  | Command<'RecordCure', { doneAt: string; doneBy: string; note?: string }>
  /** `conceded`: the seller says so, and may before their time is over. */
  | Command<'RecordFailure', { facts: OrderFacts; defect: string; conceded?: boolean }>
  | Command<'ReducePrice', { facts: OrderFacts; lines: (LinePart & { amount: number })[] }>
  | Command<'RecordReturn', { facts: OrderFacts; receivedAt: string }>
  /** Units of the order went back by another right; `before` are the open complaints of before. */
  | Command<'LoseUnits', { facts: OrderFacts; before: ComplaintFacts[]; cureId: string }>
  /** The carrier has the goods. */
  | Command<'HearScan', { carrier: string; trackingNumber: string; scannedAt: string }>
  /** A day has passed that something hangs on. */
  | Command<'LetTimePass', { facts: OrderFacts }>
  | Command<'GiveUp', object>
  | Command<'CloseComplaint', { amount: number }>
export type CommandData<Type extends ComplaintCommand['type']> = Extract<ComplaintCommand, { type: Type }>['data']

export type Cure = 'repair' | 'replacement'
/**
 * Once putting right has failed: the seller offers to try again, which the customer may take or leave; or it is reasonable to try again, so
 * that they may not refuse it (§ 30).
 */
export type FurtherAttempt = 'offered' | 'reasonable'
/** Why a complaint is rejected; the rest is what a person has shown about damage by use (clause 11). */
export type Rejection = {
  cause: 'no-defect' | 'late' | 'misinstallation' | 'unauthorised-modification' | 'misuse'
  /** What shows that goods were without a defect that is presumed to have been there. */
  proof?: string
  installedBySeller?: boolean
  instructionsCorrect?: boolean
  instructionsSupplied?: boolean
}

/** So long a customer has to choose, or to send defective goods back, before they are reminded, and so long again: days of our own. */
export const REMINDED_AFTER_DAYS = 14

/** How long people have for an answer, and for putting goods right or lowering the price: days of our own, in reasonable time by law. */
export const ANSWERED_WITHIN = 'P7D'
export const PUT_RIGHT_WITHIN = 'P14D'

/** The units that a complaint is about. */
export const unitsOf = ({ received }: OpenComplaint): LinePart[] =>
  received.lines.map(({ lineId, quantity }) => ({ lineId, quantity }))

/**
 * The units that are to come back: all of them where the purchase is cancelled, those that others were sent for, or those to be put right;
 * undefined where none are.
 */
export function unitsAwaited(state: OpenComplaint): LinePart[] | undefined {
  if (state.status === 'returning') return unitsOf(state)
  return state.defective?.lines ?? (state.status === 'curing' ? unitsOf(state) : undefined)
}
