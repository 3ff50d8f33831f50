import { Amount, Currency } from '@vilkar/contracts/parts.ts'
import { CarrierClaimAnswered } from '@vilkar/contracts/shipping-damage.ts'
import { Type } from 'typebox'

/** What a carrier said to a claim: an amount, in minor units, of what it accepts or has paid. */
export const ClaimAnswer = Type.Object(
  {
    answer: CarrierClaimAnswered.properties.data.properties.answer,
    amount: Type.Optional(Type.Integer({ ...Amount, minimum: 1 })),
    currency: Type.Optional(Currency),
    reference: Type.Optional(
      Type.String({
        ...{ minLength: 1, maxLength: 100 },
        description: 'The number of the case at the carrier, or of the payment.',
      }),
    ),
  },
  { additionalProperties: false, title: 'ClaimAnswer' },
)
