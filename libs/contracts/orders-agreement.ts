import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'

export const DeliveryDayAgreed = event(
  'DeliveryDayAgreed',
  {
    orderId: Id,
    agreementId: Id,
    deliverBy: Type.Optional(Type.String({ ...Day, description: 'The day that this agreement sets, if it sets one.' })),
    ends: Type.Optional(Type.Array(Id, { description: 'Earlier agreements that hold no more.' })),
    lastDay: Type.Optional(
      Type.String({ ...Day, description: 'The last day that is agreed now; left out, that of the law holds.' }),
    ),
    agreedAt: Instant,
  },
  'By a written agreement (clause 3) another day is the last of delivery than was told at checkout.',
)
export type DeliveryDayAgreed = Static<typeof DeliveryDayAgreed>
