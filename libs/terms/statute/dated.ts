/** A value of the law with the first and last day on which it held, ISO 8601; open at either end when left out. */
export type Held<Value> = { from?: string; until?: string; value: Value }

/**
 * A figure that the law has changed. Gives the function that finds the one that held on a day, or undefined when none did:
 * a rule that is enacted but has no day of commencement yet is a list that is empty, or begins later.
 */
export function dated<Value>(...values: readonly Held<Value>[]): (day: Temporal.PlainDate) => Value | undefined {
  const spans = values.map(({ from, until, value }) => ({
    from: from === undefined ? undefined : Temporal.PlainDate.from(from),
    until: until === undefined ? undefined : Temporal.PlainDate.from(until),
    value,
  }))
  const held = new WeakMap<Temporal.PlainDate, Value | undefined>()
  return (day) =>
    held.getOrInsertComputed(
      day,
      () =>
        spans.find(
          ({ from, until }) =>
            (from === undefined || Temporal.PlainDate.compare(from, day) <= 0) &&
            (until === undefined || Temporal.PlainDate.compare(day, until) <= 0),
        )?.value,
    )
}

/** What holds from a day on; nothing while that day is not known. ISO 8601. */
export const commencing = <Value>(day: string | undefined, value: Value): Held<Value>[] =>
  day === undefined ? [] : [{ from: day, value }]

/** What held before a day and what holds from it on; only the first while that day is not known. ISO 8601. */
export const changing = <Value>(day: string | undefined, before: Value, after: Value): Held<Value>[] =>
  day === undefined
    ? [{ value: before }]
    : [
        { until: Temporal.PlainDate.from(day).subtract({ days: 1 }).toString(), value: before },
        { from: day, value: after },
      ]
