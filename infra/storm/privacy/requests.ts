import type { Look } from './look.ts'

/** Requests that were not answered within a month, or are not although it is over. Source: GDPR Art. 12(3). */
export const requestsUnanswered = (look: Look, now: Temporal.Instant) =>
  look(
    'privacy',
    `select id, kind, channel, status, received_on::text, answered_at from request
     where (coalesce(answered_at, $1::timestamptz) at time zone 'Europe/Oslo')::date > received_on + interval '1 month'`,
    [now.toString()],
  )

/** Requests that are open though nothing that is under way keeps what they are about, once days have passed since. */
export const stillOpen = (look: Look) =>
  look(
    'privacy',
    `select id, kind, status, state from request where answered_at is null and not exists (
       select from jsonb_array_elements(coalesce(state -> 'kept', '[]')) kept where kept -> 'holds' <> '[]')`,
  )
