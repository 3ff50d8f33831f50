import type { Event } from '@vilkar/terms/privacy/policy.ts'
import type { Kept } from '@vilkar/terms/privacy/retention.ts'
import { Type } from 'typebox'

const events = [
  ...(['document', 'delivered', 'activity', 'login', 'lastOrder', 'newOrder', 'lastContact', 'caseClosed'] as const),
  ...(['consentEnded', 'unsubscribed', 'accountDeleted', 'ordered', 'saved', 'uploaded', 'transaction'] as const),
  'purposeEnded',
] as const satisfies readonly Event[]

const Day = Type.String({ format: 'date', examples: ['2026-12-06'] })
/** So many orders are enough to tell whether each came before the end of the one before. */
export const MOST_NEW_ORDERS = 50

const flag = (description: string) => Type.Optional(Type.Boolean({ description }))

/** What bears on how long a record is kept. Days are days in Europe/Oslo. */
export const Facts = Type.Object(
  {
    on: Type.Optional(
      Type.Object(Object.fromEntries(events.map((event) => [event, Type.Optional(Day)])), {
        additionalProperties: false,
        description: 'The day on which each of these last happened.',
      }),
    ),
    newOrders: Type.Optional(
      Type.Array(Day, {
        maxItems: MOST_NEW_ORDERS,
        description:
          'New orders before the last one, where each begins the period anew. Those that were told as `newOrder` before are known.',
      }),
    ),
    visitEndedAt: Type.Optional(
      Type.String({ format: 'date-time', description: 'The end of a visit: periods of hours begin with it.' }),
    ),
    account: flag('Whether the person has an account; unknown is taken as having one.'),
    orderLinked: flag('Whether a support case is about an order.'),
    longLived: flag('Whether goods are meant to last: five years to complain; unknown is taken as yes.'),
    openOrder: flag('A contract with the person is still being performed.'),
    openComplaint: flag('A claim of the person or against them is not settled.'),
    legalHold: flag('A dispute or an order of an authority needs it.'),
  },
  { additionalProperties: false, title: 'HoldingFacts' },
)

/** The same as a type: what is kept of a holding as JSON. */
export type Facts = Partial<
  Record<'account' | 'orderLinked' | 'longLived' | 'openOrder' | 'openComplaint' | 'legalHold', boolean>
> & { on?: Partial<Record<(typeof events)[number], string>>; newOrders?: string[]; visitEndedAt?: string }

/** The day of the last document of a sale; where nobody told it, that of the sale or the order. Undefined when neither is known. */
export const saleOn = ({ on = {} }: Facts): string | undefined =>
  on.document ?? on.transaction ?? on.delivered ?? on.lastOrder ?? on.ordered

/** As the rules of the library ask for them. */
export const asKept = (category: string, { on = {}, newOrders = [], visitEndedAt, ...flags }: Facts): Kept => ({
  ...flags,
  category,
  on: Object.fromEntries(Object.entries(on).map(([event, day]) => [event, Temporal.PlainDate.from(day as string)])),
  newOrders: newOrders.map((day) => Temporal.PlainDate.from(day)),
  ...(visitEndedAt !== undefined && { visitEndedAt: Temporal.Instant.from(visitEndedAt) }),
})
