import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { additionalPeriodEvents } from './orders-additional-period.ts'
import { DeliveryDayAgreed } from './orders-agreement.ts'
import { PayoutMade } from './orders-payout.ts'
import { recallEvents } from './orders-recall.ts'
import { ReplacementAnswered, ReplacementReleased } from './orders-replacement.ts'
import {
  Address,
  Amount,
  Country,
  Currency,
  CustomerKind,
  LinePart,
  Locale,
  PricedDelivery,
  PricedLine,
  Reasons,
  Sku,
  TermsPin,
  Totals,
} from './parts.ts'

/** What the orders service tells. The aggregate is the order; `personal` can be erased without touching the facts. */
const By = Type.Union([Type.Literal('customer'), Type.Literal('seller'), Type.Literal('system')])

export const OrderPlaced = event(
  'OrderPlaced',
  {
    orderId: Id,
    number: Type.String(),
    seller: Type.Optional(
      Type.String({ description: 'Who sells. Orders of before it was told are of whose the edition of the terms is.' }),
    ),
    placedAt: Instant,
    customerKind: CustomerKind,
    country: Country,
    currency: Currency,
    locale: Locale,
    terms: TermsPin,
    lines: Type.Array(PricedLine),
    delivery: PricedDelivery,
    deliverBy: Type.Optional(
      Type.String({ ...Day, description: 'Last day of delivery, where one was agreed at checkout; later is late.' }),
    ),
    totals: Totals,
    exported: Type.Optional(
      Type.Boolean({
        description: 'The goods leave the VAT area, so that no VAT is charged (merverdiavgiftsloven § 6-21).',
      }),
    ),
    disclosures: Type.Object({
      withdrawalInformation: Type.Boolean({
        description:
          'The confirmation is to give the information and the form of angrerettloven § 8; what it did give is told by ContractFormed.',
      }),
      returnCost: Type.Boolean({ description: 'The customer was told who pays for sending goods back.' }),
      earlyCapture: Type.Boolean({ description: 'It was stated that payment is taken before shipment.' }),
    }),
    paymentDueAt: Instant,
    reservedUntil: Type.Optional(
      Type.String({
        ...Instant,
        description:
          'How long its units are kept for who has not paid. Orders of before it was told keep them until payment is due.',
      }),
    ),
    personal: Type.Object({
      placedBy: Type.String({ description: 'Subject of the token that placed it.' }),
      email: Type.String(),
      name: Type.String(),
      organisationNumber: Type.Optional(Type.String()),
      shippingAddress: Address,
      billingAddress: Type.Optional(Address),
    }),
  },
  'An order was placed and its units reserved, for a while. No contract yet: the confirmation has not reached the customer.',
)
export type OrderPlaced = Static<typeof OrderPlaced>

export const ReservationEnded = event(
  'ReservationEnded',
  { orderId: Id, endedAt: Instant },
  'The order is not paid and its units are free to sell again. It can still be paid: PaymentAuthorised reserves them anew, or OrderCancelled follows it because they are gone.',
)
export type ReservationEnded = Static<typeof ReservationEnded>

export const PaymentAuthorised = event(
  'PaymentAuthorised',
  {
    orderId: Id,
    provider: Type.String(),
    paymentId: Type.String(),
    amount: Amount,
    currency: Currency,
    authorisedAt: Instant,
    expiresAt: Type.Optional(Instant),
  },
  'The provider holds the amount for us. Nothing is taken before shipment. Units that were not reserved any more are again.',
)
export type PaymentAuthorised = Static<typeof PaymentAuthorised>

export const AuthorisationExpired = event(
  'AuthorisationExpired',
  {
    orderId: Id,
    paymentId: Type.String(),
    amount: Amount,
    owed: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'How much of it is for goods that have left. Left out by earlier releases.',
      }),
    ),
    currency: Currency,
    expiredAt: Instant,
    reasons: Reasons,
  },
  'The provider no longer holds this amount for us, and it is not taken: the customer is asked to pay again, and goods that have not left wait for it.',
)
export type AuthorisationExpired = Static<typeof AuthorisationExpired>

export const PaymentReauthorised = event(
  'PaymentReauthorised',
  {
    orderId: Id,
    provider: Type.String(),
    paymentId: Type.String(),
    amount: Amount,
    currency: Currency,
    reauthorisedAt: Instant,
    expiresAt: Type.Optional(Instant),
  },
  'The customer paid again after an authorisation had expired: the amount is held for us, and goods that waited may go.',
)
export type PaymentReauthorised = Static<typeof PaymentReauthorised>

export const PaymentClaimed = event(
  'PaymentClaimed',
  {
    orderId: Id,
    shipmentId: Type.String({
      description: 'The shipment that is not paid; the order where all was to be taken at once.',
    }),
    amount: Amount,
    currency: Currency,
    claimedAt: Instant,
    reasons: Reasons,
  },
  'Goods left and their payment cannot be taken: the seller claims the amount of the customer, outside the payment provider.',
)
export type PaymentClaimed = Static<typeof PaymentClaimed>

export const PaymentClaimReduced = event(
  'PaymentClaimReduced',
  {
    orderId: Id,
    shipmentId: Type.String({ description: 'As the claim has it.' }),
    amount: Type.Integer({ ...Amount, description: 'What a credit note took off the claim.' }),
    claimed: Type.Integer({ ...Amount, description: 'What of the claim stands now.' }),
    currency: Currency,
    reducedAt: Instant,
  },
  'Less is claimed of the customer than before: a credit note took off the rest.',
)
export type PaymentClaimReduced = Static<typeof PaymentClaimReduced>

export const ContractFormed = event(
  'ContractFormed',
  {
    orderId: Id,
    formedAt: Instant,
    messageId: Type.String(),
    documents: Type.Optional(
      Type.Array(
        Type.Object({
          kind: Type.Union([Type.Literal('terms'), Type.Literal('withdrawal-form')]),
          locale: Locale,
          sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the text that went out, in UTF-8.' }),
        }),
        {
          description:
            'What went out with the confirmation. Left out of events of before it was kept: then what OrderPlaced says holds.',
        },
      ),
    ),
    withdrawalFunction: Type.Optional(
      Type.Object(
        {
          locale: Locale,
          page: Type.String({ description: 'The page that has it, without what names the order.' }),
          sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the notice with that page, in UTF-8.' }),
        },
        { description: 'That the confirmation told of the withdrawal function, and where; left out where it did not.' },
      ),
    ),
    reasons: Reasons,
  },
  "The order confirmation was accepted by the customer's mail server: the contract stands, and goods may be sent.",
)
export type ContractFormed = Static<typeof ContractFormed>

export const ConfirmationBounced = event(
  'ConfirmationBounced',
  { orderId: Id, bouncedAt: Instant, cause: Type.String(), wasFormed: Type.Boolean(), reasons: Reasons },
  'The confirmation did not reach the customer: the contract is not formed, and goods that have not left are held.',
)
export type ConfirmationBounced = Static<typeof ConfirmationBounced>

const Corrected = {
  by: Type.String({ description: 'Subject of the token of who corrected it.' }),
  why: Type.String(),
}

export const EmailCorrected = event(
  'EmailCorrected',
  {
    orderId: Id,
    correctedAt: Instant,
    wasFormed: Type.Optional(
      Type.Boolean({
        description:
          'There was a contract already, confirmed to the wrong address: what the confirmation informs of counts as told once ContractReconfirmed says so.',
      }),
    ),
    personal: Type.Object({
      email: Type.String(),
      from: Type.Optional(Type.String({ description: 'The wrong address.' })),
      ...Type.Partial(Type.Object(Corrected)).properties,
    }),
  },
  "The customer's address for mails was corrected: mails go there from now on, and so does a confirmation anew.",
)
export type EmailCorrected = Static<typeof EmailCorrected>

export const ContractReconfirmed = event(
  'ContractReconfirmed',
  {
    orderId: Id,
    reconfirmedAt: Instant,
    messageId: ContractFormed.properties.data.properties.messageId,
    documents: ContractFormed.properties.data.properties.documents,
    withdrawalFunction: ContractFormed.properties.data.properties.withdrawalFunction,
  },
  'After the address was corrected, the confirmation of a contract that stood already reached the customer.',
)
export type ContractReconfirmed = Static<typeof ContractReconfirmed>

export const AddressChangeRequested = event(
  'AddressChangeRequested',
  {
    orderId: Id,
    requestId: Id,
    requestedAt: Instant,
    personal: Type.Object({ from: Address, to: Address, ...Corrected }),
  },
  'The goods are to go elsewhere: shipping readdresses what has not left, and answers with AddressChangeAnswered.',
)
export type AddressChangeRequested = Static<typeof AddressChangeRequested>

export const AddressChangeConcluded = event(
  'AddressChangeConcluded',
  {
    orderId: Id,
    requestId: Id,
    changed: Type.Boolean({ description: 'What has not left goes to the new address; false, all of it had left.' }),
    left: Type.Array(Id, { description: 'Shipments that had left for the address of before.' }),
    concludedAt: Instant,
  },
  'Shipping has answered where the goods go.',
)
export type AddressChangeConcluded = Static<typeof AddressChangeConcluded>

/** The reasons that clause 4 knows; a customer needs none. */
export const CancellationReason = Type.Union(
  [
    Type.Literal('customer-wish'),
    Type.Literal('stock'),
    Type.Literal('pricing-error'),
    Type.Literal('technical-mistake'),
  ],
  {
    description:
      'The seller may give stock, pricing-error or technical-mistake (clause 4); a customer needs no reason.',
  },
)
export type CancellationReason = Static<typeof CancellationReason>

/** A person of the seller's: the name that they gave, and the verified subject of their token. */
const Staff = { by: Type.String(), subject: Type.String() }

export const CancellationProposed = event(
  'CancellationProposed',
  {
    orderId: Id,
    requestId: Type.String({ ...Id, description: 'Under which shipping will be asked, once it is approved.' }),
    reason: CancellationReason,
    line: Type.Optional(
      Type.Object(LinePart.properties, { description: 'So many units of this line in all; left out, the order.' }),
    ),
    proposedAt: Instant,
    reasons: Reasons,
    personal: Type.Object({
      ...Staff,
      why: Type.String({ description: 'Why the customer must have seen the mistake (avtaleloven § 32).' }),
    }),
  },
  'The seller wants to end a contract for a mistake that one person found obvious. Nothing happens until another approves.',
)
export type CancellationProposed = Static<typeof CancellationProposed>

export const CancellationProposalEnded = event(
  'CancellationProposalEnded',
  {
    orderId: Id,
    requestId: Id,
    outcome: Type.Union([Type.Literal('approved'), Type.Literal('declined'), Type.Literal('withdrawn')], {
      description: 'withdrawn: declined by who had proposed it.',
    }),
    endedAt: Instant,
    personal: Type.Object({ ...Staff, why: Type.Optional(Type.String()) }),
  },
  'A second person has approved the end of the contract, which StopRequested of the same id then asks for; or it stands.',
)
export type CancellationProposalEnded = Static<typeof CancellationProposalEnded>

export const CancellationRequested = event(
  'CancellationRequested',
  {
    orderId: Id,
    by: Type.Union([Type.Literal('customer'), Type.Literal('seller')]),
    reason: CancellationReason,
    requestId: Type.Optional(
      Type.String({
        ...Id,
        description: 'The StopRequested that asks shipping. Without it shipping is asked by this event, as once was.',
      }),
    ),
    requestedAt: Instant,
    reasons: Reasons,
  },
  'The order is to be cancelled; the shipping service must first say that the goods have not left.',
)
export type CancellationRequested = Static<typeof CancellationRequested>

export const CancellationLapsed = event(
  'CancellationLapsed',
  { orderId: Id, shipmentId: Id, lapsedAt: Instant, reasons: Reasons },
  'The goods were with the carrier before the cancellation came: the order stands, and the right of withdrawal with it.',
)
export type CancellationLapsed = Static<typeof CancellationLapsed>

const request = {
  orderId: Id,
  requestId: Id,
  returnId: Type.Optional(Type.String({ ...Id, description: 'The withdrawal that it is for, if it is for one.' })),
  by: Type.Union([Type.Literal('customer'), Type.Literal('seller')]),
  reason: CancellationReason,
}

export const StopRequested = event(
  'StopRequested',
  {
    ...request,
    lines: Type.Array(
      Type.Object({
        ...LinePart.properties,
        unsent: Type.Optional(
          Type.Integer({
            minimum: 0,
            description: 'At most so many of them are to be stopped; left out, all of them.',
          }),
        ),
      }),
    ),
    requestedAt: Instant,
    reasons: Reasons,
  },
  'These units are not wanted any more: shipping stops what has not left, and answers with StopAnswered.',
)
export type StopRequested = Static<typeof StopRequested>

export const StopConcluded = event(
  'StopConcluded',
  {
    ...request,
    stopped: Type.Array(
      Type.Object({ ...LinePart.properties, amount: Type.Integer({ ...Amount, description: 'What they cost.' }) }),
      { description: 'Units that never leave: what they cost is not taken, or goes back if it was.' },
    ),
    left: Type.Array(LinePart, { description: 'Units that had left; of a withdrawal, these come back.' }),
    concludedAt: Instant,
  },
  'Of the units that were to be stopped these never leave, and those had left.',
)
export type StopConcluded = Static<typeof StopConcluded>

const Shortage = Type.Object({
  sku: Sku,
  wanted: Type.Integer({ minimum: 1 }),
  available: Type.Integer({ minimum: 0 }),
})

export const OrderCancelled = event(
  'OrderCancelled',
  {
    orderId: Id,
    by: By,
    reason: Type.String(),
    shortages: Type.Optional(
      Type.Array(Shortage, {
        description: 'What there was not enough of, when it was paid after its reservation had ended.',
      }),
    ),
    cancelledAt: Instant,
    reasons: Reasons,
  },
  'The order is cancelled: stock is free again, and what was authorised is released.',
)
export type OrderCancelled = Static<typeof OrderCancelled>

const AlreadyRecordedAmount = Type.Integer({
  ...Amount,
  description:
    'The part of the amount that an earlier event has recorded: it was moved by hand in the provider’s portal before it was known what it was for.',
})

export const PaymentCaptured = event(
  'PaymentCaptured',
  {
    orderId: Id,
    shipmentId: Type.String({
      ...Id,
      description: "The shipment that it is for; the order's own id when all was taken before shipment, as was stated.",
    }),
    amount: Amount,
    currency: Currency,
    alreadyRecordedAmount: Type.Optional(AlreadyRecordedAmount),
    captureId: Type.String(),
    capturedAt: Instant,
    reasons: Reasons,
  },
  'The amount of the shipped lines, and delivery once, was taken.',
)
export type PaymentCaptured = Static<typeof PaymentCaptured>

export const PaymentReleased = event(
  'PaymentReleased',
  { orderId: Id, releasedAt: Instant },
  "What was authorised and not captured is the customer's again.",
)
export type PaymentReleased = Static<typeof PaymentReleased>

export const PaymentRefunded = event(
  'PaymentRefunded',
  {
    orderId: Id,
    returnId: Type.String({
      ...Id,
      description:
        "The return that it is for; the order's own id when the order was cancelled after it had been paid; the id of a StopRequested when units that were paid for never leave.",
    }),
    amount: Amount,
    currency: Currency,
    alreadyRecordedAmount: Type.Optional(AlreadyRecordedAmount),
    refundId: Type.String(),
    refundedAt: Instant,
  },
  'A decided refund went back the way the payment came.',
)
export type PaymentRefunded = Static<typeof PaymentRefunded>

export const OrderDispatched = event(
  'OrderDispatched',
  {
    orderId: Id,
    shipmentId: Id,
    dispatchedAt: Instant,
    captureAmount: Amount,
    currency: Currency,
    lines: Type.Array(Type.Object({ ...LinePart.properties, amount: Amount })),
    deliveryAmount: Amount,
    carrier: Type.Optional(Type.String({ description: 'Who carries them; told to the payment provider, too.' })),
    trackingNumber: Type.Optional(Type.String()),
    reasons: Reasons,
  },
  'The goods left: from now on only a withdrawal or a return undoes the order, and this amount is to be captured.',
)
export type OrderDispatched = Static<typeof OrderDispatched>

export const OrderDelivered = event(
  'OrderDelivered',
  { orderId: Id, shipmentId: Id, deliveredAt: Instant },
  'The order took note that its goods were received.',
)
export type OrderDelivered = Static<typeof OrderDelivered>

export const OrderDeliveryCorrected = event(
  'OrderDeliveryCorrected',
  {
    orderId: Id,
    shipmentId: Id,
    was: Type.Optional(Instant),
    deliveredAt: Type.Optional(
      Type.String({ ...Instant, description: 'Left out, the goods of this shipment were not received.' }),
    ),
    correctedAt: Instant,
  },
  'The order took note that its goods were received at another moment than was told, or were not.',
)
export type OrderDeliveryCorrected = Static<typeof OrderDeliveryCorrected>

export const DeliveryDelayed = event(
  'DeliveryDelayed',
  {
    orderId: Id,
    promise: Type.Union([Type.Literal('estimate'), Type.Literal('last-day')], {
      description:
        'estimate: the days in which delivery was expected, which bind nobody; last-day: the last day on which it was not late.',
    }),
    lastDay: Type.String({ ...Day, description: 'The day that has passed, in Europe/Oslo.' }),
    unsent: Type.Array(LinePart, { description: 'Units that are wanted and have not left.' }),
    underway: Type.Array(LinePart, { description: 'Units that have left and are not known to have come.' }),
    delayedAt: Instant,
    reasons: Reasons,
  },
  'A day has passed by which the customer was to have all of it. They are told, once for each promise.',
)
export type DeliveryDelayed = Static<typeof DeliveryDelayed>

export const DeliveryHindered = event(
  'DeliveryHindered',
  {
    orderId: Id,
    hindranceId: Id,
    event: Type.String({ description: 'What kind of event it is, such as strike.' }),
    what: Type.String({ description: 'What it is, as the customer was told.' }),
    foreseeable: Type.Optional(
      Type.Boolean({ description: 'It could have been foreseen at the time of the contract.' }),
    ),
    avoidable: Type.Optional(Type.Boolean({ description: 'It, or what came of it, could have been avoided.' })),
    expectedBy: Type.Optional(Type.String({ ...Day, description: 'When the goods are expected now.' })),
    unsent: Type.Array(LinePart, { description: 'Units that are wanted and have not left.' }),
    underway: Type.Array(LinePart, { description: 'Units that have left and are not known to have come.' }),
    exempt: Type.Boolean({
      description: 'As far as is known it frees the seller from damages for the delay; it frees from nothing else.',
    }),
    hinderedAt: Instant,
    reasons: Reasons,
    personal: Type.Object({ by: Type.String({ description: 'Subject of the token of who told it.' }) }),
  },
  'Something keeps the seller from delivering, and the customer is told what, and what they may do all the same.',
)
export type DeliveryHindered = Static<typeof DeliveryHindered>

export const orderEvents = [
  OrderPlaced,
  ReservationEnded,
  PaymentAuthorised,
  AuthorisationExpired,
  PaymentReauthorised,
  PaymentClaimed,
  PaymentClaimReduced,
  ContractFormed,
  ConfirmationBounced,
  EmailCorrected,
  ContractReconfirmed,
  AddressChangeRequested,
  AddressChangeConcluded,
  CancellationProposed,
  CancellationProposalEnded,
  CancellationRequested,
  CancellationLapsed,
  StopRequested,
  StopConcluded,
  OrderCancelled,
  OrderDispatched,
  OrderDelivered,
  OrderDeliveryCorrected,
  DeliveryDelayed,
  DeliveryHindered,
  PaymentCaptured,
  PaymentReleased,
  PaymentRefunded,
  PayoutMade,
  DeliveryDayAgreed,
  ReplacementAnswered,
  ReplacementReleased,
  ...recallEvents,
  ...additionalPeriodEvents,
]
export type OrderEvent = Static<(typeof orderEvents)[number]>
