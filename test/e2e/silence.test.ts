import { freshDatabase } from '@vilkar/testing/database.ts'
import { eventually } from '@vilkar/testing/eventually.ts'
import { freePort } from '@vilkar/testing/ports.ts'
import { startProxy } from '@vilkar/testing/proxy.ts'
import t from 'tap'
import { createServiceProcess } from './process.ts'

/** Within which a service that is told to stop has stopped, whatever hangs. */
const STOPS_WITHIN_MS = 10_000
/** Where nobody listens. */
const NOWHERE = '127.0.0.1:9'

const to = new URL(await freshDatabase())
const proxy = await startProxy({ host: to.hostname, port: Number(to.port) })
t.teardown(() => proxy.stop())
const service = createServiceProcess('shipping', {
  PORT: String(await freePort()),
  DATABASE_URL: Object.assign(new URL(to), { port: String(proxy.port) }).href,
  NATS_URL: `nats://${NOWHERE}`,
  AUTH_ISSUER: `http://${NOWHERE}`,
  LOG_LEVEL: 'warn',
})
t.teardown(() => service.kill())
await service.start()
const readiness = async () => (await fetch(`${service.url}/health/ready`)).status

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
