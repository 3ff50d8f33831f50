import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { MAX_UNITS, Sku } from './parts.ts'

/** What is told of the numbers of units, and of a recall. */

const NUMBER = {
  ...{ pattern: '^[\\x21-\\x7e]([\\x20-\\x7e]{0,98}[\\x21-\\x7e])?$', examples: ['SN-00421'] },
  errorMessage: 'must be a serial or lot number: at most 100 letters a to z, digits and signs',
}
/** A number as a manufacturer puts it on a unit (`serialNumber`) or on all of a lot (`lotNumber`); kept in capitals. */
export const UnitNumber = (description: string) => Type.String({ ...NUMBER, description })

/** Units of a line with what they are found again by: one unit of a serial number, or so many of a lot. */
export const NumberedUnits = Type.Object(
  {
    lineId: Type.String({ minLength: 1, maxLength: 20, examples: ['1'] }),
    quantity: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_UNITS, default: 1, description: 'Left out, it is one unit.' }),
    ),
    serialNumber: Type.Optional(UnitNumber('Of the one unit.')),
    lotNumber: Type.Optional(UnitNumber('Of the lot that the units are of.')),
  },
  { additionalProperties: false, title: 'NumberedUnits' },
)
export type NumberedUnits = Static<typeof NumberedUnits>

export const UnitNumbersCorrected = event(
  'UnitNumbersCorrected',
  {
    ...{ shipmentId: Id, orderId: Id },
    was: Type.Array(NumberedUnits, { description: 'What had been noted of the units that left.' }),
    units: Type.Array(NumberedUnits, { description: 'All that left and have a number, by the right ones.' }),
    correctedAt: Instant,
    personal: Type.Object({
      by: Type.String({ description: 'Subject of the token of who corrected it.' }),
      why: Type.String(),
    }),
  },
  'Numbers of units that left were noted wrongly: whom a recall is told to goes by the right ones from here. What a customer was told before stays.',
)
export type UnitNumbersCorrected = Static<typeof UnitNumbersCorrected>

/** A sentence or more in both languages of customers. */
const Text = Type.String({ minLength: 1, maxLength: 2_000 })
export const NoticeText = Type.Object({ nb: Text, en: Text }, { additionalProperties: false, title: 'NoticeText' })

export const RecallRemedy = Type.Union([Type.Literal('repair'), Type.Literal('replacement'), Type.Literal('refund')])

/** What those who have recalled goods are told (Regulation (EU) 2023/988 Art. 36). */
export const RecallNotice = Type.Object({
  hazard: Type.Object(NoticeText.properties, { description: 'What is dangerous about the goods, in plain words.' }),
  whatToDo: Type.Object(NoticeText.properties, { description: 'What whoever has them is to do now.' }),
  remedies: Type.Array(RecallRemedy, { description: 'What a consumer may choose, free of charge.' }),
})
export type RecallNotice = Static<typeof RecallNotice>

const Range = Type.Object(
  { from: UnitNumber('It is in it.'), to: UnitNumber('It is in it.') },
  { additionalProperties: false },
)
/** Which units of a product a recall is of; with neither it is of all. Digits in serial numbers count as numbers. */
export const RecallScope = Type.Object({
  lotNumbers: Type.Optional(Type.Array(UnitNumber('All units of it.'), { minItems: 1, maxItems: 100 })),
  serialNumbers: Type.Optional(Type.Array(Range, { minItems: 1, maxItems: 100 })),
})

export const RecallNoticeAsked = event(
  'RecallNoticeAsked',
  {
    ...{ noticeId: Id, recallId: Id, orderId: Id },
    units: Type.Array(
      Type.Object({
        lineId: Type.String(),
        sku: Sku,
        name: Type.String(),
        quantity: Type.Integer({ minimum: 1 }),
        serialNumber: Type.Optional(Type.String()),
        lotNumber: Type.Optional(Type.String()),
      }),
      { description: 'The units of the order that are recalled, had left, and are not known to have come back.' },
    ),
    scope: RecallScope,
    notice: RecallNotice,
    askedAt: Instant,
  },
  'Units of an order are recalled: its customer is to be told. It is asked once for an order and a recall. The aggregate is the notice.',
)
export type RecallNoticeAsked = Static<typeof RecallNoticeAsked>

export const RecallAnnounced = event(
  'RecallAnnounced',
  { recallId: Id, sku: Sku, scope: RecallScope, notice: RecallNotice, announcedAt: Instant },
  'Units of a product are recalled: a warehouse keeps those that are here, and whoever sells it shows the notice. The aggregate is the recall.',
)
export type RecallAnnounced = Static<typeof RecallAnnounced>

export const RecallEnded = event(
  'RecallEnded',
  { recallId: Id, sku: Sku, endedAt: Instant },
  'A recall is over: what was refused since it was recalled may be packed and sent, unless another recall is of it.',
)
export type RecallEnded = Static<typeof RecallEnded>

export const recallEvents = [RecallNoticeAsked, RecallAnnounced, RecallEnded]
