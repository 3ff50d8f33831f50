import type { Basis } from './ruling.ts'

/** What holds, on whose word it is, and whether the terms alone would have served the customer worse than the law. */
export type Weighed<Value = Temporal.PlainDate> = { value: Value; basis: Basis; termsUndercut: boolean }

type Both<Value> = { statute: Value; terms: Value }

/** For the customer's own time limits: the later day is better. */
export const laterOf = ({ statute, terms }: Both<Temporal.PlainDate>): Weighed =>
  weigh(Temporal.PlainDate.compare(statute, terms), statute, terms)

/** For what the customer waits for: the earlier day is better. */
export const earlierOf = ({ statute, terms }: Both<Temporal.PlainDate>): Weighed =>
  weigh(Temporal.PlainDate.compare(terms, statute), statute, terms)

/** For the length of the customer's own time limits, and for what they get: more is better. */
export const moreOf = ({ statute, terms }: Both<number>): Weighed<number> => weigh(statute - terms, statute, terms)

/** For the length of what the customer waits for, and for what they pay: less is better. */
export const lessOf = ({ statute, terms }: Both<number>): Weighed<number> => weigh(terms - statute, statute, terms)

/** `statuteAhead` is above zero when the law is the better of the two for the customer, and zero when they agree. */
function weigh<Value>(statuteAhead: number, statute: Value, terms: Value): Weighed<Value> {
  if (statuteAhead > 0) return { value: statute, basis: 'statute', termsUndercut: true }
  return { value: terms, basis: statuteAhead === 0 ? 'both' : 'terms', termsUndercut: false }
}
