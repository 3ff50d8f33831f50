import type pg from 'pg'
import { MAX_BATCH, type StreamState } from '../wire/wire.ts'
import { ENVELOPE } from './outbox.ts'

/** What the relay knows of itself and of the stream; numbers are of events (`…No`) or of the broker (`…Seq`). */
export type RelayState = { publishedNo: number; streamCreated: string | null; streamLastSeq: number }
/** An event that is next to be published. */
export type Pending = {
  pub_no: number
  event_id: string
  aggregate_id: string
  partition: number
  type: string
  body: string
  traceparent: string | null
  publish_epoch: number
}

const ACQUIRE = `
  update relay set fence = fence + 1, owner = $1, lease_until = clock_timestamp() + $2 * interval '1 ms'
  where lease_until < clock_timestamp() or owner = $1 returning fence`
const RELEASE = `update relay set lease_until = '-infinity' where fence = $1`
const PEEK = `
  select lease_until < clock_timestamp() + $2 * interval '1 ms' as stale,
    published_no < last_no or exists (select from outbox where pub_no is null) as waiting
  from relay where fence = $1`
// A visible version 2 implies a visible version 1 with a lower seq, so numbering by seq keeps each aggregate's order.
const TURN = `
  with leader as (select last_no, stream_last_seq from relay where fence = $1 for update),
  next as (
    select seq, row_number() over (order by seq) as n
    from (select seq from outbox where pub_no is null order by seq limit ${MAX_BATCH}) unnumbered),
  numbered as (
    update outbox set pub_no = leader.last_no + next.n from leader, next where outbox.seq = next.seq
    returning pub_no, event_id, aggregate_id, partition, type, ${ENVELOPE}::text as body, traceparent),
  noted as (
    update relay set last_no = leader.last_no + (select count(*) from numbered),
      published_no = coalesce($3::bigint, published_no),
      stream_last_seq = greatest(leader.stream_last_seq, $4::bigint),
      lease_until = clock_timestamp() + $2 * interval '1 ms'
    from leader returning leader.stream_last_seq as before, leader.last_no > published_no as behind, publish_epoch)
  select pub_no, event_id, aggregate_id, partition, type, body, traceparent, publish_epoch, before, behind
  from noted left join numbered on true order by pub_no`
const NEXT = `
  select outbox.pub_no, event_id, aggregate_id, partition, type, ${ENVELOPE}::text as body, traceparent, publish_epoch
  from relay, outbox where outbox.pub_no > (select published_no from relay) order by outbox.pub_no limit ${MAX_BATCH}`
const STATE = `select published_no, stream_created, stream_last_seq from relay where fence = $1`
// Numbers follow time, so halving the log finds the oldest event of the period without an index on its time.
const FLOOR = `
  with recursive narrowing (old, recent) as (
    select 0::bigint, last_no + 1 from relay
    union all
    select case when is_old then middle else old end, case when is_old then recent else middle end
    from narrowing, lateral (select (old + recent) / 2 as middle) half, lateral (
      select stored_at < clock_timestamp() - $1 * interval '1 day' as is_old from outbox where pub_no = middle) event
    where recent - old > 1)
  select max(old) as floor from narrowing`
const REWIND = `
  update relay set published_no = least(published_no, $2::bigint), publish_epoch = publish_epoch + 1,
    stream_created = $3, stream_last_seq = $4 where fence = $1`
const STALE = `
  select erased_at::text from stream_erasure
  where erased_at is not null and coalesce(rebuilt_at, '-infinity') < clock_timestamp() - $1 * interval '1 ms'`
// What was blanked since it was looked at is not in the new stream, perhaps: it is filled once more.
const REFILLED = `
  update stream_erasure set rebuilt_at = clock_timestamp(),
    erased_at = case when erased_at::text is distinct from $1 then erased_at end`
const LAG = `
  select last_no - published_no + (select count(*) from outbox where pub_no is null) as lag from relay`

/** Numbers come as text or as numbers, depending on who set up the driver. */
type Row = Record<string, unknown>

const pending = (row: Row) => ({ ...row, pub_no: Number(row.pub_no) }) as Pending

/** What the broker has stored: up to which event, and the stream's highest sequence by it. */
export type StoredUpTo = { publishedNo: number; lastSeq: number }
/** `before` is the highest stream sequence that was known before. */
export type Turn = { events: Pending[]; before: number; behind: boolean }

/** The lease is gone: another relay leads. */
const leadershipLost = () => Object.assign(new Error('Another relay leads.'), { code: 'LEADERSHIP_LOST' })
export const isLeadershipLost = (error: unknown) => (error as { code?: unknown } | null)?.code === 'LEADERSHIP_LOST'

/** Takes the lease if it is free by the database's clock. Answers the fence: the number of this leadership. */
export async function acquireLease(db: pg.ClientBase, owner: string, leaseMs: number) {
  const { rows } = await db.query<Row>({ name: 'relay-acquire', text: ACQUIRE, values: [owner, leaseMs] })
  return rows[0] === undefined ? undefined : Number(rows[0].fence)
}

const TOLD = 'outbox_told'

/** Calls back whenever a process that does not lead has told something, for as long as the connection lives. */
export async function hearOthers(db: pg.ClientBase, heard: () => void) {
  db.on('notification', heard)
  await db.query(`listen ${TOLD}`)
}

/** Tells the relay that leads, in whichever process, that there is something to publish. */
export const sayThatTold = (db: pg.Pool) => db.query(`notify ${TOLD}`)

/** Events that are committed but not yet with the broker. */
export const readLag = async (db: pg.Pool) =>
  Number((await db.query<Row>({ name: 'relay-lag', text: LAG })).rows[0]!.lag)

/** The relay's statements under one fence; each throws LeadershipLost once another relay leads. */
export function createLeadership(db: pg.ClientBase, fence: number, leaseMs: number) {
  async function one(name: string, text: string, ...values: unknown[]) {
    const { rows } = await db.query<Row>({ name: `relay-${name}`, text, values })
    if (rows[0] === undefined) throw leadershipLost()
    return rows[0]
  }
  return {
    /** Is there something to do? Reads only, so that an idle relay writes nothing but its lease. */
    async hasWork() {
      const { stale, waiting } = await one('peek', PEEK, fence, (leaseMs * 2) / 3)
      return stale === true || waiting === true
    },
    /**
     * Notes what was stored, gives the next events their dense numbers and renews the lease, all in one statement, since whoever waits
     * for an event waits for each of them. `behind`: there are events with earlier numbers that are not noted as stored.
     */
    async turn(stored?: StoredUpTo): Promise<Turn> {
      const values = [fence, leaseMs, stored?.publishedNo ?? null, stored?.lastSeq ?? null]
      const { rows } = await db.query<Row>({ name: 'relay-turn', text: TURN, values })
      const [first] = rows
      if (first === undefined) throw leadershipLost()
      const events = first.pub_no === null ? [] : rows.map(pending)
      return { events, before: Number(first.before), behind: first.behind === true }
    },
    /** Events that have numbers and are not noted as stored: those of a relay that ended, or those that the stream lost. */
    async next(): Promise<Pending[]> {
      const { rows } = await db.query<Row>({ name: 'relay-next', text: NEXT })
      return rows.map(pending)
    },
    async state(): Promise<RelayState> {
      const row = await one('state', STATE, fence)
      const streamCreated = row.stream_created as string | null
      return { publishedNo: Number(row.published_no), streamCreated, streamLastSeq: Number(row.stream_last_seq) }
    },
    /** The number before the oldest event that a new stream must hold. */
    async floor(retentionDays: number) {
      const { rows } = await db.query<Row>({ name: 'relay-floor', text: FLOOR, values: [retentionDays] })
      return Number(rows[0]!.floor)
    },
    /** Goes back to after `toNo`. The new epoch makes new message ids: the broker may remember ids of what it lost. */
    async rewind(toNo: number, { created, lastSeq }: StreamState) {
      const { rowCount } = await db.query({
        name: 'relay-rewind',
        text: REWIND,
        values: [fence, toNo, created, lastSeq],
      })
      if (rowCount === 0) throw leadershipLost()
    },
    /**
     * When events were last blanked that the stream may hold as they were; undefined if it holds none, or was filled anew less than
     * `pauseMs` ago.
     */
    async staleSince(pauseMs: number) {
      const { rows } = await db.query<Row>({ name: 'relay-stale', text: STALE, values: [pauseMs] })
      return rows[0]?.erased_at as string | undefined
    },
    /** The stream is empty and is filled from the log as it has been since that moment. */
    noteRefilled: (staleSince: string) => db.query({ name: 'relay-refilled', text: REFILLED, values: [staleSince] }),
    release: () => db.query({ name: 'relay-release', text: RELEASE, values: [fence] }),
  }
}
export type Leadership = ReturnType<typeof createLeadership>
