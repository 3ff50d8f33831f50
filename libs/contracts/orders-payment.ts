import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { Amount, Currency, Reasons } from './parts.ts'

/** What orders tells of payments and claims. The aggregate is the order. */
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
