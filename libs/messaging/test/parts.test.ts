import assert from 'node:assert/strict'
import type { Envelope } from '@vilkar/contracts/event.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import fc from 'fast-check'
import pg from 'pg'
import t from 'tap'
import { isDatabaseLost, noting } from '../database-loss.ts'
import { createFailPoints } from '../fail-point.ts'
import { nextInLine } from '../inbox/batch.ts'
import { MAX_ATTEMPTS, RETRY_MS } from '../inbox/inbox.ts'
import { readEnvelope, recordFailure } from '../inbox/store.ts'
import { createOutageLog } from '../outage-log.ts'
import { insertOutbox, readHistory, subjectOf } from '../outbox/outbox.ts'
import { acquireLease, createLeadership } from '../outbox/relay-store.ts'
import { PARTITIONS, partitionOf } from '../partition.ts'
import { createProgress, STALLED_AFTER_MS } from '../progress.ts'
import { createMemoryWire } from '../wire/memory-wire.ts'
import { noteFaults } from '../wire/wire.ts'
import { createRig, ids, inProcess } from './rig.ts'

t.test('an aggregate keeps its partition for ever, however its id is written', async (t) => {
  // Known answers: a change of the hash would send later events past earlier ones.
  t.equal(partitionOf('019ab3f0-5c1e-7a60-8f0e-2f8f9a4d1c11'), 4)
  t.equal(partitionOf('019AB3F0-5C1E-7A60-8F0E-2F8F9A4D1C11'), 4)
  fc.assert(
    fc.property(fc.uuid(), (id) => Number.isInteger(partitionOf(id)) && partitionOf(id) >= 0 && partitionOf(id) < 8),
  )
})

t.test('the partitions get about as much each', async (t) => {
  const counts = new Array<number>(PARTITIONS).fill(0)
  for (const id of ids(8_000)) counts[partitionOf(id)]! += 1
  t.ok(
    counts.every((count) => count > 800 && count < 1_200),
    String(counts),
  )
})

t.test('a subject names service, partition, event and aggregate', async (t) => {
  t.equal(subjectOf('orders', 3, 'OrderPlaced', 'x'), 'evt.orders.3.OrderPlaced.x')
})

t.test(
  'an event that fails is tried again soon, then ever more seldom, for most of a day before it is dead',
  async (t) => {
    const rig = await createRig(t, inProcess())
    const [envelope] = (await rig.tell(ids(1))) as [Envelope]
    const failure = { error: new Error('no'), maxAttempts: MAX_ATTEMPTS, retryMs: RETRY_MS }
    const pauses: number[] = []
    for (let n = 1; n <= MAX_ATTEMPTS; n += 1) {
      const { dead } = await recordFailure(rig.db, 'orders', { pubNo: 1, envelope }, failure)
      t.equal(dead, n === MAX_ATTEMPTS)
      const { rows } = await rig.pool.query(
        'select extract(epoch from next_attempt_at - clock_timestamp())::float8 as s from inbox',
      )
      pauses.push(rows[0].s)
    }
    t.ok(pauses[0]! < 1 && pauses[3]! < 3, 'soon')
    t.ok(Math.max(...pauses) <= 4 * 3_600, 'no pause is longer than four hours')
    const waited = pauses.slice(0, -1).reduce((sum, s) => sum + s, 0)
    t.ok(waited > 18 * 3_600 && waited < 24 * 3_600, `${waited} s`)
  },
)

t.test('what is told is what history reads', async (t) => {
  const rig = await createRig(t, inProcess())
  const [id] = ids(1)
  const told = await rig.tell([id!], 3)
  await rig.tell(ids(1), 1)
  t.strictSame(await readHistory(rig.db, id!), told)
  t.strictSame(told[0], {
    specversion: '1.0',
    id: told[0]!.id,
    source: '/vilkar/orders',
    type: 'OrderPlaced',
    subject: id,
    time: '2026-11-22T09:30:00.125Z',
    datacontenttype: 'application/json',
    aggregateversion: 1,
    data: { version: 1 },
  })
})

t.test('a version is told once, and an event that no broker would take is refused', async (t) => {
  const rig = await createRig(t, inProcess())
  const [id] = ids(1)
  await rig.tell([id!])
  await assert.rejects(rig.tell([id!]), { code: '23505' })
  const fact = { type: 'OrderPlaced', data: { text: 'x'.repeat(300_000) } }
  const at = Temporal.Instant.from('2026-11-22T09:30:00Z')
  const large = rig.db
    .transaction()
    .execute((trx) => insertOutbox(trx, 'orders', [{ aggregateId: id!, version: 2, fact, at }], () => {}))
  await assert.rejects(large, RangeError)
})

t.test('a new stream gets the events of the retention period, and no older ones', async (t) => {
  const wire = createMemoryWire()
  const rig = await createRig(t, inProcess(wire))
  await rig.tell(ids(1), 100)
  const relay = rig.relay({ streamCheckMs: 50 })
  await eventually('all is published', async () => (await relay.lag()) === 0)
  await rig.owner.query(`update outbox set stored_at = now() - interval '15 days' where pub_no <= 37`)
  wire.wipe()
  await eventually('it is published again', async () => (await wire.lastEventNo('orders')) === 100)
  t.equal((await wire.openStream('orders')).messages, 63)
})

t.test('a relay whose lease was taken can write nothing any more', async (t) => {
  const rig = await createRig(t, inProcess())
  await rig.tell(ids(1), 2)
  const db = await rig.pool.connect()
  try {
    const old = createLeadership(db, (await acquireLease(db, 'first', 0))!, 0)
    t.equal((await old.turn()).events.length, 2)
    const stream = { created: 'x', firstSeq: 0, lastSeq: 0, messages: 0, deleted: 0 }
    t.equal(await acquireLease(db, 'second', 60_000), 2)
    t.equal(await acquireLease(db, 'first', 60_000), undefined)
    const stored = { publishedNo: 2, lastSeq: 2 }
    for (const write of [old.turn, old.hasWork, () => old.turn(stored), () => old.rewind(0, stream)]) {
      await assert.rejects(write, { code: 'LEADERSHIP_LOST' })
    }
    const { rows } = await rig.pool.query('select owner, published_no, publish_epoch from relay')
    t.strictSame(rows, [{ owner: 'second', published_no: 0, publish_epoch: 0 }])
  } finally {
    db.release()
  }
})

t.test('only an unbroken run after the head is applied, and nothing behind a blocked event', async (t) => {
  const event = (subject: string, version: number, blocked = false) => ({
    pubNo: version,
    envelope: { id: `${subject}${version}`, subject, aggregateversion: version } as Envelope,
    blocked,
  })
  const heads = new Map([
    ['a', 2],
    ['b', 0],
    ['c', 0],
  ])
  const candidates = [event('a', 4), event('a', 3), event('a', 6), event('b', 2), event('c', 1, true), event('c', 2)]
  const { events, versions } = nextInLine(heads, candidates)
  t.strictSame(
    events.map(({ envelope }) => envelope.id),
    ['a3', 'a4'],
  )
  t.strictSame([...versions], [['a', 4]])
})

t.test('a message that is no event of its producer is not read', async (t) => {
  const rig = await createRig(t, inProcess())
  const [envelope] = await rig.tell(ids(1))
  t.strictSame(readEnvelope('orders', JSON.stringify(envelope)), envelope)
  t.throws(() => readEnvelope('returns', JSON.stringify(envelope)), /Not an event of returns/)
  assert.throws(() => readEnvelope('orders', JSON.stringify({ ...envelope, subject: 'x' })), TypeError)
  assert.throws(() => readEnvelope('orders', 'null'), TypeError)
  assert.throws(() => readEnvelope('orders', '{'), SyntaxError)
})

t.test('fail-points are off by default, refuse unknown names and never work in production', async (t) => {
  createFailPoints('')('relay:before-publish')
  createFailPoints('relay:after-publish')('relay:before-publish')
  t.throws(() => createFailPoints('somewhere'), /must be one of relay:after-number/)
  const { NODE_ENV } = process.env
  try {
    process.env.NODE_ENV = 'production'
    t.throws(() => createFailPoints('relay:after-publish'), /never in production/)
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
})

t.test('what has begun and neither ends nor is anybody’s any more is stalled', async (t) => {
  let now = 0
  const progress = createProgress(() => now)
  progress.begin('relay')
  progress.begin('inbox')
  await t.rejects(progress.during('leases', () => Promise.reject(new Error('no'))))
  progress.end('inbox')
  now = STALLED_AFTER_MS
  t.strictSame(progress.stalled(), [])
  now += 1
  progress.begin('relay')
  t.strictSame(progress.stalled(), ['relay', 'leases'], 'beginning again is no progress')
  t.equal(await progress.during('leases', async () => 1), 1)
  progress.end('relay')
  progress.begin('relay')
  t.strictSame(progress.stalled(), [])
})

t.test('a loss of the database is known by whom was called, and not by what was said', async (t) => {
  const fails = (error: unknown) => noting(() => Promise.reject(error))().catch((thrown: unknown) => thrown)
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const another = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
  const said = (code: string) => Object.assign(new pg.DatabaseError('no', 2, 'error'), { code })
  for (const error of [refused, new Error('Query read timeout'), said('57P01'), said('08006')]) {
    t.equal(await fails(error), error)
    t.ok(isDatabaseLost(error))
    t.ok(isDatabaseLost(new Error('it failed', { cause: error })))
  }
  for (const error of [said('23505'), said('55P03'), new TypeError('ours'), new RangeError('ours'), 'text']) {
    await fails(error)
    t.notOk(isDatabaseLost(error))
  }
  t.notOk(isDatabaseLost(another), 'a mail server that is away is not the database')
})

t.test('what the broker does is told from what the database does', async (t) => {
  const faults = new WeakSet<object>()
  const ofBroker = new Error('broker')
  const wire = noteFaults({ ...createMemoryWire(), publish: () => Promise.reject(ofBroker) }, faults)
  await t.rejects(wire.publish('orders', []), ofBroker)
  t.ok(faults.has(ofBroker))
  t.equal((await wire.openStream('orders')).messages, 0)
})

t.test('an outage that is told elsewhere is not told again, nor its end', async (t) => {
  const lines: string[] = []
  const note = (_details: object, message: string) => void lines.push(message)
  const covered = new Error('database')
  const outage = createOutageLog({ info: note, warn: note, error: note, covers: (error) => error === covered }, 'x')
  outage.begin(covered)
  outage.end()
  t.strictSame(lines, [])
  outage.begin(new Error('other'))
  t.strictSame(lines, ['x: trouble, trying again'])
})

t.test('an outage is told once, and its end once all are out of it', async (t) => {
  const lines: string[] = []
  const note = (_details: object, message: string) => void lines.push(message)
  const outage = createOutageLog({ info: note, warn: note, error: note }, 'x')
  outage.end('a')
  for (const who of ['a', 'b', 'a']) outage.begin(new Error('no'), who)
  outage.end('a')
  t.strictSame(lines, ['x: trouble, trying again'])
  outage.end('b')
  outage.end('b')
  t.strictSame(lines, ['x: trouble, trying again', 'x: works again'])
})
