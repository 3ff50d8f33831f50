import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { Amount, Currency, Reasons } from './parts.ts'
import { PayoutKind } from './payout-parts.ts'

export const PayoutMade = event(
  'PayoutMade',
  {
    payoutId: Id,
    orderId: Id,
    kind: PayoutKind,
    amount: Amount,
    currency: Currency,
    number: Type.Integer({ minimum: 1, description: 'Of its document, in a series of the seller without a gap.' }),
    paidAt: Instant,
    reasons: Reasons,
    personal: Type.Object({
      by: Type.String({ description: 'The subject of the member of staff who paid it.' }),
      reference: Type.String({
        description: 'By what the payment is found, such as the number that the bank gave it.',
      }),
    }),
  },
  'What was to be paid besides was paid, by a person, and is booked as such: no refund of what was taken.',
)
export type PayoutMade = Static<typeof PayoutMade>
