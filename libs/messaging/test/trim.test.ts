import { systemClock } from '@vilkar/server/clock.ts'
import { daysKept, trim } from '@vilkar/server/trimming.ts'
import { ageEvents } from '@vilkar/testing/ageing.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { audit, quiet } from '../audit/auditor.ts'
import { recordFailure } from '../inbox/store.ts'
import { inboxTrim } from '../inbox/trim.ts'
import { REDELIVERED_FOR_DAYS, STREAM_DAYS } from '../retention.ts'
import { createRig, ids, inProcess, type Rig } from './rig.ts'

const KEEP_FOR = 'P30D'
const trimInbox = ({ db }: Pick<Rig, 'db'>, clock = systemClock) =>
  trim({ db, clock, trims: [inboxTrim], keepFor: KEEP_FOR })
const rowsOf = async ({ pool }: Rig) => (await pool.query('select count(*)::int as n from inbox')).rows[0].n

/** Events of long ago that were applied, and some of now. */
async function withOldEvents(t: Test) {
  const rig = await createRig(t, inProcess())
  const relay = rig.relay()
  const inbox = rig.inbox()
  const aggregates = ids(4)
  await rig.tell(aggregates, 3)
  await rig.settle()
  await ageEvents(rig.owner, 31)
  return { ...rig, telling: relay, hearing: inbox, aggregates }
}

t.test('an event that was trimmed and comes again is known all the same', async (t) => {
  const rig = await withOldEvents(t)
  await rig.tell(rig.aggregates, 1, 4)
  await rig.settle()
  t.strictSame(await trimInbox(rig), { inbox: 12 })
  t.equal(await rowsOf(rig), 4, 'what came lately is kept')
  t.strictSame(await audit(rig.parties), [], 'the audit knows that rows were trimmed')
  t.equal(await quiet(rig.parties), true)

  // The stream was lost, and the relay tells all of it again.
  await rig.owner.query('update relay set published_no = 0, publish_epoch = publish_epoch + 1')
  await eventually('all to be told again', async () => (await rig.wire.openStream('orders')).lastSeq >= 2 * 16)
  await rig.tell(rig.aggregates, 1, 5)
  await rig.settle()
  t.equal((await rig.effects()).length, 20, 'each has one effect')
  t.equal(await rowsOf(rig), 8, 'and those that came again left no row')
})

t.test('an event that was trimmed and comes again while the database fails does not wait for ever', async (t) => {
  const rig = await withOldEvents(t)
  await trimInbox(rig)
  const [aggregateId] = rig.aggregates
  const envelope = { id: ids(1)[0]!, subject: aggregateId!, aggregateversion: 2, type: 'OrderPlaced' }
  const failure = { error: new Error('the database was away'), maxAttempts: 8, retryMs: 5 }
  const failed = { pubNo: 2, envelope: envelope as never }
  t.strictSame(await recordFailure(rig.db, 'orders', failed, failure), { attempts: 0, dead: false })
  t.equal(await rowsOf(rig), 0)
  const next = { pubNo: 99, envelope: { ...envelope, aggregateversion: 4 } as never }
  t.strictSame(await recordFailure(rig.db, 'orders', next, failure), { attempts: 1, dead: false })
  t.equal(await rowsOf(rig), 1, 'one that was not applied is')
})

t.test('what waits is never trimmed, by the house or by whoever has its role', async (t) => {
  const rig = await withOldEvents(t)
  await Promise.all([rig.telling.stop(), rig.hearing.stop()])
  await rig.owner.query(`update inbox set applied = false, envelope = '{}' where pub_no = 12`)
  await rig.owner.query(`update inbox set applied = false, envelope = '{}', dead_at = now() where pub_no = 11`)
  t.strictSame(await trimInbox(rig), { inbox: 10 })
  t.equal(await rowsOf(rig), 2)
  await t.rejects(rig.pool.query('delete from inbox'), { code: '23001' })
  await t.rejects(rig.owner.query('delete from inbox'), { code: '23001' })
})

t.test('an event that nobody heard is found after trimming too', async (t) => {
  const rig = await withOldEvents(t)
  await Promise.all([rig.telling.stop(), rig.hearing.stop()])
  await trimInbox(rig)
  await rig.owner.query('update inbox_head set version = 2 where aggregate_id = $1', [rig.aggregates[0]])
  t.strictSame(
    (await audit(rig.parties)).map(({ check }) => check),
    ['an event was never heard'],
  )
  t.equal(await quiet(rig.parties), false)
})

t.test('several processes trim at once, and each row goes once', async (t) => {
  const rig = await createRig(t, inProcess())
  await rig.owner.query(`
    insert into inbox (producer, event_id, pub_no, aggregate_id, aggregate_version, type, applied, received_at)
    select 'orders', (lpad(to_hex(extract(epoch from now() - interval '40 days')::bigint * 1000 + n), 12, '0') || '7000' || right(md5(n::text), 16))::uuid,
      n, gen_random_uuid(), 1, 'OrderPlaced', true, now() - interval '40 days'
    from generate_series(1, 12000) n`)
  const trimmed = await Promise.all(Array.from({ length: 4 }, () => trimInbox(rig)))
  const more = await trimInbox(rig)
  t.equal(
    [...trimmed, more].reduce((sum, { inbox }) => sum + inbox!, 0),
    12_000,
  )
  t.equal(await rowsOf(rig), 0)
  t.equal((await rig.pool.query(`select removed from trimmed where what = 'inbox'`)).rows[0].removed, 12_000)
})

t.test('a row that another transaction has is passed over, and nobody waits', async (t) => {
  const rig = await withOldEvents(t)
  const holder = await rig.owner.connect()
  await holder.query('begin')
  await holder.query('select from inbox where pub_no = 3 for update')
  t.strictSame(await trimInbox(rig), { inbox: 11 })
  await holder.query('rollback')
  holder.release()
  t.strictSame(await trimInbox(rig), { inbox: 1 })
})

t.test('an event is kept for longer than it may be delivered again', async (t) => {
  t.equal(REDELIVERED_FOR_DAYS, 2 * STREAM_DAYS)
  t.equal(daysKept('P30D'), 30)
  t.equal(daysKept(`P${REDELIVERED_FOR_DAYS}D`), REDELIVERED_FOR_DAYS)
  t.throws(() => daysKept(`P${REDELIVERED_FOR_DAYS - 1}D`), /KEEP_FOR is P27D, and must be at least P28D/)
})

t.test('what is trimmed is found by its key, however much there is', async (t) => {
  const rig = await createRig(t, inProcess())
  await rig.owner.query(`
    insert into inbox (producer, event_id, pub_no, aggregate_id, aggregate_version, type, applied, envelope, received_at)
    select (array['orders', 'shipping'])[1 + n % 2],
      (lpad(to_hex(extract(epoch from now())::bigint * 1000 - n::bigint * 60000), 12, '0') || '7000' || right(md5(n::text), 16))::uuid,
      n, gen_random_uuid(), 1, 'OrderPlaced', n % 1000 > 0, '{}', now() - n * interval '1 minute'
    from generate_series(1, 60000) n;
    analyze inbox`)
  for (const statement of [inboxTrim.remove(sql`(now() - 30 * interval '1 day')`, 1_000), inboxTrim.oldest]) {
    const { sql: text, parameters } = statement.compile(rig.db)
    const { rows } = await rig.pool.query(`explain ${text}`, parameters as unknown[])
    const plan = rows.map((row) => row['QUERY PLAN'] as string).join('\n')
    t.match(plan, /Index Scan (using|on) inbox_pkey/)
    t.notMatch(plan, /Seq Scan on inbox/)
  }
})
