import type { Source } from '@vilkar/alarms/sources.ts'
import { sql } from 'kysely'

/** What people are called for about damage and loss. Kinds are kebab-case and stay: somebody may filter by them. */
export const damageAlarmKinds = ['carrier-claim-due', 'carrier-claim-unsettled', 'lost-units-arrived'] as const

const DAYS_BEFORE = 2
/** A carrier that was told has so long to answer, and one that accepted to pay. */
export const DAYS_TO_ANSWER = 30
const MAX_PER_LOOK = 50

/**
 * A carrier that has to be told within two days, so that nothing is lost against it; one that was told and neither answers nor pays; and goods that
 * reached the customer although others were sent, or their price paid back.
 */
export const damageSources: Source[] = [
  {
    kind: 'carrier-claim-due',
    over: 'The carrier was told.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('orderId', order_id, 'shipmentId', shipment_id,
        'kind', kind, 'claimDueOn', claim_due_on) as detail
      from damage_report where claimed_at is null and ended_at is null
        and claim_due_on <= ((${now}::timestamptz at time zone 'Europe/Oslo')::date + ${DAYS_BEFORE}::int)
      order by claim_due_on, id limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'carrier-claim-unsettled',
    over: 'The carrier refused, or has paid.',
    find: (now) => sql`
      select id::text as about, jsonb_build_object('orderId', order_id, 'shipmentId', shipment_id,
        'answer', answer, 'since', coalesce(answered_at, claimed_at)) as detail
      from damage_report where claimed_at is not null and ended_at is null and (answer is null or answer = 'accepted')
        and coalesce(answered_at, claimed_at) < ${now}::timestamptz - ${DAYS_TO_ANSWER} * interval '1 day'
      order by claimed_at, id limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'lost-units-arrived',
    over: 'A person said what became of it.',
    find: () => sql`
      select id::text as about, jsonb_build_object('orderId', order_id, 'shipmentId', shipment_id,
        'choice', settled, 'replacementId', replacement_id, 'since', ended_at) as detail
      from damage_report where ended = 'arrived' and settled is not null and seen_to_at is null
      order by ended_at, id limit ${MAX_PER_LOOK}`,
  },
]
