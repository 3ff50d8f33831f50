import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { LinePart, MAX_AMOUNT, MAX_LINES, Reasons } from './parts.ts'

const Days = (description: string) => Type.Optional(Type.Integer({ minimum: 0, maximum: 3_650, description }))

const Price = Type.Integer({ minimum: 1, maximum: MAX_AMOUNT, description: 'Minor units (øre or cent).' })

/** What a written agreement changes of what the rules know; each in the place of what the terms say. */
export const AgreedChanges = Type.Object(
  {
    withdrawalDays: Days(
      'Days to withdraw, from receipt. A consumer has fourteen by law; a business has none unless it was agreed.',
    ),
    voluntaryReturnDays: Days(
      'Days to ask to send goods back by the offer of the terms, from receipt. 0: not after the day of receipt.',
    ),
    returnCost: Type.Optional(
      Type.Union([Type.Literal('seller'), Type.Literal('customer')], { description: 'Who pays for the way back.' }),
    ),
    complaintYears: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 30, description: 'Years to complain of defects, from delivery.' }),
    ),
    lowerPrices: Type.Optional(
      Type.Array(Type.Object({ ...LinePart.properties, amount: Price }, { additionalProperties: false }), {
        ...{ minItems: 1, maxItems: MAX_LINES },
        description: 'Units that are cheaper, and by how much in all. It is paid back.',
      }),
    ),
    lowerDelivery: Type.Optional(
      Type.Integer({ ...Price, description: 'By how much the delivery is cheaper, in minor units. It is paid back.' }),
    ),
    deliverBy: Type.Optional(Type.String({ ...Day, description: 'Last day of delivery; later than that is late.' })),
  },
  { additionalProperties: false, minProperties: 1, title: 'AgreedChanges' },
)

export const AgreementRecorded = event(
  'AgreementRecorded',
  {
    agreementId: Id,
    orderId: Id,
    changes: AgreedChanges,
    ends: Type.Optional(
      Type.Array(Id, { description: 'Earlier agreements of the order that hold no more from now on.' }),
    ),
    agreedAt: Type.String({ ...Instant, description: 'When it was agreed.' }),
    recordedAt: Instant,
    reasons: Reasons,
    personal: Type.Object({
      text: Type.String({ description: 'What was agreed, word for word.' }),
      party: Type.String({ description: 'Who agreed to it for the customer.' }),
      recordedBy: Type.String({ description: 'The subject of the member of staff who recorded it.' }),
    }),
  },
  'Something was agreed in writing with a customer instead of what the terms say (clause 3). It is never changed; a later one may end it.',
)
export type AgreementRecorded = Static<typeof AgreementRecorded>
