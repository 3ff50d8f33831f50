import { fileURLToPath } from 'node:url'
import { ENVELOPE } from '@vilkar/messaging/outbox/outbox.ts'
import { acquireLease, createLeadership, type StoredUpTo } from '@vilkar/messaging/outbox/relay-store.ts'
import { migrate } from '@vilkar/server/migrate.ts'
import { createDatabase, createPool } from '@vilkar/server/postgres.ts'
import { administer } from '@vilkar/testing/embedded-postgres.ts'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import type { TestBed } from './test-bed.ts'

/** Events of one aggregate, of which a year's are in the log before anything is measured. */
const VERSIONS = 8
const AGGREGATES = 30_000
const YEAR = 2026
const ROUNDS = 7
const LEASE_MS = 3_600_000
/** As the relay has them: it touches a batch at a time. */
const INDEXES_ONLY = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((plan) => `-c enable_${plan}=off`).join(' ')
const migrations = fileURLToPath(new URL('../../libs/messaging/migrations', import.meta.url))
const DATA = JSON.stringify({
  lines: Array.from({ length: 6 }, (_, n) => ({
    lineId: `line-${n}`,
    sku: `SKU-${n * 7919}`,
    quantity: n,
    total: 12_900 * n,
  })),
})

/** Milliseconds at the first moment of a month, counted from the first of the year: 0 is January, and -1 the December before. */
const beginOf = (month: number) =>
  Temporal.PlainDate.from({ year: YEAR, month: 1, day: 1 }).add({ months: month }).toZonedDateTime('UTC')
    .epochMilliseconds

/** The least id that is made in a month: those of version 7 begin with their millisecond. */
const idOfMonth = (month: number) => {
  const digits = beginOf(month).toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}-0000-0000-000000000000`
}

/**
 * The outbox by month, as it would have to be: by the id of the aggregate, since a unique key of a partitioned table must hold what it is
 * partitioned by, and no version of an aggregate may be there twice. No other key is left, and ids and numbers are unique by custom.
 */
const byMonth = (months: number) => `
  alter table outbox rename to before;
  create table outbox (like before including defaults, unique (aggregate_id, aggregate_version)) partition by range (aggregate_id);
  alter table outbox alter column seq set default nextval('before_seq');
  create index on outbox (seq);
  create index on outbox (event_id);
  create index on outbox (seq) where pub_no is null;
  create index on outbox (pub_no) where pub_no is not null;
  ${Array.from({ length: months }, (_, n) => 13 - months + n)
    .map(
      (at) =>
        `create table outbox_${at + months} partition of outbox for values from ('${idOfMonth(at)}') to ('${idOfMonth(at + 1)}');`,
    )
    .join('\n')}`

const FILL = `
  insert into outbox (event_id, source, aggregate_id, aggregate_version, partition, type, data, occurred_at, pub_no)
  select gen_random_uuid(), '/orders', id, version, 1, 'OrderPlaced', $1::jsonb, now(), (n - 1) * ${VERSIONS} + version
  from (
    select n, (lpad(to_hex($2::bigint + n * ($3::bigint - $2::bigint) / ${AGGREGATES + 1}), 12, '0') || '7000' || right(md5(n::text), 16))::uuid as id
    from generate_series(1::bigint, ${AGGREGATES}) n) aggregate, generate_series(1, ${VERSIONS}) version`
const INSERT = `
  insert into outbox (event_id, source, aggregate_id, aggregate_version, partition, type, data, occurred_at)
  select event_id, '/orders', aggregate_id, 1, 1, 'OrderPlaced', $3::jsonb, now()
  from unnest($1::uuid[], $2::uuid[]) with ordinality t (event_id, aggregate_id, n) order by n`
const HISTORY = `select ${ENVELOPE}::text as body from outbox where aggregate_id = $1::uuid order by aggregate_version`

type Laid = { name: string; writer: pg.Client; relay: pg.Client; fence: number; measured: Record<string, number[]> }

/**
 * What the outbox would cost as a table of so many months, beside the one table that it is: milliseconds of a statement with its way
 * there and back, in alternating rounds. What is told is what the fastest tenth stayed under: what it costs while nothing else wants
 * the processor. `told` is an event from its insert until the relay has noted that it is published.
 */
export async function benchOutboxMonths(bed: TestBed) {
  await using opened = new AsyncDisposableStack()
  const laid: Laid[] = []
  for (const [name, months] of Object.entries({ one_table: 0, months_14: 14, months_62: 62 }))
    laid.push(await lay(bed, name, months, opened))
  for (let round = 0; round < ROUNDS; round += 1) for (const each of laid) await measure(each)
  const names = Object.keys(laid[0]!.measured)
  return Object.fromEntries(
    names.map((what) => [
      what,
      Object.fromEntries(laid.map(({ name, measured }) => [name, fastTenth(measured[what]!)])),
    ]),
  )
}

const fastTenth = (times: number[]) =>
  Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 10)]! * 1_000) / 1_000

/** A database with a year of events in it, of which all are published. */
async function lay(bed: TestBed, name: string, months: number, opened: AsyncDisposableStack): Promise<Laid> {
  await administer(bed.postgres.url('postgres'), `create database ${name}`)
  const url = bed.postgres.url(name)
  const pool = createPool(url, { max: 1, unhurried: true })
  await migrate(createDatabase<never>(pool), [migrations]).finally(() => pool.end())
  const connect = async (options?: string) => {
    const client = new pg.Client({ connectionString: url, options })
    await client.connect()
    opened.defer(() => client.end())
    return client
  }
  const writer = await connect()
  if (months > 0) await writer.query(`create sequence before_seq; ${byMonth(months)}`)
  await writer.query(FILL, [DATA, beginOf(0) + 1, beginOf(12) - 1])
  await writer.query('update relay set last_no = $1, published_no = $1', [AGGREGATES * VERSIONS])
  await writer.query('vacuum analyze')
  const relay = await connect(INDEXES_ONLY)
  return { name, writer, relay, fence: (await acquireLease(relay, 'bench', LEASE_MS))!, measured: {} }
}

async function measure({ writer, relay, fence, measured }: Laid) {
  const leadership = createLeadership(relay, fence, LEASE_MS)
  const timed = async (what: string, times: number, work: () => Promise<unknown>) => {
    for (let n = 0; n < times; n += 1) {
      const begun = performance.now()
      await work()
      measured[what] = [...(measured[what] ?? []), performance.now() - begun]
    }
  }
  const tell = (count: number) => {
    const ids = Array.from({ length: count }, () => uuidv7())
    return writer.query({ name: 'insert', text: INSERT, values: [ids, ids.map(idOfDecember), DATA] })
  }
  let stored: StoredUpTo | undefined
  const publish = async () => {
    const { events } = await leadership.turn(stored)
    stored = { publishedNo: events.at(-1)?.pub_no ?? stored?.publishedNo ?? 0, lastSeq: 1 }
  }
  await timed('insert of 1', 200, () => tell(1))
  await timed('insert of 32', 60, () => tell(32))
  await timed('relay, 500 events', 4, publish)
  while (await leadership.hasWork()) await publish()
  await timed('relay, nothing to do', 300, () => leadership.hasWork())
  await timed('one event, told', 40, async () => {
    await tell(1)
    await publish()
    // Noted as stored by the next turn, which finds nothing more.
    await publish()
  })
  const { rows } = await writer.query<{ id: string }>(
    `select aggregate_id as id from outbox where pub_no = any(array(select 1 + floor(random() * $1)::int from generate_series(1, 200)))`,
    [AGGREGATES * VERSIONS - 1],
  )
  let at = 0
  await timed('history', 200, () =>
    writer.query({ name: 'history', text: HISTORY, values: [rows[at++ % rows.length]!.id] }),
  )
}

/** The same id as if it were made in the last month of the year. */
const idOfDecember = (id: string) => `${idOfMonth(11).slice(0, 13)}${id.slice(13)}`
