import { sql } from 'kysely'
import { each, type Gauge, waiting } from './gauge.ts'

/** Of an outbox that fell far behind, it is not worth counting more. */
const MAX_COUNTED = sql.lit(100_000)
const AGE = (since: string) => sql`extract(epoch from clock_timestamp() - ${sql.ref(since)})::float8`

/** What waits of the events that a service tells and hears. Their moments are the database's own. */
export const eventGauges: Gauge[] = [
  {
    figures: waiting('vilkar_outbox_unpublished', 'Events that are committed and not published, counted up to 100,000'),
    find: () => sql`
      select last_no - published_no + (
          select count(*) from (select from outbox where pub_no is null limit ${MAX_COUNTED}) unnumbered) as waiting,
        (select ${AGE('stored_at')} from (
          (select stored_at from outbox where pub_no is null order by seq limit 1)
          union all (select stored_at from outbox where pub_no = published_no + 1)) oldest
          order by stored_at limit 1) as seconds
      from relay`,
  },
  {
    figures: waiting(
      'vilkar_inbox_waiting',
      'Events of others that are here and not applied: early ones wait for one before them that is not here, retrying ones failed, dead ones are tried no more, and behind are those after one that failed',
    ),
    labels: ['state'],
    always: each('state', ['early', 'behind', 'retrying', 'dead']),
    find: () => sql`
      select case when dead_at is not null then 'dead' when attempts > 0 then 'retrying'
          when exists (select from inbox before where not before.applied and before.attempts > 0 and before.producer = inbox.producer
            and before.aggregate_id = inbox.aggregate_id and before.aggregate_version < inbox.aggregate_version) then 'behind'
          else 'early' end as state,
        count(*) as waiting, max(${AGE('received_at')}) as seconds
      from inbox where not applied group by 1`,
  },
]

/** Alarms that are open, of every kind that the service has. */
export const alarmGauge = (kinds: readonly string[]): Gauge => ({
  figures: [{ column: 'open', name: 'vilkar_alarms_open', help: 'Alarms that nobody has resolved.' }],
  labels: ['kind'],
  always: each('kind', kinds),
  find: () => sql`select kind, count(*) as open from alarm where resolved_at is null group by kind`,
})

/**
 * Jobs that are not done. Those that run are counted by the queue itself, every two seconds; the age is since a job
 * could have begun.
 */
export const jobGauge: Gauge = {
  figures: waiting('vilkar_jobs', 'Jobs that are due, put off, to be tried again or running'),
  labels: ['queue', 'state'],
  find: () => sql`
    select name as queue,
      case when state = 'retry' then 'retrying' when start_after > now() then 'deferred' else 'due' end as state,
      count(*) as waiting,
      greatest(0, extract(epoch from now() - min(case when state = 'retry' then created_on else start_after end))::float8) as seconds
    from jobs.job where state < 'active' group by 1, 2
    union all select name, 'active', active_count, null from jobs.queue where active_count > 0`,
}

/** Mails that no mail server took yet, without those that wait for what belongs in them. Their moments are the service's. */
export const mailGauge: Gauge = {
  figures: waiting('vilkar_mails_queued', 'Mails that no mail server took yet'),
  find: (now) => sql`
    select count(*) as waiting, extract(epoch from ${now}::timestamptz - min(created_at))::float8 as seconds
    from mail where status = 'queued' and waits_until is null`,
}
