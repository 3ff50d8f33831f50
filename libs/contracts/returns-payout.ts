import { type Static, Type } from 'typebox'
import { Day, event, Id, Instant } from './event.ts'
import { Amount, Currency, Reasons } from './parts.ts'
import { InterestOn, PayoutKind, RateUnknown } from './payout-parts.ts'

/** What the returns service tells of money besides refunds. The aggregate is the payout. */
const ids = { payoutId: Id, orderId: Id }

export const PayoutProposed = event(
  'PayoutProposed',
  {
    ...ids,
    kind: PayoutKind,
    caseId: Type.Optional(Type.String({ ...Id, description: 'The case that it is about.' })),
    amount: Amount,
    currency: Currency,
    needs: Type.Optional(
      Type.Union([Type.Literal('second-person'), Type.Literal('rate')], {
        description:
          'Who it waits for: a second person, since it is more than one may give alone, or somebody who looks the rate of interest up. Left out: nobody.',
      }),
    ),
    answerBy: Type.Optional(Type.String({ ...Day, description: 'The day by which they do.' })),
    interest: Type.Optional(InterestOn),
    rateUnknown: Type.Optional(RateUnknown),
    proposedAt: Instant,
    reasons: Reasons,
    personal: Type.Object({
      by: Type.Optional(Type.String({ description: 'The subject of the member of staff; left out, the rule.' })),
      why: Type.Optional(Type.String()),
    }),
  },
  'Somebody means to give a customer money beyond duty, or interest is owed since a refund was late.',
)
export type PayoutProposed = Static<typeof PayoutProposed>

export const PayoutDecided = event(
  'PayoutDecided',
  {
    ...ids,
    kind: PayoutKind,
    amount: Amount,
    currency: Currency,
    interest: Type.Optional(InterestOn),
    decidedAt: Instant,
    dueOn: Day,
    reasons: Reasons,
    personal: Type.Object({
      by: Type.Optional(Type.String({ description: 'The subject of who decided; left out, the rule.' })),
      why: Type.Optional(Type.String()),
    }),
  },
  'This is paid to the customer by the day. It is no part of any refund and takes nothing from one; orders has it paid and books it.',
)
export type PayoutDecided = Static<typeof PayoutDecided>

export const PayoutDeclined = event(
  'PayoutDeclined',
  {
    ...ids,
    outcome: Type.Union([Type.Literal('declined'), Type.Literal('withdrawn')]),
    declinedAt: Instant,
    personal: Type.Object({ by: Type.String(), why: Type.Optional(Type.String()) }),
  },
  'What was proposed is not given: a second person declined it, or who proposed it took it back.',
)
export type PayoutDeclined = Static<typeof PayoutDeclined>

export const PayoutClosed = event(
  'PayoutClosed',
  { ...ids, amount: Amount, paidAt: Instant },
  'What was to be paid besides is with the customer.',
)
export type PayoutClosed = Static<typeof PayoutClosed>

export const payoutEvents = [PayoutProposed, PayoutDecided, PayoutDeclined, PayoutClosed]
/** What becomes of money that is given or owed besides. */
export type PayoutEvent = Static<(typeof payoutEvents)[number]>
