import type { Source } from '@vilkar/alarms/sources.ts'
import { sql } from 'kysely'

/** What people are called for about changed policies. Kinds are kebab-case and stay: somebody may filter by them. */
export const noticeAlarmKinds = ['policy-notice-untold'] as const

/** By when everybody should know of a change: mails are out long before, and systems fetch whom they tell every day. */
const UNTOLD_DAYS = 14
/** Whom a change concerned is known for a year: older ones are not looked at. */
const LOOKED_AT_DAYS = 365
const MAX_PER_LOOK = 50

/** Changes of which somebody who can be told was not told in time. */
export const noticeSources: Source[] = [
  {
    kind: 'policy-notice-untold',
    over: 'Everybody who can be told was told.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('controller', controller, 'edition', edition, 'adoptedAt', adopted_at) as detail
      from policy_change change
      where adopted_at <= ${now}::timestamptz - ${UNTOLD_DAYS} * interval '1 day'
        and adopted_at > ${now}::timestamptz - ${LOOKED_AT_DAYS} * interval '1 day'
        and exists (select from policy_notice where change_id = change.id and told_at is null and unreachable_at is null)
      order by adopted_at, id limit ${MAX_PER_LOOK}`,
  },
]
