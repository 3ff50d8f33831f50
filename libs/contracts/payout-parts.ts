import { type Static, Type } from 'typebox'
import { Day } from './event.ts'
import { Amount } from './parts.ts'

/** What is paid to a customer besides what goes back of what they paid: given beyond duty, or owed since the money was late. */
export const PayoutKind = Type.Union([Type.Literal('goodwill'), Type.Literal('late-interest')])
export type PayoutKind = Static<typeof PayoutKind>

/** How late interest is worked out: simple interest on `amount` for `days`, from the day after `dueOn` to `paidOn`. */
export const InterestOn = Type.Object({ amount: Amount, dueOn: Day, paidOn: Day, days: Type.Integer({ minimum: 1 }) })
export type InterestOn = Static<typeof InterestOn>

/** The days whose rate of interest nobody has looked up yet, first and last. */
export const RateUnknown = Type.Object(
  { from: Day, until: Day },
  { description: 'Days whose rate is not known; they are counted at the least that the law lets it be.' },
)
