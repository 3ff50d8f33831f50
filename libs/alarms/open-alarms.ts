import { countedOf } from '@vilkar/server/counted.ts'
import { sql } from 'kysely'

/** How many alarms are open: of one kind, or of all but one. */
export const openAlarms = ({ kind, without }: { kind?: string; without?: string } = {}) =>
  countedOf(
    sql`alarm where resolved_at is null and ${kind === undefined ? sql`true` : sql`kind = ${kind}`} and ${
      without === undefined ? sql`true` : sql`kind <> ${without}`
    }`,
  )
