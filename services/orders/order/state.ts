import type { OrderPlaced } from '@vilkar/contracts/orders.ts'
import type { CancellationReason, StopRequested } from '@vilkar/contracts/orders-cancellation.ts'
import type { DeliveryDelayed, DeliveryHindered } from '@vilkar/contracts/orders-delivery.ts'
import type { PayoutMade } from '@vilkar/contracts/orders-payout.ts'
import type { RecallNoticeSettled } from '@vilkar/contracts/orders-recall.ts'
import type { ReplacementAnswered } from '@vilkar/contracts/orders-replacement.ts'
import type { Address, LinePart, TermsPin } from '@vilkar/contracts/parts.ts'
import type { StopAnswered } from '@vilkar/contracts/shipping-stops.ts'
import type { Stored } from '@vilkar/decider/command-handler.ts'
import { termsOf } from '@vilkar/terms/editions/registry.ts'
import type { SentDocument, SentFunction } from '@vilkar/terms/order/told.ts'
import type { Locale } from '@vilkar/terms/ruling/vocabulary.ts'
import type { AdditionalPeriod } from './additional-period.ts'
import type { AgreedDays } from './agreed-day.ts'
import type { FailedDelivery, FailureCommand } from './failed-delivery.ts'
import type { Proposal } from './proposal.ts'
import type { Quote } from './quote.ts'
import type { RecallWritten } from './recall.ts'
import type { Replacement } from './replacement.ts'

/** What of an order leaves, is captured or is refunded, in minor units: parts of lines, and of the delivery. */
export type Portion = { lines: { lineId: string; quantity: number; amount: number }[]; deliveryAmount: number }

/** Units that are to be stopped before they leave, as shipping was asked, and what came of it. */
export type Stop = {
  requestId: string
  /** The withdrawal that it is for, if it is for one. */
  returnId?: string
  by: By
  reason: CancellationReason
  requestedAt: string
  lines: StopRequested['data']['lines']
  concluded?: { at: string; stopped: Portion['lines']; left: LinePart[] }
}

/** What there is not enough of: so many units were wanted, and so many are free. */
export type Shortage = { sku: string; wanted: number; available: number }

/** Who of the seller's found a mistake obvious, by name and verified subject, and why (avtaleloven § 32). */
export type Mistake = { by: string; subject: string; why: string }

/** The personal data of an order: kept apart from its facts, and erasable without them. */
export type Personal = OrderPlaced['data']['personal'] & {
  /** Where the goods are to go instead, while shipping has not answered whether that comes in time. */
  addressChange?: Address
  /** Where goods went before a change that some shipments kept theirs at: by the request that changed it. */
  addressesBefore?: Record<string, Address>
}

/** The facts of an order: what was placed, less the personal part, and what became of it. Money in minor units. */
export type PlacedOrder = {
  status:
    | 'awaiting-payment'
    | 'awaiting-confirmation'
    | 'unformed'
    | 'formed'
    | 'cancelling'
    | 'dispatched'
    | 'delivered'
    | 'cancelled'
  placed: Omit<OrderPlaced['data'], 'personal'>
  payment?: {
    provider: string
    paymentId: string
    amount: number
    authorisedAt: string
    expiresAt?: string
    /** When it ran out with goods still here: they wait until the customer has paid again. */
    expiredAt?: string
  }
  /** Nobody paid while its units were kept: they are free to sell until it is paid. */
  reservationEndedAt?: string
  formedAt?: string
  bounced?: { at: string; cause: string }
  /** The contract stands, and its confirmation is on the way to the corrected address. */
  reconfirming?: true
  /** Where goods were to go instead, in the order in which it was asked; what shipping said of it. */
  addressChanges?: {
    requestId: string
    requestedAt: string
    concluded?: { at: string; changed: boolean; left: string[] }
  }[]
  cancelled?: { by: string; reason: string; at: string }
  /** While all of it is being cancelled. Without a `requestId` shipping was asked by an earlier release. */
  cancellation?: { by: By; reason: CancellationReason; requestId?: string }
  /** In the order in which they were asked for. */
  stops: Stop[]
  /** Ends of the contract that were proposed, in their order; rows of before that was possible have none. */
  proposals?: Proposal[]
  /** There was a contract once, so that shipping may have been asked to send; a bounce does not undo that. */
  everFormed?: true
  /** What left and what it let us take, in the order in which it left. */
  shipments: {
    shipmentId: string
    dispatchedAt: string
    deliveredAt?: string
    carrier?: string
    trackingNumber?: string
    lines: Portion['lines']
    captureAmount: number
  }[]
  /** Units that left, never came and are paid back, by the report of it. */
  lost?: { reportId: string; shipmentId: string; lines: LinePart[] }[]
  /** Parcels that did not arrive, in the order in which it was told. */
  failedDeliveries?: FailedDelivery[]
  /** Days of delivery that were agreed in writing after checkout; `placed.deliverBy` is the one that holds. */
  agreedDays?: AgreedDays
  /** What kept the seller from delivering and was told, in the order in which it was. */
  hindrances?: (Omit<DeliveryHindered['data'], 'orderId' | 'reasons' | 'unsent' | 'underway' | 'personal'> & {
    endedAt?: string
  })[]
  /** Extra time that the customer set for what is late, in the order in which they did. */
  additionalPeriods?: AdditionalPeriod[]
  /** The last promise of delivery that the customer was told had passed. */
  delayTold?: DeliveryDelayed['data']['promise']
  /** Recalls that the customer was written of. */
  recalls?: RecallWritten[]
  captured: number
  refunded: number
  /** What was taken out of stock to replace defective units, by attempt. */
  replacements?: Replacement[]
  /** What left, was not taken and is claimed of the customer. */
  claims?: { shipmentId: string; amount: number; credited?: number }[]
  /** Shipments that were captured and returns that were refunded (`settledBy`), so that no money is counted twice. */
  settled: string[]
  released: boolean
}
export type Order = { status: 'new' } | PlacedOrder

/** An order as its row holds it. */
export type StoredOrder = Stored<PlacedOrder, Personal>

export type Command<Type extends string, Data> = { type: Type; data: { orderId: string; at: string } & Data }
type By = 'customer' | 'seller'
/** `requestId` names what shipping is asked, should it be asked. */
type Cancelling = {
  requestId: string
  by: By
  reason: CancellationReason
  customerConsents?: boolean
  mistake?: Mistake
  /** Who agreed that the mistake was obvious: never who found it. */
  approvedBy?: string
}

/** How many unpaid orders of one customer keep how many units, and until when the first of them does. */
export type Keeping = { orders: number; units: number; until?: string }

export type PlaceOrder = Command<
  'PlaceOrder',
  {
    number: string
    quote: Quote
    quoteUsed: boolean
    currentTerms: TermsPin
    acceptedSha256: string
    shortages: Shortage[]
    /** What the unpaid orders of the same customer keep, those before it in its batch included. */
    keeping: Keeping
    limits: { orders: number; units: number }
    paymentDueAt: string
    reservedUntil: string
    locale: Locale
    marketingOptOut?: true
    personal: Personal
  }
>
export type OrderCommand =
  | PlaceOrder
  | Command<
      'AuthorisePayment',
      {
        provider: string
        paymentId: string
        amount: number
        currency: string
        expiresAt?: string
        /** What there is not enough of any more, where the reservation had ended. */
        shortages?: Shortage[]
      }
    >
  /** Nobody has paid: its units may be sold to others. */
  | Command<'EndReservation', object>
  | Command<'ExpireAuthorisation', { paymentId: string }>
  | Command<'FailPayment', { cause: 'payment-declined' | 'payment-abandoned' | 'payment-failed' }>
  | Command<'ConfirmContract', { messageId: string; documents?: SentDocument[]; withdrawalFunction?: SentFunction }>
  | Command<'BounceConfirmation', { cause: string }>
  | Command<
      'TellHindrance',
      Pick<DeliveryHindered['data'], 'hindranceId' | 'event' | 'what' | 'foreseeable' | 'avoidable' | 'expectedBy'> & {
        by: string
      }
    >
  | Command<'EndHindrance', { hindranceId: string; expectedBy?: string; by: string; why: string }>
  | Command<'CorrectEmail', { email: string; from?: string; byStaff?: boolean; by?: string; why?: string }>
  /** `from` is where the goods are to go now, `asked` where they are to go by a change that is not answered. */
  | Command<
      'ChangeAddress',
      { requestId: string; from: Address; asked?: Address; to: Address; by: string; why: string }
    >
  | Command<'ConcludeAddressChange', { requestId: string; changed: boolean; left: string[] }>
  | Command<'CancelOrder', Cancelling>
  /** So many units of a line are to be cancelled in all, those included that were before. */
  | Command<'CancelUnits', Cancelling & LinePart>
  /** A second person of the seller's decides on what was proposed. */
  | Command<
      'SettleProposal',
      { requestId: string; verdict: 'approved' | 'declined'; by: string; subject: string; why?: string }
    >
  /** A withdrawal from these units: what of them has not left is to be stopped. */
  | Command<'StopWithdrawn', { requestId: string; returnId: string; lines: Stop['lines'] }>
  /** Shipping's answer to a request. */
  | Command<'ConcludeStop', { requestId: string; lines: StopAnswered['data']['lines']; shipmentIds: string[] }>
  /** Of an earlier release of shipping, which answered by ShipmentCancelled. */
  | Command<'ConfirmCancellation', { shipmentId: string }>
  | Command<'RecordDispatch', { shipmentId: string; lines: LinePart[]; carrier?: string; trackingNumber?: string }>
  | Command<'RecordDelivery', { shipmentId: string }>
  /** What was told of a delivery was wrong; without `deliveredAt` it has not been delivered. */
  | Command<'CorrectDelivery', { shipmentId: string; deliveredAt?: string }>
  | FailureCommand
  | Command<'RecordLoss', { reportId: string; shipmentId: string; lines: LinePart[] }>
  /** Something was agreed in writing about the day of delivery. */
  | Command<'AgreeDeliveryDay', { agreementId: string; agreedAt: string; deliverBy?: string; ends?: string[] }>
  | Command<'SetAdditionalPeriod', Pick<AdditionalPeriod, 'periodId' | 'until'> & { by: string }>
  /** A promised day of delivery, or extra time, may have passed. */
  | Command<'TellDelay', object>
  | Command<'RecordCapture', { shipmentId: string; amount: number; alreadyRecordedAmount?: number; captureId: string }>
  /** What a shipment was to pay cannot be taken: it is claimed of the customer. */
  | Command<'ClaimPayment', { shipmentId: string; amount: number }>
  /** Whether there are units to replace defective ones with. */
  | Command<'AnswerReplacement', Pick<ReplacementAnswered['data'], 'returnId' | 'cureId' | 'outcome' | 'lines'>>
  | Command<'ReleaseReplacement', { cureId: string }>
  /** A credit note took so much off a claim. */
  | Command<'ReduceClaim', { shipmentId: string; amount: number }>
  | Command<'RecordRelease', object>
  | Command<'WriteRecallNotice', Omit<RecallWritten, 'outcome'>>
  | Command<'SettleRecallNotice', Pick<RecallNoticeSettled['data'], 'noticeId' | 'outcome'>>
  /** A person has paid what was to be paid besides refunds. */
  | Command<'RecordPayout', Omit<PayoutMade['data'], 'orderId' | 'paidAt'>>
  | Command<'RecordRefund', { returnId: string; amount: number; alreadyRecordedAmount?: number; refundId: string }>

/** What a command of this type carries. */
export type DataOf<Type extends OrderCommand['type']> = Extract<OrderCommand, { type: Type }>['data']

/** The terms that the order was placed under, as functions. */
export const termsFor = ({ placed }: PlacedOrder) => termsOf(placed.terms.edition)
