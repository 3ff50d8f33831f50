import { type Static, Type } from 'typebox'
import { event, Id, Instant } from './event.ts'
import { Reasons } from './parts.ts'

/** What is told of personal data that have to go: the privacy service says what and why, whoever holds them acts and answers. */

/** So many orders at most in one `ErasureDue`: what goes in one transaction of each holder. */
export const MOST_ORDERS = 100

/** What stays of an order for a while although the rest goes. */
export const Kept = Type.Union([Type.Literal('accounts')], {
  description: 'accounts: who bought, on sales documents, as bookkeeping has to keep it (bokføringsloven § 13).',
})
export type Kept = Static<typeof Kept>

export const ErasureDue = event(
  'ErasureDue',
  {
    erasureId: Id,
    controller: Type.String({
      pattern: '^[a-z0-9-]{1,40}$',
      description: 'Whose privacy policy it goes by.',
      examples: ['smartgroup'],
    }),
    orderIds: Type.Array(Id, {
      minItems: 1,
      maxItems: MOST_ORDERS,
      description: 'Of all that is kept about these orders the personal part goes.',
    }),
    keeps: Type.Array(Kept, { description: 'What is not erased yet; empty once its time is over as well.' }),
    cause: Type.Union(
      ['retention-over', 'requested', 'replayed'].map((cause) => Type.Literal(cause)),
      {
        description:
          'retention-over: its time is over; requested: the person asked for it; replayed: it was erased before, and a restored backup may have it again.',
      },
    ),
    answerBy: Type.String({ ...Instant, description: 'When an answer is missed.' }),
    reasons: Reasons,
  },
  'Personal data have to be erased. Each service that holds any answers for all of the orders at once.',
)
export type ErasureDue = Static<typeof ErasureDue>

/** What a holder answers. An order of which something is under way is not erased; it is asked again later. */
const Answer = {
  erasureId: Id,
  erased: Type.Array(Id, { description: 'Orders whose personal data are gone here, or of which there were none.' }),
  postponed: Type.Array(
    Type.Object({
      orderId: Id,
      why: Type.Union(['order-open', 'case-open', 'money-open'].map((why) => Type.Literal(why))),
    }),
    { description: 'Orders of which something is under way here that needs the data.' },
  ),
  counts: Type.Object(
    {
      blanked: Type.Integer({ minimum: 0, description: 'Rows of which the personal part went.' }),
      deleted: Type.Integer({ minimum: 0, description: 'Rows that went.' }),
      events: Type.Integer({ minimum: 0, description: 'Events of the log of which the personal part went.' }),
      files: Type.Integer({ minimum: 0, description: 'Pictures that went.' }),
    },
    { description: 'Nothing is counted twice: what was gone before is not counted.' },
  ),
  erasedAt: Instant,
}
const ANSWERED = 'An erasure was carried out here, as far as it could be.'

/** Told by orders. The aggregate is the erasure, as of the two below. */
export const OrderDataErased = event('OrderDataErased', Answer, ANSWERED)
export type OrderDataErased = Static<typeof OrderDataErased>
/** Told by shipping. */
export const ShipmentDataErased = event('ShipmentDataErased', Answer, ANSWERED)
export type ShipmentDataErased = Static<typeof ShipmentDataErased>
/** Told by returns. */
export const ReturnDataErased = event('ReturnDataErased', Answer, ANSWERED)
export type ReturnDataErased = Static<typeof ReturnDataErased>
