import { auditHouse, figuresOf } from '@vilkar/chaos/audit.ts'
import { openHouse, SERVICES } from '@vilkar/chaos/house.ts'
import { startLoad } from '@vilkar/chaos/load.ts'
import { awaitRest } from '@vilkar/chaos/rest.ts'
import { checkOutBefore } from '@vilkar/chaos/version-before.ts'
import { startCollector } from '@vilkar/testing/collector.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { PATIENCE_MS } from '@vilkar/testing/patience.ts'
import t, { type Test } from 'tap'

/**
 * A deploy: the version before, then both beside each other on one database and one broker, then this one alone, under load all
 * the while. A collector is told of traces by whichever version can, so that events of both kinds are heard by both. `deploy.test.ts` has what a version to come may do to the schema.
 */
const ORDERS = 3
/** Within which a process that is told to stop has ended (docs/operations.md). */
const STOPS_WITHIN_MS = 10_000

const opening = new AsyncDisposableStack()
t.teardown(() => opening.disposeAsync())
const before = await checkOutBefore(opening)
if ('missing' in before) t.pass('two versions side by side', { skip: before.missing })
else t.test(`the version before (${before.commit.slice(0, 12)}) and this one`, (t) => deploy(t, before.folder))

async function deploy(t: Test, root: string) {
  const collector = await startCollector()
  t.teardown(() => collector.stop())
  const house = await openHouse({ root, environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } })
  t.teardown(() => house.stop())
  const old = [...house.replicas]
  const load = await startLoad(house, { seed: 1, perSecond: 0.5 })
  const formed = async () =>
    Number((await house.pools.orders.query(`select count(*) from outbox where type = 'ContractFormed'`)).rows[0].count)
  const moreOf = async (what: string) => {
    const so = await formed()
    await eventually(`orders of ${what}`, async () => (await formed()) >= so + ORDERS)
  }

  await moreOf('the version before')
  for (const service of SERVICES) await house.add(service)
  await moreOf('both versions')
  const fromMs = performance.now()
  await Promise.all(old.map((replica) => replica.stop()))
  // A process that does not end in time may have sent a mail and not noted it.
  const stop = { kind: 'process-stopped', place: 'all', atMs: 0, lastsMs: 0, fromMs, toMs: performance.now() } as const
  await moreOf('this version')

  const sinceMs = performance.now()
  await load.stop()
  const { open } = await awaitRest(house, { sinceMs, withinMs: PATIENCE_MS })
  const found = await auditHouse(house, { happened: [stop], open })
  t.strictSame(figuresOf(found), { lost: 0, doubled: 0, outOfOrder: 0, hung: 0 }, JSON.stringify(found))
  t.strictSame(house.witness.serverErrors(), [], 'nobody was answered 5xx')
  t.strictSame(load.failures(), [])
  if (!t.passing()) for (const { name, running } of house.replicas) console.error(`${name} wrote:\n${running.output()}`)
  for (const { name, slowestStopMs, crashes } of house.replicas) {
    t.ok(slowestStopMs() < STOPS_WITHIN_MS, `${name} took ${slowestStopMs()} ms to end`)
    t.strictSame(crashes(), [], `${name} ended only when it was told to`)
  }
}
