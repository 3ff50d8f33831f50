import type pg from 'pg'

/** An id that says when it was made (RFC 9562, version 7), as one that was made so many milliseconds earlier: an SQL expression. */
export const earlierId = (column: string, ms: number) =>
  `(lpad(to_hex(('x' || substr(replace(${column}::text, '-', ''), 1, 12))::bit(48)::bigint - ${ms}), 12, '0')
    || substr(replace(${column}::text, '-', ''), 13))::uuid`

const DAY_MS = 86_400_000

/** Lets so many days pass for the events that a database told and heard; asked of the role that owns its tables. */
export async function ageEvents(owner: Pick<pg.Pool, 'query'>, days: number) {
  for (const [table, moment] of [
    ['outbox', 'stored_at'],
    ['inbox', 'received_at'],
  ] as const)
    await owner.query(
      `update ${table} set event_id = ${earlierId('event_id', days * DAY_MS)}, ${moment} = ${moment} - interval '${days} days'`,
    )
}
