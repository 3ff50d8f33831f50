import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { additionalPeriodEvents } from './orders-additional-period.ts'
import { DeliveryDayAgreed } from './orders-agreement.ts'
import {
  CancellationLapsed,
  CancellationProposalEnded,
  CancellationProposed,
  CancellationRequested,
  OrderCancelled,
  StopConcluded,
  StopRequested,
} from './orders-cancellation.ts'
import {
  AddressChangeConcluded,
  AddressChangeRequested,
  ConfirmationBounced,
  ContractFormed,
  ContractReconfirmed,
  EmailCorrected,
} from './orders-contract.ts'
import {
  DeliveryDelayed,
  DeliveryHindered,
  DeliveryHindranceEnded,
  OrderCompleted,
  OrderDelivered,
  OrderDeliveryCorrected,
  OrderDeliveryFailed,
  OrderDeliveryFailureEnded,
  OrderDispatched,
  UnitsLost,
} from './orders-delivery.ts'
import { OrderDataErased, OrderWrittenSince } from './orders-erasure.ts'
import {
  AuthorisationExpired,
  PaymentAuthorised,
  PaymentCaptured,
  PaymentClaimed,
  PaymentClaimReduced,
  PaymentReauthorised,
  PaymentRefunded,
  PaymentReleased,
} from './orders-payment.ts'
import { PayoutMade } from './orders-payout.ts'
import { recallEvents } from './orders-recall.ts'
import { ReplacementAnswered, ReplacementReleased } from './orders-replacement.ts'
import {
  Address,
  Country,
  Currency,
  CustomerKind,
  Locale,
  PricedDelivery,
  PricedLine,
  TermsPin,
  Totals,
} from './parts.ts'

/** What the orders service tells. The aggregate is the order; `personal` can be erased without touching the facts. */
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
    priceOffer: Type.Optional(
      Type.String({ ...Id, description: 'The offer to this one customer that lines of it are priced by.' }),
    ),
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
      marketingOptOut: Type.Optional(
        Type.Boolean({
          description:
            'The customer could say no to mails about similar goods when they gave the address (markedsføringsloven § 15); left out, they could not.',
        }),
      ),
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
  UnitsLost,
  ...[OrderDeliveryFailed, OrderDeliveryFailureEnded],
  OrderCompleted,
  DeliveryDelayed,
  ...[DeliveryHindered, DeliveryHindranceEnded],
  PaymentCaptured,
  PaymentReleased,
  PaymentRefunded,
  PayoutMade,
  DeliveryDayAgreed,
  ReplacementAnswered,
  ReplacementReleased,
  ...recallEvents,
  ...additionalPeriodEvents,
  OrderDataErased,
  OrderWrittenSince,
]
export type OrderEvent = Static<(typeof orderEvents)[number]>
