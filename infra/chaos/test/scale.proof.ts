import { readFileSync, writeFileSync } from 'node:fs'
import type { ServiceName } from '@vilkar/contracts/event.ts'
import { administer } from '@vilkar/testing/embedded-postgres.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { PATIENCE_MS } from '@vilkar/testing/patience.ts'
import t from 'tap'
import { auditHouse, figuresOf } from '../audit.ts'
import { openHouse, SERVICES } from '../house.ts'
import { startLoad } from '../load.ts'
import { awaitRest } from '../rest.ts'
import { crossings, lineOf } from '../shards.ts'

/** What `docs/scale.md` says of one PostgreSQL with a standby, and of several. */

/** Enough that some are placed, paid or sent at any moment. */
const ORDERS = 6
/** Statements that would be asked of every shard. */
const LIST = new URL('./cross-shard.txt', import.meta.url)

const house = await openHouse({ standby: true })
t.teardown(() => house.stop())
await administer(house.postgres.url('orders'), 'create extension pg_stat_statements')
const load = await startLoad(house, { seed: 1, perSecond: 1 })
const placed = () => house.witness.acknowledged().filter(({ types }) => types.includes('OrderPlaced')).length
const more = (count: number) => eventually('more orders', async () => placed() >= count + ORDERS)

t.test('no statement is asked of every shard but those that are listed', async (t) => {
  await more(0)
  await eventually('a return', async () => house.witness.acknowledged().some(({ service }) => service === 'returns'))
  // What a service sends, and not whoever looks into its database.
  const { rows } = await house.pools.orders.query<{ service: ServiceName; query: string }>(
    `select datname as service, query from pg_stat_statements
    join pg_database on pg_database.oid = dbid join pg_roles on pg_roles.oid = userid where rolname = datname and datname = any($1)`,
    [SERVICES],
  )
  t.ok(rows.length > 100, `${rows.length} statements are seen`)
  const seen = new Set(
    rows.flatMap(({ service, query }) => crossings(service, query).map((each) => lineOf(service, each))),
  )
  const listed = new Set(readFileSync(LIST, 'utf8').trim().split('\n'))
  // Which statements come depends on what customers do, so that a list is only ever added to by a run.
  if (process.env.UPDATE_GOLDEN === '1')
    writeFileSync(LIST, `${[...seen.union(listed)].filter(Boolean).sort().join('\n')}\n`)
  else t.strictSame([...seen.difference(listed)], [])
})

t.test('no acknowledged order is lost when the primary is, since its standby is synchronous', async (t) => {
  const before = placed()
  await house.postgres.failOver!()
  await more(before)

  const sinceMs = performance.now()
  await load.stop()
  const { open } = await awaitRest(house, { sinceMs, withinMs: PATIENCE_MS })
  const failover = {
    kind: 'database-restarted',
    place: 'PostgreSQL',
    atMs: 0,
    lastsMs: 0,
    fromMs: 0,
    toMs: sinceMs,
  } as const
  const found = await auditHouse(house, { happened: [failover], open })
  t.strictSame(figuresOf(found), { lost: 0, doubled: 0, outOfOrder: 0, hung: 0 }, JSON.stringify(found))
  const { rows } = await house.pools.orders.query('select count(*)::int from orders')
  t.ok(rows[0].count >= placed(), 'every order that a customer was told of is there')
})
