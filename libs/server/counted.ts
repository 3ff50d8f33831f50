import { type RawBuilder, sql } from 'kysely'
import { Type } from 'typebox'

/** How many wait in a list, and how many of them are over their day where they have one. */
export const Counted = Type.Object(
  {
    count: Type.Integer({ minimum: 0 }),
    overdue: Type.Optional(Type.Integer({ minimum: 0, description: 'Of those, past their last day or moment.' })),
  },
  { title: 'Waiting' },
)
export type Counted = { count: number; overdue?: number }

/**
 * How many there are of `rows`, which is what stands behind `from`, and how many of them are `over`: one value, so that all lists of a service
 * are counted by one statement.
 */
export const countedOf = (rows: RawBuilder<unknown>, over?: RawBuilder<unknown>) =>
  sql<Counted>`(select json_build_object('count', count(*)${
    over === undefined ? sql`` : sql`, 'overdue', count(*) filter (where ${over})`
  }) from ${rows})`
