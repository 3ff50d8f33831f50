import type { Source } from '@vilkar/alarms/sources.ts'
import { sql } from 'kysely'

/** What people are called for about recalls. Kinds are kebab-case and stay: somebody may filter by them. */
export const serialAlarmKinds = ['recall-unreachable', 'recall-unanswered'] as const

const UNANSWERED_HOURS = 1
const MAX_PER_LOOK = 50

/** Customers whom no mail about a recall reaches, and notices of which nobody has heard what became of them. */
export const serialSources: Source[] = [
  {
    kind: 'recall-unreachable',
    over: 'The customer was told.',
    find: () => sql`
      select id::text as about, jsonb_build_object('recallId', recall_id, 'orderId', order_id, 'since', settled_at) as detail
      from recall_notice where outcome = 'unreachable' order by asked_at, id limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'recall-unanswered',
    over: 'It is known what became of it.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('recallId', recall_id, 'orderId', order_id, 'since', asked_at) as detail
      from recall_notice where outcome = 'waiting' and asked_at < ${now}::timestamptz - ${UNANSWERED_HOURS} * interval '1 hour'
      order by asked_at, id limit ${MAX_PER_LOOK}`,
  },
]
