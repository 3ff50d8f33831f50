import type { RawBuilder } from 'kysely'

/** One figure: its column in the rows that are found, the name that it is told under, and what it says. */
export type Figure = { column: string; name: string; help: string }

/**
 * Figures that are read from the database when somebody asks for them, at most every five seconds. The statement must be cheap
 * however large the tables grow: it reads by an index what is open, and never what is done.
 */
export type Gauge = {
  figures: Figure[]
  labels?: readonly string[]
  /** Labels that are told as 0 where nothing is found, so that a rule can tell nothing from no answer. */
  always?: Record<string, string>[]
  /** `now` is the service's clock. Columns: the labels, and one for each figure, which null leaves at 0. */
  find: (now: string) => RawBuilder<Row>
}
export type Row = Record<string, string | number | null>

/** What waits by some labels: how many there are, and for how long the oldest has waited. */
export const waiting = (name: string, what: string): Figure[] => [
  { column: 'waiting', name, help: `${what}: how many.` },
  { column: 'seconds', name: `${name}_oldest_seconds`, help: `${what}: age of the oldest, in seconds.` },
]

/** Values of one label, as what is always told of it. */
export const each = (label: string, values: readonly string[]) => values.map((value) => ({ [label]: value }))
