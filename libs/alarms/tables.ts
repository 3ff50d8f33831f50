import type { Json } from '@vilkar/server/postgres.ts'
import type { Generated, Kysely } from 'kysely'

/** The table of alarms that every service has. An alarm is about an order, or about what `about` names in words of the house. */
export type AlarmTables<Kind extends string = string> = {
  alarm: {
    id: string
    order_id: string | null
    about: Generated<string | null>
    kind: Kind
    detail: Json<object>
    raised_at: string
    resolved_at: Generated<string | null>
    resolved_by: Generated<string | null>
    resolution: Generated<string | null>
    acknowledged_at: Generated<string | null>
    acknowledged_by: Generated<string | null>
  }
}

/** An alarm as it is read. Statements name their columns, so that a version of before works beside a newer schema. */
export const alarmColumns = [
  ...(['id', 'order_id', 'about', 'kind', 'detail', 'raised_at', 'resolved_at', 'resolved_by', 'resolution'] as const),
  ...(['acknowledged_at', 'acknowledged_by'] as const),
]

/** A service's database, seen as one that has alarms. */
export const alarmsOf = (db: unknown) => db as Kysely<AlarmTables>
