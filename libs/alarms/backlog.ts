import { Instant } from '@vilkar/contracts/event.ts'
import type { Server } from '@vilkar/server/http.ts'
import { problems } from '@vilkar/server/problems.ts'
import { type RawBuilder, sql } from 'kysely'
import { Type } from 'typebox'
import { alarmsOf } from './tables.ts'

const Count = (description: string) => Type.Integer({ minimum: 0, description })
const Oldest = Type.Optional(Type.Unsafe<string>({ ...Instant, description: 'Since when the oldest of them waits.' }))

const Queue = Type.Object(
  {
    queue: Type.String(),
    waiting: Count('Jobs that may begin.'),
    later: Count('Jobs whose time has not come: asked for later, or to be tried again.'),
    active: Count('Jobs that a process works on.'),
    failing: Count('Jobs, of those above, whose last try failed.'),
    tries: Count('How often the one that failed most has failed.'),
    oldestAt: Oldest,
  },
  { title: 'JobQueue' },
)

const Backlog = Type.Object(
  {
    outbox: Type.Object({ waiting: Count('Events of this service that are not published yet.'), oldestAt: Oldest }),
    relay: Type.Object({
      leader: Type.Optional(
        Type.String({ description: 'The process that publishes; none has the lease when left out.' }),
      ),
      numbered: Count('The number of the last event that has one.'),
      published: Count('The number of the last event that is published.'),
      epoch: Count('How often the stream was told again from an earlier event.'),
    }),
    inbox: Type.Object({
      waiting: Count('Events of other services that are here and not applied.'),
      failing: Count('Of these, events that failed and are tried again.'),
      dead: Count('Of these, dead letters.'),
      oldestAt: Oldest,
    }),
    partitions: Type.Object({
      idle: Count('Parts of what others tell that no process works on just now.'),
      all: Count('How many there are.'),
    }),
    jobs: Type.Array(Queue, { description: 'Queues with jobs that are not done. A service without jobs has none.' }),
  },
  { title: 'Backlog' },
)

/** What waits in a service, and who works on it: the facts that the alarms of `sources.ts` are raised for, as they are now. */
export function backlogRoute(server: Server, db: unknown) {
  server.get(
    '/backlog',
    {
      config: { access: 'staff' },
      schema: {
        operationId: 'readBacklog',
        summary: 'What waits, and who works on it',
        description:
          'Events that wait to be published or applied, the relay, the parts of what others tell that nobody works on, and jobs by queue. What waits for too long is an alarm.',
        tags: ['alarms'],
        response: { 200: Backlog, ...problems(400, 401, 403) },
      },
    },
    async () => {
      const one = async <Row>(question: RawBuilder<Row>) => (await question.execute(alarmsOf(db))).rows
      const [[events], [hasJobs]] = await Promise.all([one(EVENTS), one(HAS_JOBS)])
      const jobs = hasJobs!.has ? await one(JOBS) : []
      const { outbox, inbox, relay, partitions } = events!
      return {
        outbox: sinceOf(outbox),
        inbox: sinceOf(inbox),
        relay: ledBy(relay),
        partitions,
        jobs: jobs.map(sinceOf),
      }
    },
  )
}

type Since = { oldestAt: string | null }
type Relay = { leader: string | null; numbered: number; published: number; epoch: number }
type Events = {
  outbox: Since & { waiting: number }
  inbox: Since & { waiting: number; failing: number; dead: number }
  relay: Relay
  partitions: { idle: number; all: number }
}
type JobsOfQueue = Since & { queue: string } & Record<'waiting' | 'later' | 'active' | 'failing' | 'tries', number>

function sinceOf<Row extends Since>({ oldestAt, ...counts }: Row) {
  return { ...counts, ...(oldestAt !== null && { oldestAt: Temporal.Instant.from(oldestAt).toString() }) }
}
const ledBy = ({ leader, ...numbers }: Relay) => ({ ...numbers, ...(leader !== null && { leader }) })

/** One statement, so that what it says is of one moment. */
const EVENTS = sql<Events>`
  select
    (select json_build_object('waiting', count(*), 'oldestAt', min(stored_at)) from (
      select stored_at from outbox where pub_no is null
      union all select stored_at from outbox where pub_no > (select published_no from relay)) untold) as outbox,
    (select json_build_object('leader', case when lease_until > clock_timestamp() then owner end, 'numbered', last_no,
      'published', published_no, 'epoch', publish_epoch) from relay) as relay,
    (select json_build_object('waiting', count(*), 'failing', count(*) filter (where attempts > 0 and dead_at is null),
      'dead', count(dead_at), 'oldestAt', min(received_at)) from inbox where not applied) as inbox,
    (select json_build_object('idle', count(*) filter (where lease_until < clock_timestamp()), 'all', count(*))
      from partition_lease) as partitions`

const HAS_JOBS = sql<{ has: boolean }>`select to_regclass('jobs.job') is not null as has`

const JOBS = sql<JobsOfQueue>`
  select name as queue, count(*) filter (where state <> 'active' and start_after <= now()) as waiting,
    count(*) filter (where state <> 'active' and start_after > now()) as later, count(*) filter (where state = 'active') as active,
    count(*) filter (where retry_count > 0) as failing, max(retry_count) as tries, min(created_on) as "oldestAt"
  from jobs.job where state in ('created', 'retry', 'active') group by name order by name`
