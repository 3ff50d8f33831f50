import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'

/** For which complaint a shipment is sent. */
export const Cure = Type.Object(
  { returnId: Id, cureId: Id },
  {
    description:
      'Goods that were repaired, or others instead of defective ones: not paid for, and no more of the order.',
  },
)
export type Cure = Static<typeof Cure>

/** Whether goods go back repaired, or others instead of them. */
export const CureRemedy = Type.Union([Type.Literal('repair'), Type.Literal('replacement')])

export const CureStopAnswered = event(
  'CureStopAnswered',
  {
    ...{ shipmentId: Id, orderId: Id, cure: Cure },
    outcome: Type.Union([Type.Literal('stopped'), Type.Literal('left')]),
    lost: Type.Optional(
      Type.Boolean({
        description: 'What left first was lost, and others do not leave: its units are not in stock again.',
      }),
    ),
    answeredAt: Instant,
  },
  'What was to go to a customer for a complaint never leaves, or has left.',
)
export type CureStopAnswered = Static<typeof CureStopAnswered>
