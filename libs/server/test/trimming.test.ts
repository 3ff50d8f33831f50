import { fileURLToPath } from 'node:url'
import { createMemoryWire } from '@vilkar/messaging/wire/memory-wire.ts'
import { asOwner, freshDatabase } from '@vilkar/testing/database.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { sql } from 'kysely'
import t, { type Test } from 'tap'
import { systemClock } from '../clock.ts'
import { commonMigrations } from '../migrations.ts'
import { createDatabase, createPool } from '../postgres.ts'
import { startService } from '../service.ts'
import { startTrimming, type Trim, trim } from '../trimming.ts'

const migrations = fileURLToPath(new URL('./fixtures/migrations', import.meta.url))

/** Leaves of a table that grows: `at` is when each fell. */
const leaves: Trim = {
  table: 'leaf',
  days: 10,
  clock: 'service',
  remove: (before, most) => sql`
    delete from leaf where ctid = any(array(
      select ctid from leaf where at < ${before} order by at limit ${most} for update skip locked))
    returning at`,
  oldest: sql`select at from leaf order by at limit 1`,
}
const broken: Trim = { ...leaves, table: 'twig', remove: () => sql`delete from twig returning now() as at` }

async function aTree(t: Test, days: number[]) {
  const url = await freshDatabase(...commonMigrations, migrations)
  const pool = createPool(url, { max: 4 })
  t.teardown(() => pool.end())
  const owner = createPool(asOwner(url), { max: 1 })
  t.teardown(() => owner.end())
  await owner.query('grant delete on leaf to vilkar_service')
  await owner.query(`insert into leaf (at) select now() - n * interval '1 day' from unnest($1::int[]) n`, [days])
  const left = async () => (await pool.query('select count(*)::int as n from leaf')).rows[0].n
  return { db: createDatabase<object>(pool), left }
}
const keepFor = 'P30D'
const clock = systemClock

t.test('what is older than its days goes, in steps, and it is noted how much', async (t) => {
  const { db, left } = await aTree(t, [...Array(2_500).fill(11), ...Array(7).fill(9)])
  t.strictSame(await trim({ db, clock, trims: [leaves], keepFor }), { leaf: 2_500 })
  t.equal(await left(), 7)
  t.strictSame(await trim({ db, clock, trims: [leaves], keepFor }), { leaf: 0 })
  const { rows } = await sql`select removed, newest_at < now() - interval '10 days' as old from trimmed`.execute(db)
  t.strictSame(rows, [{ removed: 2_500, old: true }])
})

t.test('a look ends, and the next goes on', async (t) => {
  const { db, left } = await aTree(t, Array(25_000).fill(11))
  t.strictSame(await trim({ db, clock, trims: [leaves], keepFor }), { leaf: 20_000 })
  t.equal(await left(), 5_000)
})

t.test('what cannot be trimmed is told, and keeps nothing else', async (t) => {
  const { db, left } = await aTree(t, [11])
  await t.rejects(trim({ db, clock, trims: [broken, leaves], keepFor }), /twig/)
  t.equal(await left(), 0)
})

t.test('it goes on by itself, after failures too', async (t) => {
  const { db, left } = await aTree(t, [11, 12])
  const complaints: string[] = []
  const log = { warn: (_: object, message: string) => complaints.push(message) } as never
  const trimming = startTrimming({ db, clock, log, trims: [broken, leaves], keepFor, everyMs: 5 })
  await eventually('the leaves to be gone', async () => (await left()) === 0)
  await eventually('another look', async () => complaints.length > 1)
  await trimming.stop()
  t.match(complaints[0], /could not be trimmed/)
})

t.test('a service that would keep too little does not start', async (t) => {
  const config = { KEEP_FOR: 'P7D' } as never
  const starting = {
    name: 'orders' as const,
    config,
    wire: createMemoryWire(),
    clock,
    migrations: new URL('.', import.meta.url),
    gauges: [],
  }
  await t.rejects(
    startService(starting, () => Promise.reject(new Error('It was started.'))),
    /KEEP_FOR is P7D, and must be at least P28D/,
  )
})
