import { ENVELOPE } from '@vilkar/messaging/outbox/outbox.ts'
import type { Trim } from '@vilkar/server/trimming.ts'
import { sql } from 'kysely'
import type { Secret, WebhookDb } from './tables.ts'

/** All the SQL that writes `webhook_delivery`. Moments are the database's own. */

/** How long after each try the next one comes, in seconds: the tries go on for three days. */
const RETRY_AFTER_SECONDS = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 64_800, 86_400]
export const MAX_ATTEMPTS = RETRY_AFTER_SECONDS.length
/** A claim outlives its request; one of a process that died is another's after it. */
const CLAIM_SECONDS = 60
const MAX_CLAIMED = 20
export const MAX_ERROR_LENGTH = 300

export type Claimed = {
  endpoint_id: string
  pub_no: string
  event_id: string
  attempts: number
  url: string
  secrets: Secret[]
  body: string
}

/** Takes what is due: of what is about one order only the first that waits, so that it arrives in its order. */
export async function claimDeliveries(db: WebhookDb): Promise<Claimed[]> {
  const { rows } = await sql<Claimed>`
    with due as (
      select delivery.endpoint_id, delivery.pub_no, url, secrets
      from webhook_delivery delivery join webhook_endpoint endpoint on endpoint.id = delivery.endpoint_id
      where delivery.status = 'waiting' and due_at <= clock_timestamp() and removed_at is null
        and not exists (
          select from webhook_delivery earlier
          where earlier.endpoint_id = delivery.endpoint_id and earlier.about = delivery.about
            and earlier.status = 'waiting' and earlier.pub_no < delivery.pub_no)
      order by due_at, delivery.pub_no limit ${MAX_CLAIMED} for update of delivery skip locked),
    claimed as (
      update webhook_delivery delivery set attempts = attempts + 1, last_attempt_at = clock_timestamp(),
        due_at = clock_timestamp() + ${CLAIM_SECONDS} * interval '1 second'
      from due where delivery.endpoint_id = due.endpoint_id and delivery.pub_no = due.pub_no
      returning delivery.endpoint_id, delivery.pub_no, delivery.attempts, due.url, due.secrets)
    select claimed.endpoint_id, claimed.pub_no, claimed.attempts, claimed.url, claimed.secrets, outbox.event_id,
      ${sql.raw(ENVELOPE)}::text as body
    from claimed join outbox on outbox.pub_no = claimed.pub_no order by claimed.pub_no`.execute(db)
  return rows
}

/** What came of a try: `status` of the answer, or the error instead of one. A slow process that lost its claim changes nothing. */
export async function recordAttempt(
  db: WebhookDb,
  { endpoint_id, pub_no, attempts }: Claimed,
  { status, error }: { status?: number; error?: string },
) {
  const delivered = status !== undefined && status >= 200 && status < 300
  const failed = !delivered && attempts >= MAX_ATTEMPTS
  await sql`
    update webhook_delivery set last_status = ${status ?? null}, last_error = ${error?.slice(0, MAX_ERROR_LENGTH) ?? null},
      status = ${delivered ? 'delivered' : failed ? 'failed' : 'waiting'},
      delivered_at = case when ${delivered} then clock_timestamp() end,
      due_at = clock_timestamp() + ${RETRY_AFTER_SECONDS[attempts - 1] ?? 0} * interval '1 second'
    where endpoint_id = ${endpoint_id} and pub_no = ${pub_no} and attempts = ${attempts} and status = 'waiting'`.execute(
    db,
  )
}

/** Sends again: one event, or all from a number on that were delivered or given up. Answers how many. */
export async function replayDeliveries(db: WebhookDb, id: string, which: { eventId: string } | { after: number }) {
  const chosen = 'eventId' in which ? sql`event_id = ${which.eventId}` : sql`pub_no > ${which.after}`
  const { numAffectedRows } = await sql`
    update webhook_delivery set status = 'waiting', attempts = 0, due_at = clock_timestamp(), delivered_at = null
    where endpoint_id = ${id} and status <> 'waiting' and ${chosen}`.execute(db)
  return Number(numAffectedRows ?? 0n)
}

/** What a receiver took, once it has had its time. What waits stays, and what was given up, since a person may send it again. */
export const deliveriesTrim: Trim = {
  table: 'webhook_delivery',
  clock: 'database',
  remove: (before, most) => sql`
    delete from webhook_delivery where ctid = any(array(
      select ctid from webhook_delivery where status = 'delivered' and delivered_at < ${before}
      order by delivered_at limit ${most} for update skip locked))
    returning delivered_at as at`,
  oldest: sql`
    select delivered_at as at from webhook_delivery where status = 'delivered' order by delivered_at limit 1`,
}

/** The log of an endpoint, newest first. */
export const deliveriesOf = (
  db: WebhookDb,
  id: string,
  { status, before, limit }: { status?: 'waiting' | 'delivered' | 'failed'; before?: number; limit: number },
) => {
  let found = db
    .selectFrom('webhook_delivery')
    .select(['pub_no', 'event_id', 'type', 'about', 'status', 'attempts', 'due_at', 'last_status', 'last_error'])
    .select(['last_attempt_at', 'delivered_at'])
    .where('endpoint_id', '=', id)
    .orderBy('pub_no', 'desc')
    .limit(limit)
  if (status !== undefined) found = found.where('status', '=', status)
  if (before !== undefined) found = found.where('pub_no', '<', before)
  return found.execute()
}
