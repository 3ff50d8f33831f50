import { freshDatabase } from '@vilkar/testing/database.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { startProxy } from '@vilkar/testing/proxy.ts'
import { createServiceProcess } from '@vilkar/testing/service-process.ts'
import t from 'tap'

/** Within which a service that is told to stop has stopped, whatever hangs. */
/** Eight seconds, on a machine that does nothing else. */
const STOPS_WITHIN_MS = 60_000
/** Where nobody listens. */
const NOWHERE = '127.0.0.1:9'

const to = new URL(await freshDatabase())
const proxy = await startProxy({ host: to.hostname, port: Number(to.port) })
t.teardown(() => proxy.stop())
const service = createServiceProcess('returns', {
  PORT: String(await freePort()),
  DATABASE_URL: Object.assign(new URL(to), { port: String(proxy.port) }).href,
  NATS_URL: `nats://${NOWHERE}`,
  AUTH_ISSUER: `http://${NOWHERE}`,
  SMTP_URL: `smtp://${NOWHERE}`,
  PUBLIC_URL: `http://${NOWHERE}`,
  LINK_SECRETS: 'test-only-test-only-test-only-test-only',
})
t.teardown(() => service.kill())
await service.start()
/** What it wrote at this level or a more severe one; 30 is info, 40 a warning. */
const lines = (level: number) =>
  service
    .output()
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as { level: number; msg: string }] : []))
    .filter((line) => line.level >= level)
    .map(({ msg }) => msg)
const said = (msg: string) => lines(30).filter((line) => line === msg).length
const readiness = async () => (await fetch(`${service.url}/health/ready`)).status

const TROUBLE = 'database: trouble, trying again'
const OVER = 'database: works again'

t.test('an outage of the database is one line at its begin and one at its end, whoever notices', async (t) => {
  await eventually('the broker to be missed', async () => lines(40).length > 0)
  const before = lines(40)
  for (let outage = 1; outage <= 2; outage += 1) {
    proxy.fallSilent()
    proxy.cut()
    for (let asked = 0; asked < 3; asked += 1) {
      t.equal(await readiness(), 503)
    }
    t.equal(said(TROUBLE), outage)
    proxy.speak()
    proxy.cut()
    await eventually('it to be ready', async () => (await readiness()) === 200)
    await eventually('its end to be told', async () => said(OVER) === outage)
  }
  t.strictSame(lines(40), [...before, TROUBLE, TROUBLE], 'nothing else was complained about')
  t.ok(
    before.length === 1 && before[0]!.startsWith('broker: trouble'),
    'a broker that was never there is one line, too',
  )
})

t.test('a service whose database says nothing any more', async (t) => {
  proxy.fallSilent()
  t.equal(await readiness(), 503, 'is not ready')
  t.equal((await fetch(`${service.url}/health/live`)).status, 200)

  proxy.speak()
  await eventually('it to be ready', async () => (await readiness()) === 200)

  proxy.fallSilent()
  await eventually('the silence to be noticed', async () => (await readiness()) === 503)
  const told = performance.now()
  await service.stop()
  const took = performance.now() - told
  t.ok(took < STOPS_WITHIN_MS, `stops all the same, and took ${Math.round(took)} ms`)
})
