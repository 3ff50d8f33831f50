import { jetstreamManager } from '@nats-io/jetstream'
import { connect, usernamePasswordAuthenticator } from '@nats-io/transport-node'
import { services, streamOf } from '@vilkar/messaging/wire/topology.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { PATIENCE_MS } from '@vilkar/testing/patience.ts'
import t from 'tap'
import { auditHouse, figuresOf } from '../audit.ts'
import { openHouse } from '../house.ts'
import { startLoad } from '../load.ts'
import { awaitRest } from '../rest.ts'

/** What `docs/scale.md` says of a broker of three servers that keep each stream three times: any one of them may end. */

/** Within which an event that was told after a server ended has been heard. */
const GOES_ON_WITHIN_MS = 30_000

const house = await openHouse({ brokers: 3 })
t.teardown(() => house.stop())
const cluster = house.nats
if (!('nodes' in cluster)) throw new Error('The broker is one server.')
const { nodes } = cluster
/** Those that have ended once. */
const endedBefore = new Set<(typeof nodes)[number]>()
const load = await startLoad(house, { seed: 2, perSecond: 1 })

/** Asks whichever server answers. */
async function ask<T>(look: (manager: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<T>) {
  const { username, password } = new URL(nodes[0]!.url('operator'))
  const nc = await connect({
    servers: nodes.map(({ port }) => `127.0.0.1:${port}`),
    authenticator: usernamePasswordAuthenticator(username, password),
    inboxPrefix: `_INBOX_${username}`,
    reconnect: false,
  })
  try {
    return await look(await jetstreamManager(nc, { checkAPI: false }))
  } finally {
    await nc.close()
  }
}
const copiesOf = async (stream: string) => {
  const { config, cluster } = await ask((manager) => manager.streams.info(stream))
  const current = cluster?.replicas?.filter(({ current, offline }) => current && !offline) ?? []
  return { wanted: config.num_replicas, leader: cluster?.leader, current: current.length + 1 }
}
const whole = (stream: string) =>
  eventually(`three current copies of ${stream}`, async () => {
    const { leader, current } = await copiesOf(stream)
    return leader !== undefined && current === 3
  })

/** Waits until returns has heard of something that orders told from now on. */
async function heardOfMore() {
  const { rows: told } = await house.pools.orders.query('select last_no from relay')
  await eventually('an event of now to be heard', async () => {
    const { rows } = await house.pools.returns.query(
      `select from inbox where producer = 'orders' and applied and pub_no > $1 limit 1`,
      [told[0].last_no],
    )
    return rows.length > 0
  })
}

t.test('each stream is kept by three servers', async (t) => {
  for (const service of services) {
    t.equal((await copiesOf(streamOf(service))).wanted, 3)
    await whole(streamOf(service))
  }
  await heardOfMore()
})

t.test('a stream that has one copy is given the others, and is the same', async (t) => {
  const stream = streamOf('returns')
  const before = await ask(({ streams }) => streams.update(stream, { num_replicas: 1 }))
  t.equal(before.config.num_replicas, 1)
  await eventually('the operator to look', async () => (await copiesOf(stream)).wanted === 3)
  await whole(stream)
  t.equal((await ask(({ streams }) => streams.info(stream))).created, before.created)
})

for (const which of ['that leads the stream of orders', 'that does not', 'that is left'])
  t.test(`the server ${which} ends under load, and all goes on`, async (t) => {
    const stream = streamOf('orders')
    await whole(stream)
    const leader = cluster.named((await copiesOf(stream)).leader!)
    const ended =
      endedBefore.size === 0 ? leader : (nodes.find((node) => node !== leader && !endedBefore.has(node)) ?? leader)
    endedBefore.add(ended)
    const at = performance.now()
    await ended.kill()
    await heardOfMore()
    const tookMs = Math.round(performance.now() - at)
    t.comment(`went on within ${tookMs} ms`)
    t.ok(tookMs < GOES_ON_WITHIN_MS, `an event of after it was heard after ${tookMs} ms`)
    await ended.restart()
    for (const service of services) await whole(streamOf(service))
  })

t.test('no order is lost, nothing is done twice or out of order', async (t) => {
  const sinceMs = performance.now()
  await load.stop()
  const { open } = await awaitRest(house, { sinceMs, withinMs: PATIENCE_MS })
  const fault = { kind: 'broker-restarted', place: 'broker', atMs: 0, lastsMs: 0, fromMs: 0, toMs: sinceMs } as const
  const found = await auditHouse(house, { happened: [fault], open })
  t.strictSame(figuresOf(found), { lost: 0, doubled: 0, outOfOrder: 0, hung: 0 }, JSON.stringify(found))
  t.strictSame(house.witness.serverErrors(), [], 'nobody was answered 5xx')
  const placed = house.witness.acknowledged().filter(({ types }) => types.includes('OrderPlaced')).length
  const { rows } = await house.pools.orders.query('select count(*)::int from orders')
  t.ok(placed > 5 && rows[0].count >= placed, `all of ${placed} orders that a customer was told of are there`)
})
