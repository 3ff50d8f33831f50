import { eventually } from '@vilkar/testing/eventually.ts'
import { PATIENCE_MS } from '@vilkar/testing/patience.ts'
import t from 'tap'
import { auditHouse, figuresOf } from '../audit.ts'
import { openHouse } from '../house.ts'
import { startLoad } from '../load.ts'
import { awaitRest } from '../rest.ts'

/** Enough that some are placed, paid or sent at the moment of the failover. */
const ORDERS = 4

t.test('no acknowledged order is lost when the primary is, since its standby is synchronous', async (t) => {
  const house = await openHouse({ replicas: { orders: 1, shipping: 1, returns: 1 }, standby: true })
  t.teardown(() => house.stop())
  const load = await startLoad(house, { seed: 1, perSecond: 1 })
  const { acknowledged } = house.witness
  const placed = () => acknowledged().filter(({ types }) => types.includes('OrderPlaced')).length
  const more = (count: number) => eventually('more orders', async () => placed() >= count + ORDERS)
  await more(0)

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
