import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { Amount, Currency, LinePart, Reasons } from './parts.ts'

/** What the returns service tells of exchanges. The aggregate is the exchange; `orderId` is the order that goods of go back. */
const ids = { exchangeId: Id, orderId: Id }

export const ExchangeAgreed = event(
  'ExchangeAgreed',
  {
    ...ids,
    returnId: Type.String({ ...Id, description: 'The withdrawal or voluntary return by which they go back.' }),
    right: Type.Union([Type.Literal('withdrawal'), Type.Literal('voluntary-return')]),
    lines: Type.Array(LinePart),
    newOrderId: Type.String({ ...Id, description: 'The order of what the customer has instead.' }),
    newTotal: Type.Integer({ ...Amount, description: 'What that costs, with its delivery.' }),
    refundEstimate: Type.Integer({ ...Amount, description: 'What comes back for what goes back.' }),
    difference: Type.Integer({
      description:
        'newTotal less refundEstimate, in minor units: above zero the customer pays it, below zero they have it back.',
    }),
    currency: Currency,
    agreedAt: Instant,
    reasons: Reasons,
  },
  'Goods go back, and the customer has others instead: a return and an order, each whole by itself.',
)
export type ExchangeAgreed = Static<typeof ExchangeAgreed>

export const ExchangeEnded = event(
  'ExchangeEnded',
  {
    ...ids,
    newOrderId: Id,
    outcome: Type.Union(
      [Type.Literal('exchanged'), Type.Literal('new-order-cancelled'), Type.Literal('never-returned')],
      {
        description:
          'exchanged: the new goods came, and the money for the old ones is back. Otherwise return and order go on, each as it would without the other.',
      },
    ),
    paidBack: Type.Optional(Type.Integer({ ...Amount, description: 'What came back; left out while nothing did.' })),
    endedAt: Instant,
  },
  'An exchange is over: both of its parts were done, or one of them will not be.',
)
export type ExchangeEnded = Static<typeof ExchangeEnded>

export const exchangeEvents = [ExchangeAgreed, ExchangeEnded]
/** What becomes of an exchange. */
export type ExchangeEvent = Static<(typeof exchangeEvents)[number]>
