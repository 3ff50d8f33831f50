import type { Basis } from './ruling.ts'

/** A day, on whose word it is, and whether the terms alone would have served the customer worse than the law. */
export type Weighed = { day: Temporal.PlainDate; basis: Basis; termsUndercut: boolean }

type Days = { statute: Temporal.PlainDate; terms: Temporal.PlainDate }

/** For the customer's own time limits: later is better. */
export const laterOf = ({ statute, terms }: Days): Weighed =>
  weigh(Temporal.PlainDate.compare(statute, terms), statute, terms)

/** For what the customer waits for: earlier is better. */
export const earlierOf = ({ statute, terms }: Days): Weighed =>
  weigh(Temporal.PlainDate.compare(terms, statute), statute, terms)

/** `statuteAhead` is above zero when the law is the better of the two for the customer, and zero when they agree. */
function weigh(statuteAhead: number, statute: Temporal.PlainDate, terms: Temporal.PlainDate): Weighed {
  if (statuteAhead > 0) return { day: statute, basis: 'statute', termsUndercut: true }
  return { day: terms, basis: statuteAhead === 0 ? 'both' : 'terms', termsUndercut: false }
}
