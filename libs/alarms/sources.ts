import { type RawBuilder, sql } from 'kysely'

/** At most so many alarms of a kind are raised at a look: what is wrong with more of them is wrong with these. */
export const MAX_PER_LOOK = 50
const FAILING_FOR = sql.lit('1 hour')
const BEHIND_FOR = sql.lit('1 minute')
const IDLE_FOR = sql.lit('30 seconds')
/** With the growing pauses between its tries, a job has failed so often after about an hour. */
const TRIES_IN_AN_HOUR = 16
/** A webhook has been tried so often after 36 minutes and more. */
const TRIES_OF_A_WEBHOOK = 5

/** What is wrong now: what it is about, and the facts. */
export type Trouble = { about: string; detail: object }
/** Finds trouble of a kind, the oldest first; `over` says in an alarm's resolution that there is none any more. */
export type Source = { kind: string; over: string; find: (now: string) => RawBuilder<Trouble> }

/** What the events of every service stand on. Their moments are the database's own. */
export const eventSources: Source[] = [
  {
    kind: 'dead-letter',
    over: 'It was revived.',
    find: () => sql`
      select event_id::text as about, jsonb_build_object('producer', producer, 'type', type, 'aggregateId', aggregate_id,
        'attempts', attempts, 'since', dead_at) as detail
      from inbox where not applied and dead_at is not null order by dead_at limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'event-failing',
    over: 'It was applied, or is a dead letter by now.',
    find: () => sql`
      select event_id::text as about, jsonb_build_object('producer', producer, 'type', type, 'aggregateId', aggregate_id,
        'attempts', attempts, 'since', received_at) as detail
      from inbox where not applied and dead_at is null and attempts > 0
        and received_at < clock_timestamp() - ${FAILING_FOR}::interval
      order by received_at limit ${MAX_PER_LOOK}`,
  },
  {
    kind: 'relay-behind',
    over: 'All that waited is published.',
    find: () => sql`
      select 'relay' as about, jsonb_build_object('since', waiting.since, 'numbered', last_no - published_no) as detail
      from relay, lateral (select min(stored_at) as since from (
        (select stored_at from outbox where pub_no is null order by seq limit 1)
        union all (select stored_at from outbox where pub_no = published_no + 1)) oldest) waiting
      where waiting.since < clock_timestamp() - ${BEHIND_FOR}::interval`,
  },
  {
    kind: 'partition-idle',
    over: 'A process works on it.',
    find: () => sql`
      select 'partition ' || p as about, jsonb_build_object('since', nullif(lease_until, '-infinity')) as detail
      from partition_lease where lease_until < clock_timestamp() - ${IDLE_FOR}::interval order by p limit ${MAX_PER_LOOK}`,
  },
]

/** Jobs of a kind that fail, whatever they are about, are one alarm: their cause is one, most often a partner's. */
export const jobSource: Source = {
  kind: 'jobs-failing',
  over: 'None of them fails any more.',
  find: () => sql`
    select name as about, jsonb_build_object('jobs', count(*), 'tries', max(retry_count), 'since', min(created_on)) as detail
    from jobs.job where state = 'failed' or (state in ('retry', 'active') and retry_count >= ${TRIES_IN_AN_HOUR})
    group by name order by name limit ${MAX_PER_LOOK}`,
}

/** All mails that no mail server took are one alarm. Their moments are the service's. */
export const mailSource: Source = {
  kind: 'mails-unsent',
  over: 'The mail server took them.',
  find: (now) => sql`
    select 'mails' as about, jsonb_build_object('mails', count(*), 'since', min(created_at)) as detail from mail
    where status = 'queued' and waits_until is null and created_at < ${now}::timestamptz - ${FAILING_FOR}::interval having count(*) > 0`,
}

/** A receiver of webhooks that has taken nothing for an hour is an alarm of its own. */
export const webhookSource: Source = {
  kind: 'webhook-failing',
  over: 'It takes what is sent.',
  find: () => sql`
    select endpoint_id::text as about, jsonb_build_object('waiting', count(*), 'since', min(last_attempt_at),
      'lastStatus', max(last_status)) as detail
    from webhook_delivery join webhook_endpoint on webhook_endpoint.id = endpoint_id
    where removed_at is null and (status = 'failed' or (status = 'waiting' and attempts >= ${TRIES_OF_A_WEBHOOK}))
    group by endpoint_id order by endpoint_id limit ${MAX_PER_LOOK}`,
}
