import type { ServiceName } from '@vilkar/contracts/event.ts'
import pg from 'pg'

const PAGE = 10_000
const MAX_FINDINGS_PER_CHECK = 20
const LAST_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const FIRST_UUID = '00000000-0000-0000-0000-000000000000'

export type Producer = { service: ServiceName; databaseUrl: string }
export type Consumer = Producer & { listensTo: ServiceName[] }
/** What is wrong: which check, in whose database, and what it saw there. */
export type Finding = { check: string; service: ServiceName; details: Record<string, unknown> }

const OUTBOX_CHECKS = {
  'an aggregate has a gap in its versions': `
    select aggregate_id, count(*)::int as events, max(aggregate_version) as version from outbox
    group by 1 having count(*) <> max(aggregate_version)`,
  'an event has no number': `select event_id, aggregate_id, type from outbox where pub_no is null`,
  'the numbers have a gap': `
    select count(pub_no)::int as numbered, max(pub_no)::int as highest, (select last_no::int from relay) as last_no
    from outbox having count(pub_no) <> (select last_no from relay) or max(pub_no) <> (select last_no from relay)`,
  'an event is not published': `
    select last_no::int, published_no::int from relay where published_no <> last_no`,
  'numbers contradict versions': `
    select aggregate_id, aggregate_version, pub_no::int from (
      select aggregate_id, aggregate_version, pub_no, lag(pub_no) over (partition by aggregate_id order by aggregate_version) as before from outbox) ordered
    where pub_no < before`,
}
const INBOX_CHECKS = {
  'an event waits': `
    select producer, event_id, aggregate_id, aggregate_version, attempts, last_error from inbox
    where not applied and dead_at is null`,
  'an event is a dead letter': `
    select producer, event_id, aggregate_id, aggregate_version, last_error from inbox
    where not applied and dead_at is not null`,
  // Once rows are trimmed, there may be fewer than the head says, and never more.
  'a head contradicts what was applied': `
    select producer, aggregate_id, head.version, applied.version as applied, applied.events from inbox_head head
    full join (
      select producer, aggregate_id, max(aggregate_version) as version, count(*)::int as events from inbox
      where applied group by 1, 2) applied using (producer, aggregate_id)
    where coalesce(head.version, 0) < greatest(applied.version, applied.events)
      or (coalesce(head.version, 0) > least(coalesce(applied.version, 0), coalesce(applied.events, 0))
        and not exists (select from trimmed where what = 'inbox'))`,
}
/** Clocks of two databases may differ by so much (docs/operations.md, Clocks). */
const CLOCKS_DIFFER = `interval '5 minutes'`

/**
 * Compares what was told with what was heard, in both directions, and each database with itself. [] means that no
 * event is lost, doubled, invented or out of order. To be asked when all is `quiet`: what is under way is a finding.
 */
export async function audit({ producers, consumers }: { producers: Producer[]; consumers: Consumer[] }) {
  await using databases = openDatabases([...producers, ...consumers])
  const findings: Finding[] = []
  for (const producer of producers) findings.push(...(await check(databases.of(producer), OUTBOX_CHECKS)))
  for (const consumer of consumers) {
    findings.push(...(await check(databases.of(consumer), INBOX_CHECKS)))
    for (const producer of producers.filter(({ service }) => consumer.listensTo.includes(service))) {
      findings.push(...(await compare(databases.of(producer), databases.of(consumer))))
    }
  }
  return findings
}

/** True when every event is published and applied by all who listen. */
export async function quiet({ producers, consumers }: { producers: Producer[]; consumers: Consumer[] }) {
  await using databases = openDatabases([...producers, ...consumers])
  for (const producer of producers) {
    const [told] = await databases
      .of(producer)
      .read<{ events: number; published: number }>(
        'select (select count(*)::int from outbox) as events, published_no::int as published from relay',
      )
    if (told!.events !== told!.published) return false
    for (const consumer of consumers.filter(({ listensTo }) => listensTo.includes(producer.service))) {
      // A head says how many events of its aggregate were applied, also of those whose rows are trimmed.
      const [heard] = await databases.of(consumer).read<{ applied: number; waiting: number }>(
        `select (select coalesce(sum(version), 0)::int from inbox_head where producer = $1) as applied,
           (select count(*)::int from inbox where producer = $1 and not applied) as waiting`,
        producer.service,
      )
      if (heard!.waiting > 0 || heard!.applied < told!.events) return false
    }
  }
  return true
}

async function check({ service, read }: Database, checks: Record<string, string>) {
  const findings: Finding[] = []
  for (const [name, text] of Object.entries(checks)) {
    const rows = await read<Record<string, unknown>>(`${text} limit ${MAX_FINDINGS_PER_CHECK}`)
    findings.push(...rows.map((details) => ({ check: name, service, details })))
  }
  return findings
}

type Told = { event_id: string; aggregate_id: string; aggregate_version: number; type: string }

/**
 * Walks both tables in the order of event ids, page by page, so that neither has to fit in memory. Of an event from before what
 * was last trimmed the row may be gone: then its aggregate's head must say that it was applied.
 */
async function compare(producer: Database, consumer: Database) {
  const [trimmed] = await consumer.read<{ upTo: string }>(
    `select (newest_at + ${CLOCKS_DIFFER})::text as "upTo" from trimmed where what = 'inbox'`,
  )
  const columns = 'event_id, aggregate_id, aggregate_version, type'
  const findings: Finding[] = []
  const report = (name: string, details: Told) =>
    findings.push({ check: name, service: consumer.service, details: { producer: producer.service, ...details } })
  for (let from = FIRST_UUID; from !== LAST_UUID; ) {
    const outbox = await producer.read<Told>(
      `select ${columns} from outbox where event_id > $1 order by event_id limit ${PAGE}`,
      from,
    )
    const to = outbox.length < PAGE ? LAST_UUID : outbox.at(-1)!.event_id
    const inbox = await consumer.read<Told>(
      `select ${columns} from inbox where producer = $1 and event_id > $2 and event_id <= $3`,
      producer.service,
      from,
      to,
    )
    const heard = new Map(inbox.map((event) => [event.event_id, event]))
    const missing = outbox.filter(({ event_id }) => !heard.has(event_id))
    const gone = trimmed === undefined ? new Set() : await pastAndTold(producer, consumer, missing, trimmed.upTo)
    for (const event of outbox) {
      const copy = heard.get(event.event_id)
      heard.delete(event.event_id)
      if (copy === undefined) {
        if (!gone.has(event.event_id)) report('an event was never heard', event)
      } else if (Object.keys(event).some((key) => event[key as keyof Told] !== copy[key as keyof Told])) {
        report('an event was heard differently from how it was told', event)
      }
    }
    for (const phantom of heard.values()) report('an event was heard that nobody told', phantom)
    from = to
  }
  return findings
}

/** Which of these events were told up to a moment and are not beyond what the consumer's heads say was applied. */
async function pastAndTold(producer: Database, consumer: Database, events: Told[], upTo: string) {
  const old = await producer.read<Told>(
    `select event_id, aggregate_id, aggregate_version, type from outbox where event_id = any($1::uuid[]) and stored_at <= $2`,
    events.map(({ event_id }) => event_id),
    upTo,
  )
  const heads = await consumer.read<{ aggregate_id: string; version: number }>(
    'select aggregate_id, version from inbox_head where producer = $1 and aggregate_id = any($2::uuid[])',
    producer.service,
    old.map(({ aggregate_id }) => aggregate_id),
  )
  const versions = new Map(heads.map(({ aggregate_id, version }) => [aggregate_id, version]))
  return new Set(
    old.flatMap(({ event_id, aggregate_id, aggregate_version }) =>
      aggregate_version <= (versions.get(aggregate_id) ?? 0) ? [event_id] : [],
    ),
  )
}

const CONNECT_TIMEOUT_MS = 10_000
/** An audit reads all that there is, and may take its time for it. */
const QUERY_TIMEOUT_MS = 10 * 60_000

/** A connection for each party, closed when the scope is left. */
function openDatabases(parties: Producer[]) {
  const open = ({ databaseUrl: connectionString }: Producer) =>
    new pg.Pool({
      connectionString,
      max: 1,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      keepAlive: true,
    })
  const pools = new Map(parties.map((party) => [party, open(party)] as const))
  return {
    of(party: Producer) {
      const read = async <Row extends pg.QueryResultRow>(text: string, ...values: unknown[]) =>
        (await pools.get(party)!.query<Row>(text, values)).rows
      return { service: party.service, read }
    },
    [Symbol.asyncDispose]: async () => void (await Promise.all([...pools.values()].map((pool) => pool.end()))),
  }
}
type Database = ReturnType<ReturnType<typeof openDatabases>['of']>
