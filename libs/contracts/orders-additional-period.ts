import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Awaited } from './orders-delivery.ts'
import { Reasons } from './parts.ts'

/** What orders tells of extra time that a customer set for delivery. The aggregate is the order. */
const ids = { orderId: Id, periodId: Id }

export const AdditionalPeriodSet = event(
  'AdditionalPeriodSet',
  {
    ...ids,
    until: Type.String({ ...Day, description: 'Its last day, in Europe/Oslo.' }),
    ...Awaited,
    setAt: Instant,
    reasons: Reasons,
    personal: Type.Object({ by: Type.String({ description: 'Subject of the token of who set it, or recorded it.' }) }),
  },
  'A customer whose goods are late set the seller a last day to deliver (forbrukerkjøpsloven § 23, kjøpsloven § 25). It takes the place of one of before.',
)
export type AdditionalPeriodSet = Static<typeof AdditionalPeriodSet>

export const AdditionalPeriodOver = event(
  'AdditionalPeriodOver',
  { ...ids, until: Day, ...Awaited, overAt: Instant, reasons: Reasons },
  'The extra time that the customer set has run out, and they wait still: they may end the purchase, or a person judges whether they may, as the reasons say. They are told.',
)
export type AdditionalPeriodOver = Static<typeof AdditionalPeriodOver>

export const additionalPeriodEvents = [AdditionalPeriodSet, AdditionalPeriodOver]
