import type { Source } from '@vilkar/alarms/sources.ts'
import { sql } from 'kysely'

/** What people are called for about damage and loss. Kinds are kebab-case and stay: somebody may filter by them. */
export const damageAlarmKinds = ['carrier-claim-due'] as const

const DAYS_BEFORE = 2
const MAX_PER_LOOK = 50

/** A carrier that has to be told within two days, so that nothing is lost against it. */
export const damageSources: Source[] = [
  {
    kind: 'carrier-claim-due',
    over: 'The carrier was told.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('orderId', order_id, 'shipmentId', shipment_id,
        'kind', kind, 'claimDueOn', claim_due_on) as detail
      from damage_report where claimed_at is null
        and claim_due_on <= ((${now}::timestamptz at time zone 'Europe/Oslo')::date + ${DAYS_BEFORE}::int)
      order by claim_due_on, id limit ${MAX_PER_LOOK}`,
  },
]
