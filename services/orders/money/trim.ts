import type { Trim } from '@vilkar/server/trimming.ts'
import { sql } from 'kysely'

/**
 * What a payment session holds of a page that nobody can pay by any more: the widget, and what placed the order. The session itself
 * stays, since the ledger and the customer's link name it.
 */
const pages: Trim = {
  table: 'payment_session',
  clock: 'database',
  remove: (before, most) => sql`
    update payment_session set widget = null, request = null where ctid = any(array(
      select ctid from payment_session
      where created_at < ${before} and (widget is not null or request is not null)
        and (status in ('paid', 'declined') or expires_at < ${before})
      order by created_at limit ${most} for update skip locked))
    returning created_at as at`,
  // A page that was opened again and has just run out is not as old as its session.
  oldest: sql`
    select case when status in ('paid', 'declined') then created_at else greatest(created_at, expires_at) end as at from payment_session
    where (widget is not null or request is not null) and (status in ('paid', 'declined') or expires_at < now())
    order by created_at limit 1`,
}

/** Payments that agreed with the provider's books. How many there were stays with the run, and what did not agree stays. */
const agreed: Trim = {
  table: 'reconciliation_finding',
  clock: 'service',
  remove: (before, most) => sql`
    delete from reconciliation_finding where ctid = any(array(
      select finding.ctid from reconciliation_run run cross join lateral (
        select ctid from reconciliation_finding where run_id = run.id and not drift limit ${most} for update skip locked) finding
      where run.asked_at < ${before} and run.counts is not null limit ${most}))
    returning (select asked_at from reconciliation_run where id = run_id) as at`,
  oldest: sql`
    select min(asked_at) as at from reconciliation_run run
    where counts is not null and exists (select from reconciliation_finding where run_id = run.id and not drift)`,
}

export const moneyTrims = [pages, agreed]
